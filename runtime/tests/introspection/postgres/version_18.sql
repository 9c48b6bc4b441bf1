CREATE TABLE virtual (a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 2), c integer GENERATED ALWAYS AS (a) STORED);
CREATE TABLE loose (
    id integer PRIMARY KEY,
    a integer CHECK (a > 0) NOT ENFORCED,
    b integer REFERENCES loose NOT ENFORCED,
    c integer CONSTRAINT c_must_be NOT NULL
);
CREATE TABLE stays (id int4range, during daterange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE "a part" (id int4range, during daterange, FOREIGN KEY (id, PERIOD during) REFERENCES stays (id, PERIOD during));
