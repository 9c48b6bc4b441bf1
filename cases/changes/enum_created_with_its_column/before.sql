-- C74: the type is created before the column.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
