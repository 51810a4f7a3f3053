//! Names that become parts of a path: [`PathPart`] is one of them, [`OutputPath`] a whole file of the output. Both can
//! only be made by a check, so that no name can lead out of the folder that it is meant for, on any system.

use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

/// In bytes. Most file systems accept 255; the rest is room for what is added to a name: `.en.csv`, a hash, `.gz`.
pub const LONGEST_PART: usize = 240;

/// In bytes. macOS accepts 1,024 for a whole path, and S3 for a key; the rest is room for the folder that a site is in.
pub const LONGEST_PATH: usize = 900;

/// Why a name cannot be a part of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartFault {
    /// There is no name, or it is `.` or `..`, which mean a folder.
    NoName,
    /// A character that ends a part, or that Windows forbids in one.
    Forbidden(char),
    /// A character that cannot be seen, such as a line end or a mark that turns the direction of text.
    Invisible(char),
    /// A full stop or space at the end, which Windows drops.
    End,
    /// A full stop at the beginning: such files are hidden and are not part of the content.
    Hidden,
    /// A name that Windows reserves for a device, such as `con` or `nul.txt`.
    Device,
    /// A name of more than [`LONGEST_PART`] bytes.
    Long,
}

/// Why a path cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFault<'a> {
    /// One of its parts is not a plain name.
    Part(&'a str, PartFault),
    /// It has more than [`LONGEST_PATH`] bytes.
    Long,
}

/// A plain part of a path: the name of one file or folder, which every system accepts and which leads nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathPart(Arc<str>);

impl PathPart {
    /// Accepts a name if it is a plain one and not hidden.
    pub fn new(name: &str) -> Result<Self, PartFault> {
        match fault(name) {
            Some(fault) => Err(fault),
            None if name.starts_with('.') => Err(PartFault::Hidden),
            None => Ok(Self(name.into())),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for PathPart {
    fn default() -> Self {
        Self("unnamed".into())
    }
}

impl fmt::Display for PathPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for PathPart {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

/// A file of the output, from the output's folder, with `/` between the parts, each of which is a plain one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Accepts a path if it stays in the folder that it begins in and every system accepts it.
    pub fn new(path: &str) -> Result<Self, PathFault<'_>> {
        for part in path.split('/') {
            if let Some(fault) = fault(part) {
                return Err(PathFault::Part(part, fault));
            }
        }
        if path.len() > LONGEST_PATH { Err(PathFault::Long) } else { Ok(Self(path.into())) }
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The compressed sibling of this file.
    pub fn gz(&self) -> Self {
        Self(format!("{}.gz", self.0).into())
    }

    /// Whether this is `other` or is in it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(other.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The folders that it is in, the nearest first; not the output folder itself.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        folders(&self.0)
    }
}

/// The folders that a path is in, the nearest first.
pub fn folders(path: &str) -> impl Iterator<Item = &str> {
    let folder = |path: &'_ str| path.rfind('/');
    let mut rest = path;
    std::iter::from_fn(move || {
        rest = &rest[..folder(rest)?];
        Some(rest)
    })
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The form of a path in which Windows and macOS compare it: « É.pdf », `é.pdf` and e with a combining accent are one
/// file.
pub fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// What is wrong with a name. Hidden names are allowed: the program writes some itself.
fn fault(name: &str) -> Option<PartFault> {
    if name.is_empty() || name == "." || name == ".." {
        return Some(PartFault::NoName);
    }
    if name.len() > LONGEST_PART {
        return Some(PartFault::Long);
    }
    for c in name.chars() {
        if is_invisible(c) {
            return Some(PartFault::Invisible(c));
        }
        if "/\\:<>\"|?*".contains(c) {
            return Some(PartFault::Forbidden(c));
        }
    }
    if name.ends_with(['.', ' ']) {
        return Some(PartFault::End);
    }
    is_device(name).then_some(PartFault::Device)
}

/// Control characters, line ends and marks without width, which can make a name look like another one.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether Windows treats a name as a device, whatever follows its first full stop.
pub(super) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = || {
        let digit = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
        digit.is_some_and(|digit| {
            ["¹", "²", "³"].contains(&digit) || digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit()
        })
    };
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"].contains(&stem.as_str()) || numbered()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_are_plain_parts() {
        for name in [
            "a",
            "annex.pdf",
            "carte du Manitoba.svg",
            "Entente 2015-2016 (révisée).docx",
            "console",
            "com",
            "lpt10",
            "nu.l",
            "v1.2",
        ] {
            assert_eq!(PathPart::new(name).map(|part| part.to_string()), Ok(name.to_owned()));
        }
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_no_part() {
        for name in ["", ".", "..", "a/b", "/", "/etc", "a\\b", "..\\..\\x", "C:", "c:x", "page.html:stream"] {
            assert!(PathPart::new(name).is_err(), "{name}");
        }
        assert_eq!(PathPart::new(".git"), Err(PartFault::Hidden));
    }

    #[test]
    fn a_name_that_some_system_cannot_hold_is_no_part() {
        for name in
            ["a<b", "a>b", "a\"b", "a|b", "a?", "a*", "end.", "end ", "end. .", "a\nb", "a\0b", "a\u{7f}", "a\u{85}b"]
        {
            assert!(PathPart::new(name).is_err(), "{name:?}");
        }
        for name in ["con", "CON", "Nul.txt", "aux.tar.gz", "com1", "COM9.pdf", "lpt0", "com¹", "prn .txt", "CONIN$"] {
            assert_eq!(PathPart::new(name), Err(PartFault::Device), "{name:?}");
        }
        assert!(PathPart::new(&"a".repeat(LONGEST_PART)).is_ok());
        assert_eq!(PathPart::new(&"é".repeat(LONGEST_PART / 2 + 1)), Err(PartFault::Long));
    }

    #[test]
    fn a_name_that_looks_like_another_one_is_no_part() {
        for name in [
            "annex\u{202e}fdp.exe",
            "a\u{200b}b",
            "\u{feff}a",
            "a\u{2066}b",
            "a\u{2028}b",
            "so\u{ad}ft",
            "lost\u{fffd}",
        ] {
            assert!(matches!(PathPart::new(name), Err(PartFault::Invisible(_))), "{name:?}");
        }
    }

    #[test]
    fn no_path_of_the_output_leaves_it() {
        for path in
            ["", "/en/index.html", "en//index.html", "en/../../x", "../x", "en/./x", "en/x/", "C:/x", "en\\..\\x"]
        {
            assert!(OutputPath::new(path).is_err(), "{path}");
        }
        for path in ["index.html", ".htaccess", ".server/nginx.conf", "assets/partners/carte du Manitoba.svg"] {
            assert_eq!(OutputPath::new(path).map(|path| path.to_string()), Ok(path.to_owned()));
        }
        assert_eq!(OutputPath::new(&"a/".repeat(LONGEST_PATH)[..=LONGEST_PATH]), Err(PathFault::Long));
    }

    #[test]
    fn a_path_knows_what_it_lies_in() {
        let path = OutputPath::new("en/act/index.html").unwrap();
        assert_eq!(path.folders().collect::<Vec<_>>(), ["en/act", "en"]);
        let within = |other| path.is_within(&OutputPath::new(other).unwrap());
        assert!(within("en") && within("en/act") && within("en/act/index.html"));
        assert!(!within("en/ac") && !within("act"));
        assert_eq!(path.gz().as_str(), "en/act/index.html.gz");
    }
}
