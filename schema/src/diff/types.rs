//! Whether two types are one to the database, whatever they are called.

use super::comparison::Comparison;
use crate::render::part_text;
use crate::table::{Column, Type};
use servicekit_chain::Dialect;

/// Whether the database makes the same of both.
pub(super) fn is_same(one: &Type, other: &Type, dialect: Dialect) -> bool {
    if one.values_beside_name(dialect) != other.values_beside_name(dialect) {
        return false;
    }
    let [one, other] = [one, other].map(|data_type| {
        part_text::type_text(dialect, data_type)
            .map(|name| kept_as(&name, dialect))
            .map_err(|problem| problem.reason)
    });
    one == other
}

/// Whether SQLite takes two types for one that are two on another database: there, what the column is declared as tells
/// what it is on the other one. Numbers that the database generates have one type only.
pub(super) fn is_declared_otherwise(from: &Column, to: &Column, comparison: &Comparison<'_>) -> bool {
    let is_word = !matches!(from.data_type, Type::Custom(_));
    let counts = |column: &Column| column.identity.is_some();
    if comparison.dialect != Dialect::Sqlite || !is_word || counts(from) || counts(to) {
        return false;
    }
    let [one, other] = [from, to].map(|column| part_text::type_text(Dialect::Sqlite, &column.data_type).ok());
    one != other && comparison.others.iter().any(|served| !is_same(&from.data_type, &to.data_type, *served))
}

/// What the database calls a type, if it has it.
pub(super) fn stored_name(data_type: &Type, dialect: Dialect) -> Option<String> {
    Some(kept_as(&part_text::type_text(dialect, data_type).ok()?, dialect))
}

/// The word for a type of a database, if it has such a type for one of its words.
pub(super) fn word_for(data_type: &Type, dialect: Dialect) -> Option<Type> {
    let words = [
        Type::Uuid,
        Type::TimestampTz,
        Type::Boolean,
        Type::Jsonb,
        Type::Json,
        Type::Binary,
        Type::Text,
        Type::Double,
        Type::Float,
        Type::BigInteger,
        Type::Integer,
        Type::SmallInteger,
        Type::Date,
        Type::Time,
    ];
    let name = stored_name(data_type, dialect)?;
    words
        .into_iter()
        .find(|word| dialect != Dialect::Sqlite && stored_name(word, dialect).as_ref() == Some(&name))
}

impl Type {
    /// The values of an enum where its name in SQL does not say them, and it is no type of its own.
    pub(super) fn values_beside_name(&self, dialect: Dialect) -> Option<&[String]> {
        match self.for_dialect(dialect) {
            Self::Enum(of) if dialect == Dialect::Sqlite => Some(&of.values),
            _ => None,
        }
    }
}

/// A name of a type as the database keeps it.
fn kept_as(name: &str, dialect: Dialect) -> String {
    let name = tidy(name);
    match dialect {
        Dialect::Postgres => postgres(&name),
        Dialect::Mysql => mysql(&name),
        _ => sqlite(&name),
    }
}

/// In capitals and with one blank between words, but for what is in quotes.
fn tidy(name: &str) -> String {
    let mut tidy = String::with_capacity(name.len());
    let mut quote = None;
    for character in name.trim().chars() {
        match quote {
            Some(open) => {
                tidy.push(character);
                if character == open {
                    quote = None;
                }
            }
            None if matches!(character, '\'' | '"' | '`') => {
                tidy.push(character);
                quote = Some(character);
            }
            None if character.is_whitespace() => {
                if !tidy.ends_with([' ', '(', ',']) {
                    tidy.push(' ');
                }
            }
            None => {
                if matches!(character, '(' | ')' | ',') && tidy.ends_with(' ') {
                    tidy.pop();
                }
                tidy.extend(character.to_uppercase());
            }
        }
    }
    tidy
}

/// The word, what is in parentheses behind it, and what follows.
fn parts(name: &str) -> (&str, Option<&str>, &str) {
    let Some((word, rest)) = name.split_once('(') else { return (name, None, "") };
    let Some((inside, behind)) = rest.split_once(')') else { return (name, None, "") };
    (word, Some(inside), behind)
}

fn joined(word: &str, inside: Option<&str>, behind: &str) -> String {
    let inside = inside.map(|inside| format!("({inside})")).unwrap_or_default();
    format!("{word}{inside}{behind}")
}

/// <https://www.postgresql.org/docs/current/datatype.html>
fn postgres(name: &str) -> String {
    if let Some(element) = name.strip_suffix("[]") {
        return format!("{}[]", postgres(element).trim_end_matches("[]"));
    }
    let (word, inside, behind) = parts(name);
    let (word, inside, behind) = match (word, inside, behind) {
        ("INT" | "INT4", inside, "") => ("INTEGER", inside, ""),
        ("INT8", inside, "") => ("BIGINT", inside, ""),
        ("INT2", inside, "") => ("SMALLINT", inside, ""),
        ("FLOAT4", inside, "") => ("REAL", inside, ""),
        ("FLOAT" | "FLOAT8", None, "") => ("DOUBLE PRECISION", None, ""),
        ("BOOL", inside, "") => ("BOOLEAN", inside, ""),
        ("DECIMAL", inside, "") => ("NUMERIC", inside, ""),
        ("CHARACTER VARYING", inside, "") => ("VARCHAR", inside, ""),
        ("CHAR" | "CHARACTER", None, "") => ("CHAR", Some("1"), ""),
        ("CHARACTER", inside, "") => ("CHAR", inside, ""),
        ("BIT VARYING", inside, "") => ("VARBIT", inside, ""),
        ("BIT", None, "") => ("BIT", Some("1"), ""),
        ("TIMESTAMP", inside, " WITHOUT TIME ZONE") => ("TIMESTAMP", inside, ""),
        ("TIMESTAMP WITHOUT TIME ZONE", None, "") => ("TIMESTAMP", None, ""),
        ("TIMESTAMP", inside, " WITH TIME ZONE") => ("TIMESTAMPTZ", inside, ""),
        ("TIMESTAMP WITH TIME ZONE", None, "") => ("TIMESTAMPTZ", None, ""),
        ("TIME", inside, " WITHOUT TIME ZONE") => ("TIME", inside, ""),
        ("TIME WITHOUT TIME ZONE", None, "") => ("TIME", None, ""),
        ("TIME", inside, " WITH TIME ZONE") => ("TIMETZ", inside, ""),
        ("TIME WITH TIME ZONE", None, "") => ("TIMETZ", None, ""),
        other => other,
    };
    match (word, inside) {
        // Both keep microseconds, and to change one into the other rewrites nothing.
        ("TIMESTAMP" | "TIMESTAMPTZ" | "TIME" | "TIMETZ" | "INTERVAL", Some("6")) => {
            joined(word, None, behind)
        }
        ("NUMERIC", Some(digits)) if !digits.contains(',') => format!("NUMERIC({digits},0)"),
        _ => joined(word, inside, behind),
    }
}

/// <https://dev.mysql.com/doc/refman/8.4/en/other-vendor-data-types.html>
fn mysql(name: &str) -> String {
    let (word, inside, behind) = parts(name);
    let whole = ["TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT"];
    let word = match word {
        "INTEGER" | "INT4" => "INT",
        "INT1" => "TINYINT",
        "INT2" => "SMALLINT",
        "INT3" | "MIDDLEINT" => "MEDIUMINT",
        "INT8" => "BIGINT",
        "DEC" | "FIXED" | "NUMERIC" => "DECIMAL",
        "DOUBLE PRECISION" | "REAL" | "FLOAT8" => "DOUBLE",
        "FLOAT4" => "FLOAT",
        "CHARACTER VARYING" | "VARCHARACTER" => "VARCHAR",
        "CHARACTER" => "CHAR",
        "LONG" | "LONG VARCHAR" => "MEDIUMTEXT",
        "BOOL" | "BOOLEAN" => return "TINYINT(1)".to_owned(),
        word => word,
    };
    match (word, inside) {
        // A width is only shown; of a boolean it is what tells.
        (word, Some(width))
            if whole.contains(&word) && (word, width) != ("TINYINT", "1") && !behind.contains("ZEROFILL") =>
        {
            joined(word, None, behind)
        }
        ("DECIMAL", None) => joined(word, Some("10,0"), behind),
        ("DECIMAL", Some(digits)) if !digits.contains(',') => {
            joined(word, Some(&format!("{digits},0")), behind)
        }
        ("CHAR" | "BINARY" | "BIT", None) => joined(word, Some("1"), behind),
        ("YEAR", _) => "YEAR".to_owned(),
        ("DATETIME" | "TIMESTAMP" | "TIME", Some("0")) => joined(word, None, behind),
        _ => joined(word, inside, behind),
    }
}

/// The affinity (datatype3.html, 3.1), and what people take the name for: a name that differs otherwise changes nothing
/// in the file, and to repair it would be a rebuild of the table.
fn sqlite(name: &str) -> String {
    let has = |part: &str| name.contains(part);
    let affinity = if has("INT") {
        "INTEGER"
    } else if has("CHAR") || has("CLOB") || has("TEXT") {
        "TEXT"
    } else if has("BLOB") || name.is_empty() {
        "BLOB"
    } else if has("REAL") || has("FLOA") || has("DOUB") {
        "REAL"
    } else {
        "NUMERIC"
    };
    let classes = ["BOOL", "DATE", "TIME", "JSON", "UUID", "DEC", "NUM"];
    let class = classes.into_iter().find(|class| has(class)).map_or("", |class| match class {
        "DATE" if has("TIME") => "TIME",
        "DEC" => "NUM",
        class => class,
    });
    format!("{affinity} {class}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_one(dialect: Dialect, names: &[&str]) -> bool {
        let first = Type::custom(names[0]);
        names.iter().all(|name| is_same(&first, &Type::custom(*name), dialect))
    }

    #[test]
    fn names_of_one_type_are_one() {
        let postgres = |names| are_one(Dialect::Postgres, names);
        assert!(postgres(&["int", "int4", "INTEGER"]));
        assert!(postgres(&["numeric(10)", "DECIMAL( 10 , 0 )"]));
        assert!(postgres(&["timestamp(6) with time zone", "timestamptz", "TIMESTAMP  WITH TIME ZONE"]));
        assert!(postgres(&["character varying(20)", "varchar(20)"]));
        assert!(postgres(&["char", "character(1)"]));
        assert!(postgres(&["int[]", "integer[][]"]));
        assert!(!postgres(&["timestamp", "timestamp(3)"]));
        assert!(!postgres(&["\"Mood\"", "\"mood\""]));
        assert!(is_same(&Type::TimestampTz, &Type::custom("timestamp with time zone"), Dialect::Postgres));

        let mysql = |names| are_one(Dialect::Mysql, names);
        assert!(mysql(&["int", "INT(11)", "integer"]));
        assert!(mysql(&["bool", "tinyint(1)"]));
        assert!(mysql(&["bigint(20) unsigned", "BIGINT UNSIGNED"]));
        assert!(mysql(&["decimal", "numeric(10,0)"]));
        assert!(!mysql(&["tinyint(1)", "tinyint"]));
        assert!(!mysql(&["enum('a')", "enum('A')"]));
        assert!(!mysql(&["int(5) zerofill", "int"]));

        let sqlite = |names| are_one(Dialect::Sqlite, names);
        assert!(sqlite(&["int", "BIGINT", "integer"]));
        assert!(sqlite(&["varchar(20)", "TEXT"]));
        assert!(sqlite(&["datetime", "timestamp"]));
        assert!(!sqlite(&["integer", "text"]));
        assert!(!sqlite(&["boolean", "numeric"]));
        assert!(!sqlite(&["date", "datetime"]));
    }

    #[test]
    fn the_values_of_an_enum_are_of_its_type() {
        let of = |values: [&str; 2]| Type::Enum(crate::table::enum_type("mood", values));
        for dialect in [Dialect::Sqlite, Dialect::Mysql] {
            assert!(!is_same(&of(["a", "b"]), &of(["b", "a"]), dialect));
            assert!(is_same(&of(["a", "b"]), &of(["a", "b"]), dialect));
        }
        assert!(!is_same(&of(["a", "b"]), &Type::Text, Dialect::Sqlite));
        // There its values are those of the type, which is compared by itself.
        assert!(is_same(&of(["a", "b"]), &of(["b", "a"]), Dialect::Postgres));
    }
}
