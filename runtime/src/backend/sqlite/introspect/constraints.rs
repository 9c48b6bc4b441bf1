//! What the clauses of columns and the constraints of a table say.

use super::catalogue::{Catalogue, FoundForeignKey, FoundTable};
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;
use servicekit_schema::stored::{KeyColumn, Said, plain, said};
use servicekit_schema::table::{
    Column, Constraint, ForeignKey, ForeignKeyAction, Identity, check, foreign_key, primary_key, unique,
};
use std::collections::{HashMap, HashSet};

/// What becomes of a constraint without a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unnamed {
    /// A constraint, which gets a name by the convention when it is made again.
    Constraint,
    /// An option, where those names would be taken.
    AsWritten,
}

/// A table whose text is being read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    catalogue: &'a Catalogue,
    found: &'a FoundTable,
    /// The place of a column, by its name in small letters.
    places: HashMap<String, usize>,
    /// The columns of the keys and unique constraints that the catalogue knows.
    unique: HashSet<Vec<&'a str>>,
    columns: Vec<Column>,
    without_name: Unnamed,
    constraints: Vec<Constraint>,
    /// Names that several constraints have, as SQLite lets them.
    repeated: HashSet<String>,
    /// Unique constraints without a name, by their columns.
    unnamed: HashSet<Vec<String>>,
    /// Foreign keys without a name, by their columns and table: what tells their names apart when they get one.
    unnamed_keys: HashSet<(Vec<String>, String)>,
    conflicts: Vec<Conflict>,
    /// How many foreign keys were seen.
    seen: usize,
}

/// A unique constraint with an `ON CONFLICT`.
#[derive(Debug)]
struct Conflict {
    name: Option<String>,
    columns: Vec<String>,
    resolution: String,
}

/// Where a clause stands, and its text.
#[derive(Debug, Clone, Copy)]
struct Piece<'p> {
    /// The column; none for a constraint of the table.
    at: Option<usize>,
    name: Option<&'p str>,
    text: &'p str,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        catalogue: &'a Catalogue,
        found: &'a FoundTable,
        columns: Vec<Column>,
        without_name: Unnamed,
    ) -> Self {
        let places =
            columns.iter().enumerate().map(|(at, column)| (column.name.to_ascii_lowercase(), at)).collect();
        let of_constraints = found.indexes.iter().filter(|index| index.origin != "c");
        let keys = of_constraints
            .map(|index| index.keys.iter().filter_map(|key| key.column.as_deref()).collect::<Vec<_>>());
        Self {
            catalogue,
            found,
            places,
            unique: keys.chain([found.key()]).collect(),
            columns,
            without_name,
            constraints: Vec::new(),
            repeated: HashSet::new(),
            unnamed: HashSet::new(),
            unnamed_keys: HashSet::new(),
            conflicts: Vec::new(),
            seen: 0,
        }
    }

    /// Constraints with these names are kept as they are written where several have one.
    pub(super) fn with_names<'n>(mut self, names: impl Iterator<Item = &'n str>) -> Self {
        let mut seen = HashSet::new();
        self.repeated = names.filter(|name| !seen.insert(*name)).map(str::to_owned).collect();
        if !self.repeated.is_empty() {
            // Those names are out of sight of the convention, which could give one of them again.
            self.without_name = Unnamed::AsWritten;
        }
        self
    }

    /// Reads a clause of a column, or a constraint of the table; `None` where it does not fit the catalogue.
    pub(super) fn piece(
        &mut self,
        at: Option<usize>,
        name: Option<&str>,
        text: &str,
        is_foreign_key: bool,
    ) -> Option<()> {
        let piece = Piece { at, name, text };
        let known = if is_foreign_key {
            self.seen += 1;
            Some(self.found.foreign_keys.get(self.seen - 1)?)
        } else {
            None
        };
        match said(text) {
            Some(Said::PrimaryKey { columns, descending, conflict, autoincrement }) => {
                let is_plain = !descending && conflict.is_none() && columns.iter().all(|key| key.is_plain);
                let columns = self.own(piece, &columns)?;
                if columns != self.found.key() {
                    return None;
                }
                self.primary_key(piece, columns, is_plain, autoincrement);
            }
            Some(Said::Unique { columns, conflict }) => self.unique(piece, &columns, conflict)?,
            Some(Said::Check { condition }) => {
                if let Some(name) = self.take_name(piece) {
                    let mut new = check(condition);
                    new.name = name;
                    self.constraints.push(new.into());
                }
            }
            Some(Said::NotNull { conflict }) => {
                let column = self.columns.get(at?)?;
                if column.nullable {
                    return None;
                }
                // Said twice, the last one counts.
                if name.is_some() || conflict.is_some() {
                    self.keep(piece);
                }
            }
            Some(Said::Collate(name)) => {
                self.columns.get_mut(at?)?.collations = vec![(Some(Dialect::Sqlite), name)];
            }
            Some(Said::Generated { expression, stored }) => {
                let column = self.columns.get_mut(at?)?;
                *column = if stored {
                    column.clone().generated(expression)
                } else {
                    column.clone().generated_virtual(expression)
                };
            }
            Some(said @ Said::ForeignKey { .. }) => self.foreign_key(piece, said, known?)?,
            _ => self.keep(piece),
        }
        Some(())
    }

    /// The columns and constraints, when everything is read.
    pub(super) fn finish(mut self) -> Option<(Vec<Column>, Vec<Constraint>)> {
        if self.seen != self.found.foreign_keys.len() {
            return None;
        }
        let of_unique = |each: &Constraint| match each {
            Constraint::Unique(unique) => Some(unique.columns.clone()),
            _ => None,
        };
        let mut plain: HashSet<Vec<String>> = self.constraints.iter().filter_map(of_unique).collect();
        for conflict in std::mem::take(&mut self.conflicts) {
            // SQLite makes one of two unique constraints of the same columns, with what either says of conflicts: so
            // one is a constraint as any other, and the other an option.
            let quote = |name: &String| quote_name(Dialect::Sqlite, name);
            let mut named = String::new();
            if plain.insert(conflict.columns.clone()) {
                let mut new = unique(&conflict.columns);
                new.name = conflict.name;
                self.constraints.push(new.into());
            } else if let Some(name) = &conflict.name {
                named = format!("CONSTRAINT {} ", quote(name));
            }
            let resolution = conflict.resolution;
            match conflict.columns.as_slice() {
                [only] => {
                    let at = self.places.get(&only.to_ascii_lowercase()).copied();
                    self.option(at, &format!("{named}UNIQUE ON CONFLICT {resolution}"));
                }
                several => {
                    let list = several.iter().map(quote).collect::<Vec<_>>().join(", ");
                    self.option(None, &format!("{named}UNIQUE ({list}) ON CONFLICT {resolution}"));
                }
            }
        }
        Some((self.columns, self.constraints))
    }

    fn primary_key(&mut self, piece: Piece<'_>, columns: Vec<String>, is_plain: bool, autoincrement: bool) {
        let counted = match columns.as_slice() {
            [only] if autoincrement => self.places.get(&only.to_ascii_lowercase()).copied(),
            _ => None,
        };
        let column = counted.and_then(|at| self.columns.get(at));
        let has_value = column.is_some_and(|column| column.default.is_some() || column.generated.is_some());
        if !is_plain || has_value || autoincrement != column.is_some() {
            return self.keep(piece);
        }
        let Some(name) = self.take_name(piece) else { return };
        if let Some(column) = counted.and_then(|at| self.columns.get_mut(at)) {
            column.identity = Some(Identity::ByDefault);
        }
        let mut new = primary_key(columns);
        new.name = name;
        self.constraints.push(new.into());
    }

    fn unique(&mut self, piece: Piece<'_>, keys: &[KeyColumn], conflict: Option<String>) -> Option<()> {
        let columns = self.own(piece, keys)?;
        let list: Vec<&str> = columns.iter().map(String::as_str).collect();
        if !self.unique.contains(&list) {
            return None;
        }
        if keys.iter().any(|key| !key.is_plain) {
            self.keep(piece);
            return Some(());
        }
        // Another one of the same columns says nothing more.
        if conflict.is_none() && piece.name.is_none() && !self.unnamed.insert(columns.clone()) {
            return Some(());
        }
        let Some(name) = self.take_name(piece) else { return Some(()) };
        if let Some(resolution) = conflict {
            self.conflicts.push(Conflict { name, columns, resolution });
        } else {
            let mut new = unique(columns);
            new.name = name;
            self.constraints.push(new.into());
        }
        Some(())
    }

    fn foreign_key(&mut self, piece: Piece<'_>, said: Said, known: &FoundForeignKey) -> Option<()> {
        let Said::ForeignKey { columns, table, referred, on_delete, on_update, deferrability } = said else {
            return None;
        };
        let keys: Vec<KeyColumn> = columns.into_iter().map(KeyColumn::plain).collect();
        let columns = self.own(piece, &keys)?;
        let is_same = known.table.eq_ignore_ascii_case(&table)
            && known.columns.len() == columns.len()
            && known.columns.iter().zip(&columns).all(|(one, other)| one.eq_ignore_ascii_case(other))
            && action(&known.on_delete) == on_delete
            && action(&known.on_update) == on_update;
        if !is_same {
            return None;
        }
        let parent = self.catalogue.table(&self.found.schema, &table);
        let referred = referred_columns(parent, referred);
        let table = parent.map_or(table, |parent| parent.name.clone());
        let is_told_apart =
            piece.name.is_some() || self.unnamed_keys.insert((columns.clone(), table.to_ascii_lowercase()));
        if referred.len() != columns.len() || !is_told_apart {
            self.keep(piece);
            return Some(());
        }
        let Some(name) = self.take_name(piece) else { return Some(()) };
        let mut new: ForeignKey = foreign_key(columns, table, referred);
        (new.name, new.on_delete, new.on_update) = (name, on_delete, on_update);
        new.deferrability = deferrability;
        self.constraints.push(new.into());
        Some(())
    }

    /// The own columns of a key, as the table spells them.
    fn own(&self, piece: Piece<'_>, keys: &[KeyColumn]) -> Option<Vec<String>> {
        let spelt = |at: usize| self.columns.get(at).map(|column| column.name.clone());
        match piece.at {
            Some(at) => Some(vec![spelt(at)?]),
            None => keys.iter().map(|key| spelt(*self.places.get(&key.name.to_ascii_lowercase())?)).collect(),
        }
    }

    /// The name of a constraint; `None`, and the constraint is kept as it is written, if another one has the name.
    #[allow(
        clippy::option_option,
        reason = "a constraint without a name is told from one that cannot have its name"
    )]
    fn take_name(&mut self, piece: Piece<'_>) -> Option<Option<String>> {
        let Some(name) = piece.name else {
            if self.without_name == Unnamed::Constraint {
                return Some(None);
            }
            self.keep(piece);
            return None;
        };
        if name.is_empty() || self.repeated.contains(name) {
            self.keep(piece);
            return None;
        }
        Some(Some(name.to_owned()))
    }

    /// Keeps a clause as it is written.
    fn keep(&mut self, piece: Piece<'_>) {
        self.option(piece.at, plain(piece.text));
    }

    /// Adds to the end of a column, or behind all columns.
    fn option(&mut self, at: Option<usize>, text: &str) {
        let (column, text) = match at {
            Some(at) => (self.columns.get_mut(at), text.to_owned()),
            None => (self.columns.last_mut(), format!(", {text}")),
        };
        let Some(column) = column else { return };
        // What is behind all columns comes last.
        let behind = column.options.iter().position(|(_, option)| option.starts_with(','));
        let place = behind.filter(|_| at.is_some()).unwrap_or(column.options.len());
        column.options.insert(place, (Dialect::Sqlite, text));
    }
}

/// The columns that a foreign key refers to, as the other table spells them; its primary key where none are written.
fn referred_columns(parent: Option<&FoundTable>, written: Vec<String>) -> Vec<String> {
    let Some(parent) = parent else { return written };
    if written.is_empty() {
        return parent.key().into_iter().map(str::to_owned).collect();
    }
    let spelt = |name: String| {
        let known = parent.columns.iter().find(|column| column.name.eq_ignore_ascii_case(&name));
        known.map_or(name, |column| column.name.clone())
    };
    written.into_iter().map(spelt).collect()
}

/// An action as the catalogue tells it; `NO ACTION` is the same as none.
pub(super) fn action(found: &str) -> Option<ForeignKeyAction> {
    Some(match found {
        "SET NULL" => ForeignKeyAction::SetNull,
        "SET DEFAULT" => ForeignKeyAction::SetDefault,
        "CASCADE" => ForeignKeyAction::Cascade,
        "RESTRICT" => ForeignKeyAction::Restrict,
        _ => return None,
    })
}
