-- C58: null is no longer allowed; the column is not dropped. (the other way)
CREATE TABLE users (id INTEGER NOT NULL, email VARCHAR(40), CONSTRAINT pk_users PRIMARY KEY (id));
