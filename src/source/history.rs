//! Earlier versions of the files of the content, wherever they are kept: [`History`]. `git` has one.

use std::collections::BTreeMap;

use crate::path::ContentPath;

/// Where earlier versions of files can be had.
pub trait History: Sync {
    /// The versions of files, the latest first.
    fn versions(&self, files: &[&ContentPath]) -> BTreeMap<ContentPath, Vec<Version>>;

    /// The text of a file in a version.
    fn text(&self, version: &Version, file: &ContentPath) -> Option<String>;
}

/// A version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The commit.
    pub commit: String,
    /// The day on which it was made.
    pub day: String,
}
