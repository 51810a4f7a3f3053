//! Where a file may stand in the output: [`OutputPath`], the only kind of path that is ever joined to a folder.
//!
//! Whatever asks for a file, from content, a theme or our own code, passes through [`OutputPath::new`]; so nothing can
//! be written, replaced or removed outside the output folder.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The manifest of a site. It belongs to the output itself; nothing else may stand there.
pub const MANIFEST: &str = ".diptych";

/// The work folder of a build that can work only inside the output folder.
pub const INNER_WORK: &str = ".diptych.work";

/// The most bytes in one part of a path: file systems take 255, and a compressed sibling adds `.gz`.
const LONGEST_PART: usize = 252;

/// The most bytes in a path: systems take 4096 with the folders that lead to the output.
const LONGEST: usize = 2048;

/// A file or folder of the output, relative to it: plain parts with `/` between them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

/// Why a text is no path of a file in the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is empty, absolute, or has an empty part, `.` or `..`.
    Parts,
    /// It has a character that means something else on some system: `\`, `:` or a control character.
    Character,
    /// It, or a part of it, is longer than file systems take.
    Length,
    /// The output keeps this name for itself.
    Reserved,
}

impl OutputPath {
    /// Takes a path that is made of plain parts only.
    pub fn new(path: &str) -> Result<Self, Unfit> {
        if path.contains(|c: char| c == '\\' || c == ':' || c.is_control()) {
            return Err(Unfit::Character);
        }
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(Unfit::Parts);
        }
        if path.len() > LONGEST || path.split('/').any(|part| part.len() > LONGEST_PART) {
            return Err(Unfit::Length);
        }
        // Also in capitals: some file systems take them for the same name.
        let first = path.split('/').next().unwrap_or(path);
        if [MANIFEST, INNER_WORK].iter().any(|own| first.eq_ignore_ascii_case(own)) {
            return Err(Unfit::Reserved);
        }
        Ok(Self(path.into()))
    }

    /// The compressed sibling of this file.
    pub fn gz(&self) -> Self {
        Self(format!("{}.gz", self.0).into())
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is `other` or stands in it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(other.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The folders that it stands in, the nearest first; not the output folder itself.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        folders(&self.0)
    }
}

/// The folders that a path stands in, the nearest first.
pub fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(folder(path), |path| folder(path))
}

fn folder(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_parts_are_taken() {
        for path in ["index.html", "en/act/index.html", "assets/une carte (2).pdf", "..a", "a..", ".well-known/x", "é"]
        {
            assert_eq!(OutputPath::new(path).map(|path| path.to_string()), Ok(path.to_owned()));
        }
    }

    #[test]
    fn nothing_that_could_lead_elsewhere_is_taken() {
        for path in ["", "/", "/etc/passwd", "..", "../x", "en/../../x", "./x", "en/.", "en//x", "en/"] {
            assert_eq!(OutputPath::new(path), Err(Unfit::Parts), "{path:?}");
        }
        for path in ["C:", "C:/x", "x:stream", "en\\x", "..\\x", "a\0b", "a\nb", "a\u{7f}", "a\u{85}b"] {
            assert_eq!(OutputPath::new(path), Err(Unfit::Character), "{path:?}");
        }
        for path in [".diptych", ".DIPTYCH", ".diptych/x", ".diptych.work/lock"] {
            assert_eq!(OutputPath::new(path), Err(Unfit::Reserved), "{path:?}");
        }
        assert_eq!(OutputPath::new("en/.diptych").map(|path| path.to_string()), Ok("en/.diptych".to_owned()));
    }

    #[test]
    fn what_no_file_system_takes_is_refused_with_room_for_a_compressed_sibling() {
        let name = "é".repeat(126);
        let path = OutputPath::new(&format!("en/{name}")).unwrap();
        assert_eq!(path.gz().as_str().rsplit('/').next().map(str::len), Some(255));
        assert_eq!(OutputPath::new(&format!("{name}x/y")), Err(Unfit::Length));
        assert_eq!(OutputPath::new(&"folder/".repeat(300)[..2099]), Err(Unfit::Length));
    }

    #[test]
    fn a_path_knows_what_it_stands_in() {
        let path = OutputPath::new("en/act/index.html").unwrap();
        assert_eq!(path.folders().collect::<Vec<_>>(), ["en/act", "en"]);
        let within = |other| path.is_within(&OutputPath::new(other).unwrap());
        assert!(within("en") && within("en/act") && within("en/act/index.html"));
        assert!(!within("en/ac") && !within("act"));
    }
}
