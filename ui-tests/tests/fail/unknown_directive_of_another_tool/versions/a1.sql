-- make a1
--
-- revision: a1

-- +goose Up
CREATE TABLE a1 (x INTEGER);

-- migrate:down
DROP TABLE a1;
