INSERT INTO users (id, m) VALUES (1, 'sad');
