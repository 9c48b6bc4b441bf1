-- create account
--
-- revision: 0005deece66d

-- +upgrade
CREATE TABLE account (id INTEGER PRIMARY KEY);

-- +downgrade
DROP TABLE account;
