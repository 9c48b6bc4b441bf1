CREATE TABLE distinct_nulls (
    a integer, b integer,
    c text COMPRESSION pglz,
    CONSTRAINT one_null UNIQUE NULLS NOT DISTINCT (a),
    small numeric(3, -2), smaller numeric(2, 5)
);
CREATE UNIQUE INDEX distinct_nulls_b ON distinct_nulls (b) NULLS NOT DISTINCT;
CREATE TABLE pairs (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE of_pairs (a integer, b integer DEFAULT 0, FOREIGN KEY (a, b) REFERENCES pairs ON DELETE SET NULL (b));
CREATE UNLOGGED TABLE unlogged (id bigserial PRIMARY KEY);
