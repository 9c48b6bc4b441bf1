-- create archived orders
--
-- revision: e06d47b1f823
-- created: 2026-11-29T20:30:00Z

-- +upgrade
CREATE TABLE archived_orders (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    cents INTEGER NOT NULL
);

-- +downgrade
DROP TABLE archived_orders;
