//! count words
use servicekit::revision::*;
use servicekit::sqlx;

revision! {
    id: "8f3b61c2d0e7",
    down_revision: "1c5e0d9b7a42",
    created: "2026-11-29T19:55:00Z",
}

pub fn upgrade(op: &mut Operations) {
    op.add_column("notes", big_integer("words").not_null().default(0));
    op.run("count the words of notes", count_words);
}

pub fn downgrade(op: &mut Operations) {
    op.drop_column("notes", "words");
}

/// Words as the service counts them, which SQL cannot.
async fn count_words(connection: &mut Connection<'_>) -> WorkResult {
    let connection = connection.sqlite()?;
    let notes: Vec<(i64, String)> = sqlx::query_as("SELECT id, text FROM notes").fetch_all(&mut *connection).await?;
    for (id, text) in notes {
        let words = i64::try_from(text.split_whitespace().count())?;
        sqlx::query("UPDATE notes SET words = ? WHERE id = ?").bind(words).bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}
