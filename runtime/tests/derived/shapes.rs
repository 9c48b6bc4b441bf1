//! Structs of other shapes: parts, parameters, composite keys, names of sqlx.

use servicekit::schema::{
    Column, Deferrability, ForeignKeyAction, ForeignKeyMatch, Hints, Nulls, Table, Type, big_integer,
    boolean, exclusion, foreign_key, index, integer, key, primary_key, sql, string, text, ulid, unique,
};
use servicekit::{Dialect, Metadata, Model, Registry, Ulid, models};
use std::borrow::Cow;
use std::collections::BTreeMap;

struct Shapes;
impl Registry for Shapes {}

#[derive(servicekit::Table)]
#[table(unregistered)]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Audit {
    #[column(length = 20, renamed_from = "author")]
    created_by: String,
    #[sqlx(rename = "changes")]
    changed: i64,
}

/// A book,
/// on paper.
#[derive(servicekit::Table)]
#[table(
    base = Shapes,
    name = "library",
    schema = "shop",
    primary_key(year, number, name = "pk_library", deferrable = deferred),
    unique(title, nulls_not_distinct, deferrable = immediate),
    index(title.collate("C").operator_class("text_ops").nulls(first).mysql_length(9), using = "btree", include(number)),
    index(created_by),
    doc_comments,
    renamed_from = "books",
)]
#[sqlx(rename_all = "camelCase")]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Book<'a> {
    year: i32,
    number: i32,
    /// As it is printed.
    title: Option<Cow<'a, str>>,
    #[sqlx(try_from = "i64")]
    page_count: usize,
    #[sqlx(skip)]
    cache: BTreeMap<String, String>,
    #[sqlx(flatten)]
    audit: Audit,
}

#[test]
fn a_table_with_a_part_a_lifetime_and_a_composite_key() {
    let table = Table::new(
        ("shop", "library"),
        [
            integer("year").not_null(),
            integer("number").not_null(),
            text("title").comment("As it is printed."),
            big_integer("pageCount").not_null(),
            string("created_by", 20).not_null(),
            big_integer("changes").not_null(),
        ],
    )
    .with(primary_key(["year", "number"]).name("pk_library").deferrable(Deferrability::Deferred))
    .with(unique(["title"]).nulls_not_distinct().deferrable(Deferrability::Immediate))
    .with(
        index([key("title").collate("C").operator_class("text_ops").nulls(Nulls::First).mysql_length(9)])
            .using("btree")
            .include(["number"]),
    )
    .with(index(["created_by"]))
    .comment("A book,\non paper.");
    assert_eq!(Book::table(), table);
    assert_eq!(
        Book::FIELDS,
        [
            ("year", "year"),
            ("number", "number"),
            ("title", "title"),
            ("page_count", "pageCount"),
            ("created_by", "created_by"),
            ("changed", "changes")
        ]
    );
    let hints = Hints::default().renamed_from("books").column_renamed_from("created_by", "author");
    assert_eq!(Book::hints(), hints);
}

#[derive(servicekit::Table)]
#[table(
    base = Shapes,
    foreign_key(
        book_year,
        book_number,
        references(Book<'static>::year, Book<'static>::number),
        on_delete = set_null,
        on_update = restrict,
        matching = full,
        deferrable = deferred,
        name = "fk_loans_book"
    ),
    foreign_key(shelf, row, references("shop", "shelves", ["shelf", "row"])),
    exclude(shelf = "=", row.operator_class("int4_ops") = "<>", sql("upper(note)") = "=", using = "gist", filter = "shelf > 0")
)]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Loan {
    #[column(primary_key, autoincrement)]
    id: i64,
    #[column(references = Self::id, matching = simple, on_delete = no_action)]
    before: Option<i64>,
    #[column(references("people", "name"), on_update = set_default)]
    person: String,
    book_year: Option<i32>,
    book_number: Option<i32>,
    shelf: i32,
    row: i32,
    #[column(default = -1, check = "a > 0", check = "b > 0")]
    fine: i16,
    #[column(default = true, index)]
    open: bool,
    #[column(default = b"\x00")]
    scan: Vec<u8>,
    #[column(generated = "upper(note)", collate = "nocase")]
    loud: Option<String>,
    #[column(type = custom("citext"), nullable, mysql(type = text, collate = "utf8mb4_bin", option = "INVISIBLE"))]
    r#note: Alias,
}

type Alias = Option<String>;

#[test]
fn a_table_with_every_kind_of_key_and_column() {
    let table = Table::new(
        "loans",
        [
            big_integer("id").primary_key().autoincrement(),
            big_integer("before"),
            text("person").not_null().references("people", "name").on_update(ForeignKeyAction::SetDefault),
            integer("book_year"),
            integer("book_number"),
            integer("shelf").not_null(),
            integer("row").not_null(),
            Column::new("fine", Type::SmallInteger).not_null().default(-1).check("a > 0").check("b > 0"),
            boolean("open").not_null().default(true).indexed(),
            Column::new("scan", Type::Binary).not_null().default(b"\x00"),
            text("loud").generated("upper(note)").collate("nocase"),
            Column::new("note", Type::custom("citext"))
                .type_on(Dialect::Mysql, Type::Text)
                .collate_on(Dialect::Mysql, "utf8mb4_bin")
                .option(Dialect::Mysql, "INVISIBLE"),
        ],
    )
    .with(
        foreign_key(["before"], "loans", ["id"])
            .matching(ForeignKeyMatch::Simple)
            .on_delete(ForeignKeyAction::NoAction),
    )
    .with(
        foreign_key(["book_year", "book_number"], ("shop", "library"), ["year", "number"])
            .on_delete(ForeignKeyAction::SetNull)
            .on_update(ForeignKeyAction::Restrict)
            .matching(ForeignKeyMatch::Full)
            .deferrable(Deferrability::Deferred)
            .name("fk_loans_book"),
    )
    .with(foreign_key(["shelf", "row"], ("shop", "shelves"), ["shelf", "row"]))
    .with(
        exclusion([
            (key("shelf"), "="),
            (key("row").operator_class("int4_ops"), "<>"),
            (key(sql("upper(note)")), "="),
        ])
        .using("gist")
        .filter("shelf > 0"),
    );
    assert_eq!(Loan::table(), table);
}

#[derive(servicekit::Table)]
#[table(unregistered, name = "events")]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Event<T, const N: usize> {
    #[column(primary_key)]
    id: Ulid,
    #[column(length = 9)]
    of: Option<T>,
}

#[test]
fn a_struct_with_parameters_is_a_table_for_each_of_them() {
    let table = |of: Column| Table::new("events", [ulid("id").primary_key(), of]);
    assert_eq!(models![Event<String, 1>].tables().unwrap(), [table(string("of", 9))]);
    assert_eq!(Event::<Box<str>, 2>::table(), table(string("of", 9)));
}

#[test]
fn a_struct_in_a_function_registers_itself() {
    #[derive(servicekit::Table)]
    #[table(base = Shapes)]
    #[allow(dead_code, reason = "the derive reads the fields")]
    struct InFunction {
        #[column(primary_key)]
        id: i64,
    }
    let names: Vec<String> =
        Metadata::registered::<Shapes>().places().iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(names, ["in_functions", "loans", "shop.library"]);
}

mod framework {
    pub(crate) use servicekit as database;
}

#[derive(servicekit::Table)]
#[table(crate = crate::shapes::framework::database, base = Shapes, unregistered)]
#[allow(dead_code, reason = "the derive reads the fields")]
struct ThroughAFramework {
    #[column(primary_key, references = Loan::id)]
    id: i64,
}

#[test]
fn the_crate_may_have_another_path() {
    let table =
        Table::new("through_a_frameworks", [big_integer("id").primary_key().references("loans", "id")]);
    assert_eq!(ThroughAFramework::table(), table);
}
