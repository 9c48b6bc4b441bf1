-- C61: a default that cannot be cast to the enum by itself.
-- only: postgres
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE users (id INTEGER NOT NULL, v mood DEFAULT 'sad', CONSTRAINT pk_users PRIMARY KEY (id));
