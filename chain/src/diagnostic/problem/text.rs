//! What is wrong with the SQL of a section, and with the text of a `.rs` file.

use super::{Problem, subject};
use crate::diagnostic::Diagnostic;
use crate::sql::UnterminatedKind;
use crate::{Direction, Place};

pub(super) fn describe(problem: &Problem) -> Option<Diagnostic> {
    use Problem as P;
    Some(match problem {
        P::Unterminated { kind, place, section } => unterminated(*kind, place, *section),
        P::CopyData { place, section } => {
            let message = format!(
                "the `+{section}` section has data for `COPY … FROM STDIN`, which only a client can send"
            );
            Diagnostic::new("copy_data", message).primary(place, "a revision has no data").help(
                "write the rows as `INSERT`, as `pg_dump --inserts` does, or copy from a file that the server can read",
            )
        }
        P::ClientCommand { client, place, section, instead } => {
            let message = format!(
                "`{}` in the `+{section}` section is a command of `{client}`, not of the database",
                place.text()
            );
            Diagnostic::new("client_command", message).primary(place, "no statement").help(*instead)
        }
        P::MissingInvocation { place, example } => {
            Diagnostic::new("missing_invocation", "this file has no `revision! { … }`").primary(place, "").help(
                format!(
                    "add `revision! {{ id: \"{example}\", }}`; a helper module belongs outside the folder of revisions"
                ),
            )
        }
        P::InvocationTwice { first, second } => {
            Diagnostic::new("invocation_twice", "this file has two `revision! { … }`")
                .primary(second, "the second `revision!`")
                .context(first, "the first")
                .help("give each revision its own file")
        }
        P::InvocationSyntax { place, expected } => {
            Diagnostic::new("invocation_syntax", format!("expected {expected} in `revision! {{ … }}`"))
                .primary(place, format!("expected {expected}"))
                .help("an example: `revision! { id: \"b2\", down_revision: \"a1\" }`")
        }
        P::MissingUpgradeFunction { revision, place } => {
            let message = format!("{} has no function `upgrade`", subject(revision.as_ref()));
            Diagnostic::new("missing_upgrade_function", message)
                .primary(place, "this revision has no function `upgrade`")
                .help("add `pub fn upgrade(op: &mut Operations) { … }`")
        }
        _ => return None,
    })
}

fn unterminated(kind: UnterminatedKind, place: &Place, section: Option<Direction>) -> Diagnostic {
    let open = match kind {
        UnterminatedKind::String => "a string",
        UnterminatedKind::Identifier => "a quoted name",
        UnterminatedKind::DollarString => "a dollar-quoted string",
        UnterminatedKind::Comment => "a comment",
        UnterminatedKind::Block => "a block",
        UnterminatedKind::Parenthesis => "a parenthesis",
    };
    let message = match section {
        Some(direction) => format!("{open} in the `+{direction}` section is never closed"),
        None => format!("{open} is never closed"),
    };
    let help = match section {
        _ if kind == UnterminatedKind::Block => "close it with `END`",
        Some(_) if has_escaped_quote(place) => {
            "close it; a line that begins with `-- +` ends the section also within it. If the server reads \
             backslashes in another way, set its mode first: `SET sql_mode = 'NO_BACKSLASH_ESCAPES';`, or on PostgreSQL `SET standard_conforming_strings = off;`"
        }
        Some(_) => "close it; a line that begins with `-- +` ends the section also within it",
        None => "close it; it hides everything up to the end of the file",
    };
    Diagnostic::new("unterminated", message).primary(place, "opened here").help(help)
}

/// Whether somewhere in the file a backslash stands before a quote, which is read in one way or another.
fn has_escaped_quote(place: &Place) -> bool {
    ["\\'", "\\\""].iter().any(|escape| place.source.text.contains(escape))
}
