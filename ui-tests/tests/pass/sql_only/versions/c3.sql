-- add name
--
-- revision: c3
-- down_revision: a1
-- depends_on: mail

-- +upgrade
CREATE TABLE c3 (x INTEGER);

-- +downgrade
DROP TABLE c3;
