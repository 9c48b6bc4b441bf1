-- C6, C20: a boolean default stays silent.
CREATE TABLE users (id INTEGER NOT NULL, active BOOLEAN NOT NULL DEFAULT FALSE, CONSTRAINT pk_users PRIMARY KEY (id));
