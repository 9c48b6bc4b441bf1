-- C8, C10: a volatile default with a cast of the server.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, note TEXT DEFAULT 'Story-' || gen_random_uuid(), CONSTRAINT pk_users PRIMARY KEY (id));
