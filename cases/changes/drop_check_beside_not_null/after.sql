-- C40: NOT NULL, which PostgreSQL 18 keeps as a constraint, is none of the checks.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
