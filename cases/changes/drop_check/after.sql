-- A check. (the other way)
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
