-- C35: the order of the columns counts.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT uq_ab UNIQUE (a, b));
