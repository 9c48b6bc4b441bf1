-- C80: a computed column goes and comes again.
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 3) STORED, CONSTRAINT pk_users PRIMARY KEY (id));
