-- C43: a key in another order than the columns stays silent.
CREATE TABLE t (a INTEGER NOT NULL, b INTEGER NOT NULL, CONSTRAINT pk_t PRIMARY KEY (b, a));
