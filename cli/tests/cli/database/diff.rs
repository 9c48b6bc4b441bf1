//! `diff`: what differs between two databases.

use super::place::{Place, everywhere, on_postgres, on_sqlite};
use super::up_and_down::shop;
use insta::assert_snapshot;

/// Two databases of each kind: the second is one revision further, and somebody has changed it by hand.
fn pairs() -> Vec<(Place, Place)> {
    let all = everywhere(shop).into_iter().zip(everywhere(shop));
    all.inspect(|(one, other)| {
        one.run("upgrade bbbb1");
        other.run("upgrade");
        let _ = other.ask("CREATE INDEX by_email ON users (email)");
        let _ = other.ask("ALTER TABLE users ADD COLUMN age INT NOT NULL DEFAULT 7");
    })
    .collect()
}

fn compared(one: &Place, other: &Place, options: &str) -> String {
    one.run(&format!("diff {} {} {options}", one.url(), other.url()))
}

#[test]
fn what_differs_is_said_and_what_leads_there_is_printed() {
    for (one, other) in pairs() {
        let said = compared(&one, &other, "");
        assert!(said.ends_with("[exit 14]\n"), "{said}");
        let facts = said.lines().take_while(|line| !line.is_empty() && !line.starts_with('['));
        assert_eq!(facts.filter_map(|line| line.get(..1)).collect::<Vec<_>>(), ["+", "+", "+"], "{said}");
        // Only PostgreSQL builds an index while others wait.
        let locks = "takes a lock: writes to users wait until the index by_email is built (0 rows)";
        assert_eq!(said.contains(locks), !one.is_sqlite() && !one.is_mysql(), "{said}");
        // The database of the project is the first where one is named.
        assert_eq!(one.run(&format!("diff {}", other.url())), said);

        let statements = compared(&one, &other, "--format sql");
        for statement in statements.split(";\n").filter(|statement| !statement.starts_with('[')) {
            let _ = one.ask(statement);
        }
        assert_eq!(compared(&one, &other, ""), "The schemas are the same\n");
    }
}

#[test]
fn the_differences_are_shown_in_each_format() {
    let (one, other) = pairs().swap_remove(0);
    assert!(one.is_sqlite());
    assert_snapshot!(compared(&one, &other, ""), @r#"
    + table orders: (id)
    + column users.age: "age" INT NOT NULL DEFAULT 7
    + index by_email of users: CREATE INDEX "by_email" ON "users" (`email`)
    [exit 14]
    "#);
    assert_snapshot!(compared(&other, &one, ""), @r#"
    - table orders: (id)
    - column users.age: "age" INT NOT NULL DEFAULT 7
    - index by_email of users: CREATE INDEX "by_email" ON "users" (`email`)

    On the way from the first to the second:
      loses data: column users.age (0 rows)
      loses data: table orders (0 rows)
    [exit 14]
    "#);
    assert_snapshot!(compared(&one, &other, "--format rs"), @r#"
    use servicekit::revision::*;

    pub fn upgrade(op: &mut Operations) {
        op.create_table("orders", [custom("id", "INT")]).with(primary_key(["id"]));

        op.add_column("users", custom("age", "INT").not_null().default(7));
        op.create_index("by_email", "users", ["email"]);
    }

    pub fn downgrade(op: &mut Operations) {
        // loses data: column users.age
        // loses data: table orders
        op.reverse_of(upgrade);
    }
    [exit 14]
    "#);
    assert_snapshot!(compared(&one, &other, "--format sql"), @r#"
    CREATE TABLE "orders" (
        "id" INT,
        CONSTRAINT "pk_orders" PRIMARY KEY ("id")
    );
    ALTER TABLE "users" ADD COLUMN "age" INT NOT NULL DEFAULT 7;
    CREATE INDEX "by_email" ON "users" (`email`);
    [exit 14]
    "#);
    let json = one.json(&format!("diff {} {}", one.url(), other.url()));
    assert_snapshot!(json, @r#"
    {
      "differences": [
        {
          "attribute": null,
          "change": "added",
          "from": null,
          "name": null,
          "schema": null,
          "table": "orders",
          "to": "(id)",
          "what": "table"
        },
        {
          "attribute": null,
          "change": "added",
          "from": null,
          "name": "age",
          "schema": null,
          "table": "users",
          "to": "\"age\" INT NOT NULL DEFAULT 7",
          "what": "column"
        },
        {
          "attribute": null,
          "change": "added",
          "from": null,
          "name": "by_email",
          "schema": null,
          "table": "users",
          "to": "CREATE INDEX \"by_email\" ON \"users\" (`email`)",
          "what": "index"
        }
      ],
      "hazards": [],
      "unplanned": null,
      "untold": []
    }
    [exit 14]
    "#);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let (one, other) = (on_sqlite(shop()), on_sqlite(shop()));
    one.run("upgrade");
    let missing = compared(&one, &other, "");
    assert!(missing.contains("there is no file `") && missing.ends_with("[exit 5]\n"), "{missing}");
    assert_snapshot!(one.run("diff nonsense"), @"
    [stderr]
    error: the URL names no database that can be opened: it does not begin with `sqlite:`, `postgres:` or `mysql:`
    help: as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`
    [exit 2]
    ");
    let Some(server) = on_postgres(shop()) else { return };
    assert_snapshot!(compared(&one, &server, ""), @"
    [stderr]
    error: a database of sqlite cannot be compared with one of postgres
    help: name two databases of one kind
    [exit 2]
    ");
    let secret = one.run("diff postgres://me:hush@127.0.0.1:1/db");
    assert!(!secret.contains("hush"), "{secret}");
}

#[test]
fn spellings_of_one_expression_are_no_difference() {
    for (one, other) in everywhere(shop).into_iter().zip(everywhere(shop)) {
        for (place, condition) in [(&one, "total > 0"), (&other, "NOT (total <= 0)")] {
            place.run("upgrade");
            let _ = place.ask(&format!("CREATE TABLE sums (total INT, CONSTRAINT ck CHECK ({condition}))"));
        }
        // SQLite reads this one as another program.
        let expected =
            if one.is_sqlite() { "~ check constraint ck of sums" } else { "The schemas are the same" };
        let said = compared(&one, &other, "");
        assert_eq!(said.lines().next(), Some(expected), "{said}");
    }
}

#[test]
fn what_cannot_be_told_is_no_difference_and_is_shown_with_the_reason() {
    let Some((one, other)) = on_postgres(shop()).zip(on_postgres(shop())) else { return };
    for (place, function) in [(&one, "f"), (&other, "g")] {
        let _ = place.ask(&format!(
            "CREATE FUNCTION {function}(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'"
        ));
        let _ =
            place.ask(&format!("CREATE TABLE sums (total INT, CONSTRAINT ck CHECK ({function}(total) > 0))"));
    }
    assert_snapshot!(compared(&one, &other, ""), @r#"
    ? check constraint ck of sums
        from CONSTRAINT "ck" CHECK (public.f(total) > 0)
        to   CONSTRAINT "ck" CHECK (public.g(total) > 0)
        cannot be told: function public.g(integer) does not exist
    "#);
    let json = one.json(&format!("diff {} {}", one.url(), other.url()));
    assert_snapshot!(json, @r#"
    {
      "differences": [],
      "hazards": [],
      "unplanned": null,
      "untold": [
        {
          "fact": {
            "attribute": null,
            "change": "changed",
            "from": "CONSTRAINT \"ck\" CHECK (public.f(total) > 0)",
            "name": "ck",
            "schema": null,
            "table": "sums",
            "to": "CONSTRAINT \"ck\" CHECK (public.g(total) > 0)",
            "what": "check constraint"
          },
          "reasons": [
            "function public.g(integer) does not exist"
          ]
        }
      ]
    }
    "#);
}
