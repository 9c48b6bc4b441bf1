-- As SQLAlchemy and Alembic make it; the version table is left out.
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
CREATE TYPE accountstate AS ENUM ('active', 'locked');
CREATE TABLE account (id SERIAL NOT NULL, name VARCHAR(50) NOT NULL, state accountstate DEFAULT 'active' NOT NULL, created TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    amount NUMERIC(12, 2) DEFAULT '0' NOT NULL, flags INTEGER DEFAULT '0', note TEXT, payload JSON, CONSTRAINT pk_account PRIMARY KEY (id), CONSTRAINT uq_account_name UNIQUE (name), CONSTRAINT ck_account_amount CHECK (amount >= 0));
CREATE TABLE transfer (id BIGSERIAL NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL, at TIMESTAMP WITHOUT TIME ZONE DEFAULT timezone('utc', now()) NOT NULL, PRIMARY KEY (id),
    CONSTRAINT fk_transfer_source FOREIGN KEY(source) REFERENCES account (id) ON DELETE CASCADE, CONSTRAINT fk_transfer_target FOREIGN KEY(target) REFERENCES account (id), CHECK (source != target));
CREATE INDEX ix_transfer_at ON transfer (at DESC);
CREATE INDEX ix_account_lower_name ON account (lower(name));
COMMENT ON COLUMN account.note IS 'free text';
