-- C6: an empty text as a default stays silent.
CREATE TABLE users (id INTEGER NOT NULL, note VARCHAR(40) DEFAULT '' NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
