//! Questions about models.

use super::{InvalidModels, Models};
use crate::schema::Table;

/// The tables of a registry, or of another list of models.
///
/// # Errors
/// Everything that is wrong with them.
///
/// ```
/// use servicekit::{Base, utils::get_registered_tables};
/// assert_eq!(get_registered_tables(Base).unwrap(), []);
/// ```
pub fn get_registered_tables(models: impl Models) -> Result<Vec<Table>, InvalidModels> {
    models.metadata().tables()
}

/// Whether there are models; those of a framework are left out by
/// [`Metadata::without`](crate::Metadata::without).
///
/// ```
/// use servicekit::{Base, utils::has_custom_models};
/// assert!(!has_custom_models(Base));
/// ```
pub fn has_custom_models(models: impl Models) -> bool {
    !models.metadata().is_empty()
}

/// The tables of a registry but for those of a framework, which it names.
///
/// # Errors
/// Everything that is wrong with the tables of the registry.
///
/// ```
/// use servicekit::{Base, utils::get_custom_tables};
/// assert_eq!(get_custom_tables(Base, ["sessions"]).unwrap(), []);
/// ```
pub fn get_custom_tables<T: AsRef<str>>(
    models: impl Models,
    framework: impl IntoIterator<Item = T>,
) -> Result<Vec<Table>, InvalidModels> {
    let framework: Vec<T> = framework.into_iter().collect();
    let mut tables = models.metadata().tables()?;
    tables.retain(|table| {
        let name = table.name.to_string();
        !framework.iter().any(|framework| framework.as_ref() == name)
    });
    Ok(tables)
}
