//! Rust and SQL, painted: texts in it, comments, and what begins a part of it.

use super::lines;
use crate::console::style::Style;
use servicekit::Dialect;
use servicekit_chain::rust_tokens::{self, TokenKind as Rust};
use servicekit_chain::sql::{TokenKind as Sql, tokens};

/// Words that begin an item or a statement of the Rust that is written here.
const ITEMS: [&str; 4] = ["use", "pub", "fn", "let"];

pub(super) fn rust(source: &str, style: Style) -> String {
    let painted = rust_tokens::tokens(source).map(|token| {
        let text = source.get(token.span).unwrap_or_default();
        match token.kind {
            Rust::Comment => style.faint(text),
            Rust::String | Rust::RawString | Rust::ByteString | Rust::RawByteString => style.literal(text),
            Rust::Ident if ITEMS.contains(&text) => style.strong(text),
            _ => text.to_owned(),
        }
    });
    painted.collect()
}

/// A statement, its first word stronger.
pub(super) fn sql(statement: &str, dialect: Dialect, style: Style) -> String {
    let mut is_first = true;
    let painted = tokens(dialect, statement).map(|token| match token.kind {
        Sql::Comment => style.faint(token.text),
        Sql::String | Sql::DollarString => style.literal(token.text),
        Sql::Word if std::mem::take(&mut is_first) => style.strong(token.text),
        _ => token.text.to_owned(),
    });
    painted.collect()
}

/// Statements, each with the semicolon that ends it.
pub(super) fn script(statements: &[String], dialect: Dialect, style: Style) -> String {
    lines(statements.iter().map(|statement| sql(statement, dialect, style) + ";"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::style::{Piece, pieces};

    /// With `<` and `>` where colours begin and end.
    fn shown(painted: &str) -> String {
        let piece = |piece| match piece {
            Piece::Text(text) => text,
            Piece::Codes("\u{1b}[0m") => ">",
            Piece::Codes(_) => "<",
        };
        pieces(painted).into_iter().map(piece).collect()
    }

    #[test]
    fn texts_comments_and_beginnings_are_painted() {
        let source = "pub fn upgrade(op: &mut Operations) {\n    // why\n    op.execute(r#\"SELECT \"pub\" -- fn\"#);\n}\n";
        insta::assert_snapshot!(shown(&rust(source, Style::COLORED)), @r##"
        <pub> <fn> upgrade(op: &mut Operations) {
            <// why>
            op.execute(<r#"SELECT "pub" -- fn"#>);
        }
        "##);
        let statement = "CREATE TABLE \"it's\" (a TEXT DEFAULT 'it''s' /* why */)";
        insta::assert_snapshot!(
            shown(&sql(statement, Dialect::Sqlite, Style::COLORED)),
            @r#"<CREATE> TABLE "it's" (a TEXT DEFAULT <'it''s'> </* why */>)"#
        );
        insta::assert_snapshot!(
            shown(&sql("COMMENT ON TABLE a IS $$it's$$", Dialect::Postgres, Style::COLORED)),
            @"<COMMENT> ON TABLE a IS <$$it's$$>"
        );
    }

    #[test]
    fn without_colours_a_text_stays_as_it_is() {
        let style = Style::for_stream(crate::arguments::Color::Never, true);
        let text = "-- 'a' \"b\n/* $$ r#\"";
        assert_eq!((rust(text, style).as_str(), sql(text, Dialect::Mysql, style).as_str()), (text, text));
    }
}
