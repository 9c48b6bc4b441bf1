//! What can be wrong, and how it is shown.
//!
//! A [`Problem`] knows what is wrong with a folder; it gives a [`Diagnostic`], plain text with places, and
//! [`Diagnostic::render`] is the one renderer of both.

mod parts;
mod problem;
mod render;
mod suggestions;

pub use parts::{Diagnostic, NoteLine, PlaceLabel, Position};
pub(crate) use problem::joined;
pub use problem::{Instead, Member, NAMED, Named, Problem, list};
pub(crate) use render::fit;
pub use suggestions::suggestions;
