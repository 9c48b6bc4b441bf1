//! Names of columns of enums that a database knows as words of its own.

use servicekit::__private::model::column;
use servicekit::DbEnum;
use servicekit::sqlx::{self, AssertSqlSafe};
use servicekit_test_servers::{mysql, postgres};

#[derive(Debug, Clone, Copy, PartialEq, DbEnum)]
#[repr(i32)]
enum Size {
    Small = 1,
}

/// Words that are the name of a column of an enum with a check, as a query with its condition.
fn queries(words: &[String], quote: char) -> Vec<String> {
    let checked = words.iter().filter_map(|word| {
        let check = column::<Size>(word).checks.pop()?;
        let from = format!("(SELECT 1 AS {quote}{word}{quote}) AS t");
        Some(format!("SELECT 1 FROM {from} WHERE {}", check.condition))
    });
    checked.collect()
}

/// The conditions that the database does not take.
macro_rules! refused {
    ($pool:expr, $words:expr, $quote:literal) => {{
        let queries = queries($words, $quote);
        let mut refused = Vec::new();
        for query in &queries {
            if sqlx::query(AssertSqlSafe(query.clone())).fetch_one($pool).await.is_err() {
                refused.push(query.clone());
            }
        }
        println!("{} words, {} with a check", $words.len(), queries.len());
        assert!(queries.len() > 100);
        refused
    }};
}

#[tokio::test]
async fn a_check_of_an_enum_has_no_word_that_a_database_reserves() {
    let (Some(postgres), Some(mysql)) = (postgres(), mysql()) else { return };
    let postgres = postgres.create_database();
    let mysql = mysql.create_database();
    let sqlite = sqlx::SqlitePool::connect("sqlite::memory:").await.unwrap();
    let postgres = sqlx::PgPool::connect(postgres.url()).await.unwrap();
    let mysql = sqlx::MySqlPool::connect(mysql.url()).await.unwrap();
    let mut words: Vec<String> =
        sqlx::query_scalar("SELECT word FROM pg_get_keywords()").fetch_all(&postgres).await.unwrap();
    let of_mysql = "SELECT LOWER(CONVERT(WORD USING utf8mb4)) FROM information_schema.KEYWORDS";
    words.extend(sqlx::query_scalar::<_, String>(of_mysql).fetch_all(&mysql).await.unwrap());
    words.sort_unstable();
    words.dedup();
    assert_eq!(refused!(&sqlite, &words, '"'), [""; 0]);
    assert_eq!(refused!(&postgres, &words, '"'), [""; 0]);
    assert_eq!(refused!(&mysql, &words, '`'), [""; 0]);
    postgres.close().await;
    mysql.close().await;
}
