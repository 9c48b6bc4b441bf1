//! Alembic's templates for the names of files.

/// Alembic's template in our words: `%(year)d_%(rev)s` is `{year}_{rev}`.
///
/// # Errors
/// Why it would make other names here.
pub(super) fn from_alembic(template: &str) -> Result<String, String> {
    let mut ours = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('%') {
        literal(before, &mut ours)?;
        if let Some(behind) = behind.strip_prefix('%') {
            ours.push('%');
            rest = behind;
            continue;
        }
        let named = behind.strip_prefix('(').and_then(|behind| behind.split_once(')'));
        let Some((name, behind)) = named else {
            return Err("a file template has its names as in `%(rev)s`, and a `%` as `%%`".to_owned());
        };
        let end =
            behind.find(|letter: char| letter.is_ascii_alphabetic()).map_or(behind.len(), |end| end + 1);
        let (format, behind) = behind.split_at(end);
        check(name, format)?;
        for part in ["{", name, "}"] {
            ours.push_str(part);
        }
        rest = behind;
    }
    literal(rest, &mut ours)?;
    Ok(ours)
}

/// What stands between the names.
fn literal(text: &str, ours: &mut String) -> Result<(), String> {
    if text.contains(['{', '}']) {
        return Err("braces in a file template stand around names here".to_owned());
    }
    ours.push_str(text);
    Ok(())
}

/// Whether a name is written here as the format writes it.
fn check(name: &str, format: &str) -> Result<(), String> {
    let formats: &[&str] = match name {
        "rev" | "slug" => &["s"],
        "epoch" => &["d", "s"],
        "year" => &["d", "s", ".4d", "04d"],
        "month" | "day" | "hour" | "minute" | "second" => &[".2d", "02d"],
        _ => return Err(format!("a file template has no `%({name})`")),
    };
    match formats {
        _ if formats.contains(&format) => Ok(()),
        [.., usual] if matches!(name, "month" | "day" | "hour" | "minute" | "second") => Err(format!(
            "`{name}` always has two digits, as `%({name}){usual}` writes it, not `%({name}){format}`"
        )),
        _ => Err(format!("`{name}` is not written as `%({name}){format}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn templates_of_alembic_become_ours() {
        let cases = [
            "%(rev)s_%(slug)s",
            "%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s",
            "%(year)d/%(month)02d/%(epoch)s_%(second).2d 100%%",
            "%(month)d_%(rev)s",
            "%(rev)d",
            "%(week)d",
            "{rev}",
            "%rev",
            "%(rev)",
        ];
        let read = |case| from_alembic(case).unwrap_or_else(|reason| format!("error: {reason}"));
        insta::assert_snapshot!(cases.map(read).join("\n"));
    }

    proptest! {
        #[test]
        fn no_template_makes_it_panic(text in "(%|\\(|\\)|rev|year|[.024ds{}é]){0,12}") {
            let _ = from_alembic(&text);
        }
    }
}
