//! What a session keeps, and what puts it back when a revision has changed it: for a session that no other can take the
//! place of.

use crate::backend::Answer;
use std::collections::BTreeMap;

/// The rows of the answer in this place.
pub(crate) fn rows(answers: &[Answer], at: usize) -> &[Vec<Option<String>>] {
    answers.get(at).map(|answer| answer.rows.as_slice()).unwrap_or_default()
}

/// What is in the first column now and was not before.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn come<'a>(
    before: &'a [Answer],
    after: &'a [Answer],
    at: usize,
) -> impl Iterator<Item = &'a str> {
    let before = rows(before, at);
    let new = rows(after, at).iter().filter(move |row| !before.contains(row));
    new.filter_map(|row| row.first()?.as_deref())
}

/// What has another value now: its name, and the value before.
pub(crate) fn changed<'a>(
    before: &'a [Answer],
    after: &'a [Answer],
    at: usize,
) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
    let pairs = |answers: &'a [Answer]| {
        rows(answers, at)
            .iter()
            .filter_map(|row| Some((row.first()?.as_deref()?, row.get(1)?.as_deref())))
            .collect::<BTreeMap<_, _>>()
    };
    let now = pairs(after);
    // What is not shown any more may be as it was.
    pairs(before).into_iter().filter(move |(name, was)| now.get(name).is_some_and(|now| now != was))
}

#[cfg(test)]
pub(crate) fn answer(rows: &[&[&str]]) -> Answer {
    let row = |row: &&[&str]| row.iter().map(|value| Some((*value).to_owned())).collect();
    Answer { rows: rows.iter().map(row).collect(), affected: 0 }
}
