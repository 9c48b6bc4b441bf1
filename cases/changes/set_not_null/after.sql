-- C58: null is no longer allowed; the column is not dropped.
CREATE TABLE users (id INTEGER NOT NULL, email VARCHAR(40) NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
