-- A wider number.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, v REAL, CONSTRAINT pk_users PRIMARY KEY (id));
