-- create orders
--
-- revision: 9b61d7e3f024
-- down_revision: 7f3c2b1a9d4e
-- branch_labels: sales
-- created: 2026-11-05T16:31:00Z

-- +upgrade
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    placed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_orders_user_id ON orders (user_id);

-- +downgrade
DROP TABLE orders;
