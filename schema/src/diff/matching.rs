//! Which things of two schemas are one.

/// Things of both, each with the one that it is on the other side.
#[derive(Debug)]
pub(super) struct Matched<'a, T> {
    pub(super) both: Vec<(&'a T, &'a T)>,
    pub(super) dropped: Vec<&'a T>,
    pub(super) added: Vec<&'a T>,
}

/// Pairs what is the same by this rule, each with at most one, in the order of the second.
pub(super) fn pairs<'a, T>(
    from: impl IntoIterator<Item = &'a T>,
    to: impl IntoIterator<Item = &'a T>,
    is_same: impl Fn(&T, &T) -> bool,
) -> Matched<'a, T> {
    let mut dropped: Vec<&T> = from.into_iter().collect();
    let (mut both, mut added) = (Vec::new(), Vec::new());
    for new in to {
        match dropped.iter().position(|old| is_same(old, new)) {
            Some(at) => both.push((dropped.remove(at), new)),
            None => added.push(new),
        }
    }
    Matched { both, dropped, added }
}

impl<T> Matched<'_, T> {
    /// Pairs by another rule what has no partner yet.
    pub(super) fn or_by(self, is_same: impl Fn(&T, &T) -> bool) -> Self {
        let Self { mut both, dropped, added } = self;
        let rest = pairs(dropped, added, is_same);
        both.extend(rest.both);
        Self { both, ..rest }
    }
}
