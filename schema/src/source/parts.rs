//! The source of constraints and indexes, as they stand beside the columns of a table.

use super::layout::{Expr, array, call, text, texts, word};
use super::literal;
use super::names::table_name;
use crate::table::{
    Check, Condition, Constraint, Deferrability, Exclusion, ForeignKey, ForeignKeyAction, ForeignKeyMatch,
    Index, IndexKey, KeyOf, ListedValues, Nulls, Order, PrimaryKey, Unique,
};

/// `unique(["email"]).name("…")`
pub(super) fn constraint(constraint: &Constraint) -> Expr {
    let made = match constraint {
        Constraint::PrimaryKey(key) => primary_key_options(key, call("primary_key", [texts(&key.columns)])),
        Constraint::Unique(unique) => unique_options(unique, call("unique", [texts(&unique.columns)])),
        Constraint::Check(check) => check_options(check, call("check", [condition(&check.condition)])),
        Constraint::ForeignKey(key) => {
            let arguments =
                [texts(&key.columns), table_name(&key.referred_table), texts(&key.referred_columns)];
            foreign_key_options(key, call("foreign_key", arguments))
        }
        Constraint::Exclusion(exclusion) => {
            exclusion_options(exclusion, call("exclusion", [elements(exclusion)]))
        }
    };
    made.maybe("name", constraint.name().map(text))
}

/// The options of a primary key, which are the same on an operation.
pub(super) fn primary_key_options(key: &PrimaryKey, made: Expr) -> Expr {
    let PrimaryKey { name: _, columns: _, include, deferrability } = key;
    deferrable(*deferrability, made.maybe("include", some(include)))
}

pub(super) fn unique_options(unique: &Unique, made: Expr) -> Expr {
    let Unique { name: _, columns: _, include, nulls_not_distinct, deferrability } = unique;
    let made = made.flag("nulls_not_distinct", *nulls_not_distinct).maybe("include", some(include));
    deferrable(*deferrability, made)
}

/// SQL, or `one_of("state", ["new", "shipped"])`
pub(super) fn condition(condition: &Condition) -> Expr {
    match condition {
        Condition::Sql(sql) => text(sql),
        Condition::OneOf { column, values } => call("one_of", [text(column), listed(values)]),
    }
}

/// Texts or numbers of a list.
pub(super) fn listed(values: &ListedValues) -> Expr {
    match values {
        ListedValues::Texts(values) => texts(values),
        ListedValues::Integers(numbers) if numbers.is_empty() => word("[] as [i64; 0]"),
        ListedValues::Integers(numbers) => {
            array(numbers.iter().map(|number| word(literal::grouped(&number.to_string()))))
        }
    }
}

pub(super) fn check_options(check: &Check, made: Expr) -> Expr {
    let Check { name: _, condition: _, no_inherit, not_valid, not_enforced } = check;
    made.flag("no_inherit", *no_inherit).flag("not_valid", *not_valid).flag("not_enforced", *not_enforced)
}

pub(super) fn foreign_key_options(key: &ForeignKey, made: Expr) -> Expr {
    let made = made
        .maybe("on_delete", key.on_delete.map(action))
        .maybe("on_delete_columns", some(&key.on_delete_columns))
        .maybe("on_update", key.on_update.map(action))
        .maybe(
            "matching",
            key.matching.map(|matching| match matching {
                ForeignKeyMatch::Simple => word("ForeignKeyMatch::Simple"),
                ForeignKeyMatch::Full => word("ForeignKeyMatch::Full"),
            }),
        );
    let made = deferrable(key.deferrability, made);
    made.flag("not_valid", key.not_valid).flag("not_enforced", key.not_enforced)
}

pub(super) fn exclusion_options(exclusion: &Exclusion, made: Expr) -> Expr {
    let made = made.maybe("using", exclusion.method.as_deref().map(text));
    deferrable(exclusion.deferrability, made.maybe("filter", exclusion.filter.as_deref().map(text)))
}

pub(super) fn action(action: ForeignKeyAction) -> Expr {
    word(match action {
        ForeignKeyAction::NoAction => "ForeignKeyAction::NoAction",
        ForeignKeyAction::Restrict => "ForeignKeyAction::Restrict",
        ForeignKeyAction::Cascade => "ForeignKeyAction::Cascade",
        ForeignKeyAction::SetNull => "ForeignKeyAction::SetNull",
        ForeignKeyAction::SetDefault => "ForeignKeyAction::SetDefault",
    })
}

fn deferrable(deferrability: Option<Deferrability>, made: Expr) -> Expr {
    let word = |deferrability| match deferrability {
        Deferrability::Immediate => word("Deferrability::Immediate"),
        Deferrability::Deferred => word("Deferrability::Deferred"),
    };
    made.maybe("deferrable", deferrability.map(word))
}

fn some(names: &[String]) -> Option<Expr> {
    (!names.is_empty()).then(|| texts(names))
}

/// What an exclusion constraint compares: `[("during", "&&")]`
pub(super) fn elements(exclusion: &Exclusion) -> Expr {
    if exclusion.elements.is_empty() {
        return word("[] as [(&str, &str); 0]");
    }
    let keys = keys_alike(exclusion.elements.iter().map(|(key, _)| key));
    let elements = keys.into_iter().zip(&exclusion.elements);
    array(elements.map(|(key, (_, operator))| Expr::List {
        open: "(",
        items: vec![key, text(operator)],
        close: ")",
    }))
}

/// `index(["email"]).name("…")`
pub(super) fn index(index: &Index) -> Expr {
    let made = call("index", [keys(index)]);
    index_options(index, made.maybe("name", index.name.as_deref().map(text)))
}

/// The options of an index, which are the same on an operation.
pub(super) fn index_options(index: &Index, made: Expr) -> Expr {
    let made = made
        .flag("unique", index.unique)
        .maybe("filter", index.filter.as_deref().map(text))
        .maybe("using", index.method.as_deref().map(text))
        .maybe("include", some(&index.include))
        .flag("nulls_not_distinct", index.nulls_not_distinct);
    let option =
        |made: Expr, (name, value): &(String, String)| made.method("option", [text(name), text(value)]);
    index.options.iter().fold(made, option).maybe("comment", index.comment.as_deref().map(text))
}

/// The keys of an index: `["name"]`, `[key("at").desc()]`
pub(super) fn keys(index: &Index) -> Expr {
    if index.keys.is_empty() {
        return word("[] as [&str; 0]");
    }
    array(keys_alike(index.keys.iter()))
}

/// Keys of one type: names if all are nothing else, or expressions, else `key(…)`.
fn keys_alike<'k>(keys: impl Iterator<Item = &'k IndexKey> + Clone) -> Vec<Expr> {
    let is_column = |key: &IndexKey| matches!(key.of, KeyOf::Column(_));
    let is_alike = keys.clone().all(|key| is_plain(key) && is_column(key))
        || keys.clone().all(|key| is_plain(key) && !is_column(key));
    keys.map(|key| if is_alike { key_of(key) } else { key_with_options(key) }).collect()
}

fn key_of(key: &IndexKey) -> Expr {
    match &key.of {
        KeyOf::Column(name) => text(name),
        KeyOf::Expression(expression) => call("sql", [text(expression)]),
    }
}

fn is_plain(key: &IndexKey) -> bool {
    let IndexKey { of: _, order, nulls, collation, operator_class, mysql_length } = key;
    order.is_none()
        && nulls.is_none()
        && collation.is_none()
        && operator_class.is_none()
        && mysql_length.is_none()
}

fn key_with_options(key: &IndexKey) -> Expr {
    let nulls = |nulls| match nulls {
        Nulls::First => word("Nulls::First"),
        Nulls::Last => word("Nulls::Last"),
    };
    call("key", [key_of(key)])
        .flag("asc", key.order == Some(Order::Ascending))
        .flag("desc", key.order == Some(Order::Descending))
        .maybe("nulls", key.nulls.map(nulls))
        .maybe("collate", key.collation.as_deref().map(text))
        .maybe("operator_class", key.operator_class.as_deref().map(text))
        .maybe("mysql_length", key.mysql_length.map(|length| word(length.to_string())))
}
