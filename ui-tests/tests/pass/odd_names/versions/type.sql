-- add "quotes" & {braces} \\n
--
-- revision: 2024_01
-- down_revision: fn

-- +upgrade
CREATE TABLE 2024_01 (x INTEGER);

-- +downgrade
DROP TABLE 2024_01;
