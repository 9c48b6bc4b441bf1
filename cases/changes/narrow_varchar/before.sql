-- Values can be too long.
CREATE TABLE users (id INTEGER NOT NULL, v VARCHAR(80), CONSTRAINT pk_users PRIMARY KEY (id));
