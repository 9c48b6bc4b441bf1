//! What operations record, to be compared with what was written for them.

use servicekit::operation::{CreateTable, Execute, Operation, RecordedOperation};
use servicekit::{Dialect, Operations};

/// What is recorded, without the place of the call.
pub(crate) fn facts(operations: &Operations) -> Vec<(Option<Dialect>, bool, &Operation)> {
    let fact = |recorded: &'_ RecordedOperation| (recorded.dialect, recorded.autocommit);
    operations.recorded().iter().map(|each| (fact(each).0, fact(each).1, &each.operation)).collect()
}

/// The same with a statement in the place of what there is no word for.
pub(crate) fn spelled_out(operations: &Operations) -> Operations {
    let mut spelled = Operations::default();
    for recorded in operations.recorded() {
        let mut operation = recorded.operation.clone();
        let mut behind = Vec::new();
        if let Operation::CreateTable(CreateTable { table, .. }) = &mut operation {
            behind = std::mem::take(&mut table.remainders);
        }
        let record = |op: &mut Operations| {
            op.push(operation);
            for remainder in behind {
                op.only_for(remainder.dialect, |op| op.push(Execute::new(remainder.sql)));
            }
        };
        let for_dialect = |op: &mut Operations| match recorded.dialect {
            Some(dialect) => op.only_for(dialect, record),
            None => record(op),
        };
        if recorded.autocommit {
            spelled.autocommit(for_dialect);
        } else {
            for_dialect(&mut spelled);
        }
    }
    spelled
}

/// One line with all that is recorded; a table that goes has the names in it that it was created with.
pub(crate) fn shown(operations: &Operations) -> String {
    let facts = facts(operations).into_iter();
    let named = facts.map(|(dialect, alone, operation)| (dialect, alone, named(operation.clone())));
    format!("{:?}", named.collect::<Vec<_>>())
}

fn named(operation: Operation) -> Operation {
    let Operation::DropTable(mut drop) = operation else { return operation };
    if let Some(existing) = drop.existing.take() {
        let mut created = Operations::default();
        created.push(CreateTable::new(existing));
        drop.existing = match &created.recorded()[0].operation {
            Operation::CreateTable(create) => Some(create.table.clone()),
            other => panic!("{other:?}"),
        };
    }
    drop.into()
}
