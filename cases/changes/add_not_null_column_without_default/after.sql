-- C86: a column that is NOT NULL without a default, in a table without rows.
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
