//! How long the names of the runner's own tables may be, before anything is written under a name that was cut.

/// The longest name that a kind of database keeps whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameLimit {
    /// So many bytes in UTF-8; what is longer is cut, without an error.
    Bytes(usize),
    /// So many characters; what is longer is refused.
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
