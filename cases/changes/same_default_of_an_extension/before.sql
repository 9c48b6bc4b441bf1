-- C9: a function of an extension in a default.
-- only: postgres
CREATE EXTENSION pgcrypto;
CREATE TABLE users (id INTEGER NOT NULL, token TEXT DEFAULT encode(gen_random_bytes(16), 'hex') NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
