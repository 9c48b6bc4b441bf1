//! Up, down and up again, and a start with nothing to do.

use crate::place::{Place, on_mysql, on_postgres, places};
use crate::support::{history, sql, sql_text};
use servicekit::Migrations;
use servicekit::options::TransactionMode;

fn three() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x INT PRIMARY KEY, y VARCHAR(20));", "DROP TABLE a;"),
        sql("b", &["a"], "INSERT INTO a VALUES (1, 'one'), (2, 'two');", "DELETE FROM a;"),
        sql(
            "c",
            &["b"],
            "ALTER TABLE a ADD COLUMN z INT;\nUPDATE a SET z = x * 2;\nCREATE INDEX ix_a_z ON a (z);",
            "ALTER TABLE a DROP COLUMN z;",
        ),
    ])
}

#[tokio::test]
async fn a_history_goes_up_down_and_up_again() {
    for place in places() {
        let report = place.upgrade(three()).await;
        assert_eq!(report.steps.len(), 3, "{}", place.url());
        assert_eq!((report.from.to_string(), report.to.to_string()), ("base".to_owned(), "c".to_owned()));
        assert_eq!(place.ask("SELECT x, y, z FROM a ORDER BY x").await, ["1|one|2", "2|two|4"]);
        assert_eq!(place.rows().await, "c");

        assert!(place.upgrade(three()).await.is_empty(), "nothing is left to do");

        let service = place.service(three());
        service.init().await.unwrap();
        three().downgrade_to(&service, "base").await.unwrap();
        assert_eq!(place.rows().await, "");
        let report = three().upgrade_to(&service, "b").await.unwrap();
        assert_eq!(report.to.to_string(), "b");
        assert_eq!(place.ask("SELECT x, y FROM a ORDER BY x").await, ["1|one", "2|two"]);
        three().migrator().stamp(&service, "c").await.unwrap();
        assert_eq!(place.rows().await, "c");
        service.dispose().await;
    }
}

async fn journal(place: &Place) -> String {
    place.upgrade(three()).await;
    place.journal().await.join("\n")
}

#[tokio::test]
async fn the_journal_has_a_row_for_each_transaction_or_step() {
    if let Some(place) = on_postgres() {
        insta::assert_snapshot!(journal(&place).await, @"
        a upgrade 0/0 done
        b upgrade 0/0 done
        c upgrade 0/0 done
        ");
    }
    if let Some(place) = on_mysql() {
        insta::assert_snapshot!(journal(&place).await, @"
        a upgrade 1/1 done
        b upgrade 0/0 done
        c upgrade 1/3 done
        c upgrade 2/3 done
        c upgrade 3/3 done
        ");
    }
}

#[tokio::test]
async fn one_transaction_for_the_run_undoes_all_of_it_where_ddl_can_be_undone() {
    let broken = || {
        history(&[
            sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"),
            sql("b", &["a"], "INSERT INTO a VALUES (1);", ""),
            sql("c", &["b"], "INSERT INTO nowhere VALUES (1);", ""),
        ])
    };
    for place in places() {
        let service = place.service(broken().migrator().transaction(TransactionMode::PerRun));
        service.init().await.unwrap_err();
        let at = broken().current(&place.opened().await).await.unwrap();
        assert_eq!(at.to_string(), if place.is_postgres() { "base" } else { "a" });
    }
}

#[tokio::test]
async fn sections_of_a_dialect_are_run_on_it() {
    let migrations = history(&[sql_text(
        "a",
        &[],
        "-- +upgrade postgres\nCREATE TABLE a (x JSONB);\n-- +upgrade mysql\nCREATE TABLE a (x JSON) ENGINE = InnoDB;\n\
         -- +downgrade\nDROP TABLE a;\n",
    )]);
    for place in places() {
        place.upgrade(migrations).await;
        assert_eq!(place.ask("SELECT count(*) FROM a").await, ["0"]);
    }
}
