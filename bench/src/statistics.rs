//! Medians and tables.

use std::fmt::Write as _;
use std::time::Duration;

/// The times of one competitor.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds one.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
        self.0.sort_unstable();
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one in the middle, the lower of two; zero when there is none.
    pub fn median(&self) -> Duration {
        self.0.get(self.0.len().saturating_sub(1) / 2).copied().unwrap_or_default()
    }

    /// `0.31 … 0.35`: what noise did.
    fn spread(&self, unit: Unit) -> String {
        let end = |time: Option<&Duration>| time.map_or_else(String::new, |time| unit.show(*time));
        format!("{} … {}", end(self.0.first()), end(self.0.last()))
    }
}

impl Extend<Duration> for Times {
    fn extend<T: IntoIterator<Item = Duration>>(&mut self, times: T) {
        times.into_iter().for_each(|time| self.push(time));
    }
}

impl FromIterator<Duration> for Times {
    fn from_iter<I: IntoIterator<Item = Duration>>(times: I) -> Self {
        let mut times: Vec<Duration> = times.into_iter().collect();
        times.sort_unstable();
        Self(times)
    }
}

/// The unit in which a table shows times.
#[derive(Debug, Clone, Copy)]
pub enum Unit {
    /// `s`
    Seconds,
    /// `µs`
    Microseconds,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Self::Seconds => "s",
            Self::Microseconds => "µs",
        }
    }

    /// A time in this unit.
    pub fn show(self, time: Duration) -> String {
        match self {
            Self::Seconds => format!("{:.3}", time.as_secs_f64()),
            Self::Microseconds => format!("{:.1}", time.as_secs_f64() * 1e6),
        }
    }
}

/// A competitor and its times.
pub type Row = (&'static str, Times);

/// A column that compares each row with the row of a name.
#[derive(Debug, Clone, Copy)]
pub enum Ratio {
    /// The row's median divided by the named one.
    To(&'static str),
    /// The named median divided by the row's.
    Of(&'static str),
}

impl Ratio {
    fn title(self) -> String {
        match self {
            Self::To(base) => format!("it / {base}"),
            Self::Of(base) => format!("{base} / it"),
        }
    }

    fn of(self, row: &str, rows: &[Row]) -> f64 {
        match self {
            Self::To(base) => ratio(rows, row, base),
            Self::Of(base) => ratio(rows, base, row),
        }
    }
}

/// The median of one row divided by that of another; not a number when there is no such row.
pub fn ratio(rows: &[Row], of: &str, to: &str) -> f64 {
    let median = |wanted: &str| {
        let row = rows.iter().find(|(name, _)| *name == wanted);
        row.map_or(f64::NAN, |(_, times)| times.median().as_secs_f64())
    };
    median(of) / median(to)
}

/// A table of medians, what noise did to them, and ratios.
pub fn table(unit: Unit, rows: &[Row], ratios: &[Ratio]) -> String {
    let unit_name = unit.name();
    let mut title = vec![String::new(), format!("median {unit_name}"), format!("least … most {unit_name}")];
    title.extend(ratios.iter().map(|ratio| ratio.title()));
    let mut lines = vec![title];
    for (name, times) in rows {
        let mut line = vec![(*name).to_owned(), unit.show(times.median()), times.spread(unit)];
        line.extend(ratios.iter().map(|ratio| format!("{:.2}", ratio.of(name, rows))));
        lines.push(line);
    }
    align(&lines)
}

/// Pads the columns; all but the first stand on the right.
fn align(lines: &[Vec<String>]) -> String {
    let mut text = String::new();
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            let width =
                lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max();
            let width = width.unwrap_or_default();
            let _ =
                if column == 0 { write!(text, "{cell:<width$}") } else { write!(text, "   {cell:>width$}") };
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(milliseconds: &[u64]) -> Times {
        milliseconds.iter().copied().map(Duration::from_millis).collect()
    }

    #[test]
    fn the_median_does_not_depend_on_the_order_and_is_deaf_to_one_outlier() {
        assert_eq!(times(&[900, 20, 30]).median(), Duration::from_millis(30));
        let mut pushed = Times::default();
        for time in [30, 900, 20] {
            pushed.push(Duration::from_millis(time));
        }
        assert_eq!(pushed.median(), Duration::from_millis(30));
    }

    #[test]
    fn a_table_compares_each_row_with_the_named_ones() {
        let rows = [("plain", times(&[200])), ("servicekit", times(&[300]))];
        let expected = "\
             \u{20}            median s   least … most s   it / plain   servicekit / it   it / absent\n\
             plain           0.200    0.200 … 0.200         1.00              1.50           NaN\n\
             servicekit      0.300    0.300 … 0.300         1.50              1.00           NaN\n";
        let ratios = [Ratio::To("plain"), Ratio::Of("servicekit"), Ratio::To("absent")];
        assert_eq!(table(Unit::Seconds, &rows, &ratios), expected);
    }
}
