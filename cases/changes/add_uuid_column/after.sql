-- C8: a volatile default of a new column.
-- only: postgres>=13
CREATE TABLE users (id INTEGER NOT NULL, v UUID DEFAULT gen_random_uuid() NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id));
