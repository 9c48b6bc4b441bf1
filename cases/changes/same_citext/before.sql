-- C31: a type of an extension, and its operator in a check.
-- only: postgres
CREATE EXTENSION citext;
CREATE TABLE users (id INTEGER NOT NULL, email CITEXT NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT ck CHECK (email <> ''));
