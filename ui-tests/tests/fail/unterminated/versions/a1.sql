-- make a1
--
-- revision: a1

-- +upgrade
CREATE TABLE a1 (x TEXT DEFAULT 'it);

-- +downgrade
DROP TABLE a1;
