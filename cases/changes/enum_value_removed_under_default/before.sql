-- C60: a value is removed while a default uses the type.
-- only: postgres
CREATE TYPE mood AS ENUM ('sad', 'happy', 'calm');
CREATE TABLE users (id INTEGER NOT NULL, m mood DEFAULT 'sad', CONSTRAINT pk_users PRIMARY KEY (id));
