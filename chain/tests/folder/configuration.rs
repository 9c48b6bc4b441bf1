//! The configuration beside the folder.

use crate::project::Project;
use insta::{assert_debug_snapshot, assert_snapshot};
use servicekit_chain::{Config, Folder};

fn config(text: &str) -> Project {
    Project::new().beside("alembic.toml", text)
}

#[test]
fn without_a_file_the_defaults_hold() {
    let folder = Project::new().read();
    assert_eq!((folder.config, folder.config_path), (Config::default(), None));
    assert_debug_snapshot!(Config::default(), @r#"
    Config {
        recursive: false,
        version_locations: [],
        allow_multiple_heads: false,
        allow_multiple_bases: false,
        version_table: "alembic_version",
        journal_table: "alembic_journal",
        schema: None,
        file_template: "{rev}_{slug}",
        format: None,
        database_url: None,
        scratch_url: None,
        features: [],
        ignore: [],
        databases: [],
        current_schema: false,
    }
    "#);
}

#[test]
fn every_key_is_read() {
    let project = config(
        "\u{feff}# with a byte order mark and CRLF\r\nrecursive = true\r\nversion_locations = []\r\n\
         allow = [\"multiple_heads\", \"multiple_bases\"]\r\nversion_table = \"v\"\r\njournal_table = \"j\"\r\n\
         schema = \"s\"\r\nfile_template = \"{year}_{rev}\"\r\nformat = \"sql\"\r\ndatabase_url = \"sqlite::memory:\"\r\n\
         scratch_url = \"mysql://h/empty\"\r\nfeatures = [\"admin\", \"shop-models/admin\"]\r\n\
         databases = [\"sqlite\", \"postgres\", \"mariadb\"]\r\n",
    );
    assert_snapshot!(project.problems(), @"");
    assert_debug_snapshot!(project.read().config, @r#"
    Config {
        recursive: true,
        version_locations: [],
        allow_multiple_heads: true,
        allow_multiple_bases: true,
        version_table: "v",
        journal_table: "j",
        schema: Some(
            "s",
        ),
        file_template: "{year}_{rev}",
        format: Some(
            Sql,
        ),
        database_url: Some(
            "sqlite::memory:",
        ),
        scratch_url: Some(
            "mysql://h/empty",
        ),
        features: [
            "admin",
            "shop-models/admin",
        ],
        ignore: [],
        databases: [
            Sqlite,
            Postgres,
            Mysql,
        ],
        current_schema: false,
    }
    "#);
}

#[test]
fn what_is_ignored_is_a_kind_and_a_name() {
    let read = config("ignore = [\"audit_*\", \"index users.ix_a\"]\n").read().config;
    assert_eq!(
        read.ignore.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["audit_*", "index users.ix_a"]
    );
    assert_snapshot!(config("ignore = [\"indxe users\", 1]\n").problems(), @r#"
    error: nothing of the kind `indxe` can be ignored
     --> alembic.toml:1:12
      |
    1 | ignore = ["indxe users", 1]
      |            ^^^^^^^^^^^
      |
    help: did you mean `index`?

    error: `ignore` takes a list of strings, not an integer
     --> alembic.toml:1:26
      |
    1 | ignore = ["indxe users", 1]
      |                          ^ expected a list of strings
      |
    help: an example: `ignore = ["audit_*", "index users.ix_search"]`
    "#);
}

#[test]
fn databases_are_kinds_that_exist_each_once() {
    let text = "databases = [\"postgress\", \"oracle\", \"mysql\", \"mariadb\", 1]\n";
    assert_snapshot!(config(text).problems(), @r#"
    error: no kind of database is `postgress`
     --> alembic.toml:1:15
      |
    1 | databases = ["postgress", "oracle", "mysql", "mariadb", 1]
      |               ^^^^^^^^^
      |
    help: did you mean `postgres`?

    error: no kind of database is `oracle`
     --> alembic.toml:1:28
      |
    1 | databases = ["postgress", "oracle", "mysql", "mariadb", 1]
      |                            ^^^^^^
      |
    help: the kinds are `sqlite`, `postgres` and `mysql`, which is `mariadb` too

    error: `mysql` is named twice: `mariadb` is another name for it
     --> alembic.toml:1:47
      |
    1 | databases = ["postgress", "oracle", "mysql", "mariadb", 1]
      |                                               ^^^^^^^
      |
    help: leave one of the two out

    error: `databases` takes a list of strings, not an integer
     --> alembic.toml:1:57
      |
    1 | databases = ["postgress", "oracle", "mysql", "mariadb", 1]
      |                                                         ^ expected a list of strings
      |
    help: an example: `databases = ["sqlite", "postgres"]`
    "#);
    assert_snapshot!(config("databases = []\n").problems(), @r#"
    error: `databases` is empty
     --> alembic.toml:1:13
      |
    1 | databases = []
      |             ^^
      |
    help: give it a value or leave the key out
    "#);
}

#[test]
fn a_format_is_a_kind_of_revision_file() {
    assert_eq!(config("format = \"rs\"\n").read().config.format, Some(servicekit_chain::config::Format::Rs));
    let problems = config("format = \"toml\"\n").problems();
    assert!(
        problems.contains("no revision file is `toml`") && problems.contains("`sql` and `rs`"),
        "{problems}"
    );
}

#[test]
fn a_feature_is_one_name() {
    assert_snapshot!(config("features = [\"a,b\", \"\", 1]\n").problems(), @r#"
    error: `a,b` is not the name of a feature
     --> alembic.toml:1:14
      |
    1 | features = ["a,b", "", 1]
      |              ^^^
      |
    help: name each feature in a string of its own

    error: the name of a feature is empty
     --> alembic.toml:1:20
      |
    1 | features = ["a,b", "", 1]
      |                    ^
      |
    help: name each feature in a string of its own

    error: `features` takes a list of strings, not an integer
     --> alembic.toml:1:24
      |
    1 | features = ["a,b", "", 1]
      |                        ^ expected a list of strings
      |
    help: an example: `features = ["admin"]`
    "#);
}

#[test]
fn the_file_has_the_name_of_the_folder() {
    let project =
        Project::bare().beside("my.db/versions/.gitkeep", "").beside("my.db.toml", "version_table = \"v\"");
    let folder = Folder::read(&project.path("my.db"), &project.path(""));
    assert_eq!(folder.config.version_table, "v");
    assert_eq!(folder.config_path, Some(project.path("my.db.toml")));
}

#[test]
fn a_file_from_elsewhere_must_be_there() {
    let project = Project::new();
    let folder =
        Folder::read_with(&project.path("alembic"), Some(&project.path("other.toml")), &project.path(""));
    assert_snapshot!(folder.render_problems(false), @r#"
    error: cannot read `other.toml`: no such file or directory
    --> other.toml
    help: check that it is a regular file and that you may read it
    "#);
}

#[test]
fn what_is_not_toml_is_reported_where_it_goes_wrong() {
    assert_snapshot!(config("recursive =\n").problems(), @r#"
    error: the configuration is not TOML: expected a value, found a newline
     --> alembic.toml:1:12
      |
    1 | recursive =
      |            ^
      |
    help: a line is `key = value`, and strings are in quotes
    "#);
    assert_snapshot!(config("schema = \"x\"\nrecursive = true\nschema = \"y\"\n").problems(), @r#"
    error: the configuration is not TOML: duplicate key: `schema`
     --> alembic.toml:3:1
      |
    1 | schema = "x"
      | ------ first here
    2 | recursive = true
    3 | schema = "y"
      | ^^^^^^ here again
      |
    help: leave one of the two out
    "#);
}

#[test]
fn what_is_missing_at_the_end_is_reported_at_the_end_of_the_last_line() {
    assert_snapshot!(config("[table]\nkey = { 1.5\n\n").problems(), @"
    error: the configuration is not TOML: expected an equals, found eof
     --> alembic.toml:2:12
      |
    2 | key = { 1.5
      |            ^
      |
    help: a line is `key = value`, and strings are in quotes
    ");
}

#[test]
fn a_file_that_is_not_utf8_is_reported() {
    assert_snapshot!(Project::new().beside("alembic.toml", b"schema = \"\xff\"\n").problems(), @r#"
    error: this file is not UTF-8: the byte at offset 10 is wrong
     --> alembic.toml:1:11
      |
    1 | schema = "�"
      |           ^ not UTF-8
      |
    help: save the file as UTF-8
    "#);
}

#[test]
fn an_unknown_key_is_answered_with_near_ones_or_the_list() {
    assert_snapshot!(config("recursiv = true\n").problems(), @r#"
    error: the configuration has no key `recursiv`
     --> alembic.toml:1:1
      |
    1 | recursiv = true
      | ^^^^^^^^ no such key
      |
    help: did you mean `recursive`?
    "#);
    assert_snapshot!(config("[alembic]\nrecursive = true\n").problems(), @"
    error: the configuration has no key `alembic`
     --> alembic.toml:1:2
      |
    1 | [alembic]
      |  ^^^^^^^ no such key
      |
    help: the keys, all at the top level, are `recursive`, `version_locations`, `allow`, `version_table`, `journal_table`, `schema`, `file_template`, `format`, `database_url`, `version_table_schema`, `scratch_url`, `features`, `ignore` and `databases`
    ");
    assert_snapshot!(config("sqlalchemy.url = \"sqlite://\"\nversion_tables_schema = \"x\"\n").problems(), @r#"
    error: the configuration has no key `sqlalchemy`
     --> alembic.toml:1:1
      |
    1 | sqlalchemy.url = "sqlite://"
      | ^^^^^^^^^^ no such key
      |
    help: did you mean `database_url`?

    error: the configuration has no key `version_tables_schema`
     --> alembic.toml:2:1
      |
    2 | version_tables_schema = "x"
      | ^^^^^^^^^^^^^^^^^^^^^ no such key
      |
    help: did you mean `version_table_schema`?
    "#);
}

#[test]
fn a_value_of_the_wrong_type_is_reported_at_the_value() {
    assert_snapshot!(config("recursive = \"yes\"\nallow = \"multiple_heads\"\nversion_locations = [1]\n").problems(), @r#"
    error: `recursive` takes true or false, not a string
     --> alembic.toml:1:14
      |
    1 | recursive = "yes"
      |              ^^^ expected true or false
      |
    help: an example: `recursive = true`

    error: `allow` takes a list of strings, not a string
     --> alembic.toml:2:10
      |
    2 | allow = "multiple_heads"
      |          ^^^^^^^^^^^^^^ expected a list of strings
      |
    help: an example: `allow = ["multiple_heads"]`

    error: `version_locations` takes a list of strings, not an integer
     --> alembic.toml:3:22
      |
    3 | version_locations = [1]
      |                      ^ expected a list of strings
      |
    help: an example: `version_locations = ["more/versions"]`
    "#);
    assert_snapshot!(config("schema = 1.5\nversion_table = 1\nfile_template = {}\njournal_table = [1]\n").problems(), @r#"
    error: `schema` takes a string, not a float
     --> alembic.toml:1:10
      |
    1 | schema = 1.5
      |          ^^^ expected a string
      |
    help: an example: `schema = "public"`

    error: `version_table` takes a string, not an integer
     --> alembic.toml:2:17
      |
    2 | version_table = 1
      |                 ^ expected a string
      |
    help: an example: `version_table = "alembic_version"`

    error: `file_template` takes a string, not a table
     --> alembic.toml:3:17
      |
    3 | file_template = {}
      |                 ^^ expected a string
      |
    help: an example: `file_template = "{rev}_{slug}"`

    error: `journal_table` takes a string, not a list
     --> alembic.toml:4:17
      |
    4 | journal_table = [1]
      |                 ^^^ expected a string
      |
    help: an example: `journal_table = "alembic_journal"`
    "#);
}

#[test]
fn a_value_that_means_nothing_is_told_what_does() {
    assert_snapshot!(config("allow = [\"multiple_head\", \"anything\"]\n").problems(), @r#"
    error: `multiple_head` cannot be allowed
     --> alembic.toml:1:11
      |
    1 | allow = ["multiple_head", "anything"]
      |           ^^^^^^^^^^^^^
      |
    help: did you mean `multiple_heads`?

    error: `anything` cannot be allowed
     --> alembic.toml:1:28
      |
    1 | allow = ["multiple_head", "anything"]
      |                            ^^^^^^^^
      |
    help: `multiple_heads` and `multiple_bases` can be allowed
    "#);
    assert_snapshot!(config("version_table = \"\"\nversion_locations = [\"\"]\n").problems(), @r#"
    error: `version_table` is empty
     --> alembic.toml:1:17
      |
    1 | version_table = ""
      |                 ^
      |
    help: give it a value or leave the key out

    error: a version location is empty
     --> alembic.toml:2:22
      |
    2 | version_locations = [""]
      |                      ^
      |
    help: name a folder, or leave it out
    "#);
    assert_snapshot!(config("file_template = \"%(rev)s_%(slug)s\"\n").problems(), @r#"
    error: a file template has its names in braces
     --> alembic.toml:1:18
      |
    1 | file_template = "%(rev)s_%(slug)s"
      |                  ^^^^^^^^^^^^^^^^
      |
    help: as in `{rev}_{slug}`; the names are `{rev}`, `{slug}`, `{epoch}`, `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}`, `{second}`
    "#);
    assert_snapshot!(config("file_template = \"{revision}_{slug}\"\n").problems(), @r#"
    error: a file template has no `{revision}`
     --> alembic.toml:1:18
      |
    1 | file_template = "{revision}_{slug}"
      |                  ^^^^^^^^^^^^^^^^^
      |
    help: the names are `{rev}`, `{slug}`, `{epoch}`, `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}`, `{second}`
    "#);
    assert_snapshot!(config("file_template = \"{rev}_{author}\"\n").problems(), @r#"
    error: a file template has no `{author}`
     --> alembic.toml:1:18
      |
    1 | file_template = "{rev}_{author}"
      |                  ^^^^^^^^^^^^^^
      |
    help: the names are `{rev}`, `{slug}`, `{epoch}`, `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}`, `{second}`
    "#);
}

#[test]
fn the_schema_of_the_session_is_chosen_by_its_word_and_a_schema_by_its_name() {
    let read = config("version_table_schema = \"current\"\n").read();
    assert!(read.problems.is_empty() && read.config.current_schema);
    assert_snapshot!(config("version_table_schema = \"app\"\n").problems(), @r#"
    error: `version_table_schema` has one value, `current`: whichever schema the session is in
     --> alembic.toml:1:25
      |
    1 | version_table_schema = "app"
      |                         ^^^
      |
    help: to name a schema, write `schema = "app"`
    "#);
    assert_snapshot!(config("version_table_schema = \"current\"\nschema = \"app\"\n").problems(), @r#"
    error: `schema` names one schema, and `current` is whichever the session is in
     --> alembic.toml:1:25
      |
    1 | version_table_schema = "current"
      |                         ^^^^^^^
      |
    help: leave one of the two out
    "#);
    assert_snapshot!(config("version_table_schema = true\n").problems(), @r#"
    error: `version_table_schema` takes a string, not true or false
     --> alembic.toml:1:24
      |
    1 | version_table_schema = true
      |                        ^^^^ expected a string
      |
    help: an example: `version_table_schema = "current"`
    "#);
}

#[test]
fn the_two_tables_have_two_names() {
    assert_snapshot!(config("version_table = \"Alembic\"\njournal_table = \"alembic\"\n").problems(), @r#"
    error: the version table and the journal are two tables
     --> alembic.toml:2:18
      |
    2 | journal_table = "alembic"
      |                  ^^^^^^^
      |
    help: give each a name of its own
    "#);
    assert_snapshot!(config("version_table = \"alembic_journal\"\n").problems(), @r#"
    error: the version table and the journal are two tables
     --> alembic.toml:1:18
      |
    1 | version_table = "alembic_journal"
      |                  ^^^^^^^^^^^^^^^
      |
    help: give each a name of its own
    "#);
}

#[test]
fn while_the_configuration_is_broken_what_it_allows_is_not_guessed() {
    let project = config("recursiv = true\n").sql("a1", "", "").sql("b2", "", "").file("deep/c3.sql", "");
    assert_snapshot!(project.problems(), @r#"
    error: the configuration has no key `recursiv`
     --> alembic.toml:1:1
      |
    1 | recursiv = true
      | ^^^^^^^^ no such key
      |
    help: did you mean `recursive`?
    "#);
}
