use super::*;
use Dialect::{Mysql, Postgres, Sqlite};
use TokenKind::*;

/// The tokens with their kinds; blanks are left out.
fn kinds(dialect: Dialect, sql: &str) -> Vec<(TokenKind, &str)> {
    tokens(dialect, sql)
        .filter(|token| token.kind != Space)
        .map(|token| (token.kind, &sql[token.span()]))
        .collect()
}

/// The texts of the tokens with ` ¦ ` between them; blanks are left out.
fn cut(dialect: Dialect, sql: &str) -> std::string::String {
    kinds(dialect, sql).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ¦ ")
}

/// Checks what SQLite, PostgreSQL and MySQL make of a text.
fn assert_cuts(sql: &str, [sqlite, postgres, mysql]: [&str; 3]) {
    assert_eq!(cut(Sqlite, sql), sqlite, "SQLite");
    assert_eq!(cut(Postgres, sql), postgres, "PostgreSQL");
    assert_eq!(cut(Mysql, sql), mysql, "MySQL");
}

/// Checks a text of which every dialect makes the same.
fn assert_cut(sql: &str, expected: &str) {
    assert_cuts(sql, [expected; 3]);
}

#[test]
fn every_dialect_doubles_a_quote_in_a_string() {
    assert_cut("'it''s; --' x", "'it''s; --' ¦ x");
    assert_cut("'' ''''x", "'' ¦ '''' ¦ x");
    assert_eq!(kinds(Sqlite, "'a'"), [(String, "'a'")]);
}

#[test]
fn a_backslash_escapes_in_mysql_strings_only() {
    assert_cuts(r"'\' || '\'", [r"'\' ¦ || ¦ '\'", r"'\' ¦ || ¦ '\'", r"'\' || ' ¦ \ ¦ '"]);
}

#[test]
fn a_letter_before_a_string_belongs_to_it_where_the_dialect_says_so() {
    assert_cuts(
        r"x'1f' N'a' b'1' e'\''",
        [
            r"x'1f' ¦ N ¦ 'a' ¦ b ¦ '1' ¦ e ¦ '\''",
            r"x'1f' ¦ N'a' ¦ b'1' ¦ e'\''",
            r"x'1f' ¦ N'a' ¦ b'1' ¦ e ¦ '\''",
        ],
    );
    assert_cuts(
        "u&'\\' U&\"a\"\"b\" u & 'x'",
        [
            "u ¦ & ¦ '\\' ¦ U ¦ & ¦ \"a\"\"b\" ¦ u ¦ & ¦ 'x'",
            "u&'\\' ¦ U&\"a\"\"b\" ¦ u ¦ & ¦ 'x'",
            "u ¦ & ¦ '\\' U&\"a\"\"b\" u & ' ¦ x'",
        ],
    );
    assert_cut("ae'x' _utf8'y'", "ae ¦ 'x' ¦ _utf8 ¦ 'y'");
}

#[test]
fn a_string_on_the_next_line_continues_an_escape_string() {
    assert_eq!(cut(Postgres, "E'a'\n'\\';' x"), "E'a' ¦ '\\';' ¦ x");
    assert_eq!(cut(Postgres, "E'a' -- c\r'\\';'\n'\\';' x"), "E'a' ¦ -- c ¦ '\\';' ¦ '\\';' ¦ x");
    assert_eq!(cut(Postgres, "E'a' '\\' x"), "E'a' ¦ '\\' ¦ x", "on one line");
    assert_eq!(
        cut(Postgres, "E'a'\n/**/'\\' x"),
        "E'a' ¦ /**/ ¦ '\\' ¦ x",
        "after a comment of another kind"
    );
    assert_eq!(cut(Postgres, "'a'\n'\\' x"), "'a' ¦ '\\' ¦ x", "after a plain string");
}

#[test]
fn identifiers_have_the_quotes_of_their_dialect() {
    assert_cuts(
        "\"a\"\"b\" `c``d` [e ; f]",
        [
            "\"a\"\"b\" ¦ `c``d` ¦ [e ; f]",
            "\"a\"\"b\" ¦ ` ¦ c ¦ `` ¦ d ¦ ` ¦ [ ¦ e ¦ ; ¦ f ¦ ]",
            "\"a\"\"b\" ¦ `c``d` ¦ [ ¦ e ¦ ; ¦ f ¦ ]",
        ],
    );
    assert_eq!(kinds(Postgres, "\"a\""), [(Identifier, "\"a\"")]);
    assert_eq!(kinds(Mysql, r#""a\"""#), [(String, r#""a\"""#)]);
}

#[test]
fn a_dollar_quote_ends_at_its_own_tag() {
    assert_eq!(
        kinds(Postgres, "$$a;$b$$ $b$;$$;$a$b$ $é1$;$é1$"),
        [(DollarString, "$$a;$b$$"), (DollarString, "$b$;$$;$a$b$"), (DollarString, "$é1$;$é1$")]
    );
    assert_eq!(
        kinds(Postgres, "a$b$ $1 $12a"),
        [(Word, "a$b$"), (Variable, "$1"), (Variable, "$12"), (Word, "a")]
    );
    assert_eq!(cut(Postgres, "1$a$;$a$ $a b"), "1 ¦ $a$;$a$ ¦ $a ¦ b");
    assert_cuts("$a$b;$", ["$a$b ¦ ; ¦ $", "$a$b;$", "$a$b ¦ ; ¦ $"]);
}

#[test]
fn comments_end_where_their_dialect_ends_them() {
    assert_cuts(
        "a/* /* ; */ b */ c",
        ["a ¦ /* /* ; */ ¦ b ¦ */ ¦ c", "a ¦ /* /* ; */ b */ ¦ c", "a ¦ /* /* ; */ ¦ b ¦ */ ¦ c"],
    );
    assert_cuts("a--b\rc\nd", ["a ¦ --b\rc ¦ d", "a ¦ --b ¦ c ¦ d", "a ¦ - ¦ - ¦ b ¦ c ¦ d"]);
    assert_cut("a -- b'\r\nc --\nd", "a ¦ -- b' ¦ c ¦ -- ¦ d");
}

#[test]
fn a_number_sign_is_a_comment_in_mysql_an_operator_in_postgres_and_a_variable_in_sqlite() {
    assert_cuts("1 #a;\n2", ["1 ¦ #a ¦ ; ¦ 2", "1 ¦ # ¦ a ¦ ; ¦ 2", "1 ¦ #a; ¦ 2"]);
}

#[test]
fn executable_comments_are_lexed_and_hints_are_kept() {
    assert_eq!(
        kinds(Mysql, "/*!50003 CREATE*/ '*/' /*M!100100 a;*/ /*+ h */ /* c */ 1 */ 2"),
        [
            (ExecutableStart, "/*!50003"),
            (Word, "CREATE"),
            (ExecutableEnd, "*/"),
            (String, "'*/'"),
            (ExecutableStart, "/*M!100100"),
            (Word, "a"),
            (Punctuation, ";"),
            (ExecutableEnd, "*/"),
            (Hint, "/*+ h */"),
            (Comment, "/* c */"),
            (Number, "1"),
            (Operator, "*/"),
            (Number, "2"),
        ]
    );
    assert_eq!(
        kinds(Mysql, "/*!1+*/2"),
        [(ExecutableStart, "/*!1"), (Operator, "+"), (ExecutableEnd, "*/"), (Number, "2")]
    );
    assert_eq!(kinds(Sqlite, "/*! a */ /*+ b */"), [(Comment, "/*! a */"), (Comment, "/*+ b */")]);
}

#[test]
fn a_delimiter_line_changes_what_ends_a_statement() {
    assert_eq!(
        kinds(Mysql, "  delimiter // x\nEND// ';//' 3//;\nDELIMITER ;\n;"),
        [
            (Directive, "delimiter // x"),
            (Word, "END"),
            (Delimiter, "//"),
            (String, "';//'"),
            (Number, "3"),
            (Delimiter, "//"),
            (Punctuation, ";"),
            (Word, "DELIMITER"),
            (Punctuation, ";"),
            (Punctuation, ";"),
        ],
        "a line inside a statement is none for the client"
    );
    assert_eq!(
        kinds(Mysql, "DELIMITER '$$'\r\nEND$$a$$\r\nDELIMITER ;\r\n;"),
        [
            (Directive, "DELIMITER '$$'"),
            (Word, "END"),
            (Delimiter, "$$"),
            (Word, "a"),
            (Delimiter, "$$"),
            (Directive, "DELIMITER ;"),
            (Semicolon, ";"),
        ]
    );
    assert_eq!(kinds(Mysql, "SELECT\ndelimiter FROM t").len(), 4, "a column");
    assert_eq!(kinds(Mysql, "delimiter\n;"), [(Directive, "delimiter"), (Semicolon, ";")], "nothing is set");
    assert_eq!(
        kinds(Mysql, "DELIMITER 0123456789abcdefX\n0123456789abcde").last(),
        Some(&(Delimiter, "0123456789abcde")),
        "the client takes 15 bytes"
    );
    assert_eq!(kinds(Sqlite, "DELIMITER //").len(), 2);
}

#[test]
fn numbers_take_what_could_be_read_with_them() {
    assert_cut(
        "1 1.5 .5 1e-5 1.e+5 0x1F+1 1e a.5 1..2",
        "1 ¦ 1.5 ¦ .5 ¦ 1e-5 ¦ 1.e+5 ¦ 0x1F ¦ + ¦ 1 ¦ 1e ¦ a ¦ . ¦ 5 ¦ 1 ¦ . ¦ .2",
    );
    assert_cut("1_000 12ab", "1_000 ¦ 12ab");
}

#[test]
fn variables_and_placeholders_are_one_token() {
    assert_cuts(
        "? ?1 :a @b @@c.d @'e f'",
        [
            "? ¦ ?1 ¦ :a ¦ @b ¦ @ ¦ @c ¦ . ¦ d ¦ @ ¦ 'e f'",
            "? ¦ ? ¦ 1 ¦ : ¦ a ¦ @ ¦ b ¦ @@ ¦ c ¦ . ¦ d ¦ @ ¦ 'e f'",
            "? ¦ ? ¦ 1 ¦ : ¦ a ¦ @b ¦ @@c.d ¦ @'e f'",
        ],
    );
    assert_cut("a::int := 1", "a ¦ :: ¦ int ¦ := ¦ 1");
}

#[test]
fn operators_are_as_long_as_postgres_reads_them() {
    assert_cut(
        "a=-1 b||c d->>'e' f<>-g h|-i !=+- x",
        "a ¦ = ¦ - ¦ 1 ¦ b ¦ || ¦ c ¦ d ¦ ->> ¦ 'e' ¦ f ¦ <> ¦ - ¦ g ¦ h ¦ |- ¦ i ¦ !=+- ¦ x",
    );
    assert_cut("a*/* c */b +-- d", "a ¦ * ¦ /* c */ ¦ b ¦ + ¦ -- d");
    assert_cut("+-+-*-a", "+-+-* ¦ - ¦ a");
    assert_cuts("a@>b?|c", ["a ¦ @ ¦ > ¦ b ¦ ? ¦ | ¦ c", "a ¦ @> ¦ b ¦ ?| ¦ c", "a ¦ @ ¦ > ¦ b ¦ ? ¦ | ¦ c"]);
}

#[test]
fn a_byte_order_mark_is_blank_at_the_start_only() {
    assert_cut("\u{feff}a \u{feff}", "a ¦ \u{feff}");
}

#[test]
fn what_starts_no_token_is_one_of_its_own() {
    assert_eq!(kinds(Sqlite, "\\\0"), [(Other, "\\"), (Other, "\0")]);
}

#[test]
fn only_the_last_token_can_be_left_open() {
    let open = |dialect, sql: &str| {
        let tokens: Vec<_> = tokens(dialect, sql).collect();
        let (last, others) = tokens.split_last().unwrap();
        assert!(others.iter().all(|token| token.closed));
        (!last.closed).then_some((last.kind, last.start, last.end() == sql.len()))
    };
    assert_eq!(open(Sqlite, "x 'a''"), Some((String, 2, true)));
    assert_eq!(open(Mysql, "x 'a\\'"), Some((String, 2, true)));
    assert_eq!(open(Mysql, "x 'a\\"), Some((String, 2, true)));
    assert_eq!(open(Sqlite, "[a"), Some((Identifier, 0, true)));
    assert_eq!(open(Postgres, "$a$ $b$ a$"), Some((DollarString, 0, true)));
    assert_eq!(open(Postgres, "/* /* */"), Some((Comment, 0, true)));
    assert_eq!(open(Mysql, "/*/"), Some((Comment, 0, true)));
    assert_eq!(open(Sqlite, "x 'a'"), None);
}
