//! What a table has, in words and in statements.

use crate::bench::Bench;
use servicekit::Dialect;
use servicekit::revision::*;
use servicekit::schema::{Schema, Value};

/// The remainders of a table as `what: statement`.
fn remainders(schema: &Schema, table: &str) -> Vec<String> {
    let table = schema.tables.iter().find(|found| found.name.name == table).unwrap();
    table.remainders.iter().map(|remainder| format!("{}: {}", remainder.what, remainder.sql)).collect()
}

#[tokio::test]
async fn what_there_is_a_word_for_is_said_in_words() {
    let Some(mut bench) = Bench::open().await else { return };
    bench
        .run(
            "CREATE TABLE things (
                id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
                on_time DATETIME(6) DEFAULT (UTC_TIMESTAMP(6)),
                at_once DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
                changed TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
                data JSON,
                kind ENUM('a', 'it''s') DEFAULT 'it''s' COMMENT 'which',
                code CHAR(26) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
                raw BINARY(16),
                is_new BOOLEAN DEFAULT TRUE,
                price DECIMAL(10, 2) DEFAULT 1.50,
                size MEDIUMINT DEFAULT 7,
                flags BIT(3) DEFAULT b'101',
                total INT AS (size + 1) STORED,
                hidden INT DEFAULT 3 INVISIBLE,
                UNIQUE KEY by_code (code),
                UNIQUE KEY by_part (code (5), kind),
                KEY by_both (kind, price DESC) COMMENT 'both')",
        )
        .await;
    let read = bench.read().await;
    let key = |name: &str| key(name);
    let expected = Table::new(
        "things",
        [
            unsigned_big_integer("id").not_null().autoincrement(),
            timestamp_tz("on_time").default(now()),
            timestamp("at_once").precision(3).not_null().default(now()).now_on_update(),
            custom("changed", "TIMESTAMP").default(now()),
            json("data"),
            enumeration("kind", enum_type("things_kind", ["a", "it's"])).default("it's").comment("which"),
            char("code", 26).collate_on(Dialect::Mysql, "utf8mb4_bin"),
            custom("raw", "BINARY(16)"),
            boolean("is_new").default(true),
            numeric("price", 10, 2).default(1.5),
            custom("size", "MEDIUMINT").default(7),
            custom("flags", "BIT(3)").default(5),
            integer("total").generated("`size` + 1"),
            integer("hidden").default(3).option(Dialect::Mysql, "INVISIBLE"),
        ],
    )
    .with(primary_key(["id"]))
    .with(unique(["code"]).name("by_code"))
    .with(index([key("kind"), key("price").desc()]).name("by_both").comment("both"))
    .with(index([key("code").mysql_length(5), key("kind")]).name("by_part").unique());
    assert_eq!(read.tables, [expected]);
}

#[tokio::test]
async fn what_there_is_no_word_for_is_a_statement_or_a_clause() {
    let Some(mut bench) = Bench::open().await else { return };
    bench
        .run(
            "CREATE TABLE notes (a INT NOT NULL, b TEXT, p POINT NOT NULL, FULLTEXT KEY `full``text` (b), SPATIAL KEY sp (p),
                PRIMARY KEY (a) COMMENT 'it''s') ENGINE = MyISAM ROW_FORMAT = DYNAMIC COLLATE latin1_bin;
             CREATE TABLE parts (a INT) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10));
             CREATE TABLE packed (a INT) ROW_FORMAT = COMPRESSED KEY_BLOCK_SIZE = 8",
        )
        .await;
    let read = bench.read().await;
    assert_eq!(
        remainders(&read, "notes"),
        [
            "primary key: ALTER TABLE `notes` ADD PRIMARY KEY (`a`) COMMENT 'it\\'s'".replace("\\'", "''"),
            "fulltext index full`text: CREATE FULLTEXT INDEX `full``text` ON `notes` (`b`)".to_owned(),
            "spatial index sp: CREATE SPATIAL INDEX `sp` ON `notes` (`p`)".to_owned(),
        ]
    );
    assert_eq!(
        remainders(&read, "parts"),
        ["partitions: ALTER TABLE `parts` PARTITION BY RANGE (`a`) (PARTITION `p0` VALUES LESS THAN (10))"]
    );
    let options: Vec<_> =
        read.tables.iter().flat_map(|table| &table.options).map(|(_, sql)| sql.as_str()).collect();
    assert_eq!(
        options,
        [
            "ENGINE = MyISAM",
            "COLLATE = latin1_bin",
            "ROW_FORMAT = DYNAMIC",
            "ROW_FORMAT = COMPRESSED",
            "KEY_BLOCK_SIZE = 8"
        ]
    );
}

#[tokio::test]
async fn a_check_in_a_column_of_mariadb_stays_in_it() {
    let Some(mut bench) = Bench::open().await else { return };
    bench.run("CREATE TABLE t (a INT CHECK (a > 0), b INT UNIQUE CHECK (b > 1), j JSON)").await;
    let read = bench.read().await;
    let table = &read.tables[0];
    let names: Vec<_> =
        table.constraints.iter().map(|constraint| constraint.name().unwrap_or_default()).collect();
    if bench.is_mariadb {
        assert_eq!(names, ["b"]);
        assert_eq!(table.columns[0].options, [(Dialect::Mysql, "CHECK (`a` > 0)".to_owned())]);
        assert_eq!(table.columns[1].options, [(Dialect::Mysql, "CHECK (`b` > 1)".to_owned())]);
    } else {
        assert_eq!(names, ["b", "t_chk_1", "t_chk_2"]);
    }
    assert_eq!(table.columns[2].data_type, Type::Json);
}

#[tokio::test]
async fn a_default_is_the_value_that_it_is() {
    let Some(mut bench) = Bench::open().await else { return };
    let cases: [(&str, Option<Value>); 14] = [
        ("VARCHAR(30) DEFAULT 'NULL'", Some("NULL".into())),
        ("VARCHAR(30) DEFAULT NULL", None),
        ("VARCHAR(30) DEFAULT 'CURRENT_TIMESTAMP'", Some("CURRENT_TIMESTAMP".into())),
        ("VARCHAR(30) DEFAULT '(1 + 1)'", Some("(1 + 1)".into())),
        ("VARCHAR(30) DEFAULT ''", Some("".into())),
        ("VARCHAR(30) DEFAULT 'C:\\\\it''s ☂'", Some("C:\\it's ☂".into())),
        ("LONGTEXT DEFAULT ('C:\\\\it''s ☂')", Some("C:\\it's ☂".into())),
        ("INT DEFAULT (1 + 1)", Some(sql("1 + 1").into())),
        ("VARCHAR(36) DEFAULT (uuid())", Some(sql("uuid()").into())),
        ("INT DEFAULT -7", Some((-7).into())),
        ("INT NOT NULL", None),
        ("BIGINT UNSIGNED DEFAULT 18446744073709551615", Some(u64::MAX.into())),
        ("DECIMAL(10, 2) DEFAULT 0", Some(0.into())),
        ("LONGBLOB DEFAULT (X'00FF')", Some(Value::Bytes(vec![0, 255]))),
    ];
    let columns: Vec<String> =
        cases.iter().enumerate().map(|(at, (definition, _))| format!("c{at} {definition}")).collect();
    bench.run(&format!("CREATE TABLE t ({})", columns.join(", "))).await;
    let read = bench.read().await;
    for (column, (definition, expected)) in read.tables[0].columns.iter().zip(cases) {
        assert_eq!(column.default, expected, "{definition}");
    }
    bench.round_trip("defaults").await;
}

#[tokio::test]
async fn what_is_no_table_of_its_own_is_left_out() {
    let Some(mut bench) = Bench::open().await else { return };
    bench
        .run(
            "CREATE TABLE kept (a INT);
             CREATE VIEW seen AS SELECT a FROM kept;
             CREATE TABLE merged (a INT) ENGINE = MRG_MyISAM;
             CREATE TEMPORARY TABLE passing (a INT);
             CREATE TRIGGER noted BEFORE INSERT ON kept FOR EACH ROW SET NEW.a = 1",
        )
        .await;
    if bench.is_mariadb {
        bench
            .run(
                "CREATE SEQUENCE numbers;
                 CREATE TABLE timed (a INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, e TIMESTAMP(6) GENERATED ALWAYS AS ROW END,
                    PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING",
            )
            .await;
    }
    assert_eq!(bench.read().await.tables, [Table::new("kept", [integer("a")])]);
}
