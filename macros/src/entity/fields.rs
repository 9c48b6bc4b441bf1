//! The common fields.

use quote::quote;
use syn::parse::Parser as _;
use syn::{Field, Path};

/// Their names, in the order in which they stand.
pub(super) const COMMON: [&str; 4] = ["id", "created_at", "updated_at", "tags"];

/// The field of this name.
///
/// The types depend on no feature of the application: another crate that turned one on would change them.
pub(super) fn common(name: &str, krate: &Path) -> Field {
    let moment = quote!(#krate::sqlx::types::chrono::DateTime<#krate::sqlx::types::chrono::Utc>);
    let tokens = match name {
        "id" => quote! {
            /// The identifier, made by the program.
            #[column(primary_key)]
            pub id: #krate::Ulid
        },
        "created_at" => quote! {
            /// When the row was made.
            #[column(default = now())]
            pub created_at: #moment
        },
        "updated_at" => quote! {
            /// When the row was changed, as far as `touch` was called.
            #[column(default = now())]
            pub updated_at: #moment
        },
        _ => quote! {
            /// Words to find the row by.
            pub tags: #krate::Json<::std::vec::Vec<::std::string::String>>
        },
    };
    #[allow(clippy::expect_used, reason = "it is the text above")]
    Field::parse_named.parse2(tokens).expect("a field")
}
