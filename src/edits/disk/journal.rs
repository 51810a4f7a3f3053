//! What a change does to each file, on the disk from when it is decided to when it is done: [`Journal`].
//!
//! Any run that finds a journal carries it out, and a foreign tree can bring one along. So it can name only files of
//! the content: every path in it is an [`Inside`], and if one of them is not, the journal is not read at all.

use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use crate::path::{ContentPath, PathPart};

/// A change as the journal records it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) changes: Vec<Change>,
}

/// What is to be done to one file. Digests are the SHA-256 of the bytes; `None` if there is no file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Change {
    Write { path: Inside, staged: usize, before: Option<String>, after: String },
    Move { path: Inside, to: Inside, before: String },
    Remove { path: Inside, before: String },
}

/// A file that a change may concern: one of the content, by a path that leads nowhere else on this system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Inside(ContentPath);

/// The hidden files that are written beside the content's own: how version control merges confirmed pairs.
const HIDDEN: [&str; 1] = [".gitattributes"];

impl Inside {
    /// Accepts a path if it leads to a file of the content.
    pub(super) fn new(path: &ContentPath) -> Option<Self> {
        let text = path.as_str();
        (HIDDEN.contains(&text) || text.split('/').all(is_name)).then(|| Self(path.clone()))
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The path as messages name it.
    pub(super) fn path(&self) -> &ContentPath {
        &self.0
    }
}

impl TryFrom<String> for Inside {
    type Error = &'static str;

    fn try_from(path: String) -> Result<Self, Self::Error> {
        Self::new(&ContentPath::new(path)).ok_or("no file of the content")
    }
}

impl From<Inside> for String {
    fn from(path: Inside) -> Self {
        path.as_str().to_owned()
    }
}

/// Whether a text is one name that is not hidden. On systems where names can mean more than they say (streams, devices,
/// short forms of other names), only plain ones are.
fn is_name(part: &str) -> bool {
    let mut components = Path::new(part).components();
    let is_one =
        matches!(components.next(), Some(Component::Normal(name)) if name == part) && components.next().is_none();
    is_one && !part.starts_with('.') && !part.contains('\0') && (!cfg!(windows) || PathPart::new(part).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_inside(path: &str) -> bool {
        Inside::new(&ContentPath::new(path)).is_some()
    }

    #[test]
    fn only_files_of_the_content_can_be_named() {
        for path in ["pairs.lock", ".gitattributes", "pages/about.en.md", "pages/Annexe n° 2 ~ été.pdf", "a/b/c/d.yaml"]
        {
            assert!(is_inside(path), "{path}");
        }
        for path in [
            "",
            "/",
            "/etc/x",
            "..",
            "../x",
            "pages/../../x",
            "pages/./x",
            "pages//x",
            "pages/",
            ".git/hooks/post-checkout",
            "pages/.git/config",
            ".diptych/lock",
            "pages/.gitattributes",
            "a\0b",
        ] {
            assert!(!is_inside(path), "{path}");
        }
        if cfg!(windows) {
            for path in ["C:/x", "C:", "a\\..\\..\\x", "\\\\server\\share", "nul", "x.md:stream", "pages/a."] {
                assert!(!is_inside(path), "{path}");
            }
        }
    }

    #[test]
    fn a_journal_with_one_other_path_is_none() {
        let journal = |path: &str| {
            let text = format!(
                r#"{{"changes":[{{"remove":{{"path":"a/x.md","before":"0"}}}},{{"move":{{"path":"a/y.md","to":{path:?},"before":"0"}}}}]}}"#
            );
            serde_json::from_str::<Journal>(&text).ok()
        };
        assert_eq!(journal("a/z.md").unwrap().changes.len(), 2);
        for path in ["../z.md", "/etc/z.md", ".git/z"] {
            assert!(journal(path).is_none(), "{path}");
        }
    }
}
