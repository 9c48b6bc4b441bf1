//! Schemas as other programs make them, and odd ones.

use crate::round_trip::{memory, round_trip, run};

macro_rules! files {
    ($($name:ident)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                let mut connection = memory().await;
                run(&mut connection, include_str!(concat!("../introspection/sqlite/", stringify!($name), ".sql"))).await;
                let statements = round_trip(&mut connection).await;
                insta::assert_snapshot!(stringify!($name), statements.join(";\n"));
            }
        )*
    };
}

files! { clauses django music names prisma rails rental sqlalchemy sqlx_style }
