//! make b2
use servicekit::revision::*;

revision! {
    id: "b2",
    down_revision: "a1",
}

pub fn upgrade(op: &mut Operations) {
    // No future.
    op.run("lower-case names", |_connection: &mut Connection<'_>| Ok(()));
    // No result.
    op.run("cut names", async |connection| {
        connection.execute("UPDATE a1 SET x = 1").await?;
    });
    // An argument that is no connection.
    op.run("count", count);
}

async fn count(_number: u32) -> WorkResult {
    Ok(())
}
