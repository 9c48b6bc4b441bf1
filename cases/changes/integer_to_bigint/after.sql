-- A wider integer.
CREATE TABLE users (id INTEGER NOT NULL, v BIGINT, CONSTRAINT pk_users PRIMARY KEY (id));
