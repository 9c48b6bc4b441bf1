//! Files that import each other in a circle.

use super::{Imports, Module};
use std::collections::BTreeSet;

/// The circles, each with all files that reach each other, the largest first.
///
/// A module and what stands inside it are one thing to a reader, so an import between them makes no circle.
pub(super) fn of(imports: &Imports) -> Vec<Vec<Module>> {
    let mut left: BTreeSet<&Module> = imports.keys().collect();
    let mut circles = Vec::new();
    while let Some(&start) = left.first() {
        let there = reached(imports, start);
        let circle: Vec<Module> = left
            .iter()
            .filter(|other| there.contains(**other) && reached(imports, other).contains(start))
            .map(|module| (*module).clone())
            .collect();
        left.remove(start);
        left.retain(|module| !circle.contains(module));
        if circle.len() > 1 {
            circles.push(circle);
        }
    }
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

fn reached<'i>(imports: &'i Imports, start: &'i Module) -> BTreeSet<&'i Module> {
    let mut found = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(module) = open.pop() {
        for next in imports.get(module).into_iter().flatten() {
            let is_inside = next.starts_with(module) || module.starts_with(next);
            if !is_inside && found.insert(next) {
                open.push(next);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(edges: &[(&str, &str)]) -> Imports {
        let module = |text: &str| text.split("::").map(str::to_owned).collect::<Module>();
        let mut imports = Imports::new();
        for (from, to) in edges {
            imports.entry(module(from)).or_default().insert(module(to));
            imports.entry(module(to)).or_default();
        }
        imports
    }

    #[test]
    fn files_that_reach_each_other_are_a_circle() {
        let found = of(&imports(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "a")]));
        assert_eq!(found, [vec![vec!["a".to_owned()], vec!["b".to_owned()], vec!["c".to_owned()]]]);
    }

    #[test]
    fn a_module_and_what_is_inside_make_none() {
        assert!(of(&imports(&[("a", "a::b"), ("a::b", "a")])).is_empty());
    }
}
