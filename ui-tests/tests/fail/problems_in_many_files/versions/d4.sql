-- make d4
--
-- revision: d4
-- down_revision: a1

-- +upgarde
CREATE TABLE d4 (x INTEGER);

-- +downgrade
DROP TABLE d4;
