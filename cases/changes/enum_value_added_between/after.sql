-- A value comes between two.
-- only: postgres
CREATE TYPE mood AS ENUM ('sad', 'calm', 'happy');
CREATE TABLE users (id INTEGER NOT NULL, m mood, CONSTRAINT pk_users PRIMARY KEY (id));
