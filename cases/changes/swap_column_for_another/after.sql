-- One column goes and another comes: no rename is guessed.
CREATE TABLE users (id INTEGER NOT NULL, nickname VARCHAR(10), CONSTRAINT pk_users PRIMARY KEY (id));
