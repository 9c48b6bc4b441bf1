-- C54: the collation that a column has from its table.
-- only: mysql
CREATE TABLE users (id INTEGER NOT NULL, name VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci, PRIMARY KEY (id)) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
