//! What models become, and what is told of those that are wrong.

use super::expand;
use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;
use quote::quote;

fn printed(input: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(expand(input)).unwrap())
}

/// The texts of `compile_error!`.
fn told(input: TokenStream) -> String {
    let tokens: Vec<TokenTree> = expand(input).into_iter().collect();
    let texts = tokens.windows(3).filter_map(|window| match window {
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(list)] if name == "compile_error" => {
            syn::parse2::<syn::LitStr>(list.stream()).ok()
        }
        _ => None,
    });
    texts.map(|text| text.value()).collect::<Vec<_>>().join("\n\n")
}

macro_rules! snapshot {
    ($shown:expr) => {
        insta::with_settings!({omit_expression => true}, { insta::assert_snapshot!($shown) })
    };
}

#[test]
fn a_model_with_keys_indexes_and_checks() {
    snapshot!(printed(quote! {
        #[table(
            unique(user_id, number),
            index(user_id, placed_at.desc().nulls(last)),
            index(state, filter = "state <> 'shipped'", name = "ix_orders_open"),
            check("total >= 0", name = "ck_orders_total"),
            mysql(option = "ENGINE = InnoDB")
        )]
        pub struct Order {
            #[column(primary_key)]
            pub id: Ulid,
            #[column(references = User::id, on_delete = cascade)]
            pub user_id: Ulid,
            pub number: i32,
            #[column(precision = 12, scale = 2, default = 0)]
            pub total: Decimal,
            #[column(default = "new")]
            pub state: State,
            #[column(default = now())]
            pub placed_at: DateTime<Utc>,
            #[sqlx(rename = "remark")]
            #[column(comment = "what the customer said")]
            pub note: Option<String>,
        }
    }));
}

#[test]
fn a_field_with_the_name_of_an_option_is_a_field_where_it_stands_alone() {
    snapshot!(printed(quote! {
        #[table(
            primary_key(name, filter),
            unique(filter, name, name = "uq_words"),
            index(name.desc(), using, unique, include(name), name = "ix_words"),
            foreign_key(name, references("others", ["name"]), name = "fk_words")
        )]
        struct Word {
            name: String,
            filter: i32,
            using: i32,
        }
    }));
}

#[test]
fn a_part_with_a_lifetime_in_another_crate() {
    snapshot!(printed(quote! {
        #[table(crate = framework::servicekit, base = Analytics, renamed_from = "visits", index(by))]
        struct Visit<'a> {
            #[column(primary_key, length = 9)]
            page: Cow<'a, str>,
            #[column(json(nullable), renamed_from = "data")]
            body: Option<Body>,
            #[sqlx(flatten)]
            audit: Audit,
        }
    }));
}

#[test]
fn a_struct_with_parameters_has_no_checks_and_is_not_registered() {
    snapshot!(printed(quote! {
        #[table(unregistered)]
        struct Event<T: Clone, const N: usize> {
            #[column(primary_key, length = 26)]
            id: String,
            of: Option<T>,
        }
    }));
}

#[test]
fn a_model_with_a_mistake_is_a_placeholder_with_its_fields() {
    snapshot!(printed(quote! {
        #[table(crate = framework::servicekit, unique())]
        struct User {
            id: i64,
            #[column(lenght = 5)]
            email: String,
        }
    }));
}

#[test]
fn words_that_are_not_known() {
    snapshot!(told(quote! {
        #[table(nmae = "a", engine = "InnoDB", length = 5, name = users, name = "a", unregistered = true, sqlite(option = "STRICT"), postgres, mysql(engine = "x"))]
        #[table]
        #[table = 5]
        struct User {
            #[column(lenght = 5, not_null, max_length = 5, pk, size = 9, colour)]
            a: String,
            #[column(unique = true, index(name = "x"), length, length = "x", check, comment = 5, unique)]
            b: String,
            #[column(identity = alway, base = X, postgres, mysql(colate = "x"))]
            c: i64,
        }
    }));
}

#[test]
fn lists_of_fields() {
    snapshot!(told(quote! {
        #[table(
            unique(emial),
            unique("email"),
            unique(),
            unique,
            unique(email, filter = "x"),
            index(remark),
            index(cache),
            index(email, uniqe),
            index(email.dsc()),
            index(email.desc),
            index(email.desc(1)),
            index(email.nulls(frist)),
            index(email, where = "x", using = btree),
            index(email + 1),
            primary_key(email, note, nmae = "x"),
            check("a", "b"),
            check(nmae = "x"),
            exclude(email),
            exclude(email = 5),
            index(email, include("note"))
        )]
        struct User {
            #[column(primary_key)]
            id: i64,
            email: String,
            #[sqlx(rename = "remark")]
            note: String,
            #[sqlx(skip)]
            cache: String,
        }
    }));
}

#[test]
fn foreign_keys() {
    snapshot!(told(quote! {
        #[table(
            foreign_key(a, b),
            foreign_key(a, b, references(Order::year)),
            foreign_key(a, b, references(Order::year, Item::number)),
            foreign_key(a, b, references = Order),
            foreign_key(a, references("orders", "year")),
            foreign_key(a, references(Order::year), on_delete = casc, deferrable = "deferred")
        )]
        struct Line {
            #[column(references = User, on_delete = cascade)]
            a: i64,
            #[column(references = "users.id", on_delete = "set null")]
            b: i64,
            #[column(on_delete = cascade, deferrable = deferred)]
            c: i64,
            #[column(references)]
            d: i64,
            #[column(references("users"), matching = ful)]
            e: i64,
        }
    }));
}

#[test]
fn names_that_disagree_and_fields_that_are_no_columns() {
    snapshot!(told(quote! {
        struct User {
            #[sqlx(rename = "email")]
            #[column(name = "mail")]
            a: String,
            #[column(name = "email")]
            b: String,
            #[sqlx(skip)]
            #[column(unique)]
            c: String,
            #[column(flatten = true, length = 5)]
            d: Audit,
        }
    }));
}

#[test]
fn types_and_defaults() {
    snapshot!(told(quote! {
        struct User {
            #[column(type = varchar(50))]
            a: String,
            #[column(type = DATETIME)]
            b: String,
            #[column(type = txt)]
            c: String,
            #[column(type = string)]
            d: String,
            #[column(type = text(5))]
            e: String,
            #[column(type = "text")]
            f: String,
            #[column(type = text, length = 5)]
            g: String,
            #[column(type = integer, default = "x")]
            h: String,
            #[column(type = integer, primary_key)]
            i: Option<i64>,
            #[column(type = integer, references = User::b, on_delete = set_null)]
            j: i64,
            #[column(default = compute())]
            k: i64,
            #[column(default = OTHER)]
            l: i64,
            #[column(generated = "a", default = 5)]
            m: i64,
            #[column(scale = 2)]
            n: i64,
            #[column(nullable)]
            o: i64,
            #[column(default = -"x")]
            p: String,
            #[column(json, nullable)]
            q: Body,
            #[column(type = text, autoincrement)]
            r: String,
            #[column(precision = 9)]
            s: Time,
            #[column(default = 99999999999999999999)]
            t: u64,
        }
    }));
}

#[test]
fn what_cannot_be_a_table() {
    let inputs = [
        quote!(
            enum State {
                New,
            }
        ),
        quote!(
            struct Email(String);
        ),
        quote!(
            struct Point(i32, i32);
        ),
        quote!(
            struct Nothing;
        ),
        quote!(
            struct Nothing {}
        ),
        quote!(union Either { a: i32, b: u32 }),
        quote!(
            struct Event<T, const N: usize> {
                of: T,
            }
        ),
        quote!(
            #[servicekit::entity]
            struct User {
                a: i32,
            }
        ),
        quote!(
            #[table(primary_key(a))]
            struct User {
                #[column(primary_key)]
                a: i32,
            }
        ),
        quote!(
            fn function() {}
        ),
    ];
    let told = inputs.map(|input| format!("{input}\n{}", told(input.clone())));
    snapshot!(told.join("\n\n"));
}

#[test]
fn mistakes_of_a_generic_model_are_told_too() {
    assert!(
        told(quote!(
            #[table(unregistered)]
            struct A<T> {
                #[column(pk)]
                a: T,
            }
        ))
        .contains("`primary_key`")
    );
}

#[test]
fn a_whole_number_has_the_type_that_it_needs() {
    let shown = printed(quote! {
        struct Sizes {
            #[column(default = -5)]
            a: i64,
            #[column(default = 5000000000)]
            b: i64,
            #[column(default = -9223372036854775808)]
            c: i64,
            #[column(default = 18446744073709551615)]
            d: u64,
            #[column(default = 7u16)]
            e: u16,
        }
    });
    // What stands in a macro is printed with spaces between its tokens.
    let shown = shown.replace(char::is_whitespace, "");
    let defaults = shown.split(".default(").skip(1).filter_map(|rest| rest.split(')').next());
    assert_eq!(
        defaults.collect::<Vec<_>>(),
        ["-5", "5000000000i64", "-9223372036854775808i64", "18446744073709551615u64", "7u16"]
    );
}

/// What attributes are made of, so that many of the mixtures are nearly right.
fn mixture() -> impl Strategy<Value = String> {
    let parts = [
        "unique",
        "index",
        "primary_key",
        "check",
        "foreign_key",
        "exclude",
        "references",
        "on_delete",
        "set_null",
        "name",
        "type",
        "default",
        "length",
        "precision",
        "scale",
        "crate",
        "base",
        "postgres",
        "json",
        "flatten",
        "skip",
        "nullable",
        "generated",
        "a",
        "b",
        "c",
        "5",
        "-",
        "\"x\"",
        "b\"x\"",
        "1.5",
        "true",
        "=",
        "=",
        "=",
        ",",
        ",",
        ",",
        "::",
        ".",
        "(a)",
        "(a, b)",
        "(a.desc(), b)",
        "()",
        "(\"x\", \"y\")",
        "(5)",
        "now()",
        "sql(\"x\")",
        "User::id",
        "(User::id)",
        "(type = text)",
        "(a = \"&&\")",
        "[a]",
        "{}",
        "#",
        "'a",
    ];
    proptest::collection::vec(prop::sample::select(parts.as_slice().to_vec()), 0..12)
        .prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn whatever_stands_in_attributes_becomes_items(table in mixture(), a in mixture(), b in mixture()) {
        let input = format!(
            "#[table({table})] struct User {{ #[column({a})] a: Option<i64>, #[column({b})] b: String, #[sqlx(flatten)] c: C }}"
        );
        let items = expand(input.parse().unwrap());
        let text = items.to_string();
        prop_assert!(syn::parse2::<syn::File>(items).is_ok(), "{text}");
        prop_assert!(text.contains("const FIELDS"));
    }
}
