-- C22: AND in a check stays silent.
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER, CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT ck_age CHECK (age > 0 AND age < 100));
