//! Texts of tables before and after.

use super::edit::{AlterText, Changing, Edit, OldConstraint, TypeText};
use super::plan::{CurrentTable, StoredObject, plan};
use crate::operation::Change;
use crate::stored::{ColumnText, StoredTable};
use crate::table::ConstraintKind;

/// A table with everything that the grammar has.
const ALL: &str = r#"CREATE TABLE "a table" ( /* of all */
    id INTEGER CONSTRAINT "the key" PRIMARY KEY ASC ON CONFLICT ABORT AUTOINCREMENT,
    -- a name, with a comma
    [na,me] VARCHAR(20, 2) COLLATE NOCASE NOT NULL ON CONFLICT FAIL DEFAULT 'a, (b)' UNIQUE,
    `b``q` /* said of it */ UNSIGNED BIG INT NULL DEFAULT -1 CHECK (id > 0 AND "b`q" <> ')'),
    c DEFAULT (1 + 2), /* between */ d TEXT DEFAULT NULL REFERENCES "other, one" (x) ON DELETE SET NULL ON UPDATE SET DEFAULT MATCH FULL NOT DEFERRABLE INITIALLY DEFERRED,
    e INT GENERATED ALWAYS AS (id * 2) STORED NOT NULL, f AS (e || 'AS'),
    CONSTRAINT ck CHECK (c IN (1, 2)) CHECK (d <> ''),
    FOREIGN KEY (d, c) REFERENCES o (x, y) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, UNIQUE ("na,me" DESC, c) -- at last
) STRICT"#;

fn table(sql: &str) -> StoredTable {
    StoredTable::parse(sql).unwrap()
}

#[test]
fn what_is_not_changed_stays_as_it_was_written() {
    // Between two constraints SQLite wants no comma.
    assert_eq!(table(ALL).create("\"a table\""), ALL.replace("(1, 2)) CHECK", "(1, 2)), CHECK"));
    for sql in [
        "CREATE TABLE t (a)",
        "CREATE TABLE t(a,b,c)",
        "CREATE TABLE t (\n  a INT, -- one\n  b INT -- two\n) WITHOUT ROWID, STRICT",
        "CREATE TABLE t (constraint_name TEXT, check_in DATE, \"primary\" INT, key INT)",
    ] {
        assert_eq!(table(sql).create("t"), sql.replace("t(", "t ("), "{sql}");
    }
}

#[test]
fn a_computed_column_is_known_whatever_its_type_ends_in() {
    let found =
        table("CREATE TABLE t (a INT ALWAYS AS (1), b ALWAYS GENERATED ALWAYS AS (2), c AS (3), d ALWAYS)");
    let computed: Vec<bool> = found.columns.iter().map(ColumnText::is_generated).collect();
    assert_eq!(computed, [true, true, true, false]);
}

#[test]
fn the_parts_are_known() {
    let all = table(ALL);
    let columns: Vec<(&str, &str)> =
        all.columns.iter().map(|column| (column.name.as_str(), column.data_type.trim())).collect();
    assert_eq!(
        columns,
        [
            ("id", "INTEGER"),
            ("na,me", "VARCHAR(20, 2)"),
            ("b`q", "UNSIGNED BIG INT"),
            ("c", ""),
            ("d", "TEXT"),
            ("e", "INT"),
            ("f", "")
        ]
    );
    let clauses: Vec<String> = all
        .columns
        .iter()
        .flat_map(|column| &column.clauses)
        .map(|clause| format!("{:?} {:?}: {}", clause.kind, clause.name, clause.text.trim()))
        .collect();
    insta::assert_snapshot!(clauses.join("\n"), @r#"
    PrimaryKey Some("the key"): CONSTRAINT "the key" PRIMARY KEY ASC ON CONFLICT ABORT AUTOINCREMENT
    Collate None: COLLATE NOCASE
    NotNull None: NOT NULL ON CONFLICT FAIL
    Default None: DEFAULT 'a, (b)'
    Unique None: UNIQUE
    Null None: NULL
    Default None: DEFAULT -1
    Check None: CHECK (id > 0 AND "b`q" <> ')')
    Default None: DEFAULT (1 + 2)
    Default None: DEFAULT NULL
    References None: REFERENCES "other, one" (x) ON DELETE SET NULL ON UPDATE SET DEFAULT MATCH FULL NOT DEFERRABLE INITIALLY DEFERRED
    Generated None: GENERATED ALWAYS AS (id * 2) STORED
    NotNull None: NOT NULL
    Generated None: AS (e || 'AS')
    "#);
    let constraints: Vec<String> = all
        .constraints
        .iter()
        .map(|each| format!("{} {:?} {:?}", each.kind, each.name, each.columns))
        .collect();
    insta::assert_snapshot!(constraints.join("\n"), @r#"
    check constraint Some("ck") []
    check constraint None []
    foreign key None ["d", "c"]
    unique constraint None ["na,me", "c"]
    "#);
    assert_eq!(all.rowid_alias(), Some("id"));
    assert!(!all.is_without_rowid());
    assert!(table("CREATE TABLE t (a PRIMARY KEY) strict, without rowid").is_without_rowid());
    assert_eq!(table("CREATE TABLE t (a INTEGER PRIMARY KEY DESC)").rowid_alias(), None);
    assert_eq!(table("CREATE TABLE t (a integer, primary key (A))").rowid_alias(), Some("a"));
    assert_eq!(table("CREATE TABLE t (a INT PRIMARY KEY)").rowid_alias(), None);
}

#[test]
fn what_is_no_table_is_not_taken_for_one() {
    assert_eq!(StoredTable::parse("CREATE VIRTUAL TABLE t USING fts5(a, b)"), None);
    assert_eq!(StoredTable::parse("CREATE VIEW t (a) AS SELECT 1"), None);
    assert_eq!(StoredTable::parse(""), None);
}

fn changed(sql: &str, edits: &[Edit]) -> Result<String, String> {
    let mut changing = Changing::new(table(sql));
    for edit in edits {
        changing.apply(edit).map_err(|problem| {
            format!(
                "{}{}",
                problem.reason,
                problem.help.map(|help| format!("\nhelp: {help}")).unwrap_or_default()
            )
        })?;
    }
    Ok(changing.table.create("t"))
}

fn alter(name: &str) -> AlterText {
    AlterText {
        name: name.into(),
        data_type: None,
        using: None,
        nullable: None,
        default: Change::Keep,
        collation: Change::Keep,
        is_counted: None,
        comment: Change::Keep,
    }
}

fn old(kind: ConstraintKind, name: Option<&str>, columns: Option<&[&str]>) -> Edit {
    let columns = columns.map(|columns| columns.iter().map(|&column| column.to_owned()).collect());
    Edit::DropConstraint(OldConstraint { name: name.map(str::to_owned), kind, columns, if_exists: false })
}

fn drop_column(name: &str) -> Edit {
    Edit::DropColumn { name: name.into(), constraints: Vec::new() }
}

#[test]
fn each_change_is_made_to_the_text() {
    let sql = "CREATE TABLE t (\n    id INTEGER PRIMARY KEY,\n    name TEXT /* of it */ NULL DEFAULT 'x' UNIQUE,\n    age INT CONSTRAINT old CHECK (age > 0), -- in years\n    CONSTRAINT uq UNIQUE (name, age),\n    CHECK (name <> '')\n)";
    let edits = [
        Edit::AlterColumn(AlterText {
            data_type: Some(TypeText { name: "VARCHAR(9)".to_owned(), check: None }),
            nullable: Some(false),
            default: Change::To("('a' || 'b')".into()),
            ..alter("NAME")
        }),
        Edit::AlterColumn(AlterText { nullable: Some(true), default: Change::Remove, ..alter("age") }),
        Edit::AlterColumn(AlterText { comment: Change::To("/* number */".into()), ..alter("id") }),
        Edit::AddColumn {
            definition: "\"new\" TEXT NOT NULL DEFAULT ''".into(),
            constraints: vec!["UNIQUE (\"new\")".into()],
        },
        old(ConstraintKind::Check, Some("OLD"), None),
        old(ConstraintKind::Unique, Some("uq"), None),
        old(ConstraintKind::Unique, Some("by convention"), Some(&["name"])),
        Edit::AddConstraint("CONSTRAINT c2 CHECK (id > 0)".into()),
        Edit::SetComment(Some("/* people */".into())),
    ];
    insta::assert_snapshot!(changed(sql, &edits).unwrap(), @r#"
    CREATE TABLE t ( /* people */
        id /* number */ INTEGER PRIMARY KEY,
        name VARCHAR(9) DEFAULT ('a' || 'b') NOT NULL,
        age INT,
        "new" TEXT NOT NULL DEFAULT '',
        CHECK (name <> ''),
        UNIQUE ("new"),
        CONSTRAINT c2 CHECK (id > 0)
    )
    "#);
}

#[test]
fn a_column_is_numbered_by_its_own_key() {
    let counted = |sql: &str, is_counted: bool| {
        changed(sql, &[Edit::AlterColumn(AlterText { is_counted: Some(is_counted), ..alter("id") })])
    };
    let behind =
        "CREATE TABLE t (id BIGINT NOT NULL, a TEXT, CONSTRAINT \"KEY\" PRIMARY KEY (id) ON CONFLICT FAIL)";
    let inside = "CREATE TABLE t (id INTEGER CONSTRAINT \"KEY\" PRIMARY KEY ON CONFLICT FAIL AUTOINCREMENT NOT NULL, a TEXT)";
    insta::assert_snapshot!(counted(behind, true).unwrap(), @r#"CREATE TABLE t (id INTEGER CONSTRAINT "KEY" PRIMARY KEY ON CONFLICT FAIL AUTOINCREMENT NOT NULL, a TEXT)"#);
    insta::assert_snapshot!(counted(inside, false).unwrap(), @r#"
    CREATE TABLE t (id INTEGER NOT NULL, a TEXT,
        CONSTRAINT "KEY" PRIMARY KEY ("id") ON CONFLICT FAIL)
    "#);
    let descending = "CREATE TABLE t (id INT DEFAULT 5 PRIMARY KEY DESC)";
    insta::assert_snapshot!(counted(descending, true).unwrap(), @"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT DEFAULT 5)");
    let without_name = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)";
    insta::assert_snapshot!(counted(without_name, false).unwrap(), @"CREATE TABLE t (id INTEGER PRIMARY KEY)");
    assert_eq!(counted(without_name, true).unwrap(), without_name);
    let in_list = "CREATE TABLE t (id INTEGER, PRIMARY KEY (id AUTOINCREMENT))";
    insta::assert_snapshot!(counted(in_list, false).unwrap(), @"CREATE TABLE t (id INTEGER, PRIMARY KEY (id))");
    insta::assert_snapshot!(counted(in_list, true).unwrap(), @"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)");
    let two = "CREATE TABLE t (id INTEGER, a TEXT, PRIMARY KEY (id, a))";
    insta::assert_snapshot!(counted(two, true).unwrap_err(), @"on SQLite an autoincrement column must be the only column of the primary key, and `id` is not");
    let without_rowid = "CREATE TABLE t (id INTEGER PRIMARY KEY) WITHOUT ROWID";
    insta::assert_snapshot!(counted(without_rowid, true).unwrap_err(), @"a table without row numbers generates none");
}

#[test]
fn a_collation_stands_behind_the_type() {
    let collate = |sql: &str, collation| {
        changed(sql, &[Edit::AlterColumn(AlterText { collation, ..alter("a") })]).unwrap()
    };
    let to = || Change::To("\"NOCASE\"".to_owned());
    insta::assert_snapshot!(collate("CREATE TABLE t (a TEXT NOT NULL UNIQUE)", to()), @r#"CREATE TABLE t (a TEXT COLLATE "NOCASE" NOT NULL UNIQUE)"#);
    insta::assert_snapshot!(collate("CREATE TABLE t (a TEXT UNIQUE COLLATE RTRIM NOT NULL)", to()), @r#"CREATE TABLE t (a TEXT UNIQUE COLLATE "NOCASE" NOT NULL)"#);
    insta::assert_snapshot!(collate("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL)", to()), @r#"CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT COLLATE "NOCASE" NOT NULL)"#);
    insta::assert_snapshot!(collate("CREATE TABLE t (a TEXT UNIQUE COLLATE RTRIM)", Change::Remove), @"CREATE TABLE t (a TEXT UNIQUE)");
}

#[test]
fn the_counter_goes_on_wherever_its_word_stands() {
    let sql = "CREATE TABLE t (id INTEGER, PRIMARY KEY (id AUTOINCREMENT))";
    let current = CurrentTable { sequence: Some(41), ..CurrentTable::new("t", sql) };
    let statements = plan(&current, &[]).unwrap();
    assert_eq!(statements[5], "INSERT INTO sqlite_sequence (name, seq) VALUES ('t', 41)");
}

#[test]
fn what_goes_with_a_column_goes_and_what_needs_it_is_named() {
    let sql = "CREATE TABLE t (a INT UNIQUE, b INT, c INT, d AS (b + 1), UNIQUE (a), CHECK (a > 0), FOREIGN KEY (a) REFERENCES o (b), CHECK (c > b))";
    insta::assert_snapshot!(changed(sql, &[drop_column("A")]).unwrap(), @"CREATE TABLE t ( b INT, c INT, d AS (b + 1), CHECK (c > b))");
    insta::assert_snapshot!(changed(sql, &[drop_column("c")]).unwrap_err(), @"
    the check constraint needs the column `c`
    help: drop the constraint too, in the same `batch_alter_table`
    ");
    let without = "CREATE TABLE t (b INT, d AS (b + 1))";
    insta::assert_snapshot!(changed(without, &[drop_column("b")]).unwrap_err(), @"the column `d` needs the column `b`");
    insta::assert_snapshot!(changed("CREATE TABLE t (a)", &[drop_column("a")]).unwrap_err(), @"`a` is the only column of the table");
}

#[test]
fn what_is_not_there_is_said_with_what_is() {
    let sql = "CREATE TABLE t (a INT CONSTRAINT one CHECK (a > 0), b INTEGER PRIMARY KEY, UNIQUE (a, b))";
    insta::assert_snapshot!(changed(sql, &[drop_column("z")]).unwrap_err(), @"
    the table has no column `z`
    help: its columns are `a`, `b`
    ");
    insta::assert_snapshot!(changed(sql, &[old(ConstraintKind::Unique, Some("uq"), None)]).unwrap_err(), @"
    the table has no unique constraint called `uq`
    help: those with a name are `one`; for one without, describe it with `.existing(…)`
    ");
    insta::assert_snapshot!(changed("CREATE TABLE t (a, UNIQUE (a))", &[old(ConstraintKind::Unique, Some("uq"), None)]).unwrap_err(), @"
    the table has no unique constraint called `uq`
    help: its constraints have no names: describe it with `.existing(…)`
    ");
    let key = Edit::AddConstraint("PRIMARY KEY (a)".into());
    insta::assert_snapshot!(changed(sql, std::slice::from_ref(&key)).unwrap_err(), @"
    the table has a primary key
    help: drop that one first
    ");
    // Of primary keys there is one, so it needs no name.
    let both = [old(ConstraintKind::PrimaryKey, Some("pk_t"), None), key];
    assert!(changed(sql, &both).is_ok());
    let twice = Edit::AddConstraint("CONSTRAINT ONE CHECK (b > 0)".into());
    insta::assert_snapshot!(changed(sql, &[twice]).unwrap_err(), @"the table has a constraint `ONE`");
    let column = Edit::AddColumn { definition: "\"A\" TEXT".into(), constraints: Vec::new() };
    insta::assert_snapshot!(changed(sql, &[column]).unwrap_err(), @"the table has a column `A`");
}

#[test]
fn the_statements_are_those_of_the_procedure_in_order() {
    let sql = "CREATE TABLE x (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT, b AS (a))";
    let current = CurrentTable {
        parts: vec![
            StoredObject::new("index", "ix", "CREATE INDEX ix ON x (a)"),
            StoredObject::new("trigger", "tr", "CREATE TRIGGER tr AFTER INSERT ON x BEGIN SELECT 1; END"),
        ],
        names: vec!["_REBUILD_it's \"t\"".into()],
        sequence: Some(41),
        ..CurrentTable::new("it's \"t\"", sql)
    };
    let edits = [Edit::AlterColumn(AlterText {
        using: Some("a + 1".into()),
        data_type: Some(TypeText { name: "TEXT".to_owned(), check: None }),
        ..alter("a")
    })];
    insta::assert_snapshot!(plan(&current, &edits).unwrap().join("\n"), @r#"
    CREATE TABLE "_rebuild_it's ""t""_2" (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b AS (a))
    INSERT INTO "_rebuild_it's ""t""_2" ("id", "a") SELECT "id", (a + 1) FROM "it's ""t"""
    DROP TABLE "it's ""t"""
    ALTER TABLE "_rebuild_it's ""t""_2" RENAME TO "it's ""t"""
    DELETE FROM sqlite_sequence WHERE name = 'it''s "t"'
    INSERT INTO sqlite_sequence (name, seq) VALUES ('it''s "t"', 41)
    CREATE INDEX ix ON x (a)
    CREATE TRIGGER tr AFTER INSERT ON x BEGIN SELECT 1; END
    "#);
    let plain = CurrentTable::new("t", "CREATE TABLE t (a, oid)");
    insta::assert_snapshot!(plan(&plain, &[]).unwrap()[1], @r#"INSERT INTO "_rebuild_t" (rowid, "a", "oid") SELECT rowid, "a", "oid" FROM "t""#);
    let index = plan(&current, &[drop_column("a")]).unwrap_err();
    insta::assert_snapshot!(index.reason, @"the column `b` needs the column `a`");
}
