//! make b2
use servicekit::revision::*;
use std::rc::Rc;

revision! {
    id: "b2",
    down_revision: "a1",
}

pub fn upgrade(op: &mut Operations) {
    op.run("count", async |connection| {
        let number = Rc::new(1);
        connection.execute("UPDATE a1 SET x = 1").await?;
        drop(number);
        Ok(())
    });
}
