-- A text without a length.
CREATE TABLE users (id INTEGER NOT NULL, v TEXT, CONSTRAINT pk_users PRIMARY KEY (id));
