//! The attributes of an enum or a newtype: `#[db_enum(…)]`, `#[column_type(…)]`, `#[sqlx(…)]`, `#[repr(…)]`.

use crate::attributes::sqlx::Case;
use crate::attributes::{Errors, Piece, Words, in_attributes, values};
use syn::{Attribute, Ident, LitStr, Path};

/// What is said of a whole type.
pub(crate) struct Container {
    /// Where servicekit is.
    pub(crate) krate: Path,
    pub(crate) native: Option<Ident>,
    pub(crate) rename_all: Option<(Ident, Case)>,
    pub(crate) type_name: Option<LitStr>,
    pub(crate) transparent: bool,
    /// The number that `#[repr]` asks for.
    pub(crate) number: Option<Ident>,
}

/// The attribute of one of the derives.
pub(crate) struct Own {
    name: &'static str,
    words: Words,
}

pub(crate) const DB_ENUM: Own = Own {
    name: "db_enum",
    words: Words {
        of: "`#[db_enum]`",
        known: &["native", "crate"],
        elsewhere: &[
            ("rename_all", "write `#[sqlx(rename_all = \"…\")]`"),
            ("name", "write `#[sqlx(type_name = \"…\")]`"),
            ("type_name", "write `#[sqlx(type_name = \"…\")]`"),
            ("repr", "write `#[repr(i16)]`"),
        ],
    },
};

pub(crate) const COLUMN_TYPE: Own = Own {
    name: "column_type",
    words: Words {
        of: "`#[column_type]`",
        known: &["crate"],
        elsewhere: &[
            ("native", "leave it out: an enum that derives `sqlx::Type` is one of the database"),
            ("type", "write `#[sqlx(type_name = \"…\")]`"),
            ("type_name", "write `#[sqlx(type_name = \"…\")]`"),
        ],
    },
};

const SQLX: Words = Words {
    of: "`#[sqlx]` above a type",
    known: &["rename_all", "type_name", "transparent", "no_pg_array", "default"],
    elsewhere: &[("rename", "write `type_name`, or `rename` above a variant")],
};

const SQLX_OF_VARIANT: Words = Words {
    of: "`#[sqlx]` above a variant",
    known: &["rename"],
    elsewhere: &[("rename_all", "write it above the enum, or `rename`")],
};

const COLUMN_OF_VARIANT: Words = Words {
    of: "`#[column]` above a variant",
    known: &["renamed_from"],
    elsewhere: &[
        ("name", "write `#[sqlx(rename = \"…\")]`"),
        ("rename", "write `#[sqlx(rename = \"…\")]`"),
        ("default", "write it above the field that holds the enum"),
    ],
};

const CASES: [&str; 7] =
    ["lowercase", "snake_case", "UPPERCASE", "SCREAMING_SNAKE_CASE", "kebab-case", "camelCase", "PascalCase"];

impl Container {
    /// Reads them.
    pub(crate) fn read(attributes: &[Attribute], own: &Own, errors: &mut Errors) -> Self {
        let mut container = Self {
            krate: syn::parse_quote!(::servicekit),
            native: None,
            rename_all: None,
            type_name: None,
            transparent: false,
            number: None,
        };
        for piece in in_attributes(attributes, own.name, errors) {
            container.own(&piece, own, errors);
        }
        for piece in in_attributes(attributes, "sqlx", errors) {
            container.sqlx(&piece, errors);
        }
        // What is wrong with these the compiler says.
        let numbers = in_attributes(attributes, "repr", &mut Errors::default());
        container.number = numbers.into_iter().map(|piece| piece.word).find(is_number);
        container
    }

    fn own(&mut self, piece: &Piece, own: &Own, errors: &mut Errors) {
        match piece.word.to_string().as_str() {
            word if !own.words.known.contains(&word) => own.words.unknown(&piece.word, errors),
            "crate" => {
                let Some(tokens) = values::value(piece, errors) else { return };
                match syn::parse2(tokens.clone()) {
                    Ok(path) => self.krate = path,
                    Err(_) => {
                        errors.help(tokens, "`crate` is a path", "write `crate = path::of::servicekit`");
                    }
                }
            }
            _ if values::is_alone(piece, errors) => self.native = Some(piece.word.clone()),
            _ => {}
        }
    }

    fn sqlx(&mut self, piece: &Piece, errors: &mut Errors) {
        match piece.word.to_string().as_str() {
            "rename_all" => {
                let case = text(piece, errors).and_then(|name| case(&name, errors));
                self.rename_all = case.map(|case| (piece.word.clone(), case));
            }
            "type_name" => self.type_name = text(piece, errors),
            "transparent" => self.transparent = true,
            "no_pg_array" | "default" => {}
            _ => SQLX.unknown(&piece.word, errors),
        }
    }
}

/// `rename` of a variant.
pub(crate) fn renamed(attributes: &[Attribute], errors: &mut Errors) -> Option<LitStr> {
    for attribute in attributes {
        if [DB_ENUM.name, COLUMN_TYPE.name].iter().any(|own| attribute.path().is_ident(own)) {
            errors.help(attribute.path(), "this stands above the enum, not above a variant", "move it there");
        }
    }
    let mut found = None;
    for piece in in_attributes(attributes, "sqlx", errors) {
        if piece.word != "rename" {
            SQLX_OF_VARIANT.unknown(&piece.word, errors);
        } else if let Some(tokens) = values::value(&piece, errors) {
            // Not `values::text`: an empty one has its own message.
            found = syn::parse2(tokens.clone()).ok();
            if found.is_none() {
                errors.help(tokens, "`rename` is a text", "write it in quotes: `rename = \"…\"`");
            }
        }
    }
    found
}

/// `renamed_from` of a variant.
pub(crate) fn renamed_from(attributes: &[Attribute], errors: &mut Errors) -> Option<LitStr> {
    let mut found = None;
    for piece in in_attributes(attributes, "column", errors) {
        if piece.word == "renamed_from" {
            found = text(&piece, errors);
        } else {
            COLUMN_OF_VARIANT.unknown(&piece.word, errors);
        }
    }
    found
}

fn text(piece: &Piece, errors: &mut Errors) -> Option<LitStr> {
    let tokens = values::value(piece, errors)?;
    values::text(&piece.word, tokens, errors)
}

fn case(name: &LitStr, errors: &mut Errors) -> Option<Case> {
    let case = Case::named(&name.value());
    if case.is_none() {
        let help = crate::attributes::near(&name.value(), CASES.into_iter());
        errors.help(name, format_args!("`rename_all` knows no `{}`", name.value()), help);
    }
    case
}

/// Whether `#[repr]` names a type of numbers, rather than a layout.
fn is_number(name: &Ident) -> bool {
    let name = name.to_string();
    matches!(name.strip_prefix(['i', 'u']), Some("8" | "16" | "32" | "64" | "128" | "size"))
}
