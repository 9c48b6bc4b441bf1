//! The types of uuid.

use crate::schema::Type;
use sqlx::types::Uuid;
use sqlx::types::uuid::fmt::{Hyphenated, Simple};

column_types! {
    Uuid: Other, Type::Uuid, [sqlite postgres mysql];
    Hyphenated: Text, Type::Char(36), [sqlite mysql];
    Simple: Text, Type::Char(32), [sqlite mysql];
}

elements!(Uuid);
