-- make b2
--
-- revision: b2
-- down_revision: zz

-- +upgrade
CREATE TABLE b2 (x INTEGER);

-- +downgrade
DROP TABLE b2;
