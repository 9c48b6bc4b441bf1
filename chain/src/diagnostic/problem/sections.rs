//! What is wrong with the lines of a `.sql` file that are not SQL: header, directives, sections.

use super::wording::quoted;
use super::{Instead, Problem, subject};
use crate::diagnostic::Diagnostic;
use crate::{Dialect, Direction, Place};

pub(super) fn describe(problem: &Problem) -> Option<Diagnostic> {
    use Problem as P;
    Some(match problem {
        P::KeyInSection { key, place } => Diagnostic::new(
            "key_in_section",
            format!("`{key}` is inside a section"),
        )
        .primary(place, "only a comment here")
        .help(format!(
            "move it up, before the first section; if it is only a comment, do not begin it with `{key}:`"
        )),
        P::KeyNotInComment { place, instead } => {
            Diagnostic::new("key_not_in_comment", "a header line is a comment that begins with `--`")
                .primary(place, "not a header line")
                .help(write_instead(instead))
        }
        P::DisguisedKey { key, place, instead } => {
            let message = format!("this looks like the header key `{key}` and is not read as one");
            Diagnostic::new("disguised_key", message)
                .primary(place, "not a header line")
                .help(format!("write `{instead}`"))
        }
        P::UnknownDirective { place, instead } => {
            let label = match instead {
                Instead::Nothing(_) => "not needed here",
                Instead::OwnLine(_) => "not at the start of a line",
                Instead::Write(_) | Instead::Unknown => "no such directive",
            };
            Diagnostic::new("unknown_directive", format!("unknown directive `{}`", place.text()))
                .primary(place, label)
                .help(write_instead(instead))
        }
        P::UnknownDialect { place, meant } => {
            Diagnostic::new("unknown_dialect", format!("unknown dialect `{}`", place.text()))
                .primary(place, "no such dialect")
                .help(match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!(
                        "the dialects are {}",
                        quoted(&Dialect::ALL.map(|dialect| dialect.to_string()), "and")
                    ),
                })
        }
        P::TransactionValue { place } => {
            Diagnostic::new("transaction_value", "`+transaction` can only be switched off")
                .primary(place, "only `off` is possible")
                .help("write `-- +transaction off`; without this line a revision runs in a transaction")
        }
        P::TextOutsideSections { place, lines } => Diagnostic::new(
            "text_outside_sections",
            "there is SQL before the first section",
        )
        .primary(place, outside(*lines))
        .help("put `-- +upgrade` above it; outside the sections there are only lines that begin with `--`"),
        P::MissingUpgrade { revision, place } => {
            let message = format!("{} has no `-- +upgrade` section", subject(revision.as_ref()));
            Diagnostic::new("missing_upgrade", message)
                .primary(place, "this revision does not say how to upgrade")
                .help("add the line `-- +upgrade` and below it the SQL, if any")
        }
        P::SectionTwice { direction, dialect, first, second } => {
            section_twice(*direction, *dialect, first, second)
        }
        _ => return None,
    })
}

fn write_instead(instead: &Instead) -> String {
    match instead {
        Instead::Write(line) => format!("write `{line}`"),
        Instead::OwnLine(line) => format!("write `{line}` on its own line"),
        Instead::Nothing(why) => format!("leave it out: {why}"),
        Instead::Unknown => {
            "the directives are `-- +upgrade`, `-- +downgrade` and `-- +transaction off`".to_owned()
        }
    }
}

fn outside(lines: usize) -> String {
    match lines {
        0 | 1 => "in no section".to_owned(),
        2 => "this and one line below it are in no section".to_owned(),
        lines => format!("this and {} lines below it are in no section", lines - 1),
    }
}

fn section_twice(
    direction: Direction,
    dialect: Option<Dialect>,
    first: &Place,
    second: &Place,
) -> Diagnostic {
    let message = match dialect {
        Some(dialect) => format!("two `+{direction}` sections for {dialect}"),
        None => format!("two `+{direction}` sections that name no dialect"),
    };
    let help = match dialect {
        Some(Dialect::Mysql) => {
            "write one section for each dialect; MySQL and MariaDB are one dialect".to_owned()
        }
        Some(_) => "write one section for each dialect".to_owned(),
        None => format!("join the two, or name dialects as in `-- +{direction} postgres`"),
    };
    Diagnostic::new("section_twice", message)
        .primary(second, "the second section")
        .context(first, "the first section")
        .help(help)
}
