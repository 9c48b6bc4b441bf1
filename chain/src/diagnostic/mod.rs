//! What can be wrong, and how it is shown.

mod problem;
mod render;
mod suggestions;

pub use problem::{Instead, Member, NAMED, Named, PlaceLabel, Problem, list};
pub(crate) use render::fit;
pub use render::render;
pub use suggestions::suggestions;
