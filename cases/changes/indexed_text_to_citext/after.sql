-- C57: the column changes where it is, and its index stays.
-- only: postgres
CREATE EXTENSION citext;
CREATE TABLE users (id INTEGER NOT NULL, v CITEXT, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX by_v ON users (v);
