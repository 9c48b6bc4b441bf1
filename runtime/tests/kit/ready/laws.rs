//! What is true of ready copies.

use super::{Listed, Order, Run, TELLS};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

#[tokio::test]
async fn tests_at_the_same_time_take_ready_copies_each_its_own_and_never_are_more_ready_than_allowed() {
    for run in Run::all() {
        // The processes of a round end at nearly the same time, so that several may make the last one.
        let order = if run.is_postgres() { Order { ready: "1", ..TELLS } } else { TELLS };
        let allowed = order.ready.parse().unwrap();
        let foreign = run.server.create_database();
        let applied = run.tell(Order { test: "applies", ..order });
        let (mut ready, mut most) = (run.make_ready(order).await, 0);
        let mut told = Vec::new();
        for round in 0..4 {
            let mut children: Vec<_> = (0..5).map(|_| run.start(order)).collect();
            if round % 2 == 1 {
                children.push(run.start(Order { test: "many_in_one_process", ..order }));
            }
            while children.iter_mut().any(|child| child.try_wait().unwrap().is_none()) {
                let listed = run.of_kind("ready").await;
                most = most.max(listed.len());
                ready.extend(listed.into_iter().map(|listed| listed.name));
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            told.extend(children.into_iter().flat_map(Run::tell_all));
        }
        let databases: BTreeSet<_> = told.iter().map(|told| told.database.clone()).collect();
        let taken = databases.intersection(&ready).count();
        println!(
            "{}: {} tests, {} databases, {taken} of them ready ones, at most {most} ready at a time",
            run.kind,
            told.len(),
            databases.len()
        );
        assert_eq!((told.len(), databases.len()), (44, 44));
        assert!(taken >= 2, "{taken}");
        assert!(most <= allowed, "{most}");
        let differing: Vec<_> = told.iter().filter(|told| told.contents != applied.contents).collect();
        assert!(differing.is_empty(), "{differing:?}");
        // No test is running: what there is, is a template or ready.
        run.tell(Order { ready: "0", ..order });
        let there = run.databases().await;
        let listed = run.listed().await;
        assert!(
            listed.iter().all(|listed| ["template", "ready"].contains(&listed.kind.as_str())),
            "{listed:?}"
        );
        let own: BTreeSet<_> =
            there.iter().filter(|name| name.starts_with("_servicekit_0")).cloned().collect();
        assert_eq!(own, listed.into_iter().map(|listed| listed.name).collect());
        assert!(there.contains(foreign.name()));
    }
}

/// Waits until a copy of the template is being made.
async fn copy_in_hand(run: &Run, template: &Listed) -> Listed {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        if let Some(copy) = run.listed().await.into_iter().find(|listed| listed.owner == template.name) {
            let is_there = run.databases().await.contains(&copy.name);
            assert!(!run.is_postgres() || !is_there, "it is made faster than it is looked at");
            assert_eq!(copy.kind, if run.is_postgres() { "ready" } else { "in use" });
            return copy;
        }
        assert!(Instant::now() < deadline);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

impl Run {
    /// A test with a template that takes a while to copy, of which one copy is kept ready.
    fn slow(&self) -> Order {
        Order { ready: "1", tables: if self.is_postgres() { "250" } else { "80" }, ..TELLS }
    }

    /// The same with none.
    fn without(&self) -> Order {
        Order { ready: "0", ..self.slow() }
    }
}

#[tokio::test]
async fn a_copy_that_a_killed_process_was_making_is_never_taken_and_is_dropped() {
    for run in Run::all().into_iter().filter(|run| !run.is_postgres()) {
        let whole = run.tell(run.without()).contents;
        let [template] = run.of_kind("template").await.try_into().unwrap();
        let mut killed = run.start(Order { wanted: "sleep", ..run.slow() });
        let copy = copy_in_hand(&run, &template).await;
        killed.kill().unwrap();
        killed.wait().unwrap();
        let deadline = Instant::now() + Duration::from_mins(1);
        // The server ends the statement that it is at before it sees that the process is gone.
        while run.databases().await.contains(&copy.name) {
            assert!(Instant::now() < deadline);
            let told = run.tell(run.without());
            assert_ne!(told.database, copy.name);
            assert_eq!(told.contents, whole);
        }
        assert!(!run.listed().await.contains(&copy));
        assert_eq!(run.tell(run.slow()).contents, whole);
    }
}

#[tokio::test]
async fn a_copy_that_the_server_finishes_alone_is_whole_whenever_it_is_taken() {
    for run in Run::all().into_iter().filter(Run::is_postgres) {
        let whole = run.tell(run.without()).contents;
        let [template] = run.of_kind("template").await.try_into().unwrap();
        // A process is gone when it has told, and each leaves a copy to the server.
        run.tell(run.slow());
        for waits in [false, true, false] {
            let copy = copy_in_hand(&run, &template).await;
            if waits {
                assert_eq!(run.until_ready(1).await, BTreeSet::from([copy.name.clone()]));
            }
            let told = run.tell(run.slow());
            assert_eq!((told.database, told.contents), (copy.name, whole.clone()));
        }
    }
}

#[tokio::test]
async fn a_copy_that_the_server_gave_up_is_never_taken_and_leaves_the_list() {
    for run in Run::all().into_iter().filter(Run::is_postgres) {
        let whole = run.tell(run.without()).contents;
        let [template] = run.of_kind("template").await.try_into().unwrap();
        for next in [run.without(), run.slow()] {
            run.tell(run.slow());
            let copy = copy_in_hand(&run, &template).await;
            let end = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE%'";
            run.execute(false, end).await;
            assert!(!run.databases().await.contains(&copy.name));
            assert!(run.listed().await.contains(&copy));

            let told = run.tell(next);
            assert_ne!(told.database, copy.name);
            assert_eq!(told.contents, whole);
            assert!(!run.listed().await.contains(&copy));
            while run.of_kind("ready").await.len() > run.ready().await.len() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            run.execute(true, "UPDATE databases SET used = now() - interval '25 hours' WHERE kind = 'ready'")
                .await;
            run.tell(run.without());
        }
    }
}

#[tokio::test]
async fn a_test_that_fails_keeps_a_database_that_was_ready() {
    for run in Run::all() {
        let ready = run.make_ready(TELLS).await;
        let output = run.start(Order { wanted: "panic", ..TELLS }).wait_with_output().unwrap();
        assert!(!output.status.success());
        let [kept] = run.of_kind("kept").await.try_into().unwrap();
        assert!(ready.contains(&kept.name), "{kept:?}");
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert!(printed.contains(&format!("runs again: {}\n", kept.name)), "{printed}");
        run.tell(Order { test: "applies", ..TELLS });
        assert!(run.databases().await.contains(&kept.name), "another test drops it");
        assert_ne!(run.tell(TELLS).database, kept.name);
        assert!(!run.databases().await.contains(&kept.name));
    }
}

#[tokio::test]
async fn ready_copies_go_with_their_template_and_after_a_day() {
    for run in Run::all() {
        let of_first = run.make_ready(TELLS).await;
        let [template] = run.of_kind("template").await.try_into().unwrap();
        // Another history never takes them.
        let other = Order { history: "other", ..TELLS };
        assert!(!of_first.contains(&run.tell(Order { ready: "2", ..other }).database));

        run.execute(false, &format!("DROP DATABASE {}", template.name)).await;
        // It makes a new template, as it takes none that is ready.
        run.tell(Order { ready: "0", ..TELLS });
        let told = run.tell(TELLS);
        assert!(!of_first.contains(&told.database));
        assert!(run.databases().await.is_disjoint(&of_first));

        let of_second = run.make_ready(Order { ready: "3", ..TELLS }).await;
        let (table, day_ago) = if run.is_postgres() {
            ("databases", "now() - interval '25 hours'")
        } else {
            ("`databases`", "NOW() - INTERVAL 25 HOUR")
        };
        run.execute(true, &format!("UPDATE {table} SET used = {day_ago} WHERE kind = 'ready'")).await;
        assert!(!of_second.contains(&run.tell(TELLS).database));
        assert!(run.databases().await.is_disjoint(&of_second));
    }
}

#[tokio::test]
async fn the_oldest_ready_copies_of_other_templates_make_room() {
    for run in Run::all() {
        run.tell(Order { ready: "0", ..TELLS });
        let names: Vec<_> = (10..27).map(|number| format!("_servicekit_old_{number}")).collect();
        for (number, name) in names.iter().enumerate() {
            let (table, used) = if run.is_postgres() {
                ("databases", format!("now() - interval '{} minutes'", 60 - number))
            } else {
                ("`databases`", format!("NOW() - INTERVAL {} MINUTE", 60 - number))
            };
            run.execute(false, &format!("CREATE DATABASE {name}")).await;
            let row = format!(
                "INSERT INTO {table} (name, kind, owner, used) VALUES ('{name}', 'ready', 'another', {used})"
            );
            run.execute(true, &row).await;
        }
        let wanted = if run.is_postgres() { "" } else { "sleep" };
        let mut maker = run.start(Order { ready: "1", wanted, ..TELLS });
        let deadline = Instant::now() + Duration::from_mins(1);
        while run.ready().await.iter().all(|name| names.contains(name)) {
            assert!(Instant::now() < deadline);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        maker.kill().unwrap();
        maker.wait().unwrap();
        let (ready, old) = (run.ready().await, names.iter().cloned().collect::<BTreeSet<_>>());
        assert_eq!(ready.len(), 16);
        assert_eq!(ready.intersection(&old).cloned().collect::<Vec<_>>(), names[2..]);
        assert!(run.databases().await.is_disjoint(&names[..2].iter().cloned().collect()));
    }
}

#[test]
fn a_number_of_ready_copies_that_is_none_is_an_error_of_the_test() {
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "ready::children::on_postgres::tells", "--include-ignored"]);
    child.env(super::VARIABLE, "many").env("SERVICEKIT_TEST_POSTGRES_URL", "postgres://localhost/none");
    let output = child.output().unwrap();
    assert!(!output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let start = text.find("error: ").unwrap_or_else(|| panic!("{text}"));
    let end = text[start..].find("\n\n\nfailures:").unwrap_or_else(|| panic!("{text}"));
    insta::assert_snapshot!(text[start..start + end], @"
    error: `SERVICEKIT_TEST_READY_COPIES` is `many`, which is no number of databases
    help: 0 keeps no ready copies; without the variable there are as many as processors, at most 4
    ");
}
