//! File names, ids and messages that are no identifiers; byte order marks and CRLF line ends.

servicekit::migrations!("odd_names");

#[test]
fn ids_get_constants_all_the_same() {
    let ids =
        [rev::R_2024_01_x323032342E3031, rev::R_2024_01_x323032345F3031, rev::R_FN, rev::R___, rev::PREMI_RE];
    assert_eq!(ids.map(|id| id.to_string()), ["2024.01", "2024_01", "fn", "éé", "2024.01"]);
    let of_rust = MIGRATIONS.revisions().iter().find(|revision| revision.id() == "éé").unwrap();
    assert_eq!(of_rust.message(), r#"add "quotes" & {braces} \\n"#);
}
