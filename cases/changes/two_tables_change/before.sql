-- C81: the changes of two tables are in order.
CREATE TABLE users (id INTEGER NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE TABLE a (v INTEGER);
