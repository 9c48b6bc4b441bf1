//! What may stand for a list of models.

use super::{Base, Metadata, Problem, Registry};
use std::error::Error;

/// What [`Metadata`] can be made of, and what `env()` may return: nothing for the registry [`Base`], a registry, a
/// `Metadata`, or a `Result` of these.
///
/// ```
/// use servicekit::{Base, Models};
/// assert_eq!(().metadata().is_empty(), Base.metadata().is_empty());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of models",
    note = "it may be `()`, a registry such as `Base`, a `Metadata` (`models![User, Order]`), or a `Result` of these"
)]
pub trait Models {
    /// The models.
    fn metadata(self) -> Metadata;
}

impl Models for () {
    fn metadata(self) -> Metadata {
        Metadata::registered::<Base>()
    }
}

impl<R: Registry> Models for R {
    fn metadata(self) -> Metadata {
        Metadata::registered::<R>()
    }
}

impl Models for Metadata {
    fn metadata(self) -> Self {
        self
    }
}

impl Models for &Metadata {
    fn metadata(self) -> Metadata {
        self.clone()
    }
}

impl<M: Models, E: Into<Box<dyn Error + Send + Sync>>> Models for Result<M, E> {
    fn metadata(self) -> Metadata {
        match self {
            Ok(models) => models.metadata(),
            Err(error) => Metadata::broken(Problem::Environment { error: error.into().into() }),
        }
    }
}

/// The [`Metadata`](crate::Metadata) of the models that it names.
///
/// ```
/// # use servicekit::{Model, schema::{Table, text}};
/// # struct User;
/// # impl Model for User {
/// #     const NAME: &'static str = "users";
/// #     const SCHEMA: Option<&'static str> = None;
/// #     const FIELDS: &'static [(&'static str, &'static str)] = &[("name", "name")];
/// #     fn table() -> Table { Table::new("users", [text("name").primary_key()]) }
/// # }
/// let metadata = servicekit::models![User];
/// assert_eq!(metadata.tables().unwrap()[0].name.to_string(), "users");
/// ```
#[macro_export]
macro_rules! models {
    ($($model:ty),* $(,)?) => {
        $crate::Metadata::new()$(.with::<$model>())*
    };
}
