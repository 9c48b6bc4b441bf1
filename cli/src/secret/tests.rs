use super::*;

fn secrets_from(texts: &[&str]) -> Secrets {
    let mut secrets = Secrets { patterns: Vec::new() };
    for text in texts {
        secrets.learn(text);
    }
    secrets
}

fn hidden_by(secrets: &Secrets, text: &str) -> String {
    replaced(text, secrets.find(text)).into_owned()
}

#[test]
fn a_url_is_shown_without_its_passwords() {
    let cases = [
        ("postgres://scott:tiger@host/db", "postgres://scott:***@host/db"),
        ("postgres://a:p@ss/w:rd@host/db?x=1", "postgres://a:***@host/db?x=1"),
        ("postgres://a:p?ss#<\"> `'x\ty@host/db", "postgres://a:***@host/db"),
        (
            "postgres://host/db?user=a&password=b&sslmode=c",
            "postgres://host/db?user=a&password=***&sslmode=c",
        ),
        ("postgres://host/db?password=b&c", "postgres://host/db?password=***&***"),
        ("mysql+pymysql://a:b@h/d?p%61ssword=x", "mysql+pymysql://a:***@h/d?p%61ssword=***"),
        ("--database-url=mysql://a:b@h/d", "--database-url=mysql://a:***@h/d"),
        ("host=h user=a password='t i' dbname=d", "host=h user=a password=*** dbname=d"),
        ("sqlite://app.db", "sqlite://app.db"),
        ("sqlite://a:b@c.db?key=d", "sqlite://a:b@c.db?key=***"),
        ("postgres://scott@[::1]:5432/db", "postgres://scott@[::1]:5432/db"),
        ("token = nothing", "token = nothing"),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn a_password_is_found_however_it_is_encoded() {
    let secrets = secrets_from(&["postgres://scott:ti%20g%22e%3Cr%C3%A9%0A9041@host/db"]);
    let forms = [
        "ti g\"e<ré\n9041",
        "ti%20g%22e%3cr%c3%A9%0a9041",
        "ti+g%22e%3Cr%C3%A99041",
        r#"ti g\"e<r\u00e9\n9041"#,
        r#"ti g\"e<r\u{e9}\n9041"#,
        "ti  g\"\"e<ré  9041",
        "ti\n    g&quot;e&lt;ré9041",
    ];
    for form in forms {
        assert_eq!(hidden_by(&secrets, &format!("at {form}, end")), "at ***, end");
    }
    // In which a line was cut away.
    assert_eq!(hidden_by(&secrets, "at ti g\"e<ré, end"), "at ***, end");
}

#[test]
fn a_password_that_anybody_guesses_is_hidden_in_urls_only() {
    for (user, password) in [("scott", "a"), ("app", "postgres"), ("tiger", "tiger"), ("scott", "upgrade")] {
        let url = format!("postgres://{user}:{password}@host/db");
        let secrets = secrets_from(&[&url]);
        let shown = format!("postgres://{user}:***@host/db");
        assert_eq!(
            hidden_by(&secrets, &format!("a postgres of tiger at `{url}`: upgrade {url}")),
            format!("a postgres of tiger at `{shown}`: upgrade {shown}")
        );
        assert_eq!(hidden_by(&secrets, &format!("x://other:{password}@there")), "x://other:***@there");
    }
}

#[test]
fn a_password_of_small_letters_is_no_part_of_a_word() {
    let secrets = secrets_from(&["postgres://app:tiger@host/db"]);
    assert_eq!(hidden_by(&secrets, "tigers, tiger, %tiger"), "tigers, ***, %***");
}

#[test]
fn lines_of_a_file_that_is_none_are_known_too() {
    let mut secrets = Secrets { patterns: Vec::new() };
    sources::lines(
        &mut secrets,
        "x = 1\ndatabase_url = \"postgres://a:ti\"ger-9041@h/d\" # x\nurl='mysql://a:lion-9041@h",
    );
    let text = "x 1 ti\"ger-9041 lion-9041";
    assert_eq!(hidden_by(&secrets, text), "x 1 *** ***");
}
