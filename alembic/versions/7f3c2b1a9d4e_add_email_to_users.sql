-- add email to users
--
-- revision: 7f3c2b1a9d4e
-- down_revision: 1a4c8e02b7d3
-- created: 2026-11-03T14:40:00Z

-- +upgrade
ALTER TABLE users ADD COLUMN email TEXT;
CREATE UNIQUE INDEX ix_users_email ON users (email);

-- +downgrade
DROP INDEX ix_users_email;
ALTER TABLE users DROP COLUMN email;
