-- C17: an interval that the server casts.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, at TIMESTAMPTZ DEFAULT now() + interval '1 day', CONSTRAINT pk_users PRIMARY KEY (id));
