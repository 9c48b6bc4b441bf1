//! The arguments of `migration_tests!`: `MIGRATIONS, models = …, databases = […]`.

use crate::attributes::{Errors, Form, Piece, Words, cut, near};
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::Path;

const WORDS: Words = Words {
    of: "`migration_tests!`",
    known: &["models", "databases", "seeds", "revisions", "name", "crate"],
    elsewhere: &[("all", "write `revisions = all`")],
};
const USAGE: &str = "write `migration_tests!(MIGRATIONS, models = Base, databases = [sqlite, postgres])`";

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sqlite,
    Postgres,
    Mysql,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Mysql];

    /// As the argument and the module are called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        }
    }

    /// As sqlx calls it.
    pub(super) fn driver(self) -> &'static str {
        match self {
            Self::Sqlite => "Sqlite",
            Self::Postgres => "Postgres",
            Self::Mysql => "MySql",
        }
    }
}

/// Which revisions are applied, reverted and applied again.
pub(super) enum Revisions {
    All,
    Last(TokenTree),
}

/// All of them.
pub(super) struct Arguments {
    pub(super) migrations: TokenStream,
    pub(super) models: Option<TokenStream>,
    pub(super) databases: Vec<Kind>,
    pub(super) seeds: Option<TokenStream>,
    pub(super) revisions: Option<Revisions>,
    pub(super) name: Ident,
    pub(super) krate: Path,
}

impl Arguments {
    /// Reads them; `None` if there is no history.
    pub(super) fn read(input: TokenStream, errors: &mut Errors) -> Option<Self> {
        let mut items = cut(input, errors).into_iter();
        let migrations = items.next().filter(|first| !is_option(first));
        let Some(migrations) = migrations else {
            errors.help(
                Ident::new("_", Span::call_site()),
                "`migration_tests!` needs the history first",
                USAGE,
            );
            return None;
        };
        let mut arguments = Self {
            migrations,
            models: None,
            databases: vec![Kind::Sqlite],
            seeds: None,
            revisions: None,
            name: Ident::new("migration_tests", Span::call_site()),
            krate: syn::parse_quote!(::servicekit),
        };
        let mut seen: Vec<Ident> = Vec::new();
        let options: Vec<Piece> = items.filter_map(|item| Piece::read(item, errors)).collect();
        for option in options {
            if seen.contains(&option.word) {
                errors.help(&option.word, format_args!("`{}` is there twice", option.word), "leave one out");
            }
            arguments.add(&option, errors);
            seen.push(option.word);
        }
        Some(arguments)
    }

    fn add(&mut self, option: &Piece, errors: &mut Errors) {
        let word = option.word.to_string();
        let Form::Value(value) = &option.form else {
            if WORDS.known.contains(&word.as_str()) {
                errors.help(
                    &option.word,
                    format_args!("`{word}` has no value"),
                    format_args!("write `{word} = …`"),
                );
            } else {
                WORDS.unknown(&option.word, errors);
            }
            return;
        };
        match word.as_str() {
            "models" => self.models = Some(value.clone()),
            "seeds" => self.seeds = Some(value.clone()),
            "databases" => self.databases = databases(value, errors),
            "revisions" => match revisions(value) {
                Some(revisions) => self.revisions = Some(revisions),
                None => errors.help(value, "this is no number of revisions", "write a number, or `all`"),
            },
            "name" => match syn::parse2(value.clone()) {
                Ok(name) => self.name = name,
                Err(_) => errors.help(value, "this is no name of a module", "write `name = shop_migrations`"),
            },
            "crate" => match syn::parse2(value.clone()) {
                Ok(path) => self.krate = path,
                Err(_) => errors.at(value, "this is no path"),
            },
            _ => WORDS.unknown(&option.word, errors),
        }
    }
}

/// Whether it is `word = …`, which no history is.
fn is_option(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    matches!(tokens.next(), Some(TokenTree::Ident(_)))
        && matches!(tokens.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
}

/// `[sqlite, postgres]`.
fn databases(value: &TokenStream, errors: &mut Errors) -> Vec<Kind> {
    const LIST: &str = "write `databases = [sqlite, postgres, mysql]` with those that the service runs on";
    let mut tokens = value.clone().into_iter();
    let list = match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(list)), None) if list.delimiter() == Delimiter::Bracket => list.stream(),
        _ => {
            errors.help(value, "this is no list of databases", LIST);
            return Vec::new();
        }
    };
    let mut kinds = Vec::new();
    for item in cut(list, errors) {
        let given = item.to_string();
        match Kind::ALL.into_iter().find(|kind| kind.name() == given) {
            Some(kind) if kinds.contains(&kind) => {
                errors.help(item, format_args!("`{given}` is there twice"), "leave one out");
            }
            Some(kind) => kinds.push(kind),
            None => {
                let help = near(&given, Kind::ALL.into_iter().map(Kind::name));
                errors.help(item, format_args!("there is no database `{given}`"), help);
            }
        }
    }
    if kinds.is_empty() && errors.is_empty() {
        errors.help(value, "the list of databases is empty", LIST);
    }
    kinds
}

/// A number, or `all`.
fn revisions(value: &TokenStream) -> Option<Revisions> {
    let mut tokens = value.clone().into_iter();
    let (first, None) = (tokens.next()?, tokens.next()) else { return None };
    match &first {
        TokenTree::Ident(word) if word == "all" => Some(Revisions::All),
        TokenTree::Literal(number) if number.to_string().parse::<usize>().is_ok() => {
            Some(Revisions::Last(first))
        }
        _ => None,
    }
}
