-- make d4
--
-- revision: d4
-- down_revision: c3

-- +upgrade
CREATE TABLE d4 (x INTEGER);

-- +downgrade
DROP TABLE d4;
