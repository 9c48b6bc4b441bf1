//! Changes of the models, each as a table that takes the place of the one of that name.
#![allow(dead_code, reason = "the derive reads the fields")]
#![allow(clippy::duplicated_attributes, reason = "two indexes may be unique")]

use crate::models::{Customer, Method, Order, Product, Warehouse, shop};
use servicekit::Dialect::{self, Mysql, Postgres, Sqlite};
use servicekit::sqlx::types::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use servicekit::sqlx::types::{Decimal, Uuid};
use servicekit::{DbEnum, Metadata, Model, Table};

/// A change by its name in `cases/beside/models.py`.
pub(crate) struct Change {
    pub(crate) name: &'static str,
    /// The databases that have it.
    pub(crate) on: &'static [Dialect],
    replace: fn(Metadata) -> Metadata,
}

impl Change {
    /// All models with the change.
    pub(crate) fn models(&self, dialect: Dialect) -> Metadata {
        (self.replace)(shop(dialect))
    }
}

fn replaced<M: Model + 'static>(models: Metadata) -> Metadata {
    models.without([M::NAME]).with::<M>()
}

const EVERYWHERE: &[Dialect] = &[Sqlite, Postgres, Mysql];
const POSTGRES: &[Dialect] = &[Postgres];
const NOT_MYSQL: &[Dialect] = &[Sqlite, Postgres];
const MYSQL: &[Dialect] = &[Mysql];
const SERVERS: &[Dialect] = &[Postgres, Mysql];

/// Makes the list, and a module for each change with its model.
macro_rules! changes {
    ($($name:literal, $on:ident, $replace:expr => $module:ident { $($model:item)* })*) => {
        $(mod $module {
            #[allow(unused_imports, reason = "each model needs its own of them")]
            use super::*;
            $($model)*
        })*
        pub(crate) const CHANGES: &[Change] =
            &[$(Change { name: $name, on: $on, replace: $replace }),*];
    };
}

changes! {
    "a table is renamed", EVERYWHERE, |models| models.without(["product_tags"]).with::<renamed_table::Label>() => renamed_table {
        #[derive(Table)]
        #[table(unregistered, renamed_from = "product_tags", primary_key(product_id, tag))]
        pub(super) struct Label {
            #[column(references = Product::id, on_delete = cascade)]
            product_id: i64,
            #[column(length = 40, index)]
            tag: String,
        }
    }

    "a column is renamed", EVERYWHERE, replaced::<renamed_column::Address> => renamed_column {
        #[derive(Table)]
        #[table(unregistered, index(city, line))]
        pub(super) struct Address {
            #[column(primary_key, autoincrement)]
            id: i64,
            #[column(references = Customer::id, on_delete = cascade, index)]
            customer_id: i64,
            #[column(length = 200, renamed_from = "street")]
            line: String,
            #[column(length = 100)]
            city: String,
        }
    }

    "the primary key has other columns", EVERYWHERE, replaced::<primary_key::Price> => primary_key {
        #[derive(Table)]
        #[table(unregistered, primary_key(product_id, valid_from))]
        pub(super) struct Price {
            #[column(references = Product::id, on_delete = cascade)]
            product_id: i64,
            #[column(type = char(3))]
            currency: String,
            valid_from: NaiveDate,
            #[column(precision = 18, scale = 6)]
            amount: Decimal,
        }
    }

    "a native enum gets a value", SERVERS, replaced::<native_enum::Order> => native_enum {
        #[derive(Debug, Clone, Copy, DbEnum)]
        #[db_enum(native)]
        #[sqlx(type_name = "order_state", rename_all = "lowercase")]
        enum State {
            New,
            Paid,
            Shipped,
            Lost,
        }

        #[derive(Table)]
        #[table(unregistered, primary_key(year, number), index(customer_id, placed_at.desc()))]
        pub(super) struct Order {
            year: i16,
            number: i32,
            #[column(references = Customer::id)]
            customer_id: i64,
            #[column(default = "new")]
            state: State,
            placed_at: DateTime<Utc>,
            #[column(precision = 12, scale = 2, default = 0)]
            total: Decimal,
        }
    }

    "an enum stored as text gets a value", EVERYWHERE, replaced::<text_enum::Payment> => text_enum {
        #[derive(Debug, Clone, Copy, DbEnum)]
        #[sqlx(rename_all = "lowercase")]
        enum Method {
            Card,
            Invoice,
            Cash,
        }

        #[derive(Table)]
        #[table(unregistered, foreign_key(year, number, references(Order::year, Order::number)))]
        pub(super) struct Payment {
            #[column(primary_key, autoincrement)]
            id: i64,
            year: i16,
            number: i32,
            #[column(length = 10)]
            method: Method,
            #[column(precision = 12, scale = 2)]
            amount: Decimal,
            receipt: Option<Vec<u8>>,
        }
    }

    "a check says something else", EVERYWHERE, replaced::<condition::Stock> => condition {
        #[derive(Table)]
        #[table(
            unregistered,
            name = "stock",
            primary_key(warehouse_id, product_id),
            check("quantity > 0", name = "ck_stock_quantity")
        )]
        pub(super) struct Stock {
            #[column(references = Warehouse::id)]
            warehouse_id: i32,
            #[column(references = Product::id)]
            product_id: i64,
            #[column(default = 0)]
            quantity: i32,
            #[column(generated = "10 - quantity")]
            missing: Option<i32>,
        }
    }

    "a check comes", EVERYWHERE, replaced::<new_check::Warehouse> => new_check {
        #[derive(Table)]
        #[table(unregistered, check("id > 0", name = "ck_warehouses_id"))]
        pub(super) struct Warehouse {
            #[column(primary_key)]
            id: i32,
            #[column(length = 60)]
            name: String,
            opens_at: NaiveTime,
            #[column(index, sqlite(type = binary))]
            key: Uuid,
        }
    }

    "a check goes", EVERYWHERE, replaced::<no_check::OrderLine> => no_check {
        #[derive(Table)]
        #[table(
            unregistered,
            primary_key(year, number, position),
            unique(year, number, product_id),
            foreign_key(
                year,
                number,
                references(Order::year, Order::number),
                on_delete = cascade,
                on_update = cascade
            )
        )]
        pub(super) struct OrderLine {
            year: i16,
            number: i32,
            position: i16,
            #[column(references = Product::id)]
            product_id: i64,
            amount: i32,
        }
    }

    "an exclusion constraint comes", POSTGRES, replaced::<exclusion::Coupon> => exclusion {
        #[derive(Table)]
        #[table(
            unregistered,
            index(customer_id, unique, filter = "used_at IS NULL", name = "ix_coupons_open"),
            index(sql("lower(code)"), unique, name = "ix_coupons_code"),
            exclude(code = "=", using = "btree", name = "ex_coupons_code")
        )]
        pub(super) struct Coupon {
            #[column(primary_key)]
            id: i64,
            #[column(length = 20)]
            code: String,
            #[column(references = Customer::id)]
            customer_id: i64,
            used_at: Option<NaiveDateTime>,
        }
    }

    "a default is another one", EVERYWHERE, replaced::<default::Stock> => default {
        #[derive(Table)]
        #[table(
            unregistered,
            name = "stock",
            primary_key(warehouse_id, product_id),
            check("quantity >= 0", name = "ck_stock_quantity")
        )]
        pub(super) struct Stock {
            #[column(references = Warehouse::id)]
            warehouse_id: i32,
            #[column(references = Product::id)]
            product_id: i64,
            #[column(default = 1)]
            quantity: i32,
            #[column(generated = "10 - quantity")]
            missing: Option<i32>,
        }
    }

    "a column is computed in another way", EVERYWHERE, replaced::<computed::Stock> => computed {
        #[derive(Table)]
        #[table(
            unregistered,
            name = "stock",
            primary_key(warehouse_id, product_id),
            check("quantity >= 0", name = "ck_stock_quantity")
        )]
        pub(super) struct Stock {
            #[column(references = Warehouse::id)]
            warehouse_id: i32,
            #[column(references = Product::id)]
            product_id: i64,
            #[column(default = 0)]
            quantity: i32,
            #[column(generated = "20 - quantity")]
            missing: Option<i32>,
        }
    }

    "a column is no longer numbered", EVERYWHERE, replaced::<numbered::Category> => numbered {
        #[derive(Table)]
        #[table(unregistered, unique(parent_id, name))]
        pub(super) struct Category {
            #[column(primary_key)]
            id: i32,
            #[column(references = Self::id, on_delete = restrict)]
            parent_id: Option<i32>,
            #[column(length = 60)]
            name: String,
            #[column(default = 0)]
            position: i16,
        }
    }

    "a collation is another one", EVERYWHERE, replaced::<collation::ProductTag> => collation {
        #[derive(Table)]
        #[table(unregistered, primary_key(product_id, tag))]
        pub(super) struct ProductTag {
            #[column(references = Product::id, on_delete = cascade)]
            product_id: i64,
            #[column(
                length = 40,
                index,
                sqlite(collate = "NOCASE"),
                postgres(collate = "C"),
                mysql(collate = "utf8mb4_bin")
            )]
            tag: String,
        }
    }

    "a length is no longer limited", POSTGRES, replaced::<length::Country> => length {
        #[derive(Table)]
        #[table(unregistered)]
        pub(super) struct Country {
            #[column(primary_key, type = char(2))]
            code: String,
            #[column(type = unconstrained_string, unique)]
            name: String,
        }
    }

    "a number has any digits", POSTGRES, replaced::<digits::Price> => digits {
        #[derive(Table)]
        #[table(unregistered, primary_key(product_id, currency, valid_from))]
        pub(super) struct Price {
            #[column(references = Product::id, on_delete = cascade)]
            product_id: i64,
            #[column(type = char(3))]
            currency: String,
            valid_from: NaiveDate,
            #[column(type = unconstrained_numeric)]
            amount: Decimal,
        }
    }

    "a time has fewer digits", SERVERS, replaced::<fraction::Warehouse> => fraction {
        #[derive(Table)]
        #[table(unregistered)]
        pub(super) struct Warehouse {
            #[column(primary_key)]
            id: i32,
            #[column(length = 60)]
            name: String,
            #[column(precision = 3)]
            opens_at: NaiveTime,
            #[column(index, sqlite(type = binary))]
            key: Uuid,
        }
    }

    "a time gets a time zone", POSTGRES, replaced::<time_zone::Coupon> => time_zone {
        #[derive(Table)]
        #[table(
            unregistered,
            index(customer_id, unique, filter = "used_at IS NULL", name = "ix_coupons_open"),
            index(sql("lower(code)"), unique, name = "ix_coupons_code")
        )]
        pub(super) struct Coupon {
            #[column(primary_key)]
            id: i64,
            #[column(length = 20)]
            code: String,
            #[column(references = Customer::id)]
            customer_id: i64,
            used_at: Option<DateTime<Utc>>,
        }
    }

    "a number is unsigned", MYSQL, replaced::<unsigned::Stock> => unsigned {
        #[derive(Table)]
        #[table(
            unregistered,
            name = "stock",
            primary_key(warehouse_id, product_id),
            check("quantity >= 0", name = "ck_stock_quantity")
        )]
        pub(super) struct Stock {
            #[column(references = Warehouse::id)]
            warehouse_id: i32,
            #[column(references = Product::id)]
            product_id: i64,
            #[column(default = 0)]
            quantity: u32,
            #[column(generated = "10 - quantity")]
            missing: Option<i32>,
        }
    }

    "a foreign key matches fully", POSTGRES, replaced::<matching::Payment> => matching {
        #[derive(Table)]
        #[table(
            unregistered,
            foreign_key(year, number, references(Order::year, Order::number), matching = full)
        )]
        pub(super) struct Payment {
            #[column(primary_key, autoincrement)]
            id: i64,
            year: i16,
            number: i32,
            #[column(length = 10)]
            method: Method,
            #[column(precision = 12, scale = 2)]
            amount: Decimal,
            receipt: Option<Vec<u8>>,
        }
    }

    "an index has another filter", NOT_MYSQL, replaced::<filter::Coupon> => filter {
        #[derive(Table)]
        #[table(
            unregistered,
            index(customer_id, unique, filter = "used_at IS NOT NULL", name = "ix_coupons_open"),
            index(sql("lower(code)"), unique, name = "ix_coupons_code")
        )]
        pub(super) struct Coupon {
            #[column(primary_key)]
            id: i64,
            #[column(length = 20)]
            code: String,
            #[column(references = Customer::id)]
            customer_id: i64,
            used_at: Option<NaiveDateTime>,
        }
    }

    "an index has another expression", POSTGRES, replaced::<expression::Coupon> => expression {
        #[derive(Table)]
        #[table(
            unregistered,
            index(customer_id, unique, filter = "used_at IS NULL", name = "ix_coupons_open"),
            index(sql("upper(code)"), unique, name = "ix_coupons_code")
        )]
        pub(super) struct Coupon {
            #[column(primary_key)]
            id: i64,
            #[column(length = 20)]
            code: String,
            #[column(references = Customer::id)]
            customer_id: i64,
            used_at: Option<NaiveDateTime>,
        }
    }

    "an index has another direction", EVERYWHERE, replaced::<direction::ProductTag> => direction {
        #[derive(Table)]
        #[table(unregistered, primary_key(product_id, tag), index(tag.desc()))]
        pub(super) struct ProductTag {
            #[column(references = Product::id, on_delete = cascade)]
            product_id: i64,
            #[column(length = 40)]
            tag: String,
        }
    }

    "an index has another method", POSTGRES, replaced::<method::Warehouse> => method {
        #[derive(Table)]
        #[table(unregistered, index(key, using = "hash"))]
        pub(super) struct Warehouse {
            #[column(primary_key)]
            id: i32,
            #[column(length = 60)]
            name: String,
            opens_at: NaiveTime,
            key: Uuid,
        }
    }

    "an index includes a column", POSTGRES, replaced::<include::Address> => include {
        #[derive(Table)]
        #[table(unregistered, index(city, street, include(customer_id)))]
        pub(super) struct Address {
            #[column(primary_key, autoincrement)]
            id: i64,
            #[column(references = Customer::id, on_delete = cascade, index)]
            customer_id: i64,
            #[column(length = 200)]
            street: String,
            #[column(length = 100)]
            city: String,
        }
    }

    "an index has another operator class", POSTGRES, replaced::<operators::Address> => operators {
        #[derive(Table)]
        #[table(unregistered, index(city.operator_class("varchar_pattern_ops"), street))]
        pub(super) struct Address {
            #[column(primary_key, autoincrement)]
            id: i64,
            #[column(references = Customer::id, on_delete = cascade, index)]
            customer_id: i64,
            #[column(length = 200)]
            street: String,
            #[column(length = 100)]
            city: String,
        }
    }
}
