-- A foreign key of two columns.
-- only: postgres, sqlite
CREATE TABLE a (x INTEGER NOT NULL, y INTEGER NOT NULL, CONSTRAINT pk_a PRIMARY KEY (x, y));
CREATE TABLE b (x INTEGER, y INTEGER, CONSTRAINT fk_b FOREIGN KEY (x, y) REFERENCES a (x, y));
