-- C78: a function with an enum is not compared; the server refuses and nothing is lost.
-- only: postgres
CREATE TYPE mood AS ENUM ('sad', 'happy', 'calm');
CREATE TABLE users (id INTEGER NOT NULL, m mood, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE FUNCTION is_sad(m mood) RETURNS BOOLEAN LANGUAGE sql AS 'SELECT m = ''sad''';
