-- C85: a rebuild keeps the unique constraint of an indexed column.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT uq_a UNIQUE (a));
CREATE INDEX ix ON users (a);
