-- C67: what goes has a name that something new takes.
CREATE TABLE b (v INTEGER);
CREATE INDEX ix ON b (v);
