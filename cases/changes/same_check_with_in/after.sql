-- C23, C26, C28: IN in a check stays silent.
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER, CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT ck_age CHECK (age IN (1, 2)));
