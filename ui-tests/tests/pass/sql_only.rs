//! SQL revisions with a branch and a merge, seen from the program.

servicekit::migrations!("sql_only");

/// A history is a small value that may stand in constants and be copied.
const COPY: &servicekit::Migrations = &MIGRATIONS;

#[test]
fn every_fact_of_the_files_is_there() {
    let facts: Vec<String> = COPY
        .revisions()
        .iter()
        .map(|revision| {
            let down: Vec<String> = revision.down_revision().map(|id| id.to_string()).collect();
            let labels: Vec<String> = revision.branch_labels().map(|label| label.to_string()).collect();
            let depends_on: Vec<&str> = revision.depends_on().collect();
            let (id, message, path) = (revision.id(), revision.message(), revision.path());
            format!("{id} {down:?} {labels:?} {depends_on:?} {message}, {path}")
        })
        .collect();
    assert_eq!(
        facts,
        [
            "a1 [] [] [] create users, sql_only/versions/a1_create_users.sql",
            r#"b2 ["a1"] ["mail"] [] add email, sql_only/versions/b2.sql"#,
            r#"c3 ["a1"] [] ["mail"] add name, sql_only/versions/c3.sql"#,
            r#"d4 ["b2", "c3"] [] [] join the two, sql_only/versions/d4.sql"#,
        ]
    );
}
