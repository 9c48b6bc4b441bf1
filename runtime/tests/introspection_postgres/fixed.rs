//! Schemas with what is odd, and schemas as others make them.

use crate::round_trip::{Client, statements};

/// What stands before is not read, and not made from what was read.
const READ: &str = "-- read from here";

/// The version whose way of writing is recorded.
const SPELLED: u32 = 15;

macro_rules! files {
    ($($test:ident: $file:literal, since $version:literal;)*) => {
        $(
            #[tokio::test]
            async fn $test() {
                let Some(mut client) = Client::open().await else { return };
                if client.version < $version {
                    println!("PostgreSQL {} is too old for it", client.version);
                    return;
                }
                let text = include_str!(concat!("../introspection/postgres/", $file));
                let (before, read) = text.split_once(READ).unwrap_or(("", text));
                client.run(before).await;
                client.run(read).await;
                let schema = client.round_trip(before).await;
                let remainders = schema.tables.iter().flat_map(|table| &table.remainders);
                let remainders: Vec<&str> = remainders.map(|each| each.what.as_str()).collect();
                println!("{}: {} tables, remainders: {}", $file, schema.tables.len(), remainders.join(", "));
                // Each version writes expressions in its own way.
                if client.version == SPELLED.max($version) {
                    insta::assert_snapshot!($file, statements(&schema).join(";\n"));
                }
            }
        )*
    };
}

files! {
    odd_names_go_round: "odd_names.sql", since 12;
    everything_goes_round: "everything.sql", since 13;
    what_version_15_brings_goes_round: "version_15.sql", since 15;
    what_version_18_brings_goes_round: "version_18.sql", since 18;
    a_schema_of_django_goes_round: "django.sql", since 12;
    a_schema_of_rails_goes_round: "rails.sql", since 12;
    a_schema_of_prisma_goes_round: "prisma.sql", since 12;
    a_schema_of_alembic_goes_round: "alembic.sql", since 12;
    a_schema_by_hand_goes_round: "sqlx.sql", since 12;
    a_shop_for_music_goes_round: "music.sql", since 12;
    a_rental_shop_goes_round: "rental.sql", since 12;
}
