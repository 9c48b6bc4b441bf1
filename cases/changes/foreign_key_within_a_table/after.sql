-- C42: a foreign key to the own table comes.
-- only: postgres, sqlite
CREATE TABLE t (id INTEGER NOT NULL, up INTEGER, CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT fk_up FOREIGN KEY (up) REFERENCES t (id));
