-- C4: the type and the default of one column.
CREATE TABLE users (id INTEGER NOT NULL, v INTEGER DEFAULT 1, CONSTRAINT pk_users PRIMARY KEY (id));
