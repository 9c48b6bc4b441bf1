//! Laws of what reads text that people write. Each function takes any text and panics where the law does not hold.
//!
//! The property tests of `chain` state the same of texts that are made from fragments; here the text is whatever
//! libFuzzer finds by watching which code it reaches. A text that broke a law belongs in those tests.

mod file;
mod sql;
mod stored;

pub use file::sql_file;
pub use sql::{sql_split, sql_tokens};
pub use stored::stored_table;

use servicekit_chain::Target;
use servicekit_chain::rust_tokens::tokens;
use std::ops::Range;

/// The tokens of Rust source tile it.
pub fn rust_tokens(text: &str) {
    tile(text, tokens(text).map(|token| token.span));
}

/// What a target is written as is read as the same target.
pub fn target(text: &str) {
    if let Ok(target) = text.parse::<Target>() {
        let written = target.to_string();
        assert_eq!(written.parse().as_ref(), Ok(&target), "written as {written:?}");
    }
}

/// The spans leave nothing out, are never empty, follow one another and cut no character in two.
fn tile(text: &str, spans: impl Iterator<Item = Range<usize>>) {
    let mut end = 0;
    for span in spans {
        assert_eq!(span.start, end, "a gap or an overlap");
        assert!(span.end > end, "nothing at {end}");
        assert!(text.is_char_boundary(span.end), "a character cut in two at {}", span.end);
        end = span.end;
    }
    assert_eq!(end, text.len(), "something left out at the end");
}
