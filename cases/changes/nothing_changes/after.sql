-- C82, C91: what is the same is no change.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
