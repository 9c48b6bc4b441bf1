-- make b2
--
-- revision: b2
-- down_revision: a1, a1

-- +upgrade
CREATE TABLE b2 (x INTEGER);

-- +downgrade
DROP TABLE b2;
