-- C78: a view that uses the column of an enum is not compared; the server refuses and nothing is lost.
-- only: postgres
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE users (id INTEGER NOT NULL, m mood, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE VIEW moods AS SELECT m FROM users;
