INSERT INTO orders (user_id, note) SELECT id, 'of ' || name FROM users;
