-- C25: a check without a name stays silent.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER CHECK (a > 0), CONSTRAINT pk_users PRIMARY KEY (id));
