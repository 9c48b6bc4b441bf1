INSERT INTO users VALUES (2, 'bob');
INSERT INTO users VALUES (3, 'cid');
