-- Two attributes of one column are one operation.
CREATE TABLE users (id INTEGER NOT NULL, v VARCHAR(20) NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
