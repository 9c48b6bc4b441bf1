INSERT INTO users (id, a) VALUES (1, 5);
