-- add email
--
-- revision: 7f3c2b1a9d4e
-- down_revision: 3f2a9c41d07

-- +upgrade
ALTER TABLE users ADD COLUMN email TEXT;
