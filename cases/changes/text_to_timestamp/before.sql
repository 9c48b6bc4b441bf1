-- C59: text becomes a timestamp with USING.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, v TEXT, CONSTRAINT pk_users PRIMARY KEY (id));
