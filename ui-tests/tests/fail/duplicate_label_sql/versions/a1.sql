-- make a1
--
-- revision: a1
-- branch_labels: core

-- +upgrade
CREATE TABLE a1 (x INTEGER);

-- +downgrade
DROP TABLE a1;
