-- C33: a check with other blanks and brackets.
-- only: postgres
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER, CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT ck_a CHECK ((a > 0)));
