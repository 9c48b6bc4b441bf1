-- C6, C20: a boolean default stays silent.
CREATE TABLE users (id INTEGER NOT NULL, active BOOLEAN DEFAULT FALSE NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
