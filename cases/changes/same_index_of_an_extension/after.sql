-- C36: the operator class of an extension.
-- only: postgres
CREATE EXTENSION pg_trgm;
CREATE TABLE users (id INTEGER NOT NULL, v TEXT, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX ix ON users USING gin (v public.gin_trgm_ops);
