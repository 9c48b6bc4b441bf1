-- create order lines
--
-- revision: e2705f9bd816
-- down_revision: c4e8027d5a91
-- created: 2026-11-09T11:47:00Z

-- +upgrade
CREATE TABLE order_lines (
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    product_id INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
    PRIMARY KEY (order_id, product_id)
);

-- +downgrade
DROP TABLE order_lines;
