INSERT INTO users (id, nick) VALUES (1, 'a');
