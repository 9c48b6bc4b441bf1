//! What `doctor` found, laid out for people.

use super::lines;
use crate::console::style::Style;
use crate::output::{DoctorArea, DoctorReport, Verdict};

pub(super) fn text(doctor: &DoctorReport, style: Style) -> String {
    let facts = || doctor.areas.iter().flat_map(|area| &area.facts);
    let name = facts().map(|fact| fact.name.chars().count()).max().unwrap_or(0);
    // Only what has a source stands in a column.
    let value = facts().filter(|fact| fact.source.is_some());
    let value = value.map(|fact| fact.value.chars().count()).max().unwrap_or(0);
    let areas = doctor.areas.iter().map(|area| section(area, (name, value), style));
    let next = (!doctor.next.is_empty()).then(|| {
        let steps = doctor.next.iter().zip(1..).map(|(step, number)| format!("  {number}. {step}"));
        lines([style.strong("next")].into_iter().chain(steps))
    });
    areas.chain(next).collect::<Vec<_>>().join("\n")
}

fn section(area: &DoctorArea, (name, value): (usize, usize), style: Style) -> String {
    let facts = area.facts.iter().map(|fact| {
        let mark = match fact.verdict {
            Verdict::Good => style.mark("ok"),
            Verdict::Note => style.label("--"),
            Verdict::Problem => style.level("!!"),
        };
        let indent = format!("\n{:width$}", "", width = name + 7);
        let text = fact.value.replace('\n', &indent);
        match &fact.source {
            Some(source) => {
                let blanks = value.saturating_sub(fact.value.chars().count());
                format!("  {mark}  {:name$} {text}{:blanks$}  {}", fact.name, "", style.faint(source))
            }
            None => format!("  {mark}  {:name$} {text}", fact.name),
        }
    });
    lines([style.strong(area.name)].into_iter().chain(facts))
}
