-- C47: the index that a foreign key brings, and names made by the server.
-- only: mysql
CREATE TABLE users (id INTEGER NOT NULL, PRIMARY KEY (id));
CREATE TABLE posts (id INTEGER NOT NULL, user_id INTEGER NOT NULL, editor_id INTEGER, PRIMARY KEY (id),
    CONSTRAINT fk_posts_user_id FOREIGN KEY (user_id) REFERENCES users (id),
    FOREIGN KEY (editor_id) REFERENCES users (id));
