//! Names that were probably meant: the small edit-distance helper behind every "did you mean".

/// At most this many suggestions are offered; more would be noise in a message.
const MAX_MATCHES: usize = 3;

/// The candidates that `name` is probably a misspelling of, the nearest first, at most three.
///
/// A candidate is near when it begins with `name` (from three characters on), or when few edits lead from one
/// to the other: one for names of up to four characters, two up to eight, three beyond. An edit inserts,
/// removes or replaces a character or swaps two neighbours. A candidate that is equal but for upper and lower
/// case is always near.
///
/// ```
/// use servicekit_chain::diagnostic::suggestions;
/// assert_eq!(suggestions("down_revison", ["revision", "down_revision"]), ["down_revision"]);
/// assert_eq!(suggestions("3f2a", ["7f3c2b1a9d4e", "3f2a9c41d07e"]), ["3f2a9c41d07e"]);
/// assert!(suggestions("unlike", ["anything"]).is_empty());
/// ```
pub fn suggestions<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let name = name.to_lowercase();
    let characters: Vec<char> = name.chars().collect();
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&name, &characters, candidate)?, candidate)))
        .collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(MAX_MATCHES);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How far `candidate` is away from a name in lower case, given with its characters; nothing when it is not near.
fn distance(name: &str, characters: &[char], candidate: &str) -> Option<usize> {
    if characters.is_empty() || candidate.is_empty() {
        return None;
    }
    // How many edits still count as near.
    let limit = match characters.len() {
        ..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    // Most candidates are much longer or shorter: nothing is copied for them.
    let begins = || candidate.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let is_ascii = candidate.is_ascii() && name.is_ascii();
    if is_ascii && candidate.len().abs_diff(name.len()) > limit && !begins() {
        return None;
    }
    let candidate = candidate.to_lowercase();
    if characters.len() >= 3 && candidate.starts_with(name) {
        return Some(usize::from(candidate.len() > name.len()));
    }
    let others: Vec<char> = candidate.chars().collect();
    let distance = edit_distance(characters, &others, limit)?;
    // Two names that share no character at all are never a misspelling of each other.
    (distance < characters.len().max(others.len())).then_some(distance)
}

/// The edit distance (insert, remove, replace, swap neighbours) when it is at most `limit`.
///
/// Only the band of width `limit` around the diagonal is computed, so a long list of candidates stays cheap.
fn edit_distance(from: &[char], to: &[char], limit: usize) -> Option<usize> {
    if from.len().abs_diff(to.len()) > limit {
        return None;
    }
    let far = limit + 1;
    let mut two_back: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=to.len()).map(|cost| cost.min(far)).collect();
    for (row, &a) in from.iter().enumerate() {
        let mut current = vec![far; to.len() + 1];
        if let Some(first) = current.first_mut() {
            *first = (row + 1).min(far);
        }
        let band = row.saturating_sub(limit)..(row + limit + 1).min(to.len());
        for column in band {
            let at = |costs: &[usize], index: usize| costs.get(index).copied().unwrap_or(far);
            let b = to.get(column).copied();
            let mut cost = (at(&previous, column) + usize::from(b != Some(a)))
                .min(at(&previous, column + 1) + 1)
                .min(at(&current, column) + 1);
            let swapped =
                row > 0 && column > 0 && from.get(row - 1).copied() == b && to.get(column - 1) == Some(&a);
            if swapped {
                cost = cost.min(at(&two_back, column - 1) + 1);
            }
            if let Some(cell) = current.get_mut(column + 1) {
                *cell = cost.min(far);
            }
        }
        two_back = std::mem::replace(&mut previous, current);
    }
    previous.last().copied().filter(|&cost| cost <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_nearest_comes_first_and_strangers_are_left_out() {
        let keys = ["revision", "down_revision", "branch_labels", "depends_on", "created"];
        assert_eq!(suggestions("revison", keys), ["revision"]);
        assert_eq!(suggestions("Down_Revision", keys), ["down_revision"]);
        assert_eq!(suggestions("depend_on", keys), ["depends_on"]);
        assert_eq!(suggestions("author", keys), [""; 0]);
        assert_eq!(suggestions("", keys), [""; 0]);
        assert_eq!(suggestions("abdc", ["abcd", "abcx", "zzzz"]), ["abcd"]);
    }

    #[test]
    fn no_more_than_three_are_offered_whatever_the_order_of_the_candidates() {
        let candidates = ["aaaa5", "aaaa3", "aaaa1", "aaaa4", "aaaa2", "aaaa1"];
        assert_eq!(suggestions("aaaa", candidates), ["aaaa1", "aaaa2", "aaaa3"]);
    }

    #[test]
    fn short_names_with_nothing_in_common_are_not_near() {
        assert_eq!(suggestions("a", ["b"]), [""; 0]);
        assert_eq!(suggestions("d1", ["c1", "c2"]), ["c1"]);
    }

    /// The textbook table, with no band.
    fn naive_distance(from: &[char], to: &[char]) -> usize {
        let mut table = vec![vec![0; to.len() + 1]; from.len() + 1];
        for i in 0..=from.len() {
            for j in 0..=to.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let mut cost = (table[i - 1][j - 1] + usize::from(from[i - 1] != to[j - 1]))
                        .min(table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                        cost = cost.min(table[i - 2][j - 2] + 1);
                    }
                    cost
                };
            }
        }
        table[from.len()][to.len()]
    }

    proptest! {
        #[test]
        fn the_banded_distance_is_the_full_one_up_to_the_limit(from in "[abc]{0,8}", to in "[abc]{0,8}", limit in 0usize..4) {
            let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
            let full = naive_distance(&from, &to);
            prop_assert_eq!(edit_distance(&from, &to, limit), (full <= limit).then_some(full));
        }

        #[test]
        fn no_text_makes_it_panic(name in any::<String>(), candidates in proptest::collection::vec(any::<String>(), 0..4)) {
            let found = suggestions(&name, candidates.iter().map(String::as_str));
            prop_assert!(found.len() <= 3);
        }
    }
}
