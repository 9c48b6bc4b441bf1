//! Operations on enum types.

use super::{Operations, Recording};
use crate::table::{Column, EnumType, TableName, Type, Value};

/// Creates an enum type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreateEnum {
    /// The type.
    pub enumeration: EnumType,
}

/// Drops an enum type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DropEnum {
    /// The type.
    pub enumeration: EnumType,
    /// Whether to do nothing if it does not exist.
    pub if_exists: bool,
}

/// Changes the values of an enum type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AlterEnum<C = EnumChange> {
    /// The type as it is before.
    pub enumeration: EnumType,
    /// The change.
    pub change: C,
    /// The columns of this type, each with its table.
    pub columns: Vec<(TableName, Column)>,
}

/// A change of the values of an enum type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnumChange {
    /// A new value.
    Add(AddValue),
    /// A new name for a value.
    Rename(RenameValue),
    /// A value that goes.
    Remove(RemoveValue),
    /// Another order of the values.
    Reorder(ReorderValues),
}

/// A new value of an enum type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AddValue {
    /// The value.
    pub value: String,
    /// The value that it is next to; `None` for the end.
    pub position: Option<ValuePosition>,
}

/// The position of a new value of an enum type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValuePosition {
    /// Before this value.
    Before(String),
    /// After this value.
    After(String),
}

/// A new name for a value of an enum type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenameValue {
    /// The name.
    pub value: String,
    /// The new name.
    pub to: String,
}

/// A value of an enum type that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RemoveValue {
    /// The value.
    pub value: String,
    /// The value that rows get instead.
    pub replacement: Option<String>,
}

/// Another order of the values of an enum type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReorderValues {
    /// All values in their new order.
    pub values: Vec<String>,
}

impl CreateEnum {
    /// Creates this type.
    pub fn new(enumeration: EnumType) -> Self {
        Self { enumeration }
    }
}

impl DropEnum {
    /// Drops this type.
    pub fn new(enumeration: EnumType) -> Self {
        Self { enumeration, if_exists: false }
    }
}

impl<C: Into<EnumChange>> AlterEnum<C> {
    /// Makes this change to this type, which no column uses yet.
    pub fn new(enumeration: EnumType, change: C) -> Self {
        Self { enumeration, change, columns: Vec::new() }
    }
}

impl Operations {
    /// Creates an enum type: PostgreSQL. On SQLite and MySQL nothing needs to be done, because each column has the
    /// list of its values.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.create_enum(enum_type("mood", ["sad", "happy"]));
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"CREATE TYPE "mood" AS ENUM ('sad', 'happy')"#]
    /// );
    /// assert!(op.sql(Dialect::Mysql).unwrap().is_empty());
    /// ```
    #[track_caller]
    pub fn create_enum(&mut self, enumeration: EnumType) -> Recording<'_, CreateEnum> {
        self.record(CreateEnum::new(enumeration))
    }

    /// Drops an enum type that no column uses any more: PostgreSQL. On SQLite and MySQL nothing needs to be done.
    #[track_caller]
    pub fn drop_enum(&mut self, enumeration: EnumType) -> Recording<'_, DropEnum> {
        self.record(DropEnum::new(enumeration))
    }

    /// Adds a value to an enum type, given as it is before. Name the columns of this type with
    /// [`used_by`](Recording::used_by), which MySQL and SQLite need.
    ///
    /// PostgreSQL does not use a new value in the transaction that adds it (manual, ALTER TYPE): if later operations
    /// of the revision do, record this one in [`autocommit`](Self::autocommit).
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mood = enum_type("mood", ["sad", "happy"]);
    /// let mut op = Operations::default();
    /// op.add_enum_value(mood.clone(), "calm").before("happy").used_by("people", enumeration("mood", mood));
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"ALTER TYPE "mood" ADD VALUE 'calm' BEFORE 'happy'"#]
    /// );
    /// assert_eq!(
    ///     op.sql(Dialect::Mysql).unwrap(),
    ///     ["ALTER TABLE `people` MODIFY COLUMN `mood` ENUM('sad', 'calm', 'happy') NULL"]
    /// );
    /// ```
    #[track_caller]
    pub fn add_enum_value(
        &mut self,
        enumeration: EnumType,
        value: impl Into<String>,
    ) -> Recording<'_, AlterEnum<AddValue>> {
        self.record(AlterEnum::new(enumeration, AddValue { value: value.into(), position: None }))
    }

    /// Renames a value of an enum type, given as it is before, in every row. Name the columns of this type with
    /// [`used_by`](Recording::used_by), which MySQL and SQLite need.
    ///
    /// A default that is the old value changes too: on PostgreSQL automatically, on MySQL because the column is
    /// rewritten; so describe the column as it is before.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.rename_enum_value(enum_type("mood", ["sad", "happy"]), "sad", "gloomy");
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"ALTER TYPE "mood" RENAME VALUE 'sad' TO 'gloomy'"#]
    /// );
    /// ```
    #[track_caller]
    pub fn rename_enum_value(
        &mut self,
        enumeration: EnumType,
        value: impl Into<String>,
        to: impl Into<String>,
    ) -> Recording<'_, AlterEnum<RenameValue>> {
        self.record(AlterEnum::new(enumeration, RenameValue { value: value.into(), to: to.into() }))
    }

    /// Removes a value from an enum type, given as it is before. Name all columns of this type with
    /// [`used_by`](Recording::used_by), and what rows with the value get with [`replaced_by`](Recording::replaced_by);
    /// without that, the database refuses the change as long as a row has the value (MySQL only in its strict mode,
    /// the default). If the value is the default of a column, change that before with
    /// [`alter_column`](Self::alter_column).
    ///
    /// PostgreSQL cannot remove a value (manual, ALTER TYPE): a new type takes the place of the old one. A check, a
    /// partial index, a view or a function that mentions the type must be dropped before and created again.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mood = enum_type("mood", ["sad", "happy"]);
    /// let mut op = Operations::default();
    /// op.remove_enum_value(mood.clone(), "sad").replaced_by("happy").used_by("people", enumeration("mood", mood));
    /// assert_eq!(
    ///     op.sql(Dialect::Mysql).unwrap(),
    ///     [
    ///         "UPDATE `people` SET `mood` = 'happy' WHERE `mood` = 'sad'",
    ///         "ALTER TABLE `people` MODIFY COLUMN `mood` ENUM('happy') NULL",
    ///     ]
    /// );
    /// ```
    #[track_caller]
    pub fn remove_enum_value(
        &mut self,
        enumeration: EnumType,
        value: impl Into<String>,
    ) -> Recording<'_, AlterEnum<RemoveValue>> {
        self.record(AlterEnum::new(enumeration, RemoveValue { value: value.into(), replacement: None }))
    }

    /// Gives the values of an enum type, given as it is before, another order, in which the database sorts them. Name
    /// all columns of this type with [`used_by`](Recording::used_by). PostgreSQL makes a new type for it, as for
    /// [`remove_enum_value`](Self::remove_enum_value).
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mood = enum_type("mood", ["happy", "sad"]);
    /// let mut op = Operations::default();
    /// op.reorder_enum_values(mood.clone(), ["sad", "happy"]).used_by("people", enumeration("mood", mood));
    /// assert_eq!(
    ///     op.sql(Dialect::Mysql).unwrap(),
    ///     ["ALTER TABLE `people` MODIFY COLUMN `mood` ENUM('sad', 'happy') NULL"]
    /// );
    /// ```
    #[track_caller]
    pub fn reorder_enum_values(
        &mut self,
        enumeration: EnumType,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Recording<'_, AlterEnum<ReorderValues>> {
        let values = values.into_iter().map(Into::into).collect();
        self.record(AlterEnum::new(enumeration, ReorderValues { values }))
    }
}

options! {
    DropEnum:
    /// Does nothing if the type does not exist: PostgreSQL.
    if_exists() => if_exists = true;
}

options! {
    AlterEnum<AddValue>:
    /// Puts the new value before this one.
    before(value: impl Into<String>) => change.position = Some(ValuePosition::Before(value.into()));
    /// Puts the new value after this one.
    after(value: impl Into<String>) => change.position = Some(ValuePosition::After(value.into()));
}

options! {
    AlterEnum<RemoveValue>:
    /// The value that rows get instead.
    replaced_by(value: impl Into<String>) => change.replacement = Some(value.into());
}

impl<C: Into<EnumChange>> Recording<'_, AlterEnum<C>>
where
    super::Operation: From<AlterEnum<C>>,
{
    /// A column of this type (or of arrays of it), as it is before; call it once for each column.
    pub fn used_by(self, table: impl Into<TableName>, column: Column) -> Self {
        self.with_option(|alter| alter.columns.push((table.into(), column)))
    }
}

macro_rules! into_change {
    ($($change:ident => $variant:ident;)*) => {
        $(impl From<$change> for EnumChange {
            fn from(change: $change) -> Self {
                Self::$variant(change)
            }
        }

        impl From<AlterEnum<$change>> for super::Operation {
            fn from(AlterEnum { enumeration, change, columns }: AlterEnum<$change>) -> Self {
                Self::AlterEnum(Box::new(AlterEnum { enumeration, change: change.into(), columns }))
            }
        })*
    };
}

into_change! {
    AddValue => Add;
    RenameValue => Rename;
    RemoveValue => Remove;
    ReorderValues => Reorder;
}

impl AlterEnum {
    /// The values afterwards, or `None` when the change does not fit the values before.
    pub(crate) fn outcome(&self) -> Option<EnumType> {
        let mut values = self.enumeration.values.clone();
        let place = |wanted: &str| values.iter().position(|value| value == wanted);
        match &self.change {
            EnumChange::Add(AddValue { value, position }) => {
                let at = match position {
                    None => values.len(),
                    Some(ValuePosition::Before(next)) => place(next)?,
                    Some(ValuePosition::After(previous)) => place(previous)? + 1,
                };
                values.insert(at, value.clone());
            }
            EnumChange::Rename(RenameValue { value, to }) => {
                let at = place(value)?;
                values.splice(at..=at, [to.clone()]);
            }
            EnumChange::Remove(RemoveValue { value, .. }) => {
                values.remove(place(value)?);
            }
            EnumChange::Reorder(ReorderValues { values: ordered }) => {
                let is_same =
                    ordered.len() == values.len() && values.iter().all(|each| ordered.contains(each));
                return is_same
                    .then(|| EnumType { name: self.enumeration.name.clone(), values: ordered.clone() });
            }
        }
        Some(EnumType { name: self.enumeration.name.clone(), values })
    }

    /// What rows with a value that goes get instead: the value and the new one.
    pub(crate) fn replaced(&self) -> Option<(&str, &str)> {
        match &self.change {
            EnumChange::Add(_) | EnumChange::Reorder(_) => None,
            EnumChange::Rename(RenameValue { value, to }) => Some((value, to)),
            EnumChange::Remove(RemoveValue { value, replacement }) => {
                replacement.as_deref().map(|replacement| (value.as_str(), replacement))
            }
        }
    }

    /// A column as it is afterwards, when the type has this list of values.
    pub(crate) fn column_after(&self, column: &Column, enumeration: &EnumType) -> Column {
        let mut column = column.clone();
        column.data_type = column.data_type.with_enum(enumeration);
        if let (Some(Value::Text(default)), Some((value, new))) = (&mut column.default, self.replaced())
            && default == value
        {
            new.clone_into(default);
        }
        column
    }

    /// What undoes it; rows that got another value keep that.
    pub(super) fn reversed(self) -> Option<Self> {
        let enumeration = self.outcome()?;
        let after = self.columns.iter().map(|(table, column)| {
            let column = self.column_after(column, &enumeration);
            (table.clone(), column)
        });
        let columns: Vec<(TableName, Column)> = after.collect();
        let change = match self.change {
            EnumChange::Add(AddValue { value, .. }) => RemoveValue { value, replacement: None }.into(),
            EnumChange::Rename(RenameValue { value, to }) => RenameValue { value: to, to: value }.into(),
            EnumChange::Remove(RemoveValue { value, .. }) => {
                let values = self.enumeration.values;
                let next = values.iter().position(|known| *known == value)? + 1;
                let position = values.get(next).cloned().map(ValuePosition::Before);
                AddValue { value, position }.into()
            }
            EnumChange::Reorder(_) => ReorderValues { values: self.enumeration.values }.into(),
        };
        Some(Self { enumeration, change, columns })
    }
}

impl Type {
    /// This type with another list of values: an enum type, or arrays of one.
    pub(crate) fn with_enum(self, enumeration: &EnumType) -> Self {
        match self {
            Self::Array(element) => element.with_enum(enumeration).array(),
            _ => Self::Enum(enumeration.clone()),
        }
    }
}
