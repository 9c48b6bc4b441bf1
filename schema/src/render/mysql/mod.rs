//! MySQL and MariaDB: what both of them have.
//!
//! A revision does not know which of the two products it runs on, so options of only one of them are refused; use
//! `op.execute_for` for these. Every statement commits separately, so each change is as few statements as possible.

mod enumeration;
mod limits;
pub(super) mod types;

use self::limits::{
    COLUMN_COMMENT, INDEX_COMMENT, MYSQL, TABLE_COMMENT, comment_text, method, refuse_constraint,
    refuse_unkeyed,
};
use super::shared::{Stands, constraint, create_table, literal, order};
use super::{Rendered, Sql};
use crate::operation::{
    AddColumn, AddConstraint, AlterColumn, AlterEnum, Change, CreateIndex, CreateTable, DropColumn,
    DropConstraint, DropIndex, OperationProblem, RenameIndex, RenameTable, Result, SetTableComment,
    ValidateConstraint, refuse,
};
use crate::table::{Column, ConstraintKind, Generated, Identity, Index, IndexKey, KeyOf, Type, Value};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{LexicalMode, plain_string};

/// What MariaDB has for parts of a table, and MySQL has not.
fn if_exists(is_set: bool) -> &'static str {
    if is_set { "IF EXISTS " } else { "" }
}

fn if_not_exists(is_set: bool) -> &'static str {
    if is_set { "IF NOT EXISTS " } else { "" }
}

#[derive(Debug)]
pub(super) struct MySql {
    pub(super) mode: LexicalMode,
}

/// How long a name may be, in characters (manual, 9.2.1).
const NAME: usize = 64;

impl Sql for MySql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn mode(&self) -> LexicalMode {
        self.mode
    }

    fn refuse_name(&self, name: &str) -> Option<String> {
        let characters = name.chars().count();
        if characters > NAME {
            return Some(format!("a name of MySQL has at most {NAME} characters, and it has {characters}"));
        }
        if let Some(beyond) = name.chars().find(|letter| u32::from(*letter) > 0xFFFF) {
            return Some(format!("MySQL takes no characters beyond U+FFFF in a name, such as `{beyond}`"));
        }
        name.ends_with(' ').then(|| "a name of MySQL cannot end in a blank".to_owned())
    }

    fn literal(&self, value: &Value) -> Result<String> {
        match value {
            Value::Now => Ok("CURRENT_TIMESTAMP(6)".to_owned()),
            other => literal(self, other),
        }
    }

    fn create_table(&self, create: &CreateTable) -> Rendered {
        let table = &create.table;
        let mut lines = Vec::new();
        for column in &table.columns {
            refuse_unkeyed(table, column)?;
            lines.push(self.column(column)?);
        }
        for each in &table.constraints {
            refuse_constraint(each)?;
            lines.push(constraint(self, each, Stands::ByItself));
        }
        for index in &table.indexes {
            lines.push(self.inline_index(index)?);
        }
        let mut statement = create_table(self, create, "", &lines);
        if let Some(comment) = &table.comment {
            statement.push_str(" COMMENT = ");
            statement.push_str(&comment_text(comment, TABLE_COMMENT, self.mode)?);
        }
        Ok(vec![statement])
    }

    fn rename_table(&self, rename: &RenameTable) -> String {
        let to = rename.table.in_same_schema(&rename.to);
        format!("RENAME TABLE {} TO {}", self.table(&rename.table), self.table(&to))
    }

    fn add_column(&self, add: &AddColumn) -> Rendered {
        let is_alone = add.constraints.is_empty() && add.indexes.is_empty();
        if add.if_not_exists && !is_alone {
            return Err(OperationProblem::lacks(
                MYSQL,
                "`IF NOT EXISTS` for a column with constraints or indexes",
            )
            .help("add the column by itself, and the others with operations of their own"));
        }
        let unless = if_not_exists(add.if_not_exists);
        let mut actions = vec![format!("ADD COLUMN {unless}{}", self.column(&add.column)?)];
        for each in &add.constraints {
            refuse_constraint(each)?;
            // A foreign key that stands after its column is read and left out (manual, 13.1.20.5).
            actions.push(format!("ADD {}", constraint(self, each, Stands::ByItself)));
        }
        for index in &add.indexes {
            actions.push(format!("ADD {}", self.inline_index(index)?));
        }
        Ok(vec![format!("ALTER TABLE {} {}", self.table(&add.table), actions.join(", "))])
    }

    fn alter_column(&self, alter: &AlterColumn) -> Rendered {
        refuse(alter.using.is_some(), MYSQL, "`USING` for a new type")?;
        let (table, column) = (self.table(&alter.table), self.quote(&alter.column));
        if !alter.only_renames_or_sets_default() {
            let Some(outcome) = alter.outcome() else {
                return Err(OperationProblem::new(
                    "MySQL rewrites the whole column, and what is left out is lost",
                )
                .help("say what the column is with `.existing(…)`"));
            };
            let definition = self.column(&outcome)?;
            return Ok(vec![match &alter.rename {
                Some(_) => format!("ALTER TABLE {table} CHANGE COLUMN {column} {definition}"),
                None => format!("ALTER TABLE {table} MODIFY COLUMN {definition}"),
            }]);
        }
        let default = match &alter.default {
            Change::Keep => None,
            Change::Remove => Some("DROP DEFAULT".to_owned()),
            Change::To(value) => Some(format!("SET DEFAULT {}", self.new_default(alter, value)?)),
        };
        let altered = default.map(|default| format!("ALTER TABLE {table} ALTER COLUMN {column} {default}"));
        let renamed = alter.renaming().map(|rename| self.rename_column(&rename));
        Ok(altered.into_iter().chain(renamed).collect())
    }

    fn drop_column(&self, drop: &DropColumn) -> Rendered {
        // What is about the column and something else too does not go with it.
        let stays = |kind: ConstraintKind| matches!(kind, ConstraintKind::ForeignKey | ConstraintKind::Check);
        let stay = drop.constraints.iter().filter(|each| stays(each.kind()));
        let mut actions: Vec<String> = stay
            .map(|each| self.dropped(each.kind(), each.name().unwrap_or_default(), drop.if_exists))
            .collect();
        actions.push(format!("DROP COLUMN {}{}", if_exists(drop.if_exists), self.quote(&drop.column)));
        Ok(vec![format!("ALTER TABLE {} {}", self.table(&drop.table), actions.join(", "))])
    }

    fn create_index(&self, create: &CreateIndex) -> Rendered {
        refuse(create.concurrently, MYSQL, "concurrent index builds")?;
        let index = &create.index;
        let unique = if index.unique { "UNIQUE " } else { "" };
        // Recorded ones have a name; one of a model is shown without.
        let name = index.name.as_ref().map(|name| format!(" {}", self.quote(name))).unwrap_or_default();
        let (table, tail) = (self.table(&create.table), self.keys(index)?);
        let unless = if create.if_not_exists { " IF NOT EXISTS" } else { "" };
        Ok(vec![format!("CREATE {unique}INDEX{unless}{name}{} ON {table} {tail}", method(index)?)])
    }

    fn drop_index(&self, drop: &DropIndex) -> Result<String> {
        refuse(drop.concurrently, MYSQL, "`DROP INDEX CONCURRENTLY`")?;
        let (name, table) = (self.quote(&drop.name), self.table(&drop.table));
        Ok(format!("DROP INDEX {}{name} ON {table}", if_exists(drop.if_exists)))
    }

    fn rename_index(&self, rename: &RenameIndex) -> Result<String> {
        let (table, from, to) = (self.table(&rename.table), self.quote(&rename.name), self.quote(&rename.to));
        Ok(format!("ALTER TABLE {table} RENAME INDEX {from} TO {to}"))
    }

    fn add_constraint(&self, add: &AddConstraint) -> Result<String> {
        refuse_constraint(&add.constraint)?;
        let constraint = constraint(self, &add.constraint, Stands::ByItself);
        Ok(format!("ALTER TABLE {} ADD {constraint}", self.table(&add.table)))
    }

    fn drop_constraint(&self, drop: &DropConstraint) -> Result<String> {
        let is_key = drop.kind == ConstraintKind::PrimaryKey;
        refuse(drop.if_exists && is_key, MYSQL, "`IF EXISTS` for a primary key")?;
        refuse(drop.kind == ConstraintKind::Exclusion, MYSQL, "exclusion constraints")?;
        let dropped = self.dropped(drop.kind, &drop.name, drop.if_exists);
        Ok(format!("ALTER TABLE {} {dropped}", self.table(&drop.table)))
    }

    fn validate_constraint(&self, _: &ValidateConstraint) -> Result<String> {
        Err(OperationProblem::lacks(MYSQL, "`VALIDATE CONSTRAINT`"))
    }

    fn set_table_comment(&self, set: &SetTableComment) -> Result<String> {
        let text = comment_text(set.comment.as_deref().unwrap_or_default(), TABLE_COMMENT, self.mode)?;
        Ok(format!("ALTER TABLE {} COMMENT = {text}", self.table(&set.table)))
    }

    fn alter_enum(&self, alter: &AlterEnum) -> Rendered {
        enumeration::alter(self, alter)
    }
}

impl MySql {
    pub(super) fn column(&self, column: &Column) -> Result<String> {
        let mut clauses = vec![self.quote(&column.name), types::name(&column.data_type, self.mode)?];
        let collation = column.collation(self.dialect());
        clauses.extend(collation.map(|name| format!("COLLATE {}", self.quote(name))));
        match &column.generated {
            Some(Generated { expression, stored }) => {
                let kept = if *stored { "STORED" } else { "VIRTUAL" };
                clauses.push(format!("GENERATED ALWAYS AS ({expression}) {kept}"));
                if !column.nullable {
                    clauses.push("NOT NULL".to_owned());
                }
            }
            // A `TIMESTAMP` is not null, and has a default, where neither is written and the server is old enough.
            None => clauses.push(if column.nullable { "NULL" } else { "NOT NULL" }.to_owned()),
        }
        if let Some(value) = &column.default {
            clauses.push(format!("DEFAULT {}", self.default(&column.data_type, value)?));
        }
        refuse(column.identity == Some(Identity::Always), MYSQL, "`GENERATED ALWAYS AS IDENTITY`")?;
        if column.sequence.is_some() {
            return Err(OperationProblem::lacks(MYSQL, "options of a sequence for a column").help(
                "for the first number, give the table `.option(Dialect::Mysql, \"AUTO_INCREMENT = …\")`",
            ));
        }
        if column.identity.is_some() {
            clauses.push("AUTO_INCREMENT".to_owned());
        }
        if column.now_on_update {
            clauses.push(types::on_update(&column.data_type)?);
        }
        if let Some(comment) = &column.comment {
            clauses.push(format!("COMMENT {}", comment_text(comment, COLUMN_COMMENT, self.mode)?));
        }
        clauses.extend(column.options_for(self.dialect()).map(str::to_owned));
        Ok(clauses.join(" "))
    }

    /// The default for `ALTER COLUMN … SET DEFAULT`, which takes an expression only.
    fn new_default(&self, alter: &AlterColumn, value: &Value) -> Result<String> {
        let text = match (&alter.existing, value) {
            (Some(existing), Value::Now) => types::now(&existing.data_type),
            (None, Value::Now) => {
                return Err(OperationProblem::new(
                    "on MySQL the current time depends on the type of the column",
                )
                .help("say what the column is with `.existing(…)`"));
            }
            _ => return Ok(format!("({})", self.literal(value)?)),
        };
        Ok(if text.starts_with('(') { text } else { format!("({text})") })
    }

    fn default(&self, data_type: &Type, value: &Value) -> Result<String> {
        let is_plain = match value {
            Value::Now => return Ok(types::now(data_type)),
            Value::Null => true,
            Value::Expression(_) => false,
            _ => !types::takes_no_plain_default(data_type),
        };
        let text = match value {
            // MariaDB stores another literal as a string without escapes in an expression, and cannot read it then.
            Value::Text(text) if !is_plain && !text.contains('\0') => plain_string(self.mode, text),
            _ => self.literal(value)?,
        };
        Ok(if is_plain { text } else { format!("({text})") })
    }

    /// An index among the columns of a table.
    fn inline_index(&self, index: &Index) -> Result<String> {
        let unique = if index.unique { "UNIQUE " } else { "" };
        let name = self.quote(index.name.as_deref().unwrap_or_default());
        Ok(format!("{unique}INDEX {name}{} {}", method(index)?, self.keys(index)?))
    }

    fn keys(&self, index: &Index) -> Result<String> {
        refuse(index.filter.is_some(), MYSQL, "partial indexes")?;
        refuse(!index.include.is_empty(), MYSQL, "`INCLUDE` columns")?;
        refuse(index.nulls_not_distinct, MYSQL, "`NULLS NOT DISTINCT`")?;
        refuse(!index.options.is_empty(), MYSQL, "storage options of an index")?;
        let keys: Result<Vec<String>> = index.keys.iter().map(|key| self.key(key)).collect();
        let comment = match &index.comment {
            Some(comment) => format!(" COMMENT {}", comment_text(comment, INDEX_COMMENT, self.mode)?),
            None => String::new(),
        };
        Ok(format!("({}){comment}", keys?.join(", ")))
    }

    fn key(&self, key: &IndexKey) -> Result<String> {
        refuse(key.nulls.is_some(), MYSQL, "`NULLS FIRST` and `NULLS LAST` in an index")?;
        refuse(key.collation.is_some(), MYSQL, "`COLLATE` in an index")?;
        refuse(key.operator_class.is_some(), MYSQL, "operator classes")?;
        let of = match &key.of {
            KeyOf::Column(name) => self.quote(name),
            KeyOf::Expression(expression) => format!("({expression})"),
        };
        let length = key.mysql_length.map(|length| format!("({length})")).unwrap_or_default();
        Ok(format!("{of}{length}{}", order(key.order)))
    }

    fn dropped(&self, kind: ConstraintKind, name: &str, exists_perhaps: bool) -> String {
        let name = format!("{}{}", if_exists(exists_perhaps), self.quote(name));
        match kind {
            ConstraintKind::PrimaryKey => "DROP PRIMARY KEY".to_owned(),
            ConstraintKind::ForeignKey => format!("DROP FOREIGN KEY {name}"),
            ConstraintKind::Unique => format!("DROP INDEX {name}"),
            ConstraintKind::Check | ConstraintKind::Exclusion => format!("DROP CONSTRAINT {name}"),
        }
    }
}
