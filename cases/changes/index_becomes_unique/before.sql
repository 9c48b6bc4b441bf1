-- C56: an index becomes unique.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX ix ON users (a);
