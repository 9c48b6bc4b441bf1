//! Whether two defaults give the same value.

use super::expressions;
use crate::render::part_text;
use crate::table::{Column, Value};
use servicekit_chain::Dialect;

pub(super) fn is_same(from: &Column, to: &Column, dialect: Dialect) -> bool {
    // `DEFAULT NULL` is what a column without one does.
    let default = |column: &'_ Column| column.default.clone().filter(|value| *value != Value::Null);
    match (default(from), default(to)) {
        (Some(one), Some(other)) => {
            one == other
                || number(&one, dialect).is_some_and(|one| number(&other, dialect) == Some(one))
                || has_same_text(&one, &other, dialect)
        }
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// The value as a number, where it is one.
fn number(value: &Value, dialect: Dialect) -> Option<f64> {
    match value {
        #[allow(clippy::cast_precision_loss, reason = "large ones are compared as they are, before")]
        Value::Integer(number) if number.unsigned_abs() < 1 << 53 => Some(*number as f64),
        Value::Real(number) => Some(*number),
        // They have no type for it.
        Value::Boolean(is_true) if dialect != Dialect::Postgres => Some(f64::from(u8::from(*is_true))),
        _ => None,
    }
}

/// Whether both are written alike, where one of them is written as an expression.
fn has_same_text(one: &Value, other: &Value, dialect: Dialect) -> bool {
    let is_expression = |value: &Value| matches!(value, Value::Expression(_) | Value::Now);
    if !is_expression(one) && !is_expression(other) {
        return false;
    }
    let [one, other] = [one, other].map(|value| part_text::value_text(dialect, value));
    match (one, other) {
        (Ok(one), Ok(other)) => {
            let [one, other] = [one, other].map(|text| current_time(text, dialect));
            expressions::is_same(&one, &other, dialect)
        }
        _ => false,
    }
}

/// PostgreSQL has several names for the time at which the transaction began (manual, 9.9.5).
fn current_time(text: String, dialect: Dialect) -> String {
    let names = ["now()", "transaction_timestamp()"];
    let is_one = dialect == Dialect::Postgres && names.iter().any(|name| text.eq_ignore_ascii_case(name));
    if is_one { "CURRENT_TIMESTAMP".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{integer, now, sql};

    fn are_one(one: impl Into<Value>, other: impl Into<Value>, dialect: Dialect) -> bool {
        is_same(&integer("a").default(one), &integer("a").default(other), dialect)
    }

    #[test]
    fn one_value_is_written_in_several_ways() {
        assert!(are_one(1, 1.0, Dialect::Postgres));
        assert!(are_one(true, 1, Dialect::Mysql));
        assert!(!are_one(true, 1, Dialect::Postgres));
        assert!(are_one(now(), sql("CURRENT_TIMESTAMP"), Dialect::Postgres));
        assert!(are_one(now(), sql("now()"), Dialect::Postgres));
        assert!(!are_one(now(), sql("clock_timestamp()"), Dialect::Postgres));
        assert!(are_one(sql("(1 + 1)"), sql("1+1"), Dialect::Sqlite));
        assert!(!are_one("1", 1, Dialect::Sqlite));
        assert!(!are_one("a", "A", Dialect::Mysql));
        assert!(is_same(&integer("a").default(Value::Null), &integer("a"), Dialect::Postgres));
        assert!(!is_same(&integer("a").default(0), &integer("a"), Dialect::Postgres));
    }
}
