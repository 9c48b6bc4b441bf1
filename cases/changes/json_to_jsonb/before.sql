-- C61: one kind of JSON becomes the other.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, v JSON, CONSTRAINT pk_users PRIMARY KEY (id));
