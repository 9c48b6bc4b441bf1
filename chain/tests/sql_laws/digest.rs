//! What a digest sees and what it does not.

use super::generate::{any_text, script};
use proptest::prelude::*;
use proptest::sample::Index;
use servicekit_chain::digest::{DigestSection, digest_sql};
use servicekit_chain::sql::{TokenKind, tokens};
use servicekit_chain::{Dialect, Digest, Direction};
use sha2::Digest as _;

fn digest(dialects: &[Dialect], sql: &str) -> Digest {
    digest_sql(true, [DigestSection { direction: Direction::Upgrade, dialects, sql }])
}

/// The same once more, word for word as the documentation has it and with no shortcut.
fn digest_by_the_book(dialects: &[Dialect], sql: &str) -> [u8; 32] {
    let mut stream = b"sql 1\xff\xfdupgrade\xff".to_vec();
    for dialect in dialects {
        stream.extend_from_slice(dialect.name().as_bytes());
        stream.push(0xff);
    }
    stream.push(0xfd);
    let read = if dialects.is_empty() { &Dialect::ALL[..] } else { dialects };
    let lists: Vec<_> = read.iter().map(|dialect| list(*dialect, sql)).collect();
    for (index, list) in lists.iter().enumerate() {
        if index > 0 && *list == lists[0] {
            stream.push(0xfc);
        } else {
            stream.extend_from_slice(list);
        }
    }
    sha2::Sha256::digest(stream).into()
}

fn list(dialect: Dialect, sql: &str) -> Vec<u8> {
    // The tokens that count, as (text, whether it is a string in single quotes, what stands before it).
    let mut found: Vec<(String, bool, String)> = Vec::new();
    let mut before = String::new();
    for token in tokens(dialect, sql) {
        let text = &sql[token.span()];
        match token.kind {
            TokenKind::Space | TokenKind::Comment => before.push_str(text),
            TokenKind::Directive => {}
            kind => {
                let terminator = matches!(kind, TokenKind::Semicolon | TokenKind::Delimiter) || text == ";";
                let text = if terminator { ";".to_owned() } else { text.replace("\r\n", "\n") };
                let is_string = kind == TokenKind::String && !text.starts_with('"');
                found.push((text, is_string, std::mem::take(&mut before)));
            }
        }
    }
    while found.first().is_some_and(|(text, ..)| text == ";") {
        found.remove(0);
    }
    while found.last().is_some_and(|(text, ..)| text == ";") {
        found.pop();
    }
    found.dedup_by(|next, kept| next.0 == ";" && kept.0 == ";");
    let mut list = Vec::new();
    for (index, (text, is_string, _)) in found.iter().enumerate() {
        list.extend_from_slice(text.as_bytes());
        let on_two_lines = *is_string
            && found
                .get(index + 1)
                .is_some_and(|(_, is_string, before)| *is_string && before.contains(['\n', '\r']));
        list.push(if on_two_lines { 0xfe } else { 0xff });
    }
    list.push(0xfd);
    list
}

proptest! {
    #[test]
    fn the_digest_is_the_documented_one(sql in any_text()) {
        for dialects in [&[][..], &Dialect::ALL[..1], &Dialect::ALL[1..2], &Dialect::ALL[2..], &Dialect::ALL[1..]] {
            prop_assert_eq!(*digest(dialects, &sql).as_bytes(), digest_by_the_book(dialects, &sql));
        }
    }

    #[test]
    fn line_ends_do_not_change_the_digest_of_any_text(sql in any_text()) {
        let unix = sql.replace('\r', "");
        let windows = unix.replace('\n', "\r\n");
        for dialects in [&[][..], &Dialect::ALL[..1], &Dialect::ALL[1..2], &Dialect::ALL[2..]] {
            prop_assert_eq!(digest(dialects, &windows), digest(dialects, &unix));
        }
    }

    #[test]
    fn other_blanks_and_comments_do_not_change_the_digest((dialect, sql) in script(), choices in proptest::collection::vec(any::<Index>(), 1..20)) {
        let mut choices = choices.iter().cycle();
        let mut edited = String::new();
        for token in tokens(dialect, sql) {
            let text = &sql[token.span()];
            if token.kind == TokenKind::Space {
                let others: &[&str] = if text.contains('\n') {
                    &["\n", "\r\n\t", "\n-- it's; $1 \\\n", "\r\n\r\n"]
                } else {
                    &[" ", "\t ", " /* `it's`; */ ", "/**/"]
                };
                edited.push_str(choices.next().map_or(text, |choice| *choice.get(others)));
            } else if token.kind != TokenKind::Comment {
                edited.push_str(text);
            } else {
                edited.push(' ');
            }
        }
        prop_assert_eq!(digest(&[dialect], &edited), digest(&[dialect], sql), "{}", edited);
    }

    #[test]
    fn one_letter_more_in_any_token_changes_the_digest((dialect, sql) in script(), place in any::<Index>()) {
        let counting: Vec<_> = tokens(dialect, sql)
            .filter(|token| {
                matches!(
                    token.kind,
                    TokenKind::Word | TokenKind::Identifier | TokenKind::String | TokenKind::DollarString | TokenKind::Hint
                        | TokenKind::Number | TokenKind::Variable
                )
            })
            .collect();
        let token = place.get(&counting);
        let quoted = !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Variable);
        let mut edited = sql.to_owned();
        edited.insert(if quoted { token.start + 1 + sql[token.span()].find(['\'', '"', '`', '[', '$', '*']).unwrap_or(0) } else { token.end() }, 'z');
        prop_assert_ne!(digest(&[dialect], &edited), digest(&[dialect], sql), "{}", edited);
        prop_assert_ne!(digest(&[], &edited), digest(&[], sql), "{}", edited);
    }
}
