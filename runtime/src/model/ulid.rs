//! Identifiers that are ordered by the time they were made.

use sqlx::database::Database;
use sqlx::decode::Decode;
use sqlx::encode::{Encode, IsNull};
use sqlx::error::BoxDynError;
use sqlx::types::Type;
use std::fmt;
use std::str::FromStr;

/// A ULID, stored as its 26 characters.
///
/// ```
/// use servicekit::Ulid;
/// let id = Ulid::generate();
/// assert_eq!(id.to_string().len(), 26);
/// assert_eq!(id.to_string().parse::<Ulid>().unwrap(), id);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ulid([u8; 16]);

impl Ulid {
    /// A new one, of now and of chance.
    pub fn generate() -> Self {
        Self(::ulid::Ulid::generate().to_bytes())
    }

    /// The one of these 16 bytes.
    ///
    /// ```
    /// assert_eq!(servicekit::Ulid::from_bytes([0; 16]).to_string(), "00000000000000000000000000");
    /// ```
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its 16 bytes.
    ///
    /// ```
    /// use servicekit::Ulid;
    /// let id = Ulid::generate();
    /// assert_eq!(Ulid::from_bytes(id.to_bytes()), id);
    /// ```
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }
}

/// A copy; a type of your own around one can have the same, and is then the `id` of an entity.
impl From<&Self> for Ulid {
    fn from(of: &Self) -> Self {
        *of
    }
}

impl fmt::Display for Ulid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(::ulid::Ulid::from_bytes(self.0).array_to_str(&mut [0; ::ulid::ULID_LEN]))
    }
}

impl fmt::Debug for Ulid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ulid({self})")
    }
}

impl FromStr for Ulid {
    type Err = InvalidUlid;

    fn from_str(text: &str) -> Result<Self, InvalidUlid> {
        match ::ulid::Ulid::from_string(text) {
            // The crate drops the bits that are too many.
            Ok(_) if text.as_bytes().first().is_some_and(|first| *first > b'7') => {
                Err(InvalidUlid::Overflow { text: text.to_owned() })
            }
            Ok(id) => Ok(Self(id.to_bytes())),
            Err(source) => Err(InvalidUlid::Text { text: text.to_owned(), source }),
        }
    }
}

/// Why a text is no [`Ulid`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidUlid {
    /// It has another length, or other characters.
    #[error("`{text}` is no ULID, which is 26 digits and letters except I, L, O and U")]
    Text {
        /// The text.
        text: String,
        /// What is wrong with it.
        source: ::ulid::DecodeError,
    },
    /// It is more than 128 bits.
    #[error("`{text}` is no ULID, whose first character is 0 to 7")]
    Overflow {
        /// The text.
        text: String,
    },
}

impl<DB: Database> Type<DB> for Ulid
where
    str: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        <str as Type<DB>>::type_info()
    }

    fn compatible(of: &DB::TypeInfo) -> bool {
        <str as Type<DB>>::compatible(of)
    }
}

impl<'q, DB: Database> Encode<'q, DB> for Ulid
where
    String: Encode<'q, DB>,
{
    fn encode_by_ref(&self, buffer: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.to_string().encode(buffer)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Ulid
where
    &'r str: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(<&str>::decode(value)?.parse()?)
    }
}

#[cfg(feature = "postgres")]
impl sqlx::postgres::PgHasArrayType for Ulid {
    fn array_type_info() -> sqlx::postgres::PgTypeInfo {
        String::array_type_info()
    }

    fn array_compatible(of: &sqlx::postgres::PgTypeInfo) -> bool {
        String::array_compatible(of)
    }
}
