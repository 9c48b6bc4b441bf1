-- C55: another order cannot be made in steps.
-- only: postgres
CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE TABLE users (id INTEGER NOT NULL, m mood, CONSTRAINT pk_users PRIMARY KEY (id));
