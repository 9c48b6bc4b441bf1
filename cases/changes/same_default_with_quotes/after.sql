-- C1: a default with a quote stays silent.
CREATE TABLE users (id INTEGER NOT NULL, note VARCHAR(40) DEFAULT 'it''s', CONSTRAINT pk_users PRIMARY KEY (id));
