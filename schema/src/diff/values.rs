//! Whether two defaults give the same value.

use super::comparison::{Comparison, Sameness};
use super::verdict::ExpressionPlace;
use super::{expressions, literals, types};
use crate::render::part_text;
use crate::table::{Column, Value};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{TokenKind, significant, without_parentheses};

pub(super) fn sameness(from: &Column, to: &Column, comparison: &Comparison<'_>) -> Sameness {
    // `DEFAULT NULL` is what a column without one does.
    let default = |column: &'_ Column| column.default.clone().filter(|value| *value != Value::Null);
    let (one, other) = match (default(from), default(to)) {
        (Some(one), Some(other)) => (one, other),
        (one, other) => return (one.is_none() && other.is_none()).into(),
    };
    let dialect = comparison.dialect;
    let [one, other] = [one, other].map(|value| literals::read(value, dialect));
    if one == other || number(&one, dialect).is_some_and(|one| number(&other, dialect) == Some(one)) {
        return Sameness::Same;
    }
    let literals = is_literal(&one, dialect) && is_literal(&other, dialect);
    // What one type takes for one value may be two in the other, to which the way back leads.
    let is_same_in = |column: &Column| literals::are_same(&one, &other, &column.data_type, dialect);
    match if literals { [is_same_in(from), is_same_in(to)] } else { [None, None] } {
        [Some(false), _] | [_, Some(false)] => return Sameness::Different,
        [Some(true), Some(true)] => return Sameness::Same,
        _ => {}
    }
    let texts = (
        part_text::default_text(dialect, &from.data_type, &one),
        part_text::default_text(dialect, &to.data_type, &other),
    );
    let (Ok(one), Ok(other)) = texts else { return Sameness::Different };
    if !types::is_same(&from.data_type, &to.data_type, dialect) {
        // It is set again with the type.
        let [one, other] = [one, other].map(|text| expressions::in_one_spelling(&text, dialect));
        return expressions::is_same(&one, &other, dialect).into();
    }
    comparison.expressions(&one, &other, ExpressionPlace::Default { column: to.name.clone(), literals })
}

/// Whether it is nothing but a literal, also where that of SQLite stands as an expression.
fn is_literal(value: &Value, dialect: Dialect) -> bool {
    match value {
        Value::Expression(text) if dialect == Dialect::Sqlite => {
            let tokens = significant(dialect, without_parentheses(dialect, text));
            match tokens.as_slice() {
                [only] => {
                    matches!(only.kind, TokenKind::Number | TokenKind::String)
                        || only.is_any(&["TRUE", "FALSE"])
                }
                [sign, number] => matches!(sign.text, "+" | "-") && number.kind == TokenKind::Number,
                _ => false,
            }
        }
        Value::Now | Value::Expression(_) => false,
        _ => true,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::verdict::Answers;
    use crate::table::{Table, boolean, integer, now, numeric, sql};

    fn is_same(from: &Column, to: &Column, dialect: Dialect) -> bool {
        let [one, other] = [from, to].map(|column| Table::new("t", [column.clone()]));
        sameness(from, to, &Comparison::new(&one, &other, &Answers::default(), dialect)).is_same()
    }

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
        let (number, truth) = (numeric("a", 4, 2).default("0.12"), boolean("a").default(false));
        assert!(!is_same(&number, &truth, Dialect::Mysql) && !is_same(&truth, &number, Dialect::Mysql));
        assert!(is_same(&integer("a").default(Value::Null), &integer("a"), Dialect::Postgres));
        assert!(!is_same(&integer("a").default(0), &integer("a"), Dialect::Postgres));
    }
}
