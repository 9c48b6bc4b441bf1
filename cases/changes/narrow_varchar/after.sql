-- Values can be too long.
CREATE TABLE users (id INTEGER NOT NULL, v VARCHAR(40), CONSTRAINT pk_users PRIMARY KEY (id));
