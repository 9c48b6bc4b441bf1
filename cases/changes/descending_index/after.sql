-- An index in the other direction.
-- only: postgres, sqlite
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX ix ON users (a DESC);
