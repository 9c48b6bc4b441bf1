-- C19: the default of a column with an enum type.
-- only: postgres
CREATE TYPE "user-role" AS ENUM ('customer', 'admin');
CREATE TABLE users (id INTEGER NOT NULL, role "user-role" DEFAULT 'customer', CONSTRAINT pk_users PRIMARY KEY (id));
