-- make a1
--
-- revision: a1

-- +transaction on
-- +upgrade
CREATE TABLE a1 (x INTEGER);

-- +downgrade
DROP TABLE a1;
