//! A change of a table as text: all that is to happen, so that two changes with one text are one change.

use super::edit::{AlterText, Edit, OldConstraint};
use crate::operation::Change;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};
use std::fmt;

/// Names and texts are between quotes, so that no word of ours can be one of them.
impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AddColumn { definition, constraints } => {
                write!(f, "ADD COLUMN ({definition})")?;
                constraints.iter().try_for_each(|constraint| write!(f, " ADD ({constraint})"))
            }
            Self::DropColumn { name, constraints } => {
                write!(f, "DROP COLUMN {}", quoted(name))?;
                constraints.iter().try_for_each(|constraint| write!(f, " {constraint}"))
            }
            Self::AlterColumn(alter) => alter.fmt(f),
            Self::AddConstraint(constraint) => write!(f, "ADD ({constraint})"),
            Self::DropConstraint(constraint) => constraint.fmt(f),
            Self::SetComment(Some(comment)) => write!(f, "COMMENT {}", literal(Dialect::Sqlite, comment)),
            Self::SetComment(None) => f.write_str("DROP COMMENT"),
        }
    }
}

impl fmt::Display for AlterText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, data_type, using, nullable, default, collation, is_counted, comment } = self;
        write!(f, "ALTER COLUMN {}", quoted(name))?;
        if let Some(data_type) = data_type {
            let check = data_type.check.as_deref().unwrap_or_default();
            write!(f, " TYPE ({}) ({check})", data_type.name)?;
        }
        if let Some(using) = using {
            write!(f, " USING ({using})")?;
        }
        match nullable {
            Some(true) => f.write_str(" NULL")?,
            Some(false) => f.write_str(" NOT NULL")?,
            None => {}
        }
        match default {
            Change::Keep => {}
            Change::Remove => f.write_str(" DROP DEFAULT")?,
            Change::To(value) => write!(f, " DEFAULT ({value})")?,
        }
        match collation {
            Change::Keep => {}
            Change::Remove => f.write_str(" DROP COLLATE")?,
            Change::To(name) => write!(f, " COLLATE {name}")?,
        }
        match is_counted {
            None => {}
            Some(true) => f.write_str(" AUTOINCREMENT")?,
            Some(false) => f.write_str(" DROP AUTOINCREMENT")?,
        }
        match comment {
            Change::Keep => Ok(()),
            Change::Remove => f.write_str(" DROP COMMENT"),
            Change::To(comment) => write!(f, " COMMENT {}", literal(Dialect::Sqlite, comment)),
        }
    }
}

impl fmt::Display for OldConstraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, kind, columns, if_exists } = self;
        write!(f, "DROP {kind}")?;
        if *if_exists {
            f.write_str(" IF EXISTS")?;
        }
        if let Some(name) = name {
            write!(f, " {}", quoted(name))?;
        }
        let Some(columns) = columns else { return Ok(()) };
        let columns: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        write!(f, " ({})", columns.join(", "))
    }
}

fn quoted(name: &str) -> String {
    quote_name(Dialect::Sqlite, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rebuild::TypeText;
    use crate::table::ConstraintKind;
    use std::collections::HashSet;

    /// Each field of each change with each kind of value, and everything else alike.
    fn all() -> Vec<Edit> {
        let texts = || ["a".to_owned(), "b".to_owned(), "a, b".to_owned(), "NULL".to_owned()];
        let mut all = vec![Edit::SetComment(None)];
        all.extend(texts().map(|text| Edit::SetComment(Some(text))));
        all.extend(texts().map(Edit::AddConstraint));
        for constraints in [vec![], vec!["a".to_owned()], vec!["a".to_owned(), "b".to_owned()]] {
            all.extend(
                texts().map(|definition| Edit::AddColumn { definition, constraints: constraints.clone() }),
            );
        }
        all.extend(old_constraints().into_iter().map(Edit::DropConstraint));
        all.extend(texts().map(|name| Edit::DropColumn { name, constraints: old_constraints() }));
        all.extend(
            old_constraints()
                .into_iter()
                .map(|one| Edit::DropColumn { name: "a".to_owned(), constraints: vec![one] }),
        );
        let kept = AlterText {
            name: "a".to_owned(),
            data_type: None,
            using: None,
            nullable: None,
            default: Change::Keep,
            collation: Change::Keep,
            is_counted: None,
            comment: Change::Keep,
        };
        let mut alters: Vec<AlterText> = texts().map(|name| AlterText { name, ..kept.clone() }).to_vec();
        for text in texts() {
            let check = Some("a".to_owned());
            alters.extend([None, check].map(|check| {
                let data_type = Some(TypeText { name: text.clone(), check });
                AlterText { data_type, ..kept.clone() }
            }));
            alters.push(AlterText { using: Some(text.clone()), ..kept.clone() });
            alters.push(AlterText { default: Change::To(text.clone()), ..kept.clone() });
            alters.push(AlterText { collation: Change::To(quoted(&text)), ..kept.clone() });
            alters.push(AlterText { comment: Change::To(text), ..kept.clone() });
        }
        alters.extend([true, false].map(|nullable| AlterText { nullable: Some(nullable), ..kept.clone() }));
        alters.extend([true, false].map(|counts| AlterText { is_counted: Some(counts), ..kept.clone() }));
        alters.push(AlterText { default: Change::Remove, ..kept.clone() });
        alters.push(AlterText { collation: Change::Remove, ..kept.clone() });
        alters.push(AlterText { comment: Change::Remove, ..kept });
        all.extend(alters.into_iter().map(Edit::AlterColumn));
        all
    }

    fn old_constraints() -> Vec<OldConstraint> {
        let mut all = Vec::new();
        for kind in [ConstraintKind::PrimaryKey, ConstraintKind::Unique, ConstraintKind::Check] {
            for name in [None, Some("a".to_owned()), Some("IF EXISTS".to_owned())] {
                for columns in [None, Some(vec!["a".to_owned()]), Some(vec!["a".to_owned(), "b".to_owned()])]
                {
                    all.extend([true, false].map(|if_exists| {
                        let (name, columns) = (name.clone(), columns.clone());
                        OldConstraint { name, kind, columns, if_exists }
                    }));
                }
            }
        }
        all
    }

    #[test]
    fn two_changes_with_one_text_are_one_change() {
        let all = all();
        assert!(all.iter().enumerate().all(|(at, edit)| !all[..at].contains(edit)), "each is here once");
        let texts: HashSet<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(texts.len(), all.len());
    }
}
