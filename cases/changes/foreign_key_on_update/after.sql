-- What a foreign key does with an update.
CREATE TABLE users (id INTEGER NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE TABLE posts (id INTEGER NOT NULL, author INTEGER, CONSTRAINT pk_posts PRIMARY KEY (id), CONSTRAINT fk_author FOREIGN KEY (author) REFERENCES users (id) ON UPDATE CASCADE);
