use super::*;
use crate::sql::{Backslash, DoubleQuotes, split};

const NO_ESCAPES: &str = "NO_BACKSLASH_ESCAPES";

fn texts(setting: &ModeSetting, sql: &str) -> Result<Vec<String>, ModeProblemKind> {
    let found = split_following(setting, sql).map_err(|problem| problem.kind)?;
    Ok(found.into_iter().map(|read| read.statement.text.to_owned()).collect())
}

fn mysql(sql: &str) -> Result<Vec<String>, ModeProblemKind> {
    texts(&Dialect::Mysql.into(), sql)
}

fn postgres(sql: &str) -> Result<Vec<String>, ModeProblemKind> {
    texts(&Dialect::Postgres.into(), sql)
}

/// A text whose last two statements are two only where a backslash is a character.
const PATHS: &str = r"INSERT INTO a VALUES ('C:\'); INSERT INTO a VALUES ('D:\')";
/// And where it escapes.
const QUOTES: &str = r"INSERT INTO a VALUES ('it\'s; one'); DELETE FROM a";

#[test]
fn a_server_without_escapes_reads_as_it_says() {
    let setting = ModeSetting::new(Dialect::Mysql, NO_ESCAPES, NO_ESCAPES);
    assert_eq!(texts(&setting, PATHS).unwrap().len(), 2);
    assert_eq!(mysql(QUOTES).unwrap().len(), 2);
    let off = ModeSetting::new(Dialect::Postgres, "off", "off");
    assert_eq!(texts(&off, QUOTES).unwrap().len(), 2);
    assert_eq!(postgres(PATHS).unwrap().len(), 2);
}

#[test]
fn a_mode_that_is_set_counts_for_what_follows_however_it_is_said() {
    for set in [
        "SET sql_mode = 'NO_BACKSLASH_ESCAPES'",
        "set @@sql_mode := \"no_backslash_escapes\"",
        "SET SESSION sql_mode = NO_BACKSLASH_ESCAPES",
        "SET @@SESSION.`sql_mode` = CONCAT(@@sql_mode, ',', 'NO_BACKSLASH_ESCAPES')",
        "SET @a = 1, LOCAL sql_mode = (SELECT CONCAT_WS(',', @@sql_mode, 'NO_BACKSLASH_ESCAPES'))",
        "/*!40101 SET SQL_MODE='NO_BACKSLASH_ESCAPES' */",
        "SET sql_mode = REPLACE('ANSI_QUOTES,NO_BACKSLASH_ESCAPES', 'ANSI_QUOTES,', '')",
    ] {
        let found = mysql(&format!("{set};\n{PATHS}"));
        assert_eq!(found.unwrap().len(), 3, "{set}");
    }
    for set in [
        "SET standard_conforming_strings = off",
        "SET SESSION \"standard_conforming_strings\" TO 'off'",
        "set Standard_Conforming_Strings to false",
        "SET standard_conforming_strings = 0",
        "SELECT pg_catalog.set_config('standard_conforming_strings', 'off', false)",
    ] {
        let found = postgres(&format!("{set};\n{QUOTES}"));
        assert_eq!(found.unwrap().len(), 3, "{set}");
    }
}

#[test]
fn what_changes_no_mode_of_the_session_changes_nothing() {
    for other in [
        "SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES'",
        "SET @sql_mode = 'NO_BACKSLASH_ESCAPES'",
        "SET STATEMENT sql_mode = 'NO_BACKSLASH_ESCAPES' FOR SELECT 1",
        "SELECT 'SET sql_mode = NO_BACKSLASH_ESCAPES'",
        "CREATE PROCEDURE p() BEGIN SET sql_mode = 'NO_BACKSLASH_ESCAPES'; END",
        "SET @@GLOBAL.sql_mode = 'NO_BACKSLASH_ESCAPES', @a = 1",
    ] {
        assert_eq!(mysql(&format!("{other};\n{QUOTES}")).unwrap().len(), 3, "{other}");
    }
    for other in [
        "ALTER DATABASE a SET standard_conforming_strings = off",
        "SELECT 'standard_conforming_strings'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET standard_conforming_strings = off AS 'SELECT 1'",
    ] {
        assert_eq!(postgres(&format!("{other};\n{PATHS}")).unwrap().len(), 3, "{other}");
    }
}

#[test]
fn a_dump_that_keeps_the_mode_in_a_variable_is_followed_to_its_end() {
    let dump = format!(
        "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO,NO_BACKSLASH_ESCAPES' */;\n\
         {PATHS};\n/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;\n{QUOTES}"
    );
    assert_eq!(mysql(&dump).unwrap().len(), 6);
    let kept = format!("SELECT @@sql_mode INTO @kept; SET sql_mode = 'NO_BACKSLASH_ESCAPES'; {PATHS};\n");
    assert_eq!(mysql(&format!("{kept}SET sql_mode = @kept; {QUOTES}")).unwrap().len(), 7);
    assert_eq!(mysql(&format!("{kept}SET sql_mode = DEFAULT; {QUOTES}")).unwrap().len(), 7);
    let off = ModeSetting::new(Dialect::Postgres, "off", "on");
    for back in
        ["RESET standard_conforming_strings", "RESET ALL", "SET standard_conforming_strings TO DEFAULT"]
    {
        assert_eq!(texts(&off, &format!("{QUOTES}; {back}; {PATHS}")).unwrap().len(), 5, "{back}");
    }
}

#[test]
fn what_cannot_be_told_matters_only_where_the_readings_differ() {
    for set in [
        "SET sql_mode = (SELECT mode FROM modes)",
        "SET sql_mode = @unknown",
        "SET @@session . sql_mode = 'ANSI_QUOTES'",
        "SET sql_mode = 1048576",
        "/*!80000 SET sql_mode = 'NO_BACKSLASH_ESCAPES' */",
        "SET @s = 'SET sql_mode = x'; PREPARE p FROM @s; EXECUTE p",
    ] {
        let alike =
            mysql(&format!("{set}; INSERT INTO a VALUES ('it''s'); SELECT \"a\", 'b\\\\'; DELETE FROM a"));
        assert!(alike.is_ok(), "{set}");
        assert_eq!(mysql(&format!("{set}; SELECT 1; {PATHS}")), Err(ModeProblemKind::Unknown), "{set}");
        assert_eq!(mysql(&format!("{set}; {QUOTES}")), Err(ModeProblemKind::Unknown), "{set}");
        let settled = mysql(&format!("{set}; SET sql_mode = ''; {QUOTES}"));
        assert!(settled.is_ok(), "{set}");
    }
    let unknown = "DO $$ BEGIN SET standard_conforming_strings = off; END $$";
    assert_eq!(postgres(&format!("{unknown}; {QUOTES}")), Err(ModeProblemKind::Unknown));
    assert_eq!(postgres(&format!("{unknown}; SELECT 'a'; DELETE FROM a")).unwrap().len(), 3);
    assert_eq!(
        postgres(&format!("SET LOCAL standard_conforming_strings = off; {QUOTES}")),
        Err(ModeProblemKind::Unknown)
    );
}

#[test]
fn the_problem_is_where_the_mode_was_set() {
    let sql = format!("SELECT 1; SET sql_mode = @a; {PATHS}");
    let problem = split_following(&Dialect::Mysql.into(), &sql).unwrap_err();
    assert_eq!(problem.span.map(|span| &sql[span]), Some("SET sql_mode = @a"));
}

#[test]
fn a_program_in_oracle_s_words_is_refused_and_nothing_else() {
    let oracle = |sql: &str| mysql(&format!("SET sql_mode = 'ORACLE'; {sql}"));
    for program in [
        "CREATE OR REPLACE PROCEDURE p AS BEGIN NULL; END;",
        "CREATE PACKAGE p AS x INT; END;",
        "BEGIN NULL; END;",
        "DECLARE x INT; BEGIN NULL; END;",
        "<<a>> LOOP EXIT; END LOOP;",
    ] {
        assert_eq!(oracle(program), Err(ModeProblemKind::OracleProgram), "{program}");
    }
    for other in [
        "CREATE TABLE \"a\" (x INT)",
        "INSERT INTO a VALUES ('BEGIN')",
        "SET sql_mode = ''; BEGIN NOT ATOMIC SELECT 1; END",
    ] {
        assert!(oracle(other).is_ok(), "{other}");
    }
}

#[test]
fn what_follows_a_change_is_sent_apart_from_it() {
    let sql = "SELECT 1; SET standard_conforming_strings = off; SELECT 2; SELECT 3";
    let found = split_following(&Dialect::Postgres.into(), sql).unwrap();
    let apart: Vec<bool> = found.iter().map(|read| read.is_apart).collect();
    assert_eq!(apart, [false, false, true, false]);
    let backslashes: Vec<_> = found.iter().map(|read| read.mode.backslash).collect();
    assert_eq!(backslashes[1..3], [Backslash::Character, Backslash::Escape]);
}

#[test]
fn names_and_strings_change_places_with_their_quotes() {
    let sql =
        "SET sql_mode = 'ANSI_QUOTES'; CREATE TABLE \"pa\\\" (\"v;'\" INT); INSERT INTO a VALUES ('it\\'s;')";
    let found = split_following(&Dialect::Mysql.into(), sql).unwrap();
    assert_eq!(found.len(), 3);
    assert_eq!(found[1].mode.double_quotes, DoubleQuotes::Identifier);
    let names: Vec<String> = classify(found[1].mode, found[1].statement.text)
        .objects
        .into_iter()
        .map(|object| object.name.name)
        .collect();
    assert_eq!(names, ["pa\\"]);
}

#[test]
fn what_is_left_open_is_found_in_the_mode_that_the_text_sets() {
    assert!(left_open(Dialect::Mysql, PATHS).is_some());
    assert_eq!(left_open(Dialect::Mysql, QUOTES), None);
    assert!(left_open(Dialect::Mysql, "SELECT 'C:\\temp; SELECT 1").is_some());
    assert!(left_open(Dialect::Postgres, "SELECT 'it's'").is_some());
    let mixed = format!("{QUOTES}; SET sql_mode = 'NO_BACKSLASH_ESCAPES'; {PATHS}");
    assert_eq!(left_open(Dialect::Mysql, &mixed), None);
    let open = format!("SET sql_mode = 'NO_BACKSLASH_ESCAPES'; {PATHS}; SELECT 'open");
    assert_eq!(left_open(Dialect::Mysql, &open).map(|open| open.start), open.rfind('\''));
}

#[test]
fn without_a_word_of_modes_it_is_a_plain_split() {
    for dialect in Dialect::ALL {
        let sql = format!("{QUOTES}; {PATHS}; DELIMITER //\nSELECT 1; SELECT 2//\n");
        let plain: Vec<_> = split(dialect, &sql);
        let followed = split_following(&dialect.into(), &sql).unwrap();
        assert_eq!(followed.into_iter().map(|read| read.statement).collect::<Vec<_>>(), plain);
    }
}

#[test]
fn a_mode_is_followed_over_several_texts() {
    let mut follower = ModeFollower::new(&Dialect::Mysql.into());
    assert_eq!(follower.split("SET sql_mode = 'NO_BACKSLASH_ESCAPES'").unwrap().len(), 1);
    let paths = follower.split(PATHS).unwrap();
    assert_eq!(paths.iter().map(|read| read.is_apart).collect::<Vec<_>>(), [true, false]);
    assert_eq!(follower.modes().len(), 1);
    follower.split("SET sql_mode = @a").unwrap();
    assert_eq!(follower.split(QUOTES), Err(ModeProblem { kind: ModeProblemKind::Unknown, span: None }));
}

#[test]
fn a_session_that_takes_parts_of_characters_for_backslashes_is_given_ascii_only() {
    let behind = |set: &str, sql: &str| {
        let dialect = if set.contains("client_encoding") { Dialect::Postgres } else { Dialect::Mysql };
        texts(&dialect.into(), &format!("{set}; {sql}")).map(|texts| texts.len())
    };
    for set in [
        "SET NAMES gbk",
        "SET NAMES 'SJIS' COLLATE 'sjis_bin'",
        "SET CHARACTER SET big5",
        "SET @a = 1, character_set_client = cp932",
        "SET @@session.character_set_client = 'gbk'",
        "SET client_encoding = 'SJIS'",
        "SET client_encoding TO 'Shift_JIS_2004'",
        "SELECT set_config('client_encoding', 'GB18030', false)",
    ] {
        assert_eq!(behind(set, "INSERT INTO a VALUES ('é')"), Err(ModeProblemKind::Encoding), "{set}");
        assert_eq!(behind(set, "INSERT INTO a VALUES ('e')"), Ok(2), "{set}");
        let back = if set.contains("client_encoding") {
            "SET client_encoding = 'UTF8'"
        } else {
            "SET NAMES utf8mb4"
        };
        assert_eq!(behind(set, &format!("{back}; INSERT INTO a VALUES ('é')")), Ok(3), "{set}");
    }
    for set in [
        "SET NAMES latin1",
        "SET client_encoding = 'LATIN1'",
        "SET @gbk = 'names'",
        "SELECT 'client_encoding', 'gbk'",
    ] {
        assert_eq!(behind(set, "INSERT INTO a VALUES ('é')"), Ok(2), "{set}");
    }
}
