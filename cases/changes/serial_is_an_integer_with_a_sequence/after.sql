-- C13, C50: serial is read the same.
-- only: postgres
CREATE TABLE t (id SERIAL NOT NULL, PRIMARY KEY (id));
