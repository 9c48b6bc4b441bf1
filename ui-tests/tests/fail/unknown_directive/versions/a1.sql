-- make a1
--
-- revision: a1

-- +upgarde
CREATE TABLE a1 (x INTEGER);

-- +downgrade
DROP TABLE a1;
