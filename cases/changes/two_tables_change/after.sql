-- C81: the changes of two tables are in order.
CREATE TABLE users (id INTEGER NOT NULL, x INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE TABLE a (v INTEGER, w INTEGER);
