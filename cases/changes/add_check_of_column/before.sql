-- C29: a check within a column of MariaDB has no name.
-- only: mysql
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER NOT NULL DEFAULT 5 COMMENT 'it''s', CONSTRAINT pk_users PRIMARY KEY (id));
