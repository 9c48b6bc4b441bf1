-- C76: a default with a sequence goes before the identity comes.
-- only: postgres
CREATE TABLE users (id SERIAL, name TEXT, CONSTRAINT pk_users PRIMARY KEY (id));
