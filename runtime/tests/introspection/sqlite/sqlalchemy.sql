CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
DROP TABLE alembic_version;
CREATE TABLE account (
	id INTEGER NOT NULL,
	name VARCHAR(50) NOT NULL,
	state VARCHAR(6) DEFAULT 'new' NOT NULL,
	amount NUMERIC(12, 2),
	ratio FLOAT,
	payload JSON,
	key CHAR(32) NOT NULL,
	created DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT state CHECK (state IN ('new', 'old')),
	UNIQUE (name),
	CHECK (amount IS NULL OR amount > 0)
);
CREATE INDEX ix_account_created ON account (created);
CREATE TABLE entry (
	account_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	previous INTEGER,
	text_ TEXT COLLATE "NOCASE",
	CONSTRAINT pk_entry PRIMARY KEY (account_id, number),
	CONSTRAINT fk_entry_account FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
	FOREIGN KEY(account_id, previous) REFERENCES entry (account_id, number)
);
CREATE TABLE "_alembic_tmp_x" (
	id INTEGER NOT NULL,
	total INTEGER GENERATED ALWAYS AS (id * 2) STORED,
	PRIMARY KEY (id)
);
ALTER TABLE "_alembic_tmp_x" RENAME TO x;
