-- C67: what goes has a name that something new takes.
CREATE TABLE a (v INTEGER);
CREATE INDEX ix ON a (v);
