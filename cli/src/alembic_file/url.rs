//! URLs as SQLAlchemy has them.

/// Where nothing is filled in yet: what `alembic init` writes.
pub(super) fn is_placeholder(url: &str) -> bool {
    let url = url.trim();
    url.is_empty() || url.starts_with("driver://")
}

/// The URL as it is here: without the driver of Python's, and with the path of SQLite's file behind two slashes.
///
/// In SQLAlchemy's a file stands behind three slashes, an absolute path behind four, and nothing means a database in
/// memory. What is no URL stays as it is. <https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls>
pub(crate) fn from_sqlalchemy(url: &str) -> String {
    let url = url.trim();
    let Some((scheme, rest)) = url.split_once(':') else { return url.to_owned() };
    let database = scheme.split_once('+').map_or(scheme, |(database, _)| database);
    if database != "sqlite" {
        return format!("{database}:{rest}");
    }
    let (path, query) =
        rest.split_once('?').map_or((rest, String::new()), |(path, query)| (path, format!("?{query}")));
    match path {
        "//" | "///" | "///:memory:" => format!("sqlite::memory:{query}"),
        path => match path.strip_prefix("///") {
            Some(file) => format!("sqlite://{file}{query}"),
            None => format!("sqlite:{rest}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_sqlalchemy_are_understood() {
        let cases = [
            ("sqlite:///app.db", "sqlite://app.db"),
            ("sqlite:///./app.db", "sqlite://./app.db"),
            ("sqlite+aiosqlite:////srv/app.db?mode=ro", "sqlite:///srv/app.db?mode=ro"),
            ("sqlite://", "sqlite::memory:"),
            ("sqlite+aiosqlite:///:memory:", "sqlite::memory:"),
            ("sqlite::memory:", "sqlite::memory:"),
            ("postgresql+asyncpg://a:b%40c@h/d", "postgresql://a:b%40c@h/d"),
            ("postgresql+psycopg2://a@/d?host=/run/pg", "postgresql://a@/d?host=/run/pg"),
            (" mysql+pymysql://a@h/d?charset=utf8mb4 ", "mysql://a@h/d?charset=utf8mb4"),
            ("mariadb+mariadbconnector://a@h/d", "mariadb://a@h/d"),
            ("oracle+oracledb://h/d", "oracle://h/d"),
            ("words", "words"),
        ];
        for (url, ours) in cases {
            assert_eq!(from_sqlalchemy(url), ours);
        }
    }

    #[test]
    fn what_is_not_filled_in_names_no_database() {
        let filled = ["driver://user:pass@localhost/dbname2", "", " ", "sqlite:///app.db"]
            .map(|url| !is_placeholder(url));
        assert_eq!(filled, [false, false, false, true]);
    }
}
