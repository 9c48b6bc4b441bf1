-- C61: an array of JSON becomes JSON; no cast leads there.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, v JSONB[], CONSTRAINT pk_users PRIMARY KEY (id));
