-- C37, C38: the filter of a partial index is seen.
-- only: postgres, sqlite
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX ix ON users (a) WHERE b > 0;
