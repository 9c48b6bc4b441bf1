//! Expressions as another kind of database quotes the names in them.

use crate::diff::listed::listed;
use crate::table::{Column, Condition, Constraint, Index, IndexKey, KeyOf, Value, one_of};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{TokenKind, quote_name, significant};

/// From the quotes of one kind of database to those of another one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quoted {
    pub(super) from: Dialect,
    pub(super) to: Dialect,
}

impl Quoted {
    pub(super) fn column(self, column: &Column) -> Column {
        let mut quoted = column.clone();
        if let Some(Value::Expression(text)) = &mut quoted.default {
            *text = self.text(text);
        }
        if let Some(generated) = &mut quoted.generated {
            generated.expression = self.text(&generated.expression);
        }
        quoted
    }

    pub(super) fn constraint(self, constraint: &Constraint) -> Constraint {
        let mut quoted = constraint.clone();
        match &mut quoted {
            Constraint::Check(check) => {
                if let Condition::Sql(text) = &check.condition {
                    check.condition = self.condition(text);
                }
            }
            Constraint::Exclusion(exclusion) => {
                exclusion.elements.iter_mut().for_each(|(key, _)| self.key(key));
                exclusion.filter = exclusion.filter.as_deref().map(|text| self.text(text));
            }
            _ => {}
        }
        quoted
    }

    pub(super) fn index(self, index: &Index) -> Index {
        let mut quoted = index.clone();
        quoted.keys.iter_mut().for_each(|key| self.key(key));
        quoted.filter = index.filter.as_deref().map(|text| self.text(text));
        quoted
    }

    fn key(self, key: &mut IndexKey) {
        if let KeyOf::Expression(text) = &mut key.of {
            *text = self.text(text);
        }
    }

    /// A list of texts is the same one everywhere, whatever a database writes around them.
    fn condition(self, text: &str) -> Condition {
        match listed(text, self.from).filter(|_| self.from != self.to) {
            Some((column, values)) => one_of(column, values),
            None => Condition::Sql(self.text(text)),
        }
    }

    fn text(self, text: &str) -> String {
        if self.from == self.to {
            return text.to_owned();
        }
        let mut quoted = String::with_capacity(text.len());
        let mut copied = 0;
        for token in significant(self.from, text) {
            if token.kind == TokenKind::Identifier {
                quoted.push_str(text.get(copied..token.start).unwrap_or_default());
                quoted.push_str(&quote_name(self.to, &token.unquoted()));
                copied = token.end();
            }
        }
        quoted.push_str(text.get(copied..).unwrap_or_default());
        quoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_get_other_quotes_and_texts_stay() {
        let text = |from, to, text| Quoted { from, to }.text(text);
        let (mysql, postgres) = (Dialect::Mysql, Dialect::Postgres);
        assert_eq!(text(mysql, postgres, "`a b` > '`' || c"), "\"a b\" > '`' || c");
        assert_eq!(text(postgres, mysql, "\"order\" = '\"x\"'"), "`order` = '\"x\"'");
        assert_eq!(text(postgres, postgres, "\"order\" > 0"), "\"order\" > 0");
    }
}
