-- A key changes its type below a foreign key.
CREATE TABLE users (id BIGINT NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
CREATE TABLE posts (id BIGINT NOT NULL, author BIGINT, CONSTRAINT pk_posts PRIMARY KEY (id), CONSTRAINT fk_author FOREIGN KEY (author) REFERENCES users (id));
