-- C29: a check within a column of MariaDB has no name.
-- only: mysql
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, CONSTRAINT ck_users_a CHECK (a > 0), CONSTRAINT pk_users PRIMARY KEY (id));
