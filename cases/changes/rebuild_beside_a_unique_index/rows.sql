INSERT INTO users (id, a) VALUES (1, 3), (2, 4);
