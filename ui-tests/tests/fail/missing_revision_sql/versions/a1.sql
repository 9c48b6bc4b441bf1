-- make a1
--
-- down_revision: a0

-- +upgrade
CREATE TABLE a1 (x INTEGER);
