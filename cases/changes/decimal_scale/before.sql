-- Another precision and scale.
CREATE TABLE users (id INTEGER NOT NULL, v NUMERIC(10, 2), CONSTRAINT pk_users PRIMARY KEY (id));
