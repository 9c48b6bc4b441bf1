-- C20: a JSONB text as a default stays silent.
-- only: postgres, sqlite, mariadb
CREATE TABLE users (id INTEGER NOT NULL, tags JSONB DEFAULT '[]' NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
