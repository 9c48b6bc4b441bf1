-- C83: a rebuild does not cascade to the children.
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER DEFAULT 2, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE TABLE posts (id INTEGER NOT NULL, author INTEGER, CONSTRAINT pk_posts PRIMARY KEY (id), CONSTRAINT fk_author FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE);
