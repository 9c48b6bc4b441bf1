//! Laws of the graph, on random graphs of every shape, against a second implementation that is obvious and
//! slow.

#![allow(clippy::unwrap_used, reason = "a test says what it expects by unwrapping it")]

mod circles;
mod naive;

use naive::{Naive, Names, heads, names, sound, with_some};
use proptest::prelude::*;
use proptest::sample::Index;
use servicekit_chain::{Direction, Graph, Heads, Note, Plan, RevisionId, RevisionRef, RowChange, Target};

fn graph(naive: &Naive) -> Graph {
    Graph::new(naive.nodes.clone()).unwrap()
}

fn several(ids: &Names) -> Target {
    Target::several(ids.iter().map(|id| Target::from(RevisionId::new(id).unwrap())))
}

/// Checks that rows that go are there and rows that come are not, and gives the rows afterwards.
fn follow(rows: &Heads, change: &RowChange) -> Result<Heads, TestCaseError> {
    let mut now = rows.clone();
    for gone in change.delete.iter().chain(change.update.iter().map(|(from, _)| from)) {
        prop_assert!(now.remove(gone.as_str()), "{gone} goes and is not in {rows}");
    }
    for new in change.insert.iter().chain(change.update.iter().map(|(_, to)| to)) {
        prop_assert!(now.insert(new.clone()), "{new} comes and is in {rows}");
    }
    let mut applied = rows.clone();
    change.apply(&mut applied);
    prop_assert_eq!(&applied, &now);
    Ok(now)
}

/// Checks a plan step by step: each after all it needs, and the rows always what nothing applied needs.
fn check(naive: &Naive, plan: &Plan, direction: Direction, expected: &Names) -> Result<(), TestCaseError> {
    prop_assert_eq!(&names(plan.steps.iter().map(|step| &step.revision)), expected);
    prop_assert_eq!(plan.steps.len(), expected.len(), "a step comes twice");
    let mut applied = naive.applied(&names(&plan.from));
    let mut rows = plan.from.clone();
    for (step, (same_step, rows_after)) in plan.steps.iter().zip(plan.with_rows()) {
        prop_assert_eq!(step, same_step);
        prop_assert_eq!(step.direction, direction);
        let id = step.revision.to_string();
        match direction {
            Direction::Upgrade => {
                prop_assert!(naive.below[&id].is_subset(&applied), "{id} comes before what it needs");
                applied.insert(id);
            }
            Direction::Downgrade => {
                applied.remove(&id);
                let needed = applied.iter().any(|other| naive.needs[other].contains(&id));
                prop_assert!(!needed, "{id} goes while it is needed");
            }
        }
        rows = follow(&rows, &step.rows)?;
        prop_assert_eq!(&rows, &heads(&naive.maximal(&applied)), "after {}", step.revision);
        prop_assert_eq!(&rows, &rows_after);
    }
    prop_assert_eq!(&rows, &plan.to);
    Ok(())
}

proptest! {
    #[test]
    fn an_upgrade_applies_what_is_missing_each_after_all_it_needs_with_the_right_rows(
        (naive, some) in with_some(),
        targets in proptest::option::of(proptest::collection::vec(any::<Index>(), 1..4)),
    ) {
        let graph = graph(&naive);
        let rows = naive.maximal(&some);
        let ids = naive.ids();
        let (targets, wanted) = match targets {
            Some(targets) => {
                let wanted = naive.maximal(&targets.iter().map(|at| at.get(&ids).clone()).collect());
                (several(&wanted), wanted)
            }
            None => (Target::heads(), ids.iter().cloned().collect()),
        };
        let plan = graph.upgrade(&heads(&rows), &targets).unwrap();
        let missing = &naive.applied(&wanted) - &naive.applied(&rows);
        check(&naive, &plan, Direction::Upgrade, &missing)?;
    }

    #[test]
    fn a_downgrade_reverts_what_follows_the_target_and_all_that_needs_it_with_the_right_rows(
        (naive, some) in with_some(),
        target in any::<Index>(),
        to_base in proptest::bool::weighted(0.2),
        along_a_row in any::<bool>(),
    ) {
        let graph = graph(&naive);
        let rows = naive.maximal(&some);
        let applied = naive.applied(&rows);
        let ids = naive.ids();
        let target = (!to_base).then(|| target.get(&ids).clone());
        let mut roots: Names = match &target {
            Some(target) => naive.children(target),
            None => naive.ids().into_iter().filter(|id| naive.parents[id].is_empty()).collect(),
        };
        let mut text = target.clone().unwrap_or_else(|| "base".to_owned());
        let mut lineage = target.as_ref().map(|target| naive.lineage(target));
        let row = rows.first().filter(|row| lineage.as_ref().is_none_or(|lineage| lineage.contains(*row)));
        if along_a_row && let Some(row) = row {
            text = format!("{row}@{text}");
            if roots.len() > 1 {
                roots = &roots & &naive.lineage(row);
            }
            lineage = Some(naive.lineage(row));
        }
        let expected = &naive.above(&roots) & &applied;
        let plan = graph.downgrade(&heads(&rows), &text.parse().unwrap());
        if let Some(target) = target && expected.is_empty() && !rows.contains(&target) {
            prop_assert!(plan.is_err(), "{text} is no revision to downgrade to: {plan:?}");
            return Ok(());
        }
        let plan = plan.unwrap();
        check(&naive, &plan, Direction::Downgrade, &expected)?;
        let outside = lineage.map_or_else(Names::new, |lineage| &expected - &lineage);
        let noted: Names = plan
            .notes
            .iter()
            .flat_map(|note| match note {
                Note::OtherBranch { revisions, .. } => names(revisions),
                other => panic!("{other}"),
            })
            .collect();
        prop_assert_eq!(noted, outside);
    }

    #[test]
    fn upgrade_then_downgrade_returns_to_the_start(naive in sound()) {
        let graph = graph(&naive);
        let up = graph.upgrade(&Heads::base(), &Target::heads()).unwrap();
        let down = graph.downgrade(&up.to, &Target::base()).unwrap();
        prop_assert_eq!(&down.to, &Heads::base());
        let reverted: Vec<_> = down.steps.iter().rev().map(|step| &step.revision).collect();
        prop_assert_eq!(reverted, up.steps.iter().map(|step| &step.revision).collect::<Vec<_>>());
        // The rows on the way down are those of the way up.
        let mut rows_up: Vec<Heads> = up.with_rows().map(|(_, rows)| rows).collect();
        rows_up.pop();
        rows_up.insert(0, Heads::base());
        let rows_down: Vec<Heads> = down.with_rows().map(|(_, rows)| rows).collect();
        prop_assert_eq!(rows_up, rows_down.into_iter().rev().collect::<Vec<_>>());
    }

    #[test]
    fn each_step_of_an_upgrade_can_be_taken_back_alone((naive, some) in with_some()) {
        let graph = graph(&naive);
        let mut before = heads(&naive.maximal(&some));
        let plan = graph.upgrade(&before, &Target::heads()).unwrap();
        for (step, after) in plan.with_rows() {
            let below: Target = format!("{id}@{id}-1", id = step.revision).parse().unwrap();
            let back = graph.downgrade(&after, &below).unwrap();
            let reverted: Vec<_> = back.steps.iter().map(|step| &step.revision).collect();
            prop_assert_eq!(reverted, vec![&step.revision]);
            prop_assert_eq!(&back.to, &before);
            before = after;
        }
    }

    #[test]
    fn a_stamp_replaces_the_related_rows_and_keeps_the_others(
        (naive, some) in with_some(),
        target in any::<Index>(),
        to_base in proptest::bool::weighted(0.2),
    ) {
        let graph = graph(&naive);
        let rows = naive.maximal(&some);
        let ids = naive.ids();
        let target = target.get(&ids);
        let (to, expected) = if to_base {
            (Target::base(), Names::new())
        } else {
            let is_related = |row: &str| naive.below[row].contains(target) || naive.below[target].contains(row);
            let mut expected: Names = rows.iter().filter(|row| !is_related(row)).cloned().collect();
            expected.insert(target.clone());
            (several(&names([target])), expected)
        };
        let plan = graph.stamp(&heads(&rows), &to).unwrap();
        let mut now = plan.from.clone();
        for step in &plan.steps {
            now = follow(&now, &step.rows)?;
        }
        prop_assert_eq!(&now, &plan.to);
        prop_assert_eq!(names(&now), expected);
    }

    #[test]
    fn heads_bases_labels_and_neighbours_are_those_of_the_definition((naive, some) in with_some()) {
        let graph = graph(&naive);
        let all: Names = naive.ids().into_iter().collect();
        let with = |is_in: &dyn Fn(&str) -> bool| all.iter().filter(|id| is_in(id)).cloned().collect::<Names>();
        prop_assert_eq!(graph.len(), all.len());
        prop_assert_eq!(names(graph.heads()), with(&|id| naive.children(id).is_empty()));
        prop_assert_eq!(names(graph.bases()), with(&|id| naive.parents[id].is_empty()));
        prop_assert_eq!(names(graph.effective_heads()), naive.maximal(&all));
        prop_assert_eq!(names(graph.effective(&heads(&some)).unwrap()), naive.maximal(&some));
        for (at, revision) in graph.revisions().enumerate() {
            let id = revision.id().as_str();
            prop_assert_eq!(graph.get(id), Some(revision));
            prop_assert_eq!(&naive.nodes[revision.index()].id, revision.id());
            prop_assert_eq!(names(revision.parents().map(|r| r.id())), naive.parents[id].clone());
            let needs = revision.parents().chain(revision.dependencies());
            prop_assert_eq!(names(needs.map(|r| r.id())), naive.needs[id].clone());
            prop_assert_eq!(names(revision.children().map(|r| r.id())), naive.children(id));
            prop_assert_eq!(names(revision.labels()), naive.labels(id));
            prop_assert_eq!(revision.is_head(), naive.children(id).is_empty());
            prop_assert_eq!(revision.is_base(), naive.parents[id].is_empty());
            prop_assert_eq!(revision.is_branch_point(), naive.children(id).len() > 1);
            prop_assert_eq!(revision.is_merge_point(), naive.parents[id].len() > 1);
            let earlier: Names = graph.revisions().take(at).map(|r| r.id().to_string()).collect();
            prop_assert!(naive.below[id].is_subset(&earlier), "{id} comes before what it needs");
        }
    }

    #[test]
    fn a_beginning_of_an_id_names_it_when_no_other_name_begins_so(
        naive in sound(),
        which in any::<Index>(),
        length in 1usize..7,
    ) {
        let graph = graph(&naive);
        let ids = naive.ids();
        let prefix: String = which.get(&ids).chars().take(length).collect();
        let found: Vec<&String> = ids.iter().filter(|id| id.starts_with(&prefix)).collect();
        match graph.resolve(&prefix) {
            Ok(one) => prop_assert_eq!(names(&one), names(found)),
            Err(_) => prop_assert!(found.len() > 1 && !ids.contains(&prefix)),
        }
    }

    #[test]
    fn a_range_holds_what_lies_between_its_ends(naive in sound(), ends in any::<(Index, Index)>()) {
        let graph = graph(&naive);
        let ids = naive.ids();
        let (start, end) = (ends.0.get(&ids), ends.1.get(&ids));
        let reach = naive.applied(&names([end]));
        let whole = graph.range(&format!(":{end}"), None).unwrap();
        prop_assert_eq!(names(&whole), reach.clone());
        match graph.range(&format!("{start}:{end}"), None) {
            Ok(found) => {
                let is_after = |id: &&String| *id == start || naive.ancestors[*id].contains(start);
                prop_assert_eq!(names(&found), reach.iter().filter(is_after).cloned().collect::<Names>());
                let order: Vec<_> = graph.revisions().map(|r| r.id()).collect();
                let order: Vec<_> = order.into_iter().filter(|id| found.contains(id)).collect();
                prop_assert_eq!(order, found.iter().collect::<Vec<_>>());
            }
            Err(_) => prop_assert!(!reach.contains(start)),
        }
    }

    #[test]
    fn the_same_comes_out_for_any_order_of_the_files(
        (naive, shuffled) in sound().prop_flat_map(|naive| (Just(naive.clone()), Just(naive.nodes).prop_shuffle())),
        targets in proptest::collection::vec((any::<Index>(), 0usize..6), 4),
    ) {
        let (one, other) = (graph(&naive), Graph::new(shuffled).unwrap());
        let order = |graph: &Graph| {
            let line = |r: RevisionRef<'_>| format!("{r:?} {:?} {:?}", r.labels(), r.children().collect::<Vec<_>>());
            graph.revisions().map(line).collect::<Vec<_>>()
        };
        prop_assert_eq!(order(&one), order(&other));
        let ids = naive.ids();
        for (which, form) in targets {
            let id = which.get(&ids);
            let [id, prefix] = [id.as_str(), &id[..2]];
            let forms = [id, &format!("{id}@head"), "+1", &format!("{id}-1"), "heads", prefix];
            let to: Target = forms[form].parse().unwrap();
            for rows in [Heads::base(), one.effective_heads()] {
                prop_assert_eq!(one.upgrade(&rows, &to), other.upgrade(&rows, &to));
                prop_assert_eq!(one.downgrade(&rows, &to), other.downgrade(&rows, &to));
                prop_assert_eq!(one.stamp(&rows, &to), other.stamp(&rows, &to));
            }
        }
    }

    #[test]
    fn no_target_and_no_rows_make_it_panic(
        (naive, mut some) in with_some(),
        unknown in proptest::option::weighted(0.2, "[a-f]{1,4}"),
        pieces in proptest::collection::vec(any::<Index>(), 5),
        noise in "[0-9a-fx@+:-]{0,6}",
    ) {
        let graph = graph(&naive);
        some.extend(unknown);
        let rows = heads(&some);
        let mut words = naive.ids();
        let others = ["head", "heads", "base", "current", "@", "+", "-", ":", "1", "2", "label0", "", &noise];
        words.extend(others.map(str::to_owned));
        let text: String = pieces.iter().map(|piece| piece.get(&words).as_str()).collect();
        let _ = (graph.resolve(&text), graph.resolve_one(&text), graph.bases_in(&text), graph.effective(&rows));
        let _ = (graph.range(&text, Some(&rows)), graph.range(&text, None));
        let Ok(target) = text.parse::<Target>() else { return Ok(()) };
        for plan in [graph.upgrade(&rows, &target), graph.downgrade(&rows, &target)].into_iter().flatten() {
            let mut now = plan.from.clone();
            for step in &plan.steps {
                now = follow(&now, &step.rows)?;
            }
            prop_assert_eq!(now, plan.to);
        }
        if let Ok(plan) = graph.stamp(&rows, &target) {
            let mut now = plan.from.clone();
            for step in &plan.steps {
                now = follow(&now, &step.rows)?;
            }
            prop_assert_eq!(now, plan.to);
        }
    }
}
