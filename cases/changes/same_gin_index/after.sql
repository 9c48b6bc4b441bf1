-- C36: the operator class that is the default.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, v JSONB, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX ix ON users USING gin (v jsonb_ops);
