-- note when an order changes
--
-- revision: a83d1c06f4b9
-- down_revision: e2705f9bd816
-- created: 2026-11-12T13:05:00Z

-- +upgrade
ALTER TABLE orders ADD COLUMN changed_at TEXT;
CREATE TRIGGER order_lines_changed AFTER INSERT ON order_lines
BEGIN
    UPDATE orders SET changed_at = CURRENT_TIMESTAMP WHERE id = new.order_id;
END;

-- +downgrade
DROP TRIGGER order_lines_changed;
ALTER TABLE orders DROP COLUMN changed_at;
