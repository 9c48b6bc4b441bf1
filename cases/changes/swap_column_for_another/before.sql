-- One column goes and another comes: no rename is guessed.
CREATE TABLE users (id INTEGER NOT NULL, nick VARCHAR(10), CONSTRAINT pk_users PRIMARY KEY (id));
