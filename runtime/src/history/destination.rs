//! Where a run leads.

use crate::json::Json;
use nanoserde::{DeJson, SerJson};
use servicekit_chain::{Direction, Target};

/// Where a run leads: in which direction, and to which target.
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
    /// Applying or reverting.
    #[nserde(proxy = "Json<Direction>")]
    pub direction: Direction,
    /// An id (or the start of one), `head`, `base`, `+2`, `-1`, `label@head` and so on.
    #[nserde(proxy = "Json<Target>")]
    pub target: Target,
}

impl Destination {
    /// In this direction.
    pub fn new(direction: Direction, target: Target) -> Self {
        Self { direction, target }
    }

    /// Everything there is, applied.
    pub fn head() -> Self {
        Self::new(Direction::Upgrade, Target::heads())
    }

    /// What leads to this target, applied.
    ///
    /// # Errors
    /// When the target cannot be read.
    pub fn upgrade<T: TryInto<Target>>(target: T) -> Result<Self, T::Error> {
        target.try_into().map(|target| Self::new(Direction::Upgrade, target))
    }

    /// What stands above this target, reverted.
    ///
    /// # Errors
    /// When the target cannot be read.
    pub fn downgrade<T: TryInto<Target>>(target: T) -> Result<Self, T::Error> {
        target.try_into().map(|target| Self::new(Direction::Downgrade, target))
    }

    /// Whether it is everything there is.
    pub(crate) fn is_head(&self) -> bool {
        *self == Self::head()
    }
}
