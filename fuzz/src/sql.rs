//! Laws of the SQL lexers and of the cut into statements.

use crate::tile;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{
    LexicalMode, ModeSetting, TokenKind, left_open, pieces, split, split_following, tokens, unterminated,
};

/// Every mode of every dialect.
fn modes() -> impl Iterator<Item = LexicalMode> {
    Dialect::ALL.into_iter().flat_map(LexicalMode::all)
}

/// In every dialect and mode the tokens tile the text, and only the last one may be left open.
pub fn sql_tokens(text: &str) {
    for mode in modes() {
        tile(text, tokens(mode, text).map(|token| token.span()));
        for token in tokens(mode, text) {
            assert!(token.closed || token.end() == text.len(), "{mode:?}: something after {token:?}");
        }
        if !text.contains('\\') {
            let default = LexicalMode::from(mode.dialect);
            let same = tokens(mode, text)
                .map(|token| token.span())
                .eq(tokens(default, text).map(|token| token.span()));
            assert!(same, "{mode:?}: without a backslash it does not matter what one is");
        }
    }
}

/// The pieces tile the text, hold their statements and nothing else that counts, and a statement is one by itself.
pub fn sql_split(text: &str) {
    for mode in modes() {
        tile(text, pieces(mode, text).map(|piece| piece.span));
        let statements = split(mode, text);
        let mut end = 0;
        for statement in &statements {
            assert_eq!(text.get(statement.span.clone()), Some(statement.text), "{mode:?}");
            assert!(end <= statement.piece.start, "{mode:?}: {statement:?} begins before {end}");
            assert!(statement.piece.start <= statement.span.start, "{mode:?}: {statement:?}");
            assert!(statement.span.end <= statement.piece.end, "{mode:?}: {statement:?}");
            end = statement.piece.end;
            is_one_by_itself(mode, statement.text);
        }
        nothing_is_left_out(mode, text);
        let open = unterminated(mode, text);
        assert!(open.is_none_or(|open| text.is_char_boundary(open.start)), "{mode:?}: {open:?}");
    }
    for dialect in Dialect::ALL {
        let open = left_open(dialect, text);
        assert!(open.is_none_or(|open| text.is_char_boundary(open.start)), "{dialect}: {open:?}");
        follows(dialect, text);
    }
}

fn is_one_by_itself(mode: LexicalMode, statement: &str) {
    // A `DELIMITER` line before it or that it comes to be, a byte order mark that comes to stand first, and dashes that
    // come to stand last (which MySQL takes for a comment then) change how a text is read.
    let is_delimiter = |start: &str| start.eq_ignore_ascii_case("DELIMITER");
    let depends_on_place = statement.starts_with('\u{feff}')
        || mode.dialect == Dialect::Mysql
            && (statement.get(.."DELIMITER".len()).is_some_and(is_delimiter)
                || statement.ends_with("--")
                || statement.contains(';'));
    if !depends_on_place {
        let again: Vec<&str> = split(mode, statement).into_iter().map(|again| again.text).collect();
        assert_eq!(again, [statement], "{mode:?}");
    }
}

fn nothing_is_left_out(mode: LexicalMode, text: &str) {
    let mut statements = pieces(mode, text).filter_map(|piece| piece.statement).peekable();
    for token in tokens(mode, text) {
        let counts = !token.kind.is_trivia()
            && !matches!(token.kind, TokenKind::Directive | TokenKind::Semicolon | TokenKind::Delimiter);
        while statements.next_if(|statement| statement.end <= token.start).is_some() {}
        let is_inside = statements
            .peek()
            .is_some_and(|statement| statement.start <= token.start && token.end() <= statement.end);
        assert!(!counts || is_inside, "{mode:?}: {token:?} is in no statement");
    }
}

/// Following the settings that a text makes loses nothing of it either.
fn follows(dialect: Dialect, text: &str) {
    match split_following(&ModeSetting::from(dialect), text) {
        Ok(read) => {
            let mut end = 0;
            for read in read {
                let statement = read.statement;
                assert_eq!(text.get(statement.span.clone()), Some(statement.text), "{dialect}");
                assert!(
                    end <= statement.piece.start && statement.piece.end <= text.len(),
                    "{dialect}: {statement:?}"
                );
                end = statement.piece.end;
            }
        }
        Err(problem) => {
            let is_inside = problem.span.as_ref().is_none_or(|span| text.get(span.clone()).is_some());
            assert!(is_inside, "{dialect}: {problem:?}");
        }
    }
}
