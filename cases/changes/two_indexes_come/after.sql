-- C81: indexes come in the order of their names.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX ix_b ON users (b);
CREATE INDEX ix_a ON users (a);
