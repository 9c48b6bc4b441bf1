-- create users
--
-- revision: 7f3c2b1a9d4e

-- +upgrade
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

-- +downgrade
DROP TABLE users;
