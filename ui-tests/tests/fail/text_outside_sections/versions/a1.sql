-- make a1
--
-- revision: a1

PRAGMA foreign_keys = off;

-- +upgrade
CREATE TABLE a1 (x INTEGER);

-- +downgrade
DROP TABLE a1;
