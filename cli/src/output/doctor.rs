//! What `doctor` outputs.

use serde::Serialize;

/// What was found when everything was looked over.
#[derive(Debug, Serialize)]
pub(crate) struct DoctorReport {
    /// Whether nothing is wrong.
    pub(crate) is_healthy: bool,
    pub(crate) areas: Vec<DoctorArea>,
    /// What a person does next, in order.
    pub(crate) next: Vec<String>,
}

/// Things that belong together.
#[derive(Debug, Serialize)]
pub(crate) struct DoctorArea {
    pub(crate) name: &'static str,
    pub(crate) facts: Vec<Fact>,
}

/// Something that was found.
#[derive(Debug, Serialize)]
pub(crate) struct Fact {
    pub(crate) name: String,
    /// In words; it can have several lines.
    pub(crate) value: String,
    /// Where it comes from, of a setting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
    pub(crate) verdict: Verdict,
}

/// What to think of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// As it should be.
    Good,
    /// To be known.
    Note,
    /// To be fixed.
    Problem,
}

impl Fact {
    pub(crate) fn good(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), source: None, verdict: Verdict::Good }
    }

    pub(crate) fn note(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { verdict: Verdict::Note, ..Self::good(name, value) }
    }

    pub(crate) fn problem(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { verdict: Verdict::Problem, ..Self::good(name, value) }
    }

    pub(crate) fn with_source(self, source: impl Into<String>) -> Self {
        Self { source: Some(source.into()), ..self }
    }
}
