//! Names of new files.

use super::NewRevision;
use crate::arguments::Format;
use crate::failure::{Failure, NewFileFailure};
use jiff::tz::TimeZone;
use servicekit_chain::Config;
use servicekit_chain::directory::is_ignored;

/// The longest slug, in characters, as Alembic's default.
const MAX_SLUG_LENGTH: usize = 40;

/// The name of a new file, relative to `versions/` and with `/`, by the template of the configuration.
///
/// # Errors
/// The template makes a name that would not be read as a revision.
pub(super) fn file_name(revision: &NewRevision, config: &Config) -> Result<String, Failure> {
    let stem = fill(&config.file_template, revision);
    let extension = match revision.format {
        Format::Sql => "sql",
        Format::Rs => "rs",
    };
    let name = format!("{}.{extension}", stem.trim_end_matches(['_', '-', '.', ' ']));
    let wrong = |reason| {
        Err(NewFileFailure::FileName { template: config.file_template.clone(), name: name.clone(), reason }
            .into())
    };
    let mut folders: Vec<&str> = name.split('/').collect();
    let file = folders.pop().unwrap_or_default();
    if name.contains('\\') || folders.iter().any(|folder| matches!(*folder, "" | "." | "..")) {
        return wrong("which does not stay below `versions`");
    }
    if file.starts_with('.') || folders.iter().chain([&file]).any(|part| is_ignored(part)) {
        return wrong("which is left alone when revisions are read");
    }
    if !folders.is_empty() && !config.recursive {
        return wrong("which is in a folder, and folders are read with `recursive = true` only");
    }
    Ok(name)
}

/// Puts the values into a template; what is no name in braces stays as it is.
fn fill(template: &str, revision: &NewRevision) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let value = after.split_once('}').and_then(|(name, behind)| Some((value(name, revision)?, behind)));
        if let Some((value, behind)) = value {
            text.push_str(&value);
            rest = behind;
        } else {
            text.push('{');
            rest = after;
        }
    }
    text + rest
}

fn value(name: &str, revision: &NewRevision) -> Option<String> {
    let at = TimeZone::UTC.to_datetime(revision.created);
    Some(match name {
        "rev" => safe(revision.id.as_str()),
        "slug" => slug(&revision.message),
        "epoch" => revision.created.as_second().to_string(),
        "year" => format!("{:04}", at.year()),
        "month" => format!("{:02}", at.month()),
        "day" => format!("{:02}", at.day()),
        "hour" => format!("{:02}", at.hour()),
        "minute" => format!("{:02}", at.minute()),
        "second" => format!("{:02}", at.second()),
        _ => return None,
    })
}

/// An id as part of a file name: ids may hold characters that file systems do not take.
fn safe(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { '_' }).collect()
}

/// The words of a message in lower case with `_` between them, at most 40 characters, cut between words.
fn slug(message: &str) -> String {
    let lower = message.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        let length = slug.chars().count() + word.chars().count() + 1;
        if slug.is_empty() {
            slug.extend(word.chars().take(MAX_SLUG_LENGTH));
        } else if length <= MAX_SLUG_LENGTH {
            slug.push('_');
            slug.push_str(word);
        } else {
            break;
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use servicekit_chain::RevisionId;

    fn name(template: &str, id: &str, message: &str, recursive: bool) -> String {
        let revision = NewRevision {
            id: RevisionId::new(id).unwrap(),
            down_revision: Vec::new(),
            branch_labels: Vec::new(),
            depends_on: Vec::new(),
            models: Vec::new(),
            message: message.to_owned(),
            created: Timestamp::from_second(1_795_366_552).unwrap(),
            format: Format::Sql,
            folder: std::path::PathBuf::new(),
            content: None,
        };
        let mut config = Config::default();
        config.file_template = template.to_owned();
        config.recursive = recursive;
        file_name(&revision, &config).unwrap_or_else(|failure| failure.report().message())
    }

    #[test]
    fn a_slug_holds_the_words_and_ends_between_two_of_them() {
        assert_eq!(slug("Add e-mail: Users' Größe!"), "add_e_mail_users_größe");
        assert_eq!(
            slug("merge 7f3c2b1a9d4e and 1a4c8e02b7d3 into one again"),
            "merge_7f3c2b1a9d4e_and_1a4c8e02b7d3_into"
        );
        assert_eq!(slug(&"x".repeat(50)), "x".repeat(40));
        assert_eq!(slug("!?"), "");
    }

    #[test]
    fn a_template_is_filled_with_the_id_the_message_and_the_time() {
        let template = "{year}-{month}-{day}_{hour}{minute}{second}_{epoch}_{rev}_{slug}";
        assert_eq!(name(template, "a1", "Add it", false), "2026-11-22_165552_1795366552_a1_add_it.sql");
        assert_eq!(name("{rev}_{slug}", "a1", "?", false), "a1.sql");
        assert_eq!(name("{oops}{rev", "a1", "x", false), "{oops}{rev.sql");
        assert_eq!(name("{year}/{rev}", "a/b*1", "x", true), "2026/a_b_1.sql");
    }

    #[test]
    fn a_template_whose_files_would_not_be_read_is_refused() {
        let reasons = [
            name("{year}/{rev}", "a1", "x", false),
            name("../{rev}", "a1", "x", true),
            name(".{rev}", "a1", "x", false),
            name("{slug}", "a1", "?", false),
        ];
        assert_eq!(
            reasons,
            [
                "the file template `{year}/{rev}` makes the name `2026/a1.sql`, which is in a folder, and folders are read with `recursive = true` only",
                "the file template `../{rev}` makes the name `../a1.sql`, which does not stay below `versions`",
                "the file template `.{rev}` makes the name `.a1.sql`, which is left alone when revisions are read",
                "the file template `{slug}` makes the name `.sql`, which is left alone when revisions are read",
            ]
        );
    }
}
