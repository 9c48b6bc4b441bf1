-- A type that needs a cast.
-- only: postgres, mysql
CREATE TABLE users (id INTEGER NOT NULL, v INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
