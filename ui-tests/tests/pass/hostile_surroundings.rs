//! Whatever the surrounding module is called and holds, the macro means its own names.

#![no_implicit_prelude]
#![deny(warnings, unused, missing_docs, unreachable_pub)]
#![forbid(unsafe_code)]

/// Handed on by a macro of the program.
macro_rules! history {
    ($name:ident, $folder:literal) => {
        /// A history.
        pub mod $name {
            #![allow(dead_code, unused_macros)]
            mod core {}
            mod std {}
            mod alembic {}
            struct Revision;
            struct RevisionId;
            struct Some;
            struct Option;
            macro_rules! include_str {
                () => {};
            }
            ::servicekit::migrations!($folder);
        }
    };
}

history!(history, "hostile_surroundings");

#[::core::prelude::v1::test]
fn it_is_there() {
    ::std::assert_eq!(history::MIGRATIONS.revisions().len(), 2);
}
