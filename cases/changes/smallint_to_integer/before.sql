-- A wider integer from the smallest.
CREATE TABLE users (id INTEGER NOT NULL, v SMALLINT, CONSTRAINT pk_users PRIMARY KEY (id));
