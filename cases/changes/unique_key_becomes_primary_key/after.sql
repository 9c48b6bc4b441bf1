-- C64: a unique key is replaced by a primary key.
CREATE TABLE t (a INTEGER NOT NULL, CONSTRAINT pk_t PRIMARY KEY (a));
