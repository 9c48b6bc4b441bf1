//! One case for each operation and each of its options, by topic; `snapshots` and `executed` go through all.

mod columns;
mod constraints;
mod enums;
mod indexes;
mod rows;
mod tables;
mod types;

use servicekit::requirement::ServerVersion;
use servicekit::revision::*;

/// An operation, on a database that is prepared for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// What is there.
    pub(crate) before: fn(&mut Operations),
    pub(crate) run: fn(&mut Operations),
    /// What shows the effect besides the catalogue, on every database.
    pub(crate) ask: Option<&'static str>,
}

impl Case {
    fn asking(mut self, ask: &'static str) -> Self {
        self.ask = Some(ask);
        self
    }

    /// Whether this server has all that it uses; every SQLite has.
    #[allow(dead_code, reason = "not every test has a server")]
    pub(crate) fn is_known_to(&self, server: Option<&ServerVersion>, dialect: Dialect) -> bool {
        let mut op = Operations::default();
        (self.before)(&mut op);
        (self.run)(&mut op);
        server.is_none_or(|server| op.requirements(dialect).iter().all(|needed| needed.is_met_by(server)))
    }
}

pub(crate) fn topics() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("tables", tables::cases()),
        ("types", types::cases()),
        ("enums", enums::cases()),
        ("columns", columns::cases()),
        ("indexes", indexes::cases()),
        ("constraints", constraints::cases()),
        ("rows", rows::cases()),
    ]
}

fn case(name: &'static str, before: fn(&mut Operations), run: fn(&mut Operations)) -> Case {
    Case { name, before, run, ask: None }
}

fn nothing(_: &mut Operations) {}

/// A table that others can refer to.
fn users(op: &mut Operations) {
    op.create_table(
        "users",
        [integer("id").primary_key(), string("name", 40).not_null(), string("email", 40), integer("age")],
    );
}

/// A table without constraints, and one that it can refer to.
fn bare(op: &mut Operations) {
    op.create_table(
        "teams",
        [integer("id").primary_key(), integer("year").not_null(), integer("number").not_null()],
    )
    .with(unique(["year", "number"]));
    op.create_table(
        "people",
        [integer("id").not_null(), integer("team"), integer("year"), integer("number")],
    );
}
