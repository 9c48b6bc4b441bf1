-- C6: an empty text as a default stays silent.
CREATE TABLE users (id INTEGER NOT NULL, note VARCHAR(40) NOT NULL DEFAULT '', CONSTRAINT pk_users PRIMARY KEY (id));
