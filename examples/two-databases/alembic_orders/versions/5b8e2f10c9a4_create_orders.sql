-- create orders
--
-- revision: 5b8e2f10c9a4
-- created: 2026-11-29T20:30:00Z

-- +upgrade
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    cents INTEGER NOT NULL
);
CREATE INDEX ix_orders_year ON orders (year);

-- +downgrade
DROP TABLE orders;
