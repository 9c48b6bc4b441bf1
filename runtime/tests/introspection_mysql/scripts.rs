//! Whole schemas as other tools and people write them.

use crate::bench::Bench;
use std::fs;
use std::path::Path;

#[tokio::test]
async fn schemas_of_other_tools_are_read_and_made_again() {
    let Some(mut bench) = Bench::open().await else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/introspection/mysql");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        // What only one product takes.
        let is_other =
            if bench.is_mariadb { name.ends_with("only_mysql") } else { name.ends_with("only_mariadb") };
        if is_other {
            continue;
        }
        bench.empty().await;
        let script = fs::read_to_string(&file).unwrap();
        bench.run(&script.replace("SCHEMA`", &format!("{}`", bench.database.name()))).await;
        let schema = bench.round_trip(&name).await;
        let remainders: usize = schema.tables.iter().map(|table| table.remainders.len()).sum();
        println!("{name}: {} tables, {remainders} remainders", schema.tables.len());
    }
}
