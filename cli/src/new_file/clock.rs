//! The time in UTC, as files and their names have it.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 86_400;
/// The Gregorian calendar repeats after this many years.
const YEARS_A_CYCLE: u64 = 400;
const DAYS_A_CYCLE: u64 = 146_097;

/// A moment in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Utc {
    /// Seconds since 1970.
    pub(crate) epoch: u64,
    pub(crate) year: u64,
    pub(crate) month: u64,
    pub(crate) day: u64,
    pub(crate) hour: u64,
    pub(crate) minute: u64,
    pub(crate) second: u64,
}

impl Utc {
    /// The time of this machine; a clock before 1970 counts as 1970.
    pub(crate) fn now() -> Self {
        Self::at(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }

    /// The moment so many seconds after the beginning of 1970.
    pub(crate) fn at(epoch: u64) -> Self {
        let (days, second) = (epoch / SECONDS_A_DAY, epoch % SECONDS_A_DAY);
        // Whole cycles are skipped so that the count below is short whatever the clock says.
        let mut year = 1970 + days / DAYS_A_CYCLE * YEARS_A_CYCLE;
        let mut day = days % DAYS_A_CYCLE;
        while day >= days_of_year(year) {
            day -= days_of_year(year);
            year += 1;
        }
        let mut month = 1;
        while day >= days_of_month(year, month) {
            day -= days_of_month(year, month);
            month += 1;
        }
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        Self { epoch, year, month, day: day + 1, hour, minute, second }
    }
}

impl fmt::Display for Utc {
    /// ISO 8601: `2026-11-22T16:55:52Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second, .. } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_year(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_of_month(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_have_their_date() {
        let moments =
            [0, 68_169_599, 951_782_400, 1_709_251_199, 1_795_366_552, 4_107_542_400, 253_402_300_799];
        assert_eq!(
            moments.map(|epoch| Utc::at(epoch).to_string()),
            [
                "1970-01-01T00:00:00Z",
                "1972-02-28T23:59:59Z",
                "2000-02-29T00:00:00Z",
                "2024-02-29T23:59:59Z",
                "2026-11-22T16:55:52Z",
                "2100-03-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
            ]
        );
    }
}
