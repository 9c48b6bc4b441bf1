-- C1: defaults with quotes are compared as values.
CREATE TABLE users (id INTEGER NOT NULL, note VARCHAR(40) DEFAULT 'it''s "new"', CONSTRAINT pk_users PRIMARY KEY (id));
