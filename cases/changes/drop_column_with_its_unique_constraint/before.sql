-- C63: the constraint goes before its column.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT uq_ab UNIQUE (a, b));
