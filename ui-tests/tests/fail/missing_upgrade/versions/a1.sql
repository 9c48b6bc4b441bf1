-- make a1
--
-- revision: a1


-- +downgrade
DROP TABLE a1;
