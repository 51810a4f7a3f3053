//! Where things are: [`ContentPath`] in the content folder, [`UrlPath`] in the output, and the slugs between them.
//!
//! Both are text with `/` between the parts on every machine. Disk paths do not leave `source::disk`. A [`PathPart`]
//! can become a name on a disk, an [`OutputPath`] a whole file of the output.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

mod part;

pub use part::{LONGEST_PART, LONGEST_PATH, OutputPath, PartFault, PathFault, PathPart, folded, folders, is_invisible};

/// A file of the content folder, relative to it: `agreements/exchange-of-service.fr.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ContentPath(Arc<str>);

impl ContentPath {
    /// Takes a path whose parts are separated by `/`.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of the folder that holds the file; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The path that `relative` means when it is written in this file; `None` if it leaves the content folder.
    pub fn join(&self, relative: &str) -> Option<Self> {
        let (base, relative) = match relative.strip_prefix('/') {
            Some(from_top) => ("", from_top),
            None => (self.folder(), relative),
        };
        let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self::new(parts.join("/")))
    }
}

impl From<String> for ContentPath {
    fn from(path: String) -> Self {
        Self::new(path)
    }
}

impl From<ContentPath> for String {
    fn from(path: ContentPath) -> Self {
        path.as_str().to_owned()
    }
}

impl fmt::Display for ContentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address in the output, from the site's root, without a first slash: `en/agreements/exchange-of-service/` for a
/// page, `sitemap.xml` for a file, empty for the root page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// Takes an address without a first slash.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The page that the given parts lead to; empty parts are left out.
    pub fn page<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut path = String::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            path.push_str(part);
            path.push('/');
        }
        Self::new(path)
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that a static server sends for this address.
    pub fn file(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') { format!("{}index.html", self.0) } else { self.0.to_string() }
    }

    /// From a page at this address up to the site's root: `../../`; empty at the root.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The relative link that leads from a page at this address to `target`, percent-encoded.
    pub fn link_to(&self, target: &Self) -> String {
        let own_folder = self.0.rfind('/').map_or("", |end| &self.0[..=end]);
        let shared = own_folder
            .bytes()
            .zip(target.0.bytes())
            .take_while(|(a, b)| a == b)
            .enumerate()
            .filter(|(_, (byte, _))| *byte == b'/')
            .map(|(at, _)| at + 1)
            .last()
            .unwrap_or(0);
        let mut link = "../".repeat(own_folder[shared..].matches('/').count());
        link.extend(utf8_percent_encode(&target.0[shared..], ENCODED));
        if link.is_empty() { "./".to_owned() } else { link }
    }

    /// The absolute address below `base`, percent-encoded. `base` ends in a slash.
    pub fn absolute(&self, base: &str) -> String {
        format!("{base}{}", utf8_percent_encode(&self.0, ENCODED))
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What must be encoded in a path: everything that RFC 3986 does not allow in one.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// The characters of a [`composed`] text as people see it: without soft hyphens and characters of no width.
fn visible(composed: &str) -> impl Iterator<Item = char> {
    let has_width = |c: &char| !matches!(c, '\u{200c}' | '\u{200d}') && (c.is_control() || !is_invisible(*c));
    composed.chars().filter(move |c| c.is_ascii() || has_width(c) && !is_combining_mark(*c))
}

/// The form in which names are compared: « é » is one character, however it was typed or stored.
pub fn composed(name: &str) -> Cow<'_, str> {
    if is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

/// Turns a title or heading into the lowercase ASCII of an address: « L’échange » becomes `l-echange`.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in visible(&composed(text)) {
        // Signs such as ° separate words; only letters and digits have an ASCII form that stays readable.
        let plain = match c {
            c if c.is_ascii() => None,
            c if c.is_alphanumeric() => deunicode::deunicode_char(c),
            _ => Some("-"),
        };
        let mut buffer = [0; 4];
        for c in plain.unwrap_or_else(|| c.encode_utf8(&mut buffer)).chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c.to_ascii_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

/// The longest part of an address that is made from a title or a label, in bytes.
const LONGEST_SLUG: usize = 100;

/// The part of an address that a title or label gives: its [`slug`], without its last words if it would be longer than
/// people can read or some systems accept.
pub fn short_slug(text: &str) -> String {
    let mut slug = slug(text);
    if slug.len() > LONGEST_SLUG {
        let end = slug[..=LONGEST_SLUG].rfind('-').unwrap_or(LONGEST_SLUG);
        slug.truncate(end);
    }
    // Windows allows no file or folder of such a name.
    if part::is_device(&slug) { format!("{slug}-page") } else { slug }
}

/// Whether a text can be in an address as it is: lowercase ASCII letters, digits and single hyphens between them.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_pages_are_relative_so_that_the_folder_can_be_anywhere() {
        let page = UrlPath::new("en/agreements/exchange-of-service/");
        let link = |target| page.link_to(&UrlPath::new(target));
        assert_eq!(link("en/agreements/treaty/"), "../treaty/");
        assert_eq!(link("en/agreements/"), "../");
        assert_eq!(link("en/agreements/exchange-of-service/"), "./");
        assert_eq!(link("fr/ententes/"), "../../../fr/ententes/");
        assert_eq!(link("theme/style.css"), "../../../theme/style.css");
        assert_eq!(link(""), "../../../");
        assert_eq!(UrlPath::default().link_to(&UrlPath::new("en/")), "en/");
    }

    #[test]
    fn parts_that_merely_begin_alike_are_not_taken_for_the_same_folder() {
        assert_eq!(UrlPath::new("en/act/").link_to(&UrlPath::new("en/acts/")), "../acts/");
    }

    #[test]
    fn a_relative_link_of_a_writer_cannot_leave_the_content_folder() {
        let file = ContentPath::new("agreements/a.en.md");
        assert_eq!(file.join("../partners/csc.md"), Some(ContentPath::new("partners/csc.md")));
        assert_eq!(file.join("annex.pdf"), Some(ContentPath::new("agreements/annex.pdf")));
        assert_eq!(file.join("../../secret"), None);
    }

    #[test]
    fn slugs_are_lowercase_ascii() {
        assert_eq!(slug("Entente sur l’échange — n° 12"), "entente-sur-l-echange-n-12");
        assert_eq!(slug("Œuvre et nævus"), "oeuvre-et-naevus");
        assert_eq!(slug("  …  "), "");
        assert_eq!(slug("Re\u{301}sume\u{301} de Que\u{301}bec"), "resume-de-quebec");
        assert_eq!(slug("inter\u{ad}gouverne\u{200b}mental\u{feff}"), "intergouvernemental");
        assert!(is_slug("echange-de-services"));
        assert!(!is_slug("Échange") && !is_slug("a--b") && !is_slug("-a") && !is_slug(""));
    }

    #[test]
    fn a_long_title_gives_the_address_of_its_first_words() {
        let words = "entente ".repeat(40);
        assert_eq!(short_slug(&words), ["entente"; 12].join("-"));
        assert_eq!(
            (short_slug("Aux"), short_slug("COM1"), short_slug("Auxiliaire")),
            ("aux-page".into(), "com1-page".into(), "auxiliaire".into())
        );
        assert_eq!(short_slug(&"a".repeat(340)).len(), 100);
        let fits = format!("{} b", "a".repeat(98));
        assert_eq!(short_slug(&fits), slug(&fits));
        assert!(is_slug(&short_slug(&"à b ".repeat(200))));
    }
}
