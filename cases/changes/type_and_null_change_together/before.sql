-- Two attributes of one column are one operation.
CREATE TABLE users (id INTEGER NOT NULL, v VARCHAR(10), CONSTRAINT pk_users PRIMARY KEY (id));
