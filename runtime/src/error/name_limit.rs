//! The maximum length of the names of the bookkeeping tables.

/// The longest name that a kind of database allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameLimit {
    /// The number of bytes in UTF-8; longer names are truncated without an error.
    Bytes(usize),
    /// The number of characters; longer names are refused.
    Characters(usize),
}

impl NameLimit {
    /// The length of a name, as this limit counts.
    fn length(self, name: &str) -> usize {
        match self {
            Self::Bytes(_) => name.len(),
            Self::Characters(_) => name.chars().count(),
        }
    }

    /// How a name is longer than it may be, for a message.
    pub(crate) fn exceeded(self, name: &str) -> String {
        let (most, unit) = match self {
            Self::Bytes(most) => (most, "bytes"),
            Self::Characters(most) => (most, "characters"),
        };
        format!("`{name}` is {} {unit} long, and a name has at most {most}", self.length(name))
    }

    pub(crate) fn is_exceeded(self, name: &str) -> bool {
        let (Self::Bytes(most) | Self::Characters(most)) = self;
        self.length(name) > most
    }
}
