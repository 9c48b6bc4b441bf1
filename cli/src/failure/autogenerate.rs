//! Why no revision was written from models.

use super::{Exit, Failure, FailureReport, failed, list_of_names};
use servicekit::Dialect;
use servicekit::diff::{BackfillProblem, NoValue, RenameProblem};
use servicekit::revision_script::ScriptError;

#[derive(Debug)]
pub(crate) enum AutogenerateFailure {
    /// A model says that it was renamed, and that cannot be.
    HintedRename {
        problem: RenameProblem,
    },
    /// An option or a person says so.
    GivenRename {
        problem: RenameProblem,
    },
    MalformedRename {
        given: String,
    },
    NoSuchTable {
        given: String,
        table: String,
    },
    MalformedBackfill {
        given: String,
    },
    NoSuchColumn {
        given: String,
        column: String,
    },
    NoValue {
        given: String,
        reason: NoValue,
    },
    Backfill {
        problem: BackfillProblem,
    },
    /// Columns that rows would get no value for.
    NoValues {
        columns: Vec<String>,
    },
    /// What may be a rename: the option that says that it is, and the one that says that it is none.
    OpenRenames {
        renames: Vec<[String; 2]>,
    },
    /// What would go, and nobody has said that it may.
    Drops {
        names: Vec<String>,
    },
    /// What may go does not.
    NothingDropped {
        given: String,
        dropped: Vec<String>,
    },
    /// Every table that belongs to a model would go.
    AllVanish {
        count: usize,
        tables: String,
    },
    /// The configuration names the kinds of databases, and that one is not among them.
    NotServed {
        compared: Dialect,
        databases: Vec<Dialect>,
    },
    /// A revision would not serve all kinds of databases that the configuration names.
    NotForAll {
        reason: ScriptError,
    },
    /// The name of a table cannot stand in a header.
    Unnameable {
        table: String,
    },
}

/// So many pairs are listed, the most likely first.
const SHOWN: usize = 12;

const NOTHING_WRITTEN: &str = "no revision was written";

impl AutogenerateFailure {
    pub(super) fn report(&self) -> FailureReport {
        match self {
            Self::HintedRename { problem } => rename("bad_renamed_from", Exit::Models, problem),
            Self::GivenRename { problem } => rename("bad_rename", Exit::Usage, problem),
            Self::MalformedRename { given } => FailureReport::new(
                "bad_rename",
                Exit::Usage,
                format!("`--rename {given}` does not say what is renamed"),
            )
            .help("write `--rename old=new` for a table, and `--rename table.old=new` for a column"),
            Self::NoSuchTable { given, table } => FailureReport::new(
                "bad_rename",
                Exit::Usage,
                format!("`--rename {given}` names no table of the database: there is no `{table}`"),
            )
            .help("correct the name"),
            Self::MalformedBackfill { given } => FailureReport::new(
                "bad_backfill",
                Exit::Usage,
                format!("`--backfill {given}` does not say what gets which value"),
            )
            .help("write `--backfill table.column=value`"),
            Self::NoSuchColumn { given, column } => FailureReport::new(
                "bad_backfill",
                Exit::Usage,
                format!("`--backfill {given}` names no column of a model: there is no `{column}`"),
            )
            .help("correct the name"),
            Self::NoValue { given, reason } => FailureReport::new(
                "bad_backfill",
                Exit::Usage,
                format!("`--backfill {given}` gives no value of the column: {reason}"),
            )
            .help("correct the value"),
            Self::Backfill { problem } => split("bad_backfill", Exit::Usage, &problem.to_string()),
            Self::NoValues { columns } => failed(
                "no_value_for_rows",
                format!(
                    "rows that are there would get no value for {}, which may not be null",
                    list_of_names(columns, "and")
                ),
            )
            .state(NOTHING_WRITTEN)
            .help(format!(
                "give the column a default in its model, make its field an `Option`, or give the rows a value, as in \
                 `--backfill {}=…`",
                columns.first().map_or("", String::as_str)
            )),
            Self::OpenRenames { renames } => open_renames(renames),
            Self::Drops { names } => FailureReport::new(
                "drop_not_allowed",
                Exit::DropNotAllowed,
                format!("the revision would drop {}", list_of_names(names, "and")),
            )
            .state(NOTHING_WRITTEN)
            .help(format!(
                "if that is meant, allow it with {}",
                list_of_names(names.iter().map(|name| format!("--allow-drop {name}")), "and")
            )),
            Self::NothingDropped { given, dropped } => {
                let report = FailureReport::new(
                    "nothing_to_drop",
                    Exit::Usage,
                    format!("`--allow-drop {given}` allows what is not dropped"),
                )
                .state(NOTHING_WRITTEN);
                match dropped.as_slice() {
                    [] => report.help("leave it out: nothing is dropped"),
                    some => report.help(format!("what is dropped: {}", list_of_names(some, "and"))),
                }
            }
            Self::AllVanish { count, tables } => FailureReport::new(
                "all_models_gone",
                Exit::Models,
                format!("none of the {count} tables that belong to models has one any more: {tables}"),
            )
            .state(NOTHING_WRITTEN)
            .help("check which registry `env()` gives, and with which features the application is built; to drop them all, write the revision by hand"),
            Self::NotServed { compared, databases } => not_served(*compared, databases),
            Self::NotForAll { reason } => not_for_all(reason),
            Self::Unnameable { table } => failed(
                "unnameable_table",
                format!("the table `{table}` of a model has a name that cannot stand in the header of a revision"),
            )
            .help("use letters, digits, `_`, `-` and blanks"),
        }
    }
}

fn open_renames(renames: &[[String; 2]]) -> FailureReport {
    let mut report = FailureReport::new(
        "rename_or_drop",
        Exit::OpenRename,
        "it is not known whether what goes and what comes are one under another name",
    );
    for [rename, drop] in renames.iter().take(SHOWN) {
        report = report.note(format!("`{rename}` if it is, `{drop}` if it is not"));
    }
    if renames.len() > SHOWN {
        report = report.note(format!("and {} pairs more", renames.len() - SHOWN));
    }
    report
        .state(NOTHING_WRITTEN)
        .help("run it again with one of the two options for each, or in a terminal, where it is asked")
}

fn not_served(compared: Dialect, databases: &[Dialect]) -> FailureReport {
    let names = list_of_names(databases.iter().map(|each| each.name()), "and");
    FailureReport::new(
        "database_not_listed",
        Exit::Usage,
        format!("the database is {compared}, and the configuration has only {names} in `databases`"),
    )
    .help(format!("compare with one of these, or add `{compared}` to `databases` in the configuration"))
}

fn not_for_all(reason: &ScriptError) -> FailureReport {
    let text = reason.to_string();
    let mut lines = text.lines();
    let report = failed("not_for_all_databases", lines.next().unwrap_or_default().to_owned());
    lines.fold(report, FailureReport::note).state(NOTHING_WRITTEN).help(reason.help().unwrap_or_default())
}

fn rename(code: &'static str, exit: Exit, problem: &RenameProblem) -> FailureReport {
    split(code, exit, &problem.to_string()).state(NOTHING_WRITTEN)
}

/// A message of the library with its help in its last line.
fn split(code: &'static str, exit: Exit, text: &str) -> FailureReport {
    match text.rsplit_once("\nhelp: ") {
        Some((message, help)) => FailureReport::new(code, exit, message).help(help),
        None => FailureReport::new(code, exit, text),
    }
}

impl From<AutogenerateFailure> for Failure {
    fn from(failure: AutogenerateFailure) -> Self {
        Self::Autogenerate(Box::new(failure))
    }
}
