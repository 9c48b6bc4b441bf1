-- C12: a default of a VARCHAR changes without an error.
CREATE TABLE users (id INTEGER NOT NULL, note VARCHAR(40) DEFAULT 'a', CONSTRAINT pk_users PRIMARY KEY (id));
