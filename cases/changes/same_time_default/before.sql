-- C15: a default of TIME stays silent.
-- only: mysql
CREATE TABLE users (id INTEGER NOT NULL, t TIME(0) DEFAULT '12:00:00', CONSTRAINT pk_users PRIMARY KEY (id));
