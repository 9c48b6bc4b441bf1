//! A statement as the database reads it: its tokens, with names out of their quotes.

use servicekit_chain::sql::{LexicalMode, TokenKind, tokens};
use std::ops::Range;

/// A token that counts.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) kind: TokenKind,
    /// What it says, without quotes.
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

impl Word {
    /// Whether it says this, in any case, quoted or not: where a name is due, SQLite takes strings too.
    pub(crate) fn says(&self, text: &str) -> bool {
        self.text.eq_ignore_ascii_case(text)
    }
}

/// The tokens of a statement that are neither blanks nor comments.
pub(crate) fn words(mode: impl Into<LexicalMode>, sql: &str) -> impl Iterator<Item = Word> {
    tokens(mode, sql).filter(|token| !token.kind.is_trivia()).map(|token| {
        // SQLite takes a byte order mark for a blank wherever a token can begin.
        let text = sql.get(token.span.clone()).unwrap_or_default().trim_start_matches('\u{feff}');
        Word { kind: token.kind, text: plain(token.kind, text), span: token.span }
    })
}

fn plain(kind: TokenKind, text: &str) -> String {
    if !matches!(kind, TokenKind::Identifier | TokenKind::String) {
        return text.to_owned();
    }
    let mut inner = text.chars();
    let (Some(open), Some(close)) = (inner.next(), inner.next_back()) else { return text.to_owned() };
    if open == '[' {
        return inner.as_str().to_owned();
    }
    inner.as_str().replace(&format!("{close}{close}"), &close.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use servicekit_chain::Dialect;

    #[test]
    fn names_lose_their_quotes_and_nothing_else() {
        let texts = |sql| words(Dialect::Sqlite, sql).map(|word| word.text).collect::<Vec<_>>();
        assert_eq!(
            texts("a /* b */ \"c\"\"d\" [e\"\"f] `g``h` 'i''j'"),
            ["a", "c\"d", "e\"\"f", "g`h", "i'j"]
        );
        assert_eq!(texts("\u{feff}COMMIT \"\" \"unclosed"), ["COMMIT", "", "unclose"]);
        assert_eq!(texts("\""), ["\""]);
    }
}
