-- C59: text becomes an enum with USING.
-- only: postgres
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE users (id INTEGER NOT NULL, v mood, CONSTRAINT pk_users PRIMARY KEY (id));
