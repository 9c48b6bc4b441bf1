-- C16, C20: CURRENT_TIMESTAMP in another case.
CREATE TABLE users (id INTEGER NOT NULL, at TIMESTAMP DEFAULT current_timestamp, CONSTRAINT pk_users PRIMARY KEY (id));
