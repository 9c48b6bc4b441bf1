-- C11: DEFAULT NULL is the same as none.
CREATE TABLE users (id INTEGER NOT NULL, note VARCHAR(40), CONSTRAINT pk_users PRIMARY KEY (id));
