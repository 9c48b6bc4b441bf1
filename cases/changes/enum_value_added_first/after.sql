-- A value comes before the first.
-- only: postgres
CREATE TYPE mood AS ENUM ('calm', 'sad', 'happy');
CREATE TABLE users (id INTEGER NOT NULL, m mood, CONSTRAINT pk_users PRIMARY KEY (id));
