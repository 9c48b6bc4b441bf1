-- The order of columns is not compared.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
