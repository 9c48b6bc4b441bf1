-- C5: a default comes where there was none. (the other way)
CREATE TABLE users (id INTEGER NOT NULL, age INTEGER, CONSTRAINT pk_users PRIMARY KEY (id));
