CREATE TABLE categories (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    parent_id INTEGER,
    name VARCHAR(60) NOT NULL,
    position SMALLINT DEFAULT 0 NOT NULL,
    CONSTRAINT fk_categories_parent_id_categories FOREIGN KEY(parent_id) REFERENCES categories (id) ON DELETE RESTRICT,
    CONSTRAINT uq_categories_parent_id_name UNIQUE (parent_id, name)
);

CREATE TABLE countries (
    code CHAR(2) NOT NULL,
    name VARCHAR(100) NOT NULL,
    CONSTRAINT pk_countries PRIMARY KEY (code),
    CONSTRAINT uq_countries_name UNIQUE (name)
);

CREATE TABLE warehouses (
    id INTEGER NOT NULL,
    name VARCHAR(60) NOT NULL,
    opens_at TIME NOT NULL,
    "key" BLOB NOT NULL,
    CONSTRAINT pk_warehouses PRIMARY KEY (id)
);

CREATE INDEX ix_warehouses_key ON warehouses ("key");

CREATE TABLE customers (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    email VARCHAR(254) NOT NULL,
    name VARCHAR(100) DEFAULT 'it''s new' NOT NULL,
    country CHAR(2),
    invited_by BIGINT,
    active BOOLEAN DEFAULT 1 NOT NULL,
    credit NUMERIC(12, 2) DEFAULT 0 NOT NULL,
    created_at TIMESTAMP DEFAULT (CURRENT_TIMESTAMP) NOT NULL,
    CONSTRAINT ck_customers_credit CHECK (credit >= 0),
    CONSTRAINT fk_customers_country_countries FOREIGN KEY(country) REFERENCES countries (code) ON UPDATE CASCADE,
    CONSTRAINT fk_customers_invited_by_customers FOREIGN KEY(invited_by) REFERENCES customers (id) ON DELETE SET NULL,
    CONSTRAINT uq_customers_email UNIQUE (email)
);

CREATE INDEX ix_customers_invited_by ON customers (invited_by);

CREATE TABLE products (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sku VARCHAR(40) NOT NULL,
    category_id INTEGER NOT NULL,
    price NUMERIC(10, 2) NOT NULL,
    weight DOUBLE,
    description TEXT,
    released_on DATE,
    attributes JSON NOT NULL,
    CONSTRAINT ck_products_price CHECK (price >= 0),
    CONSTRAINT fk_products_category_id_categories FOREIGN KEY(category_id) REFERENCES categories (id),
    CONSTRAINT uq_products_sku UNIQUE (sku)
);

CREATE INDEX ix_products_category_id_price ON products (category_id, price DESC);

CREATE TABLE addresses (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    customer_id BIGINT NOT NULL,
    street VARCHAR(200) NOT NULL,
    city VARCHAR(100) NOT NULL,
    CONSTRAINT fk_addresses_customer_id_customers FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
);

CREATE INDEX ix_addresses_city_street ON addresses (city, street);

CREATE INDEX ix_addresses_customer_id ON addresses (customer_id);

CREATE TABLE coupons (
    id BIGINT NOT NULL,
    code VARCHAR(20) NOT NULL,
    customer_id BIGINT NOT NULL,
    used_at TIMESTAMP,
    CONSTRAINT pk_coupons PRIMARY KEY (id),
    CONSTRAINT fk_coupons_customer_id_customers FOREIGN KEY(customer_id) REFERENCES customers (id)
);

CREATE UNIQUE INDEX ix_coupons_open ON coupons (customer_id) WHERE used_at IS NULL;

CREATE TABLE orders (
    year SMALLINT NOT NULL,
    number INTEGER NOT NULL,
    customer_id BIGINT NOT NULL,
    state TEXT DEFAULT 'new' NOT NULL,
    placed_at DATETIME NOT NULL,
    total NUMERIC(12, 2) DEFAULT 0 NOT NULL,
    CONSTRAINT pk_orders PRIMARY KEY (year, number),
    CONSTRAINT ck_orders_state CHECK (state IN ('new', 'paid', 'shipped')),
    CONSTRAINT fk_orders_customer_id_customers FOREIGN KEY(customer_id) REFERENCES customers (id)
);

CREATE INDEX ix_orders_customer_id_placed_at ON orders (customer_id, placed_at DESC);

CREATE TABLE prices (
    product_id BIGINT NOT NULL,
    currency CHAR(3) NOT NULL,
    valid_from DATE NOT NULL,
    amount NUMERIC(18, 6) NOT NULL,
    CONSTRAINT pk_prices PRIMARY KEY (product_id, currency, valid_from),
    CONSTRAINT fk_prices_product_id_products FOREIGN KEY(product_id) REFERENCES products (id) ON DELETE CASCADE
);

CREATE TABLE product_tags (
    product_id BIGINT NOT NULL,
    tag VARCHAR(40) NOT NULL,
    CONSTRAINT pk_product_tags PRIMARY KEY (product_id, tag),
    CONSTRAINT fk_product_tags_product_id_products FOREIGN KEY(product_id) REFERENCES products (id) ON DELETE CASCADE
);

CREATE INDEX ix_product_tags_tag ON product_tags (tag);

CREATE TABLE stock (
    warehouse_id INTEGER NOT NULL,
    product_id BIGINT NOT NULL,
    quantity INTEGER DEFAULT 0 NOT NULL,
    missing INTEGER GENERATED ALWAYS AS (10 - quantity) STORED,
    CONSTRAINT pk_stock PRIMARY KEY (warehouse_id, product_id),
    CONSTRAINT ck_stock_quantity CHECK (quantity >= 0),
    CONSTRAINT fk_stock_product_id_products FOREIGN KEY(product_id) REFERENCES products (id),
    CONSTRAINT fk_stock_warehouse_id_warehouses FOREIGN KEY(warehouse_id) REFERENCES warehouses (id)
);

CREATE TABLE order_lines (
    year SMALLINT NOT NULL,
    number INTEGER NOT NULL,
    position SMALLINT NOT NULL,
    product_id BIGINT NOT NULL,
    amount INTEGER NOT NULL,
    CONSTRAINT pk_order_lines PRIMARY KEY (year, number, position),
    CONSTRAINT ck_order_lines_amount CHECK (amount > 0),
    CONSTRAINT fk_order_lines_product_id_products FOREIGN KEY(product_id) REFERENCES products (id),
    CONSTRAINT fk_order_lines_year_number_orders FOREIGN KEY(year, number) REFERENCES orders (year, number) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT uq_order_lines_year_number_product_id UNIQUE (year, number, product_id)
);

CREATE TABLE payments (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    year SMALLINT NOT NULL,
    number INTEGER NOT NULL,
    method VARCHAR(10) NOT NULL,
    amount NUMERIC(12, 2) NOT NULL,
    receipt BLOB,
    CONSTRAINT fk_payments_year_number_orders FOREIGN KEY(year, number) REFERENCES orders (year, number),
    CONSTRAINT ck_payments_method CHECK (method IN ('card', 'invoice'))
);
