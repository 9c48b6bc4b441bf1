//! Settings from the configuration of another program.

use super::Reading;
use crate::{Place, Problem};
use std::path::PathBuf;

/// Settings that hold where the configuration of a folder does not set them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inherited {
    /// As [`Config::recursive`](crate::Config::recursive).
    pub recursive: Option<bool>,
    /// As [`Config::version_locations`](crate::Config::version_locations), from the root, each with its place.
    pub version_locations: Vec<(PathBuf, Place)>,
    /// As [`Config::file_template`](crate::Config::file_template).
    pub file_template: Option<String>,
    /// What is wrong where they were read.
    pub problems: Vec<Problem>,
}

impl Reading<'_> {
    /// Takes what the configuration does not set.
    pub(super) fn inherit(&mut self, inherited: &Inherited) {
        self.config_unclear |= !inherited.problems.is_empty();
        self.folder.problems.extend(inherited.problems.iter().cloned());
        let (config, keys) = (&mut self.folder.config, &self.folder.config_keys);
        let is_free = |key: &str| !keys.contains(key);
        if let Some(recursive) = inherited.recursive.filter(|_| is_free("recursive")) {
            config.recursive = recursive;
        }
        if let Some(template) = inherited.file_template.as_ref().filter(|_| is_free("file_template")) {
            config.file_template.clone_from(template);
        }
        if is_free("version_locations") {
            (config.version_locations, self.locations) = inherited.version_locations.iter().cloned().unzip();
        }
    }
}
