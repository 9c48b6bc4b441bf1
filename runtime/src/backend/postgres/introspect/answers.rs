//! Which answer is to which question.

use super::questions;
use super::row::{Read, Rows};
use crate::backend::Answer;
use crate::backend::engine::Scope;
use crate::backend::postgres::Postgres;
use crate::error::IntrospectionError;

/// What the catalogue answered.
#[derive(Debug)]
pub(super) struct Answers<'a> {
    pub(super) server: Rows<'a>,
    pub(super) namespaces: Rows<'a>,
    pub(super) names: Rows<'a>,
    pub(super) tables: Rows<'a>,
    pub(super) columns: Rows<'a>,
    pub(super) types: Rows<'a>,
    pub(super) enums: Rows<'a>,
    pub(super) labels: Rows<'a>,
    pub(super) constraints: Rows<'a>,
    pub(super) referred: Rows<'a>,
    pub(super) operators: Rows<'a>,
    pub(super) indexes: Rows<'a>,
    pub(super) expressions: Rows<'a>,
    pub(super) index_columns: Rows<'a>,
    pub(super) whole_indexes: Rows<'a>,
    pub(super) operator_classes: Rows<'a>,
    pub(super) collations: Rows<'a>,
    pub(super) sequences: Rows<'a>,
    pub(super) borrowed: Rows<'a>,
    pub(super) statistics: Rows<'a>,
}

/// All questions, in the order of the answers.
pub(super) fn questions(postgres: &Postgres, scope: &Scope) -> Vec<String> {
    let fixed = [
        questions::NAMESPACES,
        questions::TABLES,
        questions::COLUMNS,
        questions::TYPES,
        questions::ENUMS,
        questions::LABELS,
        questions::CONSTRAINTS,
        questions::REFERRED,
        questions::OPERATORS,
        questions::INDEXES,
        questions::EXPRESSIONS,
        questions::INDEX_COLUMNS,
        questions::WHOLE_INDEXES,
        questions::OPERATOR_CLASSES,
        questions::COLLATIONS,
        questions::SEQUENCES,
        questions::BORROWED,
        questions::STATISTICS,
    ];
    let first = [
        questions::SERVER.to_owned(),
        questions::schemas(postgres, scope),
        questions::SETTINGS.to_owned(),
        questions::described(postgres, scope),
        questions::names(scope),
    ];
    first.into_iter().chain(fixed.map(str::to_owned)).collect()
}

impl<'a> Answers<'a> {
    /// Takes the answers to [`questions`] apart.
    pub(super) fn new(answers: &'a [Answer]) -> Read<Self> {
        let [server, _, _, _, names, rest @ ..] = answers else { return Err(too_few(answers)) };
        let [
            namespaces,
            tables,
            columns,
            types,
            enums,
            labels,
            constraints,
            referred,
            operators,
            indexes,
            expressions,
            index_columns,
            whole_indexes,
            operator_classes,
            collations,
            sequences,
            borrowed,
            statistics,
        ] = rest
        else {
            return Err(too_few(answers));
        };
        let rows = |catalogue, answer| Rows { catalogue, answer };
        Ok(Self {
            server: rows("version()", server),
            namespaces: rows("pg_namespace", namespaces),
            names: rows("pg_class", names),
            tables: rows("pg_class", tables),
            columns: rows("pg_attribute", columns),
            types: rows("pg_type", types),
            enums: rows("pg_type", enums),
            labels: rows("pg_enum", labels),
            constraints: rows("pg_constraint", constraints),
            referred: rows("pg_constraint", referred),
            operators: rows("pg_operator", operators),
            indexes: rows("pg_index", indexes),
            expressions: rows("pg_index", expressions),
            index_columns: rows("pg_attribute", index_columns),
            whole_indexes: rows("pg_index", whole_indexes),
            operator_classes: rows("pg_opclass", operator_classes),
            collations: rows("pg_collation", collations),
            sequences: rows("pg_sequence", sequences),
            borrowed: rows("pg_depend", borrowed),
            statistics: rows("pg_statistic_ext", statistics),
        })
    }
}

fn too_few(answers: &[Answer]) -> IntrospectionError {
    IntrospectionError::UnknownCatalogue {
        catalogue: "pg_catalog",
        found: format!("{} answers", answers.len()),
    }
}
