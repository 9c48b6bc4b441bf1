//! What a statement names.

use std::collections::HashMap;
use std::hash::Hash;

/// Something with a definition that a statement makes, changes or removes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Object {
    /// What it is.
    pub kind: ObjectKind,
    /// What it is called.
    pub name: ObjectName,
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ObjectKind {
    /// A table; its indexes, constraints and partitions belong to its definition.
    Table,
    /// A view.
    View,
    /// An index with a name of its own.
    Index,
    /// A trigger.
    Trigger,
    /// A stored procedure.
    Procedure,
    /// A stored function, or one that is loaded from a library.
    Function,
    /// The specification of a package.
    Package,
    /// The body of a package.
    PackageBody,
    /// A scheduled event.
    Event,
    /// A sequence.
    Sequence,
    /// A database, which MySQL also calls a schema.
    Database,
    /// A tablespace.
    Tablespace,
    /// A subscription of logical replication.
    Subscription,
    /// A foreign server.
    Server,
    /// An account, named as `user@host`; `user@%` when no host is given.
    User,
    /// A role, named as it is written.
    Role,
}

/// A name out of its quotes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ObjectName {
    /// The schema, which is the database in MySQL; `None` when the session decides.
    pub schema: Option<String>,
    /// The name.
    ///
    /// PostgreSQL's are folded to lower case where they stand without quotes, and cut to 63 bytes (manual, 4.1.1).
    /// The others are as written; whether case counts is up to the server.
    pub name: String,
}

impl ObjectName {
    pub(super) fn plain(name: String) -> Self {
        Self { schema: None, name }
    }

    pub(super) fn of(self, kind: ObjectKind) -> Object {
        Object { kind, name: self }
    }

    /// Whether both may be names of one thing, without knowing the schema in use or whether case counts.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        let schemas = match (&self.schema, &other.schema) {
            (Some(schema), Some(other)) => schema.eq_ignore_ascii_case(other),
            _ => true,
        };
        schemas && self.name.eq_ignore_ascii_case(&other.name)
    }
}

/// How many of some names may be names of one thing ([`ObjectName::may_be`]), each of them a thing of some kind: without comparing
/// every one of thousands with all others.
#[derive(Debug)]
pub(super) struct Alike<K> {
    of_schema: HashMap<(K, String, Option<String>), usize>,
    of_any: HashMap<(K, String), usize>,
}

impl<K: Hash + Eq + Clone> Alike<K> {
    pub(super) fn of<'n>(names: impl IntoIterator<Item = (K, &'n ObjectName)>) -> Self {
        let mut alike = Self { of_schema: HashMap::new(), of_any: HashMap::new() };
        for (kind, name) in names {
            let (plain, schema) = Self::key(name);
            *alike.of_any.entry((kind.clone(), plain.clone())).or_default() += 1;
            *alike.of_schema.entry((kind, plain, schema)).or_default() += 1;
        }
        alike
    }

    fn key(name: &ObjectName) -> (String, Option<String>) {
        (name.name.to_ascii_lowercase(), name.schema.as_ref().map(|schema| schema.to_ascii_lowercase()))
    }

    /// How many there are, this one included.
    pub(super) fn count(&self, kind: K, name: &ObjectName) -> usize {
        let (plain, schema) = Self::key(name);
        if schema.is_none() {
            return self.of_any.get(&(kind, plain)).copied().unwrap_or_default();
        }
        let of =
            |schema| self.of_schema.get(&(kind.clone(), plain.clone(), schema)).copied().unwrap_or_default();
        of(schema) + of(None)
    }
}
