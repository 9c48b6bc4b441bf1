-- The order of columns is not compared.
CREATE TABLE users (id INTEGER NOT NULL, b INTEGER, a INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
