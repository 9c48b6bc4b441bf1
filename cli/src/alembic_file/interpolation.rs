//! `%(name)s` and `%%` in values.

use std::fmt;

/// How deep names may stand in the values of names, as Python has it.
const MAX_DEPTH: usize = 10;

/// How many names are looked up for one value, so that a few lines do not make a text without end.
const MAX_LOOKUPS: usize = 1000;

/// Why the value of an option is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InterpolationError {
    /// A `%` with something else behind it.
    Percent,
    /// A name in `%(…)s` that has no value.
    Unknown { name: String },
    /// Names that stand in each other, or too many of them.
    Endless,
}

impl fmt::Display for InterpolationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent => f.write_str("a `%` is written as `%%`"),
            Self::Unknown { name } => write!(f, "`%({name})s` has no value in this file"),
            Self::Endless => f.write_str("the names in `%(…)s` stand in each other's values"),
        }
    }
}

/// The value with what its names stand for.
///
/// # Errors
/// When a name has no value, or a `%` stands alone.
pub(super) fn interpolate<'t>(
    value: &str,
    lookup: &dyn Fn(&str) -> Option<&'t str>,
) -> Result<String, InterpolationError> {
    let mut lookups = 0;
    let mut text = String::new();
    expand(value, lookup, 1, &mut lookups, &mut text)?;
    Ok(text)
}

fn expand<'t>(
    value: &str,
    lookup: &dyn Fn(&str) -> Option<&'t str>,
    depth: usize,
    lookups: &mut usize,
    text: &mut String,
) -> Result<(), InterpolationError> {
    if depth > MAX_DEPTH {
        return Err(InterpolationError::Endless);
    }
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('%') {
        text.push_str(before);
        if let Some(behind) = behind.strip_prefix('%') {
            text.push('%');
            rest = behind;
            continue;
        }
        let name = behind.strip_prefix('(').and_then(|behind| behind.split_once(")s"));
        let Some((name, behind)) = name.filter(|(name, _)| !name.is_empty() && !name.contains(')')) else {
            return Err(InterpolationError::Percent);
        };
        *lookups += 1;
        if *lookups > MAX_LOOKUPS {
            return Err(InterpolationError::Endless);
        }
        let unknown = || InterpolationError::Unknown { name: name.to_owned() };
        let found = lookup(&name.to_lowercase()).ok_or_else(unknown)?;
        expand(found, lookup, depth + 1, lookups, text)?;
        rest = behind;
    }
    text.push_str(rest);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(value: &str) -> String {
        let lookup = |name: &str| {
            Some(match name {
                "here" => "/srv/app",
                "user" => "%(first)s%%x",
                "first" => "ann",
                "self" => "%(self)s",
                _ => return None,
            })
        };
        interpolate(value, &lookup).unwrap_or_else(|error| format!("error: {error}"))
    }

    #[test]
    fn names_stand_for_their_values() {
        let cases = [
            "%(here)s/alembic",
            "%%(rev)s_%%(slug)s",
            "%(User)s@%(here)s",
            "50%",
            "%d",
            "%(here)d",
            "%()s",
            "%(nobody)s",
            "%(self)s",
        ];
        insta::assert_snapshot!(cases.map(read).join("\n"));
    }

    #[test]
    fn a_text_that_would_grow_without_end_is_given_up() {
        let lookup = |name: &str| Some(if name == "z" { "" } else { "%(a)s%(a)s%(a)s%(a)s" });
        assert_eq!(interpolate("%(a)s", &lookup), Err(InterpolationError::Endless));
        let wide = "%(z)s".repeat(MAX_LOOKUPS + 1);
        assert_eq!(interpolate(&wide, &lookup), Err(InterpolationError::Endless));
    }

    proptest! {
        #[test]
        fn a_text_with_doubled_percent_signs_is_itself(text in "\\PC{0,20}") {
            prop_assert_eq!(interpolate(&text.replace('%', "%%"), &|_| None), Ok(text));
        }

        #[test]
        fn no_value_makes_it_panic(text in "[%()sd a]{0,20}") {
            let _ = interpolate(&text, &|_| Some("%(a)s"));
        }
    }
}
