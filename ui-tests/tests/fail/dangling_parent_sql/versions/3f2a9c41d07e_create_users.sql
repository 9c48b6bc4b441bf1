-- create users
--
-- revision: 3f2a9c41d07e

-- +upgrade
CREATE TABLE users (id INTEGER);
