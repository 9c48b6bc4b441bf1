//! A column of any type can be asked about.

use crate::bench::Bench;
use servicekit::Dialect;
use servicekit::schema::Constraint;

const POSTGRES: &[&str] = &[
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "numeric(12,2)",
    "real",
    "double precision",
    "money",
    "boolean",
    "text",
    "varchar",
    "varchar(20)",
    "char(3)",
    "\"char\"",
    "name",
    "bytea",
    "date",
    "time",
    "time(3)",
    "timetz",
    "timestamp",
    "timestamp(3)",
    "timestamptz",
    "interval",
    "interval day to second",
    "uuid",
    "json",
    "jsonb",
    "xml",
    "inet",
    "cidr",
    "macaddr",
    "point",
    "box",
    "polygon",
    "bit(3)",
    "varbit(3)",
    "tsvector",
    "int4range",
    "integer[]",
    "text[]",
    "numeric(12,2)[]",
    "mood",
    "positive",
    "mood[]",
    "oid",
    "regclass",
];

const MYSQL: &[&str] = &[
    "tinyint",
    "tinyint(1)",
    "smallint",
    "mediumint",
    "int",
    "int unsigned",
    "bigint",
    "bigint unsigned",
    "int(5) zerofill",
    "decimal(12,2)",
    "float",
    "double",
    "bit(8)",
    "boolean",
    "char(3)",
    "varchar(20)",
    "tinytext",
    "text",
    "mediumtext",
    "longtext",
    "binary(3)",
    "varbinary(3)",
    "tinyblob",
    "blob",
    "mediumblob",
    "longblob",
    "date",
    "time",
    "time(3)",
    "datetime",
    "datetime(6)",
    "timestamp",
    "timestamp(3)",
    "year",
    "json",
    "enum('a','b')",
    "set('a','b')",
    "geometry",
    "point",
    "polygon",
];

const SQLITE: &[&str] =
    &["INTEGER", "TEXT", "BLOB", "REAL", "NUMERIC", "", "DATETIME", "VARCHAR(20)", "BOOLEAN"];

async fn each_can_be_asked_about(dialect: Dialect, types: &[&str], other: &str) {
    let Some(mut bench) = Bench::open(dialect).await else { return };
    if dialect == Dialect::Postgres {
        bench.run("CREATE TYPE mood AS ENUM ('sad')").await;
        bench.run("CREATE DOMAIN positive AS integer CHECK (value > 0)").await;
    }
    for (at, data_type) in types.iter().enumerate() {
        let check = format!("CONSTRAINT ck{at} CHECK (x IS NOT NULL)");
        bench.run(&format!("CREATE TABLE t{at} (x {data_type} NULL DEFAULT NULL, {check})")).await;
    }
    let mut wanted = bench.read().await;
    for constraint in wanted.tables.iter_mut().flat_map(|table| &mut table.constraints) {
        if let Constraint::Check(check) = constraint {
            check.condition = other.into();
        }
    }
    bench.is_like(&wanted, "another spelling").await;
    println!("{dialect}: {} types", types.len());
}

#[tokio::test]
async fn a_column_of_any_type_can_be_asked_about() {
    each_can_be_asked_about(Dialect::Postgres, POSTGRES, "NOT x IS NULL").await;
    each_can_be_asked_about(Dialect::Sqlite, SQLITE, "x NOTNULL").await;
}

#[tokio::test]
async fn a_column_of_any_type_of_mysql_can_be_asked_about() {
    each_can_be_asked_about(Dialect::Mysql, MYSQL, "NOT x IS NULL").await;
}
