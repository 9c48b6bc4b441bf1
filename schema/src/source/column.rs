//! The source of columns.

use super::enums::EnumNames;
use super::layout::{Expr, Statement, call, text, word};
use super::literal;
use super::names::{column_of, dialect, table_name};
use super::parts::{action, condition, constraint, listed};
use crate::table::{Check, Column, Condition, Constraint, ForeignKey, Identity, SequenceOptions};

/// A column with what it has by itself: `integer("age").not_null().check("age > 0")`
///
/// What no method sets is set as a field, in a block.
pub(super) fn column(column: &Column, names: &EnumNames) -> Expr {
    let made = column_of(column, names);
    let has_plain_checks = column.checks.iter().all(is_plain_check);
    let key = column.references.as_ref();
    let plain_key = key.filter(|key| is_plain_key(key, column));
    let made = attributes(column, made);
    let made = made.flag("unique", column.unique).flag("indexed", column.indexed);
    let made = match plain_key {
        Some(ForeignKey { referred_table, referred_columns, on_delete, on_update, .. }) => made
            .method("references", [table_name(referred_table), text(referred_columns.join(""))])
            .maybe("on_delete", on_delete.map(action))
            .maybe("on_update", on_update.map(action)),
        None => made,
    };
    let checks = column.checks.iter().filter(|_| has_plain_checks);
    let made = checks.fold(made, |made, check| match &check.condition {
        Condition::OneOf { column: of, values } if *of == column.name => {
            made.method("one_of", [listed(values)])
        }
        other => made.method("check", [condition(other)]),
    });
    let made = remarks(column, made);

    let mut statements = Vec::new();
    let mut set = |before: &str, expression: Expr| {
        statements.push(Statement {
            before: before.to_owned(),
            about: Some(String::new()),
            ..Statement::from(expression)
        });
    };
    if column.primary_key && column.nullable {
        set("column.nullable = ", word("true"));
    }
    if !has_plain_checks {
        for check in &column.checks {
            let check = constraint(&Constraint::Check(check.clone()));
            set("", word("column.checks").method("push", [check]));
        }
    }
    if let (Some(key), None) = (key, plain_key) {
        set("column.references = ", call("Some", [constraint(&Constraint::ForeignKey(key.clone()))]));
    }
    if statements.is_empty() {
        return made;
    }
    let first = Statement {
        before: "let mut column = ".to_owned(),
        about: Some(String::new()),
        ..Statement::from(made)
    };
    statements.insert(0, first);
    Expr::Block { head: "", statements, value: Some(Box::new(word("column"))) }
}

/// What a column is besides its type.
fn attributes(column: &Column, made: Expr) -> Expr {
    let made = made
        .flag("primary_key", column.primary_key)
        .flag("not_null", !column.primary_key && !column.nullable)
        .flag("autoincrement", column.identity == Some(Identity::ByDefault))
        .flag("identity_always", column.identity == Some(Identity::Always))
        .maybe("sequence", column.sequence.as_ref().map(sequence))
        .maybe("default", column.default.as_ref().map(literal::value))
        .flag("now_on_update", column.now_on_update);
    match &column.generated {
        Some(generated) if generated.stored => made.method("generated", [text(&generated.expression)]),
        Some(generated) => made.method("generated_virtual", [text(&generated.expression)]),
        None => made,
    }
}

fn remarks(column: &Column, made: Expr) -> Expr {
    let collated = column.collations.iter().fold(made, |made, (on, name)| match on {
        Some(on) => made.method("collate_on", [dialect(*on), text(name)]),
        None => made.method("collate", [text(name)]),
    });
    let made = collated.maybe("comment", column.comment.as_deref().map(text));
    column.options.iter().fold(made, |made, (on, sql)| made.method("option", [dialect(*on), text(sql)]))
}

pub(super) fn sequence(options: &SequenceOptions) -> Expr {
    let SequenceOptions { start, increment, minimum, maximum, cache, cycle } = *options;
    let number = |number: Option<i64>| number.map(|number| word(literal::grouped(&number.to_string())));
    call("sequence", [])
        .maybe("start", number(start))
        .maybe("increment", number(increment))
        .maybe("minimum", number(minimum))
        .maybe("maximum", number(maximum))
        .maybe("cache", number(cache))
        .flag("cycle", cycle)
}

/// Whether [`Column::check`] makes it.
pub(super) fn is_plain_check(check: &Check) -> bool {
    *check == crate::table::check(check.condition.clone())
}

/// Whether [`Column::references`] and the two actions make it.
pub(super) fn is_plain_key(key: &ForeignKey, column: &Column) -> bool {
    let [referred] = key.referred_columns.as_slice() else { return false };
    let plain = ForeignKey {
        on_delete: key.on_delete,
        on_update: key.on_update,
        ..crate::table::foreign_key([&column.name], &key.referred_table, [referred])
    };
    *key == plain
}
