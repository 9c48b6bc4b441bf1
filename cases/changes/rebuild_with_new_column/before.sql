-- C84: a new column and a rebuild at once.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER DEFAULT 1, CONSTRAINT pk_users PRIMARY KEY (id));
