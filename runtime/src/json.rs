//! Types of other crates in what a worker sends: each is written as the plain value that it stands for.

use nanoserde::{DeJson, DeJsonErr, DeJsonState, SerJson, SerJsonState};
use servicekit_chain::{Dialect, Direction, Heads, LineColumn, RevisionId, Target};
use std::str::Chars;
use std::time::Duration;

/// Such a value.
#[derive(Debug)]
pub(crate) struct Json<T>(T);

macro_rules! written_as {
    ($($type:ty = $plain:ty, $write:expr, $read:expr;)*) => {$(
        impl From<&$type> for Json<$type> {
            fn from(value: &$type) -> Self {
                Self(value.clone())
            }
        }

        // In variants of an enum, the derive macro takes a reference to one.
        impl From<&&$type> for Json<$type> {
            fn from(value: &&$type) -> Self {
                Self::from(*value)
            }
        }

        impl From<&Json<$type>> for $type {
            fn from(json: &Json<$type>) -> Self {
                json.0.clone()
            }
        }

        impl SerJson for Json<$type> {
            fn ser_json(&self, depth: usize, state: &mut SerJsonState) {
                let write: fn(&$type) -> $plain = $write;
                write(&self.0).ser_json(depth, state);
            }
        }

        impl DeJson for Json<$type> {
            fn de_json(state: &mut DeJsonState, input: &mut Chars<'_>) -> Result<Self, DeJsonErr> {
                let read: fn($plain) -> Option<$type> = $read;
                let value = read(DeJson::de_json(state, input)?);
                value.map(Self).ok_or_else(|| state.err_parse(stringify!($type)))
            }
        }
    )*};
}

written_as! {
    RevisionId = String, ToString::to_string, |id| RevisionId::new(id).ok();
    Heads = Vec<String>,
        |rows| rows.iter().map(ToString::to_string).collect(),
        |rows| rows.into_iter().map(|id| RevisionId::new(id).ok()).collect();
    Target = String, ToString::to_string, |text| Target::parse_several(text.split(' ')).ok();
    Direction = String,
        ToString::to_string,
        |name| [Direction::Upgrade, Direction::Downgrade].into_iter().find(|direction| direction.name() == name);
    Dialect = String, |dialect| dialect.name().to_owned(), |name| Dialect::from_name(&name);
    LineColumn = (u32, u32),
        |position| (position.line, position.column),
        |(line, column)| Some(LineColumn::new(line, column));
    Duration = u64,
        |time| time.as_micros().try_into().unwrap_or(u64::MAX),
        |micros| Some(Duration::from_micros(micros));
}
