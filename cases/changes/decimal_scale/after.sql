-- Another precision and scale.
CREATE TABLE users (id INTEGER NOT NULL, v NUMERIC(12, 4), CONSTRAINT pk_users PRIMARY KEY (id));
