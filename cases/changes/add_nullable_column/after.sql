-- A column that may be null comes.
CREATE TABLE users (id INTEGER NOT NULL, email VARCHAR(40), CONSTRAINT pk_users PRIMARY KEY (id));
