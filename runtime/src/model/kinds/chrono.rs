//! The types of chrono.

use crate::schema::Type;
use sqlx::types::chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, Utc};

column_types! {
    NaiveDate: Time, Type::Date, [sqlite postgres mysql];
    NaiveTime: Time, Type::Time, [sqlite postgres mysql];
    NaiveDateTime: Time, Type::Timestamp, [sqlite postgres mysql];
    DateTime<Utc>: Time, Type::TimestampTz, [sqlite postgres mysql];
    DateTime<Local>: Time, Type::TimestampTz, [sqlite postgres mysql];
    DateTime<FixedOffset>: Time, Type::TimestampTz, [sqlite postgres];
}

elements!(NaiveDate, NaiveTime, NaiveDateTime, DateTime<Utc>, DateTime<Local>, DateTime<FixedOffset>);
