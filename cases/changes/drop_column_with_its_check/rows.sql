INSERT INTO users VALUES (1, 2, 3), (2, 9, 4);
