-- C84: a new column and a rebuild at once.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER DEFAULT 2, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
