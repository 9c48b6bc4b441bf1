-- A table. (the other way)
CREATE TABLE users (id INTEGER NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
