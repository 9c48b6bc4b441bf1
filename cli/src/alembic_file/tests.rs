//! Texts, and what they configure.

use super::settings::FileSettings;
use super::{from_ini, from_pyproject};
use proptest::prelude::*;
use servicekit_chain::Source;
use std::sync::Arc;

fn ini(text: &str, section: Option<&str>) -> FileSettings {
    from_ini::read(&Arc::new(Source::new("alembic.ini", "alembic.ini", text)), "/srv/50%", section)
}

fn pyproject(text: &str) -> FileSettings {
    from_pyproject::read(&Arc::new(Source::new("pyproject.toml", "pyproject.toml", text)), "/srv/50%")
}

/// Every setting that is there in one line, then what is wrong.
fn shown(settings: &FileSettings) -> String {
    let text = |setting: &Option<super::settings::Setting<String>>| {
        setting.as_ref().map(|found| found.value.clone())
    };
    let locations = settings.version_locations.as_ref();
    let locations =
        locations.map(|list| list.iter().map(|found| &*found.value).collect::<Vec<_>>().join(" | "));
    let recursive = settings.recursive.as_ref().map(|found| found.value.to_string());
    let listed = |list: &[String]| Some(list.join(" ")).filter(|list| !list.is_empty());
    let parts = [
        ("script_location", text(&settings.script_location)),
        ("version_locations", locations),
        ("recursive", recursive),
        ("file_template", text(&settings.file_template)),
        ("url", text(&settings.url)),
        ("databases", listed(&settings.databases)),
        ("not read", listed(&settings.not_read)),
    ];
    let parts = parts.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?)));
    let problems = settings.problems.iter().map(|problem| problem.render(false));
    parts.chain(problems).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_ini_is_read_as_alembic_reads_it() {
    let cases = [
        ("[alembic]\nscript_location = %(here)s/alembic\nfile_template = %%(rev)s_%%(slug)s\n", None),
        ("[alembic]\nversion_locations = a b, c\nrecursive_version_locations = true\n", None),
        ("[alembic]\nversion_locations =\n  a b\n  %(here)s/c\npath_separator = newline\n", None),
        (
            "[alembic]\nversion_locations = a;b\nversion_path_separator = ;\nrecursive_version_locations = yes\n",
            None,
        ),
        ("[alembic]\nversion_locations = a:b\npath_separator = comma\n", None),
        (
            "[DEFAULT]\nhost = db\n[alembic]\nuser = ann\nsqlalchemy.url = postgresql://%(user)s@%(host)s/d\n",
            None,
        ),
        (
            "[alembic]\nsqlalchemy.url = postgresql://%(DB_USER)s@h/d\ntimezone = UTC\n[post_write_hooks]\nhooks = black\n",
            None,
        ),
        ("[alembic]\nscript_location = %(nowhere)s/x\nsqlalchemy.url = mysql://a:50%@h/d\n", None),
        (
            "[alembic]\nscript_location = alembic\ndatabases = a, b\n[a]\nsqlalchemy.url = sqlite:///a.db\n[b]\nx = 1\n",
            Some("a"),
        ),
        (
            "[alembic]\nscript_location = alembic\nsqlalchemy.url = sqlite:///main.db\n[alembic:a]\nscript_location = a\n",
            Some("a"),
        ),
        ("[alembic]\n[loggers]\nkeys = root\n[formatter_x]\nformat = %(levelname)-5.5s\n", None),
        ("[other]\nscript_location = x\n", None),
        ("[alembic]\nscript_location x\n", None),
        ("script_location = x\n", None),
    ];
    let read = cases.map(|(text, section)| format!("{text}--\n{}", shown(&ini(text, section))));
    insta::assert_snapshot!(read.join("\n\n==\n"));
}

#[test]
fn a_pyproject_is_read_as_alembic_reads_it() {
    let cases = [
        "[tool.alembic]\nscript_location = \"%(here)s/alembic\"\nversion_locations = [\"a\", \"%(here)s/b\"]\n",
        "[tool.alembic]\nrecursive_version_locations = true\n\"sqlalchemy.url\" = \"sqlite:///a.db\"\nversion_table = \"v\"\n",
        "[tool.alembic]\nsqlalchemy.url = \"sqlite:///a.db\"\n[[tool.alembic.post_write_hooks]]\nname = \"black\"\n",
        "[tool.alembic]\nscript_location = 1\nversion_locations = \"a\"\nrecursive_version_locations = \"yes\"\n",
        "[tool.alembic]\nfile_template = \"%(rev)s\"\n",
        "[tool.alembic\n",
        "[tool.black\n",
        "[project]\nname = \"x\"\n",
    ];
    let read = cases.map(|text| format!("{text}--\n{}", shown(&pyproject(text))));
    insta::assert_snapshot!(read.join("\n\n==\n"));
}

/// Parts of such files, in any order.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("[alembic]\n"),
        Just("[tool.alembic]\n"),
        Just("script_location = "),
        Just("version_locations = "),
        Just("path_separator = :\n"),
        Just("sqlalchemy.url = "),
        Just("file_template = "),
        Just("%(here)s"),
        Just("%(script_location)s"),
        Just("%%(rev)s"),
        Just("\"\n"),
        Just("\""),
        Just("é:\u{feff}%"),
        Just("\n  "),
        Just("\r\n"),
        Just("[a]\n"),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in prop_oneof![text(), "\\PC{0,40}".boxed()]) {
        for settings in [ini(&text, None), ini(&text, Some("a")), pyproject(&text)] {
            for problem in &settings.problems {
                prop_assert!(!problem.render(false).is_empty());
            }
        }
    }
}
