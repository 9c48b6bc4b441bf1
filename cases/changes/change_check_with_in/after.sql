-- C23: a value in IN.
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER, CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT ck_age CHECK (age IN (1, 2, 3)));
