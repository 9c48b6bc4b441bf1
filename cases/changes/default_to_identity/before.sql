-- C76: a default goes before the identity comes.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL DEFAULT 0, name TEXT, CONSTRAINT pk_users PRIMARY KEY (id));
