-- Several columns of one table come.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, c VARCHAR(10), CONSTRAINT pk_users PRIMARY KEY (id));
