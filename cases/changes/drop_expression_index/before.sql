-- C34: an index of an expression goes.
-- only: postgres, sqlite
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX ix ON users ((a + b));
