-- A boolean becomes a number with USING.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, v INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
