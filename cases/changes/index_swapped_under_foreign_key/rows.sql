INSERT INTO users (id) VALUES (1);
INSERT INTO posts (id, author) VALUES (1, 1);
