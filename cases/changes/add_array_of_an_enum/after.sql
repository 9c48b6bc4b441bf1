-- C60: an array of an enum with a value in capitals as its default.
-- only: postgres
CREATE TYPE role AS ENUM ('EMPLOYEE', 'OWNER');
CREATE TABLE users (id INTEGER NOT NULL, roles role[] DEFAULT '{EMPLOYEE}' NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
