-- C57: the index of the column stays.
CREATE TABLE users (id INTEGER NOT NULL, v VARCHAR(10), CONSTRAINT pk_users PRIMARY KEY (id));
CREATE INDEX by_v ON users (v);
