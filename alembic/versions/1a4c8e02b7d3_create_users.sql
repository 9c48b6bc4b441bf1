-- create users
--
-- revision: 1a4c8e02b7d3
-- created: 2026-11-02T09:12:00Z

-- +upgrade
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- +downgrade
DROP TABLE users;
