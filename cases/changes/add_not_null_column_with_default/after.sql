-- C88: a column that is NOT NULL with a default is no loss and cannot fail.
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER DEFAULT 7 NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
