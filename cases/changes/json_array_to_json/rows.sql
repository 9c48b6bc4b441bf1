INSERT INTO users (id, v) VALUES (1, NULL);
