-- A wider integer from the smallest.
CREATE TABLE users (id INTEGER NOT NULL, v INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
