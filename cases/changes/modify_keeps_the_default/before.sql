-- C87: MODIFY with another type keeps the default.
CREATE TABLE users (id INTEGER NOT NULL, v VARCHAR(10) DEFAULT 'a' NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
