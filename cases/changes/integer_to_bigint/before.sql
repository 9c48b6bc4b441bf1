-- A wider integer.
CREATE TABLE users (id INTEGER NOT NULL, v INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
