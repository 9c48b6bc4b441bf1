//! The destination of a run.

use crate::json::Json;
use nanoserde::{DeJson, SerJson};
use servicekit_chain::{Direction, Target};

/// The destination of a run: a direction and a target.
///
/// ```
/// use servicekit::{Destination, Direction};
///
/// let to = Destination::downgrade("-1")?;
/// assert_eq!((to.direction, to.target.to_string()), (Direction::Downgrade, "-1".to_owned()));
/// # Ok::<(), servicekit::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct Destination {
    /// Upgrade or downgrade.
    #[nserde(proxy = "Json<Direction>")]
    pub direction: Direction,
    /// An id (or a prefix of it), `head`, `base`, `+2`, `-1`, `label@head` and so on.
    #[nserde(proxy = "Json<Target>")]
    pub target: Target,
}

impl Destination {
    /// A destination with this direction and target.
    pub fn new(direction: Direction, target: Target) -> Self {
        Self { direction, target }
    }

    /// An upgrade to head.
    pub fn head() -> Self {
        Self::new(Direction::Upgrade, Target::heads())
    }

    /// An upgrade to this target.
    ///
    /// # Errors
    /// If the target cannot be parsed.
    pub fn upgrade<T: TryInto<Target>>(target: T) -> Result<Self, T::Error> {
        target.try_into().map(|target| Self::new(Direction::Upgrade, target))
    }

    /// A downgrade to this target.
    ///
    /// # Errors
    /// If the target cannot be parsed.
    pub fn downgrade<T: TryInto<Target>>(target: T) -> Result<Self, T::Error> {
        target.try_into().map(|target| Self::new(Direction::Downgrade, target))
    }

    /// Whether it is everything there is.
    pub(crate) fn is_head(&self) -> bool {
        *self == Self::head()
    }
}
