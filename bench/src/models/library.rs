//! The library with the structs.

use std::fmt::Write as _;

/// What the structs of a library are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Models {
    /// Fields only.
    Structs,
    /// Rows that sqlx reads.
    Rows,
    /// The same, with the table, the registration and the proof written out.
    ByHand,
    /// The same, with the table by attributes.
    Derived,
}

/// One field of every struct.
struct Field {
    name: &'static str,
    rust: &'static str,
    /// What `#[column(…)]` says; `{owner}` is the struct of the model that it refers to.
    attribute: &'static str,
    /// The column as the builder makes it; `{owner}` as above.
    builder: &'static str,
}

/// How many columns a model has.
pub const COLUMNS: usize = FIELDS.len();

/// What a table of a service has: keys, texts with a length, defaults, a check, an index, columns without anything.
const FIELDS: [Field; 12] = [
    field("id", "i64", "primary_key", "column::<i64>(\"id\").primary_key()"),
    field(
        "owner_id",
        "i64",
        "references = {owner}::id, on_delete = cascade",
        "column::<i64>(\"owner_id\").references({owner}::NAME, \"id\").on_delete(ForeignKeyAction::Cascade)",
    ),
    field("number", "i32", "", "column::<i32>(\"number\")"),
    field("name", "String", "length = 50, unique", "string(\"name\", 50).not_null().unique()"),
    field(
        "country",
        "Option<String>",
        "length = 2, default = \"NO\"",
        "string(\"country\", 2).default(\"NO\")",
    ),
    field(
        "amount",
        "i64",
        "default = 0, check = \"amount >= 0\"",
        "column::<i64>(\"amount\").default(0).check(\"amount >= 0\")",
    ),
    field("active", "bool", "default = true", "column::<bool>(\"active\").default(true)"),
    field("email", "String", "length = 254, index", "string(\"email\", 254).not_null().indexed()"),
    field("share", "f64", "", "column::<f64>(\"share\")"),
    field("picture", "Option<Vec<u8>>", "", "column::<Option<Vec<u8>>>(\"picture\")"),
    field(
        "label",
        "String",
        "comment = \"what is printed\"",
        "column::<String>(\"label\").comment(\"what is printed\")",
    ),
    field("note", "Option<String>", "", "column::<Option<String>>(\"note\")"),
];

const fn field(
    name: &'static str,
    rust: &'static str,
    attribute: &'static str,
    builder: &'static str,
) -> Field {
    Field { name, rust, attribute, builder }
}

/// `src/lib.rs` with `count` structs of which each refers to the one before, and the first to itself.
pub fn library(models: Models, count: usize) -> String {
    let mut text = String::from("//! Tables as structs.\n\npub use {servicekit, sqlx};\n");
    if models == Models::ByHand {
        text += "use servicekit::__private::model::{Entry, column, inventory};\n\
                 use servicekit::schema::{ForeignKeyAction, Table, index, key, string, unique};\n\
                 use servicekit::{Base, Model, model::Proof};\n";
    }
    for number in 0..count {
        let (name, owner) = (name(number), name(number.saturating_sub(1)));
        text += &structure(models, &name, &owner);
        if models == Models::ByHand {
            text += &by_hand(&name, &owner, number);
        }
    }
    text
}

fn name(number: usize) -> String {
    format!("Item{number}")
}

/// The struct with its derives and attributes.
fn structure(models: Models, name: &str, owner: &str) -> String {
    let derives = match models {
        Models::Structs => "Debug, Clone",
        Models::Rows | Models::ByHand => "Debug, Clone, sqlx::FromRow",
        Models::Derived => "Debug, Clone, sqlx::FromRow, servicekit::Table",
    };
    let mut text = format!("\n/// A row.\n#[derive({derives})]\n");
    if models == Models::Derived {
        text += "#[table(unique(owner_id, number), index(owner_id, amount.desc()))]\n";
    }
    let _ = writeln!(text, "pub struct {name} {{");
    for Field { name, rust, attribute, .. } in &FIELDS {
        if models == Models::Derived && !attribute.is_empty() {
            let _ = writeln!(text, "    #[column({})]", attribute.replace("{owner}", owner));
        }
        let _ = writeln!(text, "    /// A column.\n    pub {name}: {rust},");
    }
    text + "}\n"
}

/// The model of a struct.
fn by_hand(name: &str, owner: &str, number: usize) -> String {
    let mut text = format!(
        "\nimpl Model for {name} {{\n    const NAME: &'static str = \"items{number}\";\n    \
         const SCHEMA: Option<&'static str> = None;\n    \
         const FIELDS: &'static [(&'static str, &'static str)] = &[\n"
    );
    for Field { name, .. } in &FIELDS {
        let _ = writeln!(text, "        (\"{name}\", \"{name}\"),");
    }
    text += "    ];\n\n    fn table() -> Table {\n        Table::new(Self::NAME, [\n";
    for Field { builder, .. } in &FIELDS {
        let _ = writeln!(text, "            {},", builder.replace("{owner}", owner));
    }
    text += "        ])\n        .with(unique([\"owner_id\", \"number\"]))\n        \
             .with(index([key(\"owner_id\"), key(\"amount\").desc()]))\n    }\n\n    \
             fn proof(proof: &mut Proof) {\n";
    for Field { name: field, rust, .. } in &FIELDS {
        let _ = writeln!(text, "        proof.column::<{rust}>(\"{name}\", \"{field}\", \"{field}\");");
    }
    let _ = writeln!(
        text,
        "    }}\n}}\n\ninventory::submit! {{ Entry::of::<{name}, Base>(concat!(module_path!(), \"::{name}\"), file!(), line!()) }}"
    );
    text
}
