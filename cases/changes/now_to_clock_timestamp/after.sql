-- C3: another function as a default is seen.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, at TIMESTAMP DEFAULT clock_timestamp(), CONSTRAINT pk_users PRIMARY KEY (id));
