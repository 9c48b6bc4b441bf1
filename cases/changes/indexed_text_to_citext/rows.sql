INSERT INTO users (id, v) VALUES (1, 'Ada'), (2, NULL);
