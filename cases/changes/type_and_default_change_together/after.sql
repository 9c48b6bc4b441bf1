-- C4: the type and the default of one column.
CREATE TABLE users (id INTEGER NOT NULL, v BIGINT DEFAULT 2, CONSTRAINT pk_users PRIMARY KEY (id));
