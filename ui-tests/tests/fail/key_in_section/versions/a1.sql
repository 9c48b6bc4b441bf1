-- make a1
--
-- revision: a1

-- +upgrade
-- down_revision: a0
CREATE TABLE a1 (x INTEGER);

-- +downgrade
DROP TABLE a1;
