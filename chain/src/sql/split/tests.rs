use super::*;
use crate::Dialect;
use Dialect::{Mysql, Postgres, Sqlite};

fn texts(dialect: Dialect, sql: &str) -> Vec<&str> {
    split(dialect, sql).into_iter().map(|statement| statement.text).collect()
}

/// Checks that a text is one statement with a terminator, and that what follows it is not swallowed.
fn assert_one(dialect: Dialect, statement: &str) {
    let sql = format!("{statement};\nSELECT 1;");
    assert_eq!(texts(dialect, &sql), [statement, "SELECT 1"], "{dialect}");
    assert_eq!(unterminated(dialect, &sql), None, "{dialect}: {statement}");
}

/// Checks that something is left open at the first `^` of a text that is otherwise without one.
fn assert_open(dialect: Dialect, marked: &str, kind: UnterminatedKind) {
    let start = marked.find('^').expect("a mark");
    let sql = marked.replace('^', "");
    assert_eq!(unterminated(dialect, &sql), Some(Unterminated { kind, start }), "{dialect}: {sql}");
}

#[test]
fn a_statement_is_cut_out_without_comments_before_it() {
    let sql = "\n-- first\nSELECT 1 /* in */ + 1 -- end\n;;/* ; */\n SELECT ';' ; -- last\n";
    assert_eq!(
        split(Sqlite, sql),
        [
            Statement { text: "SELECT 1 /* in */ + 1 -- end", span: 10..38, piece: 0..40 },
            Statement { text: "SELECT ';'", span: 50..60, piece: 41..62 },
        ]
    );
    let cut: Vec<_> = pieces(Sqlite, sql).collect();
    assert_eq!(cut[1], Piece { span: 40..41, statement: None }, "an empty statement");
    assert_eq!(cut[3], Piece { span: 62..sql.len(), statement: None }, "what is left over");
}

#[test]
fn the_last_terminator_may_be_missing() {
    for dialect in Dialect::ALL {
        assert_eq!(texts(dialect, "SELECT 1; SELECT 2 -- x"), ["SELECT 1", "SELECT 2 -- x"]);
        assert_eq!(texts(dialect, " -- nothing\n"), [""; 0]);
    }
}

#[test]
fn semicolons_in_quotes_and_comments_end_nothing() {
    for dialect in Dialect::ALL {
        assert_one(dialect, "SELECT ';', \";\", ''';''' /* ; */ FROM t -- ;\n WHERE x = 1");
    }
    assert_one(Sqlite, "SELECT [;], `;`, x';'");
    assert_one(Mysql, r#"SELECT '\';', ";", "\";", `;` # ;'"#.replace("# ;'", "# ;'\n + 1").as_str());
    assert_one(Postgres, r"SELECT E'\';', U&';', $$;$$, $a$;$$;$a$ /* /* */ ; */ + 1");
}

#[test]
fn a_transaction_is_no_block() {
    for dialect in Dialect::ALL {
        assert_eq!(texts(dialect, "BEGIN; SELECT 1; END; COMMIT"), ["BEGIN", "SELECT 1", "END", "COMMIT"]);
    }
}

#[test]
fn sqlite_ends_a_trigger_at_its_end() {
    assert_one(
        Sqlite,
        "CREATE TRIGGER a AFTER INSERT ON t BEGIN\n  UPDATE t SET x = CASE WHEN y THEN 1 END; -- END;\n  SELECT 1;\nEND",
    );
    assert_one(
        Sqlite,
        "create temporary trigger if not exists [;] after insert on t begin select 1 end; end",
    );
    assert_one(Sqlite, "EXPLAIN QUERY PLAN CREATE TEMP TRIGGER a DELETE ON t BEGIN SELECT 1; END");
    assert_eq!(texts(Sqlite, "CREATE TABLE trigger_begin (x); END;").len(), 2);
    assert_eq!(texts(Sqlite, "DROP TRIGGER a; CREATE INDEX trigger ON t (x); SELECT 1").len(), 3);
}

#[test]
fn postgres_ends_a_routine_at_the_end_of_its_atomic_block() {
    assert_one(
        Postgres,
        "CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC\n  SELECT CASE WHEN a THEN CASE a WHEN 1 THEN 2 END END;\n  SELECT 1 AS end, t.case FROM t AS begin;\nEND",
    );
    assert_one(Postgres, "CREATE PROCEDURE p() BEGIN /* ; */ ATOMIC END");
    assert_one(
        Postgres,
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    );
    assert_eq!(texts(Postgres, "CREATE FUNCTION f() RETURNS int RETURN 1; BEGIN; COMMIT").len(), 3);
}

#[test]
fn postgres_keeps_the_statements_of_a_rule_together() {
    assert_one(Postgres, "CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (SELECT (1); DELETE FROM u;)");
    assert_eq!(
        texts(Postgres, "CREATE VIEW v AS SELECT (1; SELECT 2)").len(),
        2,
        "nothing else is held together"
    );
}

#[test]
fn mysql_ends_a_stored_program_at_the_end_of_its_body() {
    for statement in [
        "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END",
        "CREATE DEFINER=`root`@`localhost` PROCEDURE p(IN a ENUM('x;', 'y')) COMMENT ';' NOT DETERMINISTIC READS SQL DATA x: BEGIN END x",
        "CREATE OR REPLACE DEFINER = admin@'%' PROCEDURE IF NOT EXISTS p() SQL SECURITY INVOKER IF 1 THEN SELECT 1; END IF",
        "CREATE FUNCTION f(a INT) RETURNS VARCHAR(9) CHARACTER SET utf8mb4 RETURN CASE WHEN a THEN IF(a, 1, 2) END",
        "CREATE AGGREGATE FUNCTION f(x INT) RETURNS INT CASE x WHEN 1 THEN RETURN 1; ELSE RETURN 2; END CASE",
        "CREATE TRIGGER t BEFORE INSERT ON u FOR EACH ROW SET NEW.a = IF(NEW.b, REPEAT('x', 2), 3)",
        "CREATE TRIGGER t AFTER UPDATE ON u FOR EACH ROW PRECEDES begin BEGIN DELETE FROM v; END",
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; END",
        "ALTER EVENT e DO WHILE 1 DO SELECT 1; END WHILE",
        "BEGIN NOT ATOMIC SELECT 1; IF 1 THEN SELECT 2; END IF; END",
        "x: LOOP LEAVE x; END LOOP",
    ] {
        assert_one(Mysql, statement);
    }
}

#[test]
fn mysql_tells_blocks_from_functions_and_names() {
    assert_one(
        Mysql,
        "CREATE PROCEDURE p() BEGIN
           DECLARE a INT DEFAULT CASE WHEN b.end THEN IF(1, 2, 3) ELSE 4 END;
           DECLARE c CURSOR FOR SELECT begin, end FROM t;
           DECLARE CONTINUE HANDLER FOR NOT FOUND, SQLSTATE VALUE '42S02', gone BEGIN SET a = 1; END;
           DECLARE EXIT HANDLER FOR 1062 SET a = IF(1, 2, 3);
           DROP TABLE IF EXISTS t;
           IF a > 1 THEN SET a = REPEAT('x', 2); ELSEIF a THEN BEGIN END; ELSE SET a = 2; END IF;
           CASE a WHEN 1 THEN SET a = 2; ELSE BEGIN SET a = 3; END; END CASE;
           l: LOOP LEAVE l; END LOOP l;
           REPEAT SET a = a - 1; UNTIL a < 3 END REPEAT;
           WHILE a > 1 DO SET a = a - 1; END WHILE;
           FOR i IN 1..2 DO SELECT i; END FOR;
           DO IF(1, 2, 3);
         END",
    );
}

#[test]
fn mysql_keeps_executable_comments_whole() {
    assert_one(
        Mysql,
        "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t AFTER DELETE ON u FOR EACH ROW BEGIN SELECT 1; END */",
    );
    assert_one(Mysql, "/*!40101 SET a = ';' */");
}

#[test]
fn a_delimiter_line_is_no_statement() {
    let sql = "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\n-- c\nSELECT 1; SELECT 2 //\nDELIMITER ;\nSELECT 3;\n";
    assert_eq!(
        texts(Mysql, sql),
        ["CREATE PROCEDURE p() BEGIN SELECT 1; END", "SELECT 1; SELECT 2", "SELECT 3"]
    );
    assert_eq!(unterminated(Mysql, sql), None);
    let dump = "DELIMITER ;;\n/*!50003 CREATE*/ /*!50003 TRIGGER t BEFORE INSERT ON u FOR EACH ROW BEGIN\nSET @a = 1;\nEND */;;\nDELIMITER ;\n";
    assert_eq!(texts(Mysql, dump).len(), 1);
    assert_eq!(unterminated(Mysql, dump), None);
}

#[test]
fn what_is_left_open_is_found_where_it_opens() {
    use UnterminatedKind::{Block, Comment, DollarString, Identifier, Parenthesis, String};
    for dialect in Dialect::ALL {
        assert_open(dialect, "SELECT 1; SELECT ^'a;\nSELECT 2;", String);
        assert_open(dialect, "SELECT 1 ^/* a;\nSELECT 2;", Comment);
    }
    assert_open(Sqlite, "SELECT ^[a; SELECT 2", Identifier);
    assert_open(Postgres, "SELECT ^\"a; SELECT 2", Identifier);
    assert_open(Postgres, "SELECT $$a$$, ^$b$ $$;", DollarString);
    assert_open(Mysql, "SELECT ^'a\\'; SELECT 1", String);
    assert_open(Mysql, "^/*!40101 SET a = 1; SELECT 1", Comment);
    assert_open(Sqlite, "CREATE TRIGGER t AFTER INSERT ON u ^BEGIN SELECT 1; SELECT 2;", Block);
    assert_open(Sqlite, "CREATE ^TRIGGER t; SELECT 2;", Block);
    assert_open(
        Postgres,
        "CREATE FUNCTION f() ^BEGIN ATOMIC SELECT CASE WHEN 1 THEN 2; END; SELECT 1;",
        Block,
    );
    assert_open(Postgres, "CREATE RULE r AS ON UPDATE TO t DO ^(SELECT 1; SELECT (2);", Parenthesis);
    assert_open(Mysql, "CREATE PROCEDURE p() ^BEGIN IF 1 THEN SELECT 1; END IF; SELECT 2;", Block);
    assert_open(Mysql, "CREATE PROCEDURE p() BEGIN SELECT 1; ^IF 1 THEN SELECT 1;", Block);
}
