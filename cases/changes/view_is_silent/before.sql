-- A view is not compared.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
