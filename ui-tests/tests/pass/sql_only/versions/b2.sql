-- add email
--
-- revision: b2
-- down_revision: a1
-- branch_labels: mail

-- +upgrade
CREATE TABLE b2 (x INTEGER);

-- +downgrade
DROP TABLE b2;
