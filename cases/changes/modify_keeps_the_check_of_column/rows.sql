INSERT INTO users VALUES (1, 2), (2, 9);
