-- A date gets a time.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, v TIMESTAMP, CONSTRAINT pk_users PRIMARY KEY (id));
