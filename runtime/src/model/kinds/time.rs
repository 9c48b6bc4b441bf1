//! The types of time.

use crate::schema::Type;
use sqlx::types::time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

column_types! {
    Date: Time, Type::Date, [sqlite postgres mysql];
    Time: Time, Type::Time, [sqlite postgres mysql];
    PrimitiveDateTime: Time, Type::Timestamp, [sqlite postgres mysql];
    OffsetDateTime: Time, Type::TimestampTz, [sqlite postgres mysql];
}

elements!(Date, Time, PrimitiveDateTime, OffsetDateTime);
