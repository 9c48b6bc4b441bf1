-- C52, C53: an added label is seen.
-- only: mysql
CREATE TABLE users (id INTEGER NOT NULL, v ENUM('a', 'b'), CONSTRAINT pk_users PRIMARY KEY (id));
