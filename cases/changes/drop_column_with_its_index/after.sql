-- C62, C70: the index goes before its column, and comes back with it.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
