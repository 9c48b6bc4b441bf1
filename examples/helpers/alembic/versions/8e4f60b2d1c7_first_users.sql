-- first users
--
-- revision: 8e4f60b2d1c7
-- down_revision: 3c1d9e0a7b52
-- created: 2026-11-26T09:10:00Z

-- +upgrade
INSERT INTO users (id, username, email) VALUES
    ('01JDJ4E6QXZ8W3V5T7R9P2M4KA', 'ada', 'Ada@Example.ORG'),
    ('01JDJ4E6QXZ8W3V5T7R9P2M4KB', 'bob', 'Bob@example.org');

-- +downgrade
DELETE FROM users WHERE username IN ('ada', 'bob');
