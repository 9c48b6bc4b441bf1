-- C24: only the check of the second table changes.
-- only: postgres, sqlite
CREATE TABLE a (v INTEGER, CONSTRAINT ck CHECK (v > 0));
CREATE TABLE b (v INTEGER, CONSTRAINT ck CHECK (v > 6));
