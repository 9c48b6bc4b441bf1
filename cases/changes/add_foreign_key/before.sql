-- A foreign key.
-- only: sqlite, postgres
CREATE TABLE users (id INTEGER NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE TABLE posts (id INTEGER NOT NULL, author INTEGER, CONSTRAINT pk_posts PRIMARY KEY (id));
