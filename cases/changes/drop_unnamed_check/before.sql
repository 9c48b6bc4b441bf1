-- C29: a check has the name of the catalogue.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER CHECK (a > 0), CONSTRAINT pk_users PRIMARY KEY (id));
