-- merge catalogue and sales
--
-- revision: c4e8027d5a91
-- down_revision: 5d08b3c4e19f, 9b61d7e3f024
-- created: 2026-11-09T09:00:00Z

-- +upgrade

-- +downgrade
