-- A wider number.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, v DOUBLE PRECISION, CONSTRAINT pk_users PRIMARY KEY (id));
