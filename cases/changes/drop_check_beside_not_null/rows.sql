INSERT INTO users (id, a, b) VALUES (1, 1, 1), (2, 5, 0);
