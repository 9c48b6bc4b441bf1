//! A list of models, and the tables that they make.

use super::problem::{InvalidModels, Problem};
use super::registry::Entry;
use super::{Base, Hints, Model, ModelPlace, Models, Proof, Registry};
use crate::schema::{NamingConvention, Table, TableName};
use servicekit_schema::diff::Ignored;
use std::any::TypeId;
use std::error::Error;
use std::panic::Location;
use std::sync::Arc;

mod check;

/// A list of models.
///
/// ```
/// use servicekit::{Base, Metadata};
/// let tables = Metadata::registered::<Base>().without(["sessions"]).tables().unwrap();
/// assert_eq!(tables, []);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    entries: Vec<Entry>,
    in_test_modules: Vec<ModelPlace>,
    naming: Option<NamingConvention>,
    ignored: Vec<Ignored>,
    problems: Vec<Problem>,
}

impl Metadata {
    /// No model.
    pub fn new() -> Self {
        Self::default()
    }

    /// The models that have registered themselves for `R`.
    ///
    /// A model in a module called `test` or `tests` is left out, unless [`with`](Self::with) names it: its table is for a
    /// test. Only crates that a source file names are linked, and thus registered.
    pub fn registered<R: Registry>() -> Self {
        let mut metadata = Self::new();
        for entry in inventory::iter::<Entry>.into_iter().filter(|entry| entry.registry == TypeId::of::<R>())
        {
            if entry.place.is_in_test_module() {
                if !metadata.in_test_modules.contains(&entry.place) {
                    metadata.in_test_modules.push(entry.place);
                }
            } else {
                metadata.add(*entry);
            }
        }
        // The linker's order is nobody's.
        metadata.in_test_modules.sort_unstable();
        metadata
    }

    /// Adds a model.
    #[must_use]
    #[track_caller]
    pub fn with<M: Model + 'static>(mut self) -> Self {
        let of = TypeId::of::<M>();
        // In a closure it would be this function.
        let caller = Location::caller();
        let registered = inventory::iter::<Entry>.into_iter().find(|entry| entry.model == of);
        let entry = registered.copied().unwrap_or_else(|| {
            Entry::of::<M, Base>(std::any::type_name::<M>(), caller.file(), caller.line())
        });
        self.in_test_modules.retain(|place| *place != entry.place);
        self.add(entry);
        self
    }

    /// Adds the models of another list.
    #[must_use]
    pub fn and(mut self, others: impl Models) -> Self {
        let mut others = others.metadata();
        for entry in others.entries {
            self.add(entry);
        }
        self.in_test_modules.append(&mut others.in_test_modules);
        self.problems.append(&mut others.problems);
        self.naming = self.naming.or(others.naming);
        self.ignored.append(&mut others.ignored);
        self
    }

    /// Leaves out tables that are in the list so far, by their names; one in a schema is `schema.table`.
    #[must_use]
    pub fn without<T: AsRef<str>>(mut self, tables: impl IntoIterator<Item = T>) -> Self {
        let tables: Vec<T> = tables.into_iter().collect();
        self.entries.retain(|entry| {
            let name = entry.table_name().to_string();
            !tables.iter().any(|table| table.as_ref() == name)
        });
        self
    }

    /// What autogenerate and [`check_models`](crate::testing::check_models) leave as it is in the database, besides
    /// `ignore` in `alembic.toml`: a kind and a name each, as [`Ignored`] reads them.
    ///
    /// ```
    /// use servicekit::{Base, Metadata};
    /// let metadata = Metadata::registered::<Base>().ignoring(["index users.ix_search", "comment"]);
    /// assert_eq!(metadata.ignored().len(), 2);
    /// ```
    #[must_use]
    pub fn ignoring<T: AsRef<str>>(mut self, things: impl IntoIterator<Item = T>) -> Self {
        for text in things {
            match text.as_ref().parse() {
                Ok(ignored) => self.ignored.push(ignored),
                Err(error) => {
                    let text = text.as_ref().to_owned();
                    self.problems.push(Problem::Ignored { text, error });
                }
            }
        }
        self
    }

    /// What [`ignoring`](Self::ignoring) names.
    pub fn ignored(&self) -> &[Ignored] {
        &self.ignored
    }

    /// Sets the convention that names constraints and indexes; otherwise it is the one of `alembic.toml`.
    #[must_use]
    pub fn naming(mut self, convention: NamingConvention) -> Self {
        self.naming = Some(convention);
        self
    }

    /// The convention that [`naming`](Self::naming) has set.
    pub fn naming_convention(&self) -> Option<&NamingConvention> {
        self.naming.as_ref()
    }

    /// Whether there is no model.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Where each model is, sorted by the name of its table.
    pub fn places(&self) -> Vec<(TableName, ModelPlace)> {
        self.sorted().iter().map(|entry| (entry.table_name(), entry.place)).collect()
    }

    /// The models that [`registered`](Self::registered) has left out because they are in a module of tests.
    pub fn in_test_modules(&self) -> &[ModelPlace] {
        &self.in_test_modules
    }

    /// The former names of tables, columns and values of enums, of those tables that have some.
    pub fn hints(&self) -> Vec<(TableName, Hints)> {
        let hints = self.sorted().into_iter().map(|entry| {
            let mut proof = Proof::default();
            (entry.proof)(&mut proof);
            (entry.table_name(), proof.hints((entry.hints)()))
        });
        hints.filter(|(_, hints)| *hints != Hints::default()).collect()
    }

    /// The tables, sorted by name.
    ///
    /// # Errors
    /// Everything that is wrong with them, at once: see [`Problem`].
    pub fn tables(&self) -> Result<Vec<Table>, InvalidModels> {
        let entries = self.sorted();
        let tables: Vec<Table> = entries.iter().map(|entry| (entry.table)()).collect();
        let mut problems = self.problems.clone();
        problems.extend(check::problems(&entries, &tables));
        match InvalidModels::of(problems) {
            Some(invalid) => Err(invalid),
            None => Ok(tables),
        }
    }

    /// Why `env()` has failed, if it has.
    pub(crate) fn failure(&self) -> Option<&Arc<dyn Error + Send + Sync>> {
        self.problems.iter().find_map(|problem| match problem {
            Problem::Environment { error } => Some(error),
            _ => None,
        })
    }

    /// No models, and why.
    pub(super) fn broken(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }

    /// A crate whose tests depend on it is in their program twice, with the same places.
    fn add(&mut self, entry: Entry) {
        if !self.entries.iter().any(|known| known.is_same(&entry)) {
            self.entries.push(entry);
        }
    }

    pub(super) fn sorted(&self) -> Vec<Entry> {
        let mut entries = self.entries.clone();
        entries.sort_by_key(|entry| (entry.table_name(), entry.place));
        entries
    }
}
