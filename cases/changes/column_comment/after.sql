-- A comment of a column.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
COMMENT ON COLUMN users.a IS 'it''s';
