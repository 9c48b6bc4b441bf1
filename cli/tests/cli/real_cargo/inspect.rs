//! What `inspect` prints, compiled as a revision.

use super::{Crate, workspace};
use crate::database::answer;
use servicekit_test_servers::{TestDatabase, mysql, postgres};
use std::fs;

/// Scripts with what other tools write, and with what is odd.
const SCRIPTS: [(&str, [&str; 3]); 3] = [
    ("sqlite", ["clauses", "django", "names"]),
    ("postgres", ["django", "everything", "odd_names"]),
    ("mysql", ["django", "odd", "sakila"]),
];

/// A database that a script was run on, and an empty one.
struct Inspected {
    /// The name of its folder of revisions.
    folder: String,
    kind: &'static str,
    /// What the script makes first, which is not read.
    before: String,
    first: Place,
    again: Place,
}

/// A database by its URL.
struct Place {
    url: String,
    /// The database of a server, dropped with the value.
    server: Option<TestDatabase>,
}

impl Place {
    /// An empty one; `None`, said loudly, where there is no server.
    fn empty(shop: &Crate, kind: &str, name: &str) -> Option<Self> {
        let server = match kind {
            "sqlite" => {
                let file = shop.folder.join(format!("{name}.db"));
                fs::write(&file, "").unwrap();
                return Some(Self { url: format!("sqlite://{}", file.display()), server: None });
            }
            "postgres" => postgres()?.create_database(),
            _ => mysql()?.create_database(),
        };
        Some(Self { url: server.url().to_owned(), server: Some(server) })
    }

    fn name(&self) -> &str {
        self.server.as_ref().map_or("main", TestDatabase::name)
    }
}

impl Inspected {
    fn by(shop: &Crate, kind: &'static str, script: &str) -> Option<Self> {
        let folder = format!("{kind}_{script}");
        let first = Place::empty(shop, kind, &folder)?;
        let again = Place::empty(shop, kind, &format!("{folder}_again"))?;
        let path = workspace().join(format!("runtime/tests/introspection/{kind}/{script}.sql"));
        let text = fs::read_to_string(path).unwrap().replace("SCHEMA`", &format!("{}`", first.name()));
        answer(&first.url, &text);
        let before = text.split_once("-- read from here").map(|(before, _)| before.to_owned());
        Some(Self { folder, kind, before: before.unwrap_or_default(), first, again })
    }

    /// Writes what is printed into the file of a new revision, and gives it back.
    fn revision(&self, shop: &Crate) -> String {
        let folder = self.folder.as_str();
        shop.migrations(&["init", "--output", folder, "--template", self.kind]);
        let printed = self.printed(shop, &self.first);
        shop.migrations(&[
            "revision",
            "--directory",
            folder,
            "-m",
            "all",
            "--rev-id",
            "a1",
            "--format",
            "rs",
        ]);
        let path = format!("{folder}/versions/a1_all.rs");
        let new = shop.read(&path);
        let (head, functions) = new.split_once("pub fn upgrade").unwrap();
        let (_, downgrade) = functions.split_once("pub fn downgrade").unwrap();
        let (import, upgrade) = printed.split_once("\n\n").unwrap();
        assert!(head.contains(import), "{head}");
        shop.write(&path, &format!("{head}{upgrade}\npub fn downgrade{downgrade}"));
        printed
    }

    fn printed(&self, shop: &Crate, place: &Place) -> String {
        let printed =
            shop.migrations(&["inspect", "--directory", &self.folder, "--database-url", &place.url]);
        printed.replace(place.name(), "DATABASE")
    }
}

#[test]
fn what_is_printed_is_compiled_and_creates_what_prints_the_same() {
    let shop = Crate::new("inspected", "--lib");
    let scripts = SCRIPTS.iter().flat_map(|(kind, scripts)| scripts.iter().map(|script| (*kind, *script)));
    let all: Vec<Inspected> =
        scripts.filter_map(|(kind, script)| Inspected::by(&shop, kind, script)).collect();
    let printed: Vec<String> = all.iter().map(|inspected| inspected.revision(&shop)).collect();
    let module =
        |folder: &str| format!("pub mod {folder} {{\n    servicekit::migrations!({folder:?});\n}}\n");
    shop.write("src/lib.rs", &all.iter().map(|inspected| module(&inspected.folder)).collect::<String>());
    shop.add_features("\"sqlite\", \"postgres\", \"mysql\"");
    shop.patch();
    for (inspected, printed) in all.iter().zip(&printed) {
        let Inspected { folder, before, again, .. } = inspected;
        if !before.is_empty() {
            answer(&again.url, before);
        }
        shop.migrations(&["upgrade", "--directory", folder, "--database-url", &again.url]);
        let differing = inspected.printed(&shop, again);
        let differing = differing.lines().zip(printed.lines()).find(|(one, other)| one != other);
        assert_eq!(differing, None, "{folder}");
        assert_eq!(inspected.printed(&shop, again), *printed, "{folder}");
    }
    println!("what is printed of {} schemas is compiled, and creates them again", all.len());
}
