//! Models that register themselves.

use super::{Hints, Model, ModelPlace, Proof};
use crate::schema::{Table, TableName};
use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};

/// The models of one database.
///
/// Most programs have one, [`Base`]. For a second database make a struct, and say `#[table(base = Analytics)]`:
///
/// ```
/// use servicekit::{Metadata, Registry};
/// pub struct Analytics;
/// impl Registry for Analytics {}
/// assert!(Metadata::registered::<Analytics>().is_empty());
/// ```
pub trait Registry: 'static {}

/// The registry of models that name none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Base;

impl Registry for Base {}

/// A model as it is registered.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Where the struct is.
    pub(super) place: ModelPlace,
    pub(super) model: TypeId,
    pub(super) registry: TypeId,
    pub(super) registry_name: fn() -> &'static str,
    pub(super) name: &'static str,
    pub(super) schema: Option<&'static str>,
    pub(super) table: fn() -> Table,
    pub(super) hints: fn() -> Hints,
    pub(super) proof: fn(&mut Proof),
}

inventory::collect!(Entry);

impl Entry {
    /// The model `M` of the registry `R`, with its path, and the file and line where it stands.
    ///
    /// ```
    /// use servicekit::model::Entry;
    /// # use servicekit::{Base, Model, schema::Table};
    /// # struct User;
    /// # impl Model for User {
    /// #     const NAME: &'static str = "users";
    /// #     const SCHEMA: Option<&'static str> = None;
    /// #     const FIELDS: &'static [(&'static str, &'static str)] = &[];
    /// #     fn table() -> Table { Table::new("users", []) }
    /// # }
    /// const USER: Entry = Entry::of::<User, Base>(concat!(module_path!(), "::User"), file!(), line!());
    /// ```
    pub const fn of<M: Model + 'static, R: Registry>(
        rust: &'static str,
        file: &'static str,
        line: u32,
    ) -> Self {
        Self {
            place: ModelPlace { rust, file, line },
            model: TypeId::of::<M>(),
            registry: TypeId::of::<R>(),
            registry_name: std::any::type_name::<R>,
            name: M::NAME,
            schema: M::SCHEMA,
            table: M::table,
            hints: M::hints,
            proof: M::proof,
        }
    }

    pub(super) fn table_name(&self) -> TableName {
        match self.schema {
            Some(schema) => (schema, self.name).into(),
            None => self.name.into(),
        }
    }

    /// Whether it is the same struct, perhaps of another compilation of its crate; instances of a generic one share
    /// their place.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.model == other.model || (self.place == other.place && self.table_name() == other.table_name())
    }
}

/// The registries that have models, by name, with where each of their models is.
pub(crate) fn registries() -> BTreeMap<&'static str, BTreeSet<ModelPlace>> {
    let base = TypeId::of::<Base>();
    let mut registries: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for entry in inventory::iter::<Entry> {
        let name = if entry.registry == base { "servicekit::Base" } else { (entry.registry_name)() };
        registries.entry(name).or_default().insert(entry.place);
    }
    registries
}
