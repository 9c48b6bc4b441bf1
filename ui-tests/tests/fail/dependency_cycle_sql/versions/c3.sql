-- make c3
--
-- revision: c3
-- down_revision: a1
-- depends_on: b2

-- +upgrade
CREATE TABLE c3 (x INTEGER);

-- +downgrade
DROP TABLE c3;
