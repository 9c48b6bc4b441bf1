-- C14: a decimal default stays silent.
CREATE TABLE users (id INTEGER NOT NULL, price NUMERIC(10, 2) DEFAULT 1.00, CONSTRAINT pk_users PRIMARY KEY (id));
