//! What sqlx's own attributes say, so that nothing is said twice.
//!
//! Only what changes a column is read. The rest, and mistakes, are for sqlx's derives.

use super::{Errors, Form, Piece, pieces};
use heck::{ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Ident;
use syn::{Attribute, LitStr, Meta, Type};

/// `#[sqlx(…)]` of a struct or of an enum.
#[derive(Default)]
pub(crate) struct Container {
    pub(crate) rename_all: Option<Case>,
    pub(crate) type_name: Option<LitStr>,
    pub(crate) is_transparent: bool,
}

/// `#[sqlx(…)]` of a field or of a variant.
#[derive(Default)]
pub(crate) struct Member {
    pub(crate) rename: Option<LitStr>,
    pub(crate) skip: Option<Ident>,
    pub(crate) flatten: Option<Ident>,
    /// `json`, and whether it is `json(nullable)`.
    pub(crate) json: Option<(Ident, bool)>,
    /// The type that is read from the database.
    pub(crate) try_from: Option<Type>,
}

/// How `rename_all` changes names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Snake,
    ScreamingSnake,
    Kebab,
    Camel,
    Pascal,
}

impl Case {
    /// The case that sqlx calls so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "kebab-case" => Self::Kebab,
            "camelCase" => Self::Camel,
            "PascalCase" => Self::Pascal,
            _ => return None,
        })
    }

    /// The name in this case.
    pub(crate) fn of(self, name: &str) -> String {
        match self {
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Snake => name.to_snake_case(),
            Self::ScreamingSnake => name.to_shouty_snake_case(),
            Self::Kebab => name.to_kebab_case(),
            Self::Camel => name.to_lower_camel_case(),
            Self::Pascal => name.to_upper_camel_case(),
        }
    }
}

/// Reads the attributes of a struct or of an enum.
pub(crate) fn container(attributes: &[Attribute]) -> Container {
    let mut read = Container::default();
    for piece in all(attributes) {
        match piece.word.to_string().as_str() {
            "rename_all" => read.rename_all = text(&piece).and_then(|text| Case::named(&text.value())),
            "type_name" => read.type_name = text(&piece),
            "transparent" => read.is_transparent = true,
            _ => {}
        }
    }
    read
}

/// Reads the attributes of a field or of a variant.
pub(crate) fn member(attributes: &[Attribute]) -> Member {
    let mut read = Member::default();
    for piece in all(attributes) {
        match piece.word.to_string().as_str() {
            "rename" => read.rename = text(&piece),
            "skip" => read.skip = Some(piece.word),
            "flatten" => read.flatten = Some(piece.word),
            "json" => {
                let is_nullable = piece.behind().to_string() == "nullable";
                read.json = Some((piece.word, is_nullable));
            }
            "try_from" => read.try_from = text(&piece).and_then(|text| text.parse().ok()),
            _ => {}
        }
    }
    read
}

fn all(attributes: &[Attribute]) -> Vec<Piece> {
    // sqlx says what is wrong with its attributes.
    let mut unsaid = Errors::default();
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("sqlx"));
    let lists = lists.filter_map(|attribute| match &attribute.meta {
        Meta::List(list) => Some(list.tokens.clone()),
        _ => None,
    });
    lists.flat_map(|tokens| pieces(tokens, &mut unsaid)).collect()
}

fn text(piece: &Piece) -> Option<LitStr> {
    match &piece.form {
        Form::Value(tokens) => syn::parse2(tokens.clone()).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;
    use syn::parse_quote;

    #[test]
    fn names_are_in_the_cases_of_sqlx() {
        let cases =
            ["lowercase", "UPPERCASE", "snake_case", "SCREAMING_SNAKE_CASE", "kebab-case", "camelCase"];
        let names: Vec<String> = cases
            .iter()
            .chain(&["PascalCase"])
            .map(|case| Case::named(case).unwrap().of("PaidInFull"))
            .collect();
        assert_eq!(
            names,
            [
                "paidinfull",
                "PAIDINFULL",
                "paid_in_full",
                "PAID_IN_FULL",
                "paid-in-full",
                "paidInFull",
                "PaidInFull"
            ]
        );
        assert_eq!(Case::named("Title"), None);
    }

    #[test]
    fn attributes_of_members_are_read_whatever_else_stands_there() {
        let attributes: [Attribute; 3] = [
            parse_quote!(#[sqlx(rename = "b", default, json(nullable))]),
            parse_quote!(#[serde(skip)]),
            parse_quote!(#[sqlx(try_from = "Option<i64>", flatten)]),
        ];
        let read = member(&attributes);
        assert_eq!(read.rename.unwrap().value(), "b");
        assert!(read.skip.is_none() && read.flatten.is_some());
        assert!(read.json.unwrap().1);
        let try_from = read.try_from.unwrap();
        assert_eq!(quote!(#try_from).to_string(), "Option < i64 >");
    }

    #[test]
    fn attributes_of_containers_are_read() {
        let read =
            container(&[parse_quote!(#[sqlx(rename_all = "camelCase", type_name = "t", transparent)])]);
        assert_eq!(read.rename_all, Some(Case::Camel));
        assert_eq!(read.type_name.unwrap().value(), "t");
        assert!(read.is_transparent);
    }
}
