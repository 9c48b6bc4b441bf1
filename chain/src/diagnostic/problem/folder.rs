//! What is wrong with the folder and with a file as a whole.

use super::Problem;
use crate::Place;
use crate::diagnostic::Diagnostic;

const BESIDE: &str = "the folders in `version_locations` are relative to the configuration file";

pub(super) fn describe(problem: &Problem) -> Option<Diagnostic> {
    use Problem as P;
    Some(match problem {
        P::MissingFolder { folder, configured } => {
            let problem = Diagnostic::new("missing_folder", format!("there is no folder `{folder}`"));
            match configured {
                Some(place) => problem.primary(place, "no such folder").help(BESIDE),
                None => problem.help(make(folder)),
            }
        }
        P::MissingVersions { folder, is_file } => missing_versions(folder, *is_file),
        P::NotAFolder { folder, configured } => {
            let problem = Diagnostic::new("not_a_folder", format!("`{folder}` is a file, not a folder"));
            match configured {
                Some(place) => problem.primary(place, "this is a file").help(BESIDE),
                None => problem.help("name the folder that holds `versions/`"),
            }
        }
        P::UnreadableFolder { place, reason } => {
            let message = format!("cannot read the folder `{}`: {reason}", name(place));
            Diagnostic::new("unreadable_folder", message)
                .primary(place, "")
                .help("check that it exists and that you may read it")
        }
        P::UnreadableFile { place, reason } => {
            Diagnostic::new("unreadable_file", format!("cannot read `{}`: {reason}", name(place)))
                .primary(place, "")
                .help("check that it is a regular file and that you may read it")
        }
        P::NotUtf8 { place, offset, utf16 } => {
            let message = if *utf16 {
                "this file is UTF-16, not UTF-8".to_owned()
            } else {
                format!("this file is not UTF-8: the byte at offset {offset} is wrong")
            };
            Diagnostic::new("not_utf8", message).primary(place, "not UTF-8").help("save the file as UTF-8")
        }
        P::FileNameNotUtf8 { place } => {
            Diagnostic::new("file_name_not_utf8", format!("the name of `{}` is not UTF-8", name(place)))
                .primary(place, "")
                .help("rename the file")
        }
        P::StrayFile { place } => {
            Diagnostic::new("stray_file", format!("`{}` is not a revision file", name(place)))
                .primary(place, "")
                .help(stray(place))
        }
        P::StrayFolder { place } => {
            let message = format!("`{}` is a folder, and folders in here are not read", name(place));
            Diagnostic::new("stray_folder", message)
                .primary(place, "")
                .help("set `recursive = true` in the configuration to read folders too, or move it away")
        }
        _ => return None,
    })
}

fn missing_versions(folder: &str, is_file: bool) -> Diagnostic {
    let message = if is_file {
        format!("`{folder}/versions` is a file, not a folder")
    } else {
        format!("`{folder}` has no folder `versions`")
    };
    let problem = Diagnostic::new("missing_versions", message);
    if folder.trim_end_matches('/').rsplit('/').next() == Some("versions") {
        problem.help("name the folder that holds `versions/`, not `versions/` itself")
    } else if is_file {
        problem.help("revision files belong in a folder of that name")
    } else {
        problem.help(make(folder))
    }
}

fn make(folder: &str) -> String {
    format!("make the folder `{folder}/versions`, or name the folder that holds `versions/`")
}

/// The name of a file in messages.
fn name(place: &Place) -> &str {
    &place.source.name
}

fn stray(place: &Place) -> &'static str {
    let path = std::path::Path::new(&place.source.name);
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if extension.eq_ignore_ascii_case("py") || extension.eq_ignore_ascii_case("pyc") {
        return "revisions are `.sql` or `.rs` files: write this one as such, and move the Python file away";
    }
    "revisions are `.sql` or `.rs` files: move this one away (hidden files, `README*`, `mod.rs` and what editors leave \
     behind may stay)"
}
