-- C26, C38, C41: a partial index stays silent.
-- only: postgres, sqlite
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX ix ON users (a) WHERE b IN (1, 2);
