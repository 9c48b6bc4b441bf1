-- tidy up
--
-- revision: c3
-- down_revision: b2

-- +upgrade
CREATE TABLE c3 (x INTEGER);

-- +downgrade
DROP TABLE c3;
