-- C83: another default keeps the rows.
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER DEFAULT 8, CONSTRAINT pk_users PRIMARY KEY (id));
