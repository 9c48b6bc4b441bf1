-- C23: a check with the same name and another text.
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER, CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT ck_age CHECK (age > 0));
