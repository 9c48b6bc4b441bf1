-- première
--
-- revision: 2024.01

-- +upgrade
CREATE TABLE 2024.01 (x INTEGER);

-- +downgrade
DROP TABLE 2024.01;
