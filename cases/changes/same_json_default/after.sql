-- C20: a JSON text as a default stays silent.
-- only: postgres, sqlite, mariadb
CREATE TABLE users (id INTEGER NOT NULL, tags JSON NOT NULL DEFAULT '[]', CONSTRAINT pk_users PRIMARY KEY (id));
