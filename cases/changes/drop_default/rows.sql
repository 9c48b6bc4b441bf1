INSERT INTO users (id, age) VALUES (1, 3), (2, NULL);
