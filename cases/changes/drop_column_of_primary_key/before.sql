-- C63: the key goes before its column.
CREATE TABLE t (a INTEGER NOT NULL, b INTEGER DEFAULT 0 NOT NULL, CONSTRAINT pk_t PRIMARY KEY (a, b));
