//! What each problem is called, in one line.

use super::{Member, Named, Problem};
use crate::sql::UnterminatedKind;
use crate::{Place, RevisionId};

pub(super) fn message(problem: &Problem) -> String {
    use Problem as P;
    match problem {
        P::MissingFolder { folder, .. } => format!("there is no folder `{folder}`"),
        P::MissingVersions { folder, is_file: false } => format!("`{folder}` has no folder `versions`"),
        P::MissingVersions { folder, is_file: true } => {
            format!("`{folder}/versions` is a file, not a folder")
        }
        P::NotAFolder { folder, .. } => format!("`{folder}` is a file, not a folder"),
        P::UnreadableFolder { place, reason } => {
            format!("cannot read the folder `{}`: {reason}", name(place))
        }
        P::UnreadableFile { place, reason } => format!("cannot read `{}`: {reason}", name(place)),
        P::NotUtf8 { utf16: true, .. } => "this file is UTF-16, not UTF-8".to_owned(),
        P::NotUtf8 { offset, .. } => format!("this file is not UTF-8: the byte at offset {offset} is wrong"),
        P::FileNameNotUtf8 { place } => format!("the name of `{}` is not UTF-8", name(place)),
        P::StrayFile { place } => format!("`{}` is not a revision file", name(place)),
        P::StrayFolder { place } => {
            format!("`{}` is a folder, and folders in here are not read", name(place))
        }
        P::ConfigSyntax { reason, .. } => format!("the configuration is not TOML: {reason}"),
        P::ConfigUnknownKey { place, .. } => format!("the configuration has no key `{}`", place.text()),
        P::ConfigType { key, expected, found, .. } => format!("`{key}` takes {expected}, not {found}"),
        P::ConfigValue { reason, .. } => reason.clone(),
        other => file_message(other).or_else(|| graph_message(other)).unwrap_or_default(),
    }
}

/// What is wrong within one revision file.
fn file_message(problem: &Problem) -> Option<String> {
    use Problem as P;
    Some(match problem {
        P::MissingHeader { .. } => "this file does not say which revision it is".to_owned(),
        P::MissingRevision { key: "id", .. } => "`revision!` has no `id`".to_owned(),
        P::MissingRevision { key, .. } => format!("the header has no `{key}`"),
        P::UnknownKey { place, .. } => format!("unknown key `{}`", place.text()),
        P::KeyTwice { key, .. } => format!("`{key}` stands twice"),
        P::EmptyValue { key, .. } => format!("`{key}` has no value"),
        P::ValueTwice { key, value, .. } => format!("`{value}` stands twice in `{key}`"),
        P::InvalidId { key, value, .. } => {
            let kind = match *key {
                "branch_labels" => "a branch label",
                "depends_on" => "a revision id or branch label",
                _ => "a revision id",
            };
            format!("`{value}` cannot be {kind}")
        }
        P::KeyInSection { key, .. } => format!("`{key}` stands inside a section"),
        P::KeyNotInComment { .. } => "a header line is a comment that begins with `--`".to_owned(),
        P::DisguisedKey { key, .. } => {
            format!("this looks like the header key `{key}` and is not read as one")
        }
        P::UnknownDirective { place, .. } => format!("unknown directive `{}`", place.text()),
        P::UnknownDialect { place, .. } => format!("unknown dialect `{}`", place.text()),
        P::TransactionValue { .. } => "`+transaction` can only be switched off".to_owned(),
        P::TextOutsideSections { .. } => "SQL stands before the first section".to_owned(),
        P::MissingUpgrade { revision, .. } => {
            format!("{} has no `-- +upgrade` section", subject(revision.as_ref()))
        }
        P::SectionTwice { direction, dialect: Some(dialect), .. } => {
            format!("two `+{direction}` sections for {dialect}")
        }
        P::SectionTwice { direction, dialect: None, .. } => {
            format!("two `+{direction}` sections that name no dialect")
        }
        P::Unterminated { kind, section: Some(direction), .. } => {
            format!("{} in the `+{direction}` section is never closed", open_thing(*kind))
        }
        P::Unterminated { kind, section: None, .. } => format!("{} is never closed", open_thing(*kind)),
        P::CopyData { section, .. } => {
            format!("the `+{section}` section has data for `COPY … FROM STDIN`, which only a client can send")
        }
        P::ClientCommand { client, place, section, .. } => {
            format!(
                "`{}` in the `+{section}` section is a command of `{client}`, not of the database",
                place.text()
            )
        }
        P::MissingInvocation { .. } => "this file has no `revision! { … }`".to_owned(),
        P::InvocationTwice { .. } => "this file has two `revision! { … }`".to_owned(),
        P::InvocationSyntax { expected, .. } => format!("expected {expected} in `revision! {{ … }}`"),
        P::MissingUpgradeFunction { revision, .. } => {
            format!("{} has no function `upgrade`", subject(revision.as_ref()))
        }
        _ => return None,
    })
}

/// What is wrong between the revisions.
fn graph_message(problem: &Problem) -> Option<String> {
    use Problem as P;
    Some(match problem {
        P::DanglingParent { revision, parent, folders, .. } => {
            format!("revision `{revision}` follows `{parent}`, which is not in {}", quoted(folders))
        }
        P::DanglingDependency { revision, name, folders, .. } => {
            format!("revision `{revision}` depends on `{name}`, which is not in {}", quoted(folders))
        }
        P::SelfLoop { revision, .. } => format!("revision `{revision}` follows itself"),
        P::DependencySelfLoop { revision, .. } => format!("revision `{revision}` depends on itself"),
        P::Cycle { members } => format!("these revisions follow each other in a circle: {}", path(members)),
        P::DependencyCycle { members } => {
            format!("these revisions depend on each other in a circle: {}", path(members))
        }
        P::DuplicateId { id, places } => format!("{} files have the id `{id}`", count(places.len())),
        P::DuplicateLabel { label, places } => {
            format!("{} revisions have the branch label `{label}`", count(places.len()))
        }
        P::LabelClashesWithId { label, .. } => {
            format!("the branch label `{label}` is also the id of a revision")
        }
        P::SeveralHeads { folder, heads, .. } => {
            format!("`{folder}` has {} heads: {}", count(heads.len()), names(heads))
        }
        P::SeveralBases { folder, bases, .. } => {
            format!("`{folder}` has {} first revisions: {}", count(bases.len()), names(bases))
        }
        _ => return None,
    })
}

/// The name of a file in messages.
fn name(place: &Place) -> &str {
    &place.source.name
}

fn subject(revision: Option<&RevisionId>) -> String {
    revision.map_or_else(|| "this file".to_owned(), |id| format!("revision `{id}`"))
}

fn open_thing(kind: UnterminatedKind) -> &'static str {
    match kind {
        UnterminatedKind::String => "a string",
        UnterminatedKind::Identifier => "a quoted name",
        UnterminatedKind::DollarString => "a dollar-quoted string",
        UnterminatedKind::Comment => "a comment",
        UnterminatedKind::Block => "a block",
        UnterminatedKind::Parenthesis => "a parenthesis",
    }
}

/// `one`, `two`, … as a word while words are short.
pub(super) fn count(number: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

fn path(members: &[Member]) -> String {
    let mut ids: Vec<String> =
        members.iter().take(NAMED + 1).map(|member| format!("`{}`", member.id)).collect();
    let first = ids.first().cloned();
    if members.len() > NAMED + 1 {
        ids.pop();
        ids.push(format!("… {} more …", members.len() - NAMED));
    }
    ids.extend(first);
    ids.join(" → ")
}

fn names(named: &[Named]) -> String {
    list(named.iter().map(|named| format!("`{}`", named.name)), "and")
}

fn quoted(names: &[String]) -> String {
    list(names.iter().map(|name| format!("`{name}`")), "or")
}

/// How many of many things a message names.
pub const NAMED: usize = 10;

/// `a`, `a and b`, `a, b and c`; of many the first and how many more there are.
///
/// ```
/// use servicekit_chain::diagnostic::list;
/// assert_eq!(list(["a", "b", "c"], "or"), "a, b or c");
/// assert_eq!(list(["x"; 15], "or"), "x, x, x, x, x, x, x, x, x, x and 5 more");
/// ```
pub fn list<I>(items: I, last: &str) -> String
where
    I: IntoIterator<Item: AsRef<str>>,
    I::IntoIter: ExactSizeIterator,
{
    let items = items.into_iter();
    // A rest of one is named as well.
    let more = if items.len() > NAMED + 1 { items.len() - NAMED } else { 0 };
    let named = items.take(if more > 0 { NAMED } else { NAMED + 1 });
    let mut items: Vec<String> = named.map(|item| item.as_ref().to_owned()).collect();
    if more > 0 {
        items.push(format!("{more} more"));
    }
    let last = if more > 0 { "and" } else { last };
    match items.pop() {
        Some(end) if !items.is_empty() => format!("{} {last} {end}", items.join(", ")),
        Some(only) => only,
        None => String::new(),
    }
}
