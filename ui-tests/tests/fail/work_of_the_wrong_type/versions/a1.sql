-- make a1
--
-- revision: a1

-- +upgrade
CREATE TABLE a1 (x INTEGER);

-- +downgrade
DROP TABLE a1;
