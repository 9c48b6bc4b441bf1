INSERT INTO users (id, v) VALUES (1, '2026-01-02');
