-- C87: MODIFY for a comment keeps the default.
-- only: mysql
CREATE TABLE users (id INTEGER NOT NULL, a INTEGER DEFAULT 3 NOT NULL COMMENT 'x', CONSTRAINT pk_users PRIMARY KEY (id));
