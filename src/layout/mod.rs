//! What each path of the content folder is ([`ContentKind`]) and what a written link means ([`WrittenLink`]): the only
//! places where names of files and the syntax of links are interpreted.

use crate::lang::Lang;
use crate::path::ContentPath;

mod file_names;

use file_names::is_markdown;
pub use file_names::{copy_of, in_other_format, joined_name, language, language_at_end, other_language, right_name};

/// The file of settings.
pub const SETTINGS: &str = "site.yaml";

/// The folder of type files.
pub const TYPES: &str = "types";

/// The file of confirmed pairs.
pub const LOCK: &str = "pairs.lock";

/// The file that says how often each record is read.
pub const READS: &str = "reads.csv";

/// The file of words that mean the same, for the search.
pub const WORDS: &str = "words.yaml";

/// The file of questions that the search must answer.
pub const SEARCH_TESTS: &str = "search-tests.yaml";

/// The name of a landing page among the files of its folder, and of the home page at the top.
pub const LANDING: &str = "_index";

/// The folder whose landing page an id is; for the home page, it is empty.
pub fn folder_of_landing(id: &str) -> Option<&str> {
    let folder = id.strip_suffix(LANDING)?;
    if folder.is_empty() { Some("") } else { folder.strip_suffix('/') }
}

/// What a file of the content folder is, judged by its path alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind<'a> {
    /// The settings of the site, and of its search.
    Settings,
    /// A record type.
    Type,
    /// The confirmed pairs.
    Lock,
    /// How often each record is read.
    Reads,
    /// One side of a record or landing page: `agreements/treaty.fr.md`.
    Words {
        /// The id of the record: the path without its endings.
        id: &'a str,
        /// The language of the side.
        lang: Lang,
    },
    /// The facts of a record: `agreements/treaty.yaml`.
    Facts {
        /// The id of the record: the path without its ending.
        id: &'a str,
    },
    /// Markdown whose name gives no language.
    NoLanguage {
        /// The path without its ending.
        stem: &'a str,
    },
    /// Words or facts whose name is nearly right: [`right_name`].
    Misnamed,
    /// YAML that nothing reads: at the top, or with the ending `.yml`.
    UnreadYaml,
    /// A file to be published beside the pages that use it.
    Asset,
}

impl<'a> ContentKind<'a> {
    /// What the file at a path is.
    pub fn of(path: &'a ContentPath) -> Self {
        let name = path.as_str();
        if let Some(stem) = name.strip_suffix(".md") {
            return match stem_and_lang(stem) {
                Some((id, lang)) => Self::Words { id, lang },
                None if right_name(path).is_some() => Self::Misnamed,
                None => Self::NoLanguage { stem },
            };
        }
        match name {
            SETTINGS | WORDS | SEARCH_TESTS => return Self::Settings,
            LOCK => return Self::Lock,
            READS => return Self::Reads,
            _ => {}
        }
        let is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
        match name.strip_suffix(".yaml") {
            _ if is_yaml && path.folder() == TYPES => Self::Type,
            Some(_) if !path.folder().is_empty() && right_name(path).is_some() => Self::Misnamed,
            Some(id) if !path.folder().is_empty() => Self::Facts { id },
            _ if right_name(path).is_some() => Self::Misnamed,
            _ if is_yaml => Self::UnreadYaml,
            _ => match name.rsplit_once('.') {
                Some((stem, ending)) if is_markdown(ending) => Self::NoLanguage { stem },
                _ => Self::Asset,
            },
        }
    }

    /// Whether the file is read as text rather than copied.
    pub fn is_text(self) -> bool {
        self != Self::Asset
    }

    /// The record or landing page that the file belongs to.
    pub fn id(self) -> Option<&'a str> {
        match self {
            Self::Words { id, .. } | Self::Facts { id } => Some(id),
            Self::Settings
            | Self::Type
            | Self::Lock
            | Self::Reads
            | Self::NoLanguage { .. }
            | Self::Misnamed
            | Self::UnreadYaml
            | Self::Asset => None,
        }
    }
}

/// The id and language in the name of a Markdown file without `.md`: `treaty.fr` is the French side of `treaty`.
fn stem_and_lang(stem: &str) -> Option<(&str, Lang)> {
    let ending = |lang| Some((stem.strip_suffix(lang)?, lang));
    let en = ending(".en").map(|(id, _)| (id, Lang::En));
    en.or_else(|| ending(".fr").map(|(id, _)| (id, Lang::Fr)))
}

/// What a picture's address ends in that only adorns the page: `![](waves.svg#decorative)`.
pub const DECORATIVE: &str = "decorative";

/// A link as its writer wrote it, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenLink<'a> {
    /// Nothing was written.
    Empty,
    /// An address elsewhere: `https:`, `http:`, `mailto:` or `tel:`.
    External,
    /// An address that a page must not lead to; holds the part that shows it: `javascript:`, `//`.
    Unsafe(&'a str),
    /// A heading of the same page, by its id.
    Heading(&'a str),
    /// A page or file of the site.
    Local {
        /// An id, or a path relative to the page.
        path: &'a str,
        /// The id of a heading.
        fragment: Option<&'a str>,
    },
}

impl<'a> WrittenLink<'a> {
    /// Takes a link apart.
    pub fn parse(written: &'a str) -> Self {
        if written.is_empty() {
            return Self::Empty;
        }
        if let Some(scheme) = scheme(written) {
            let is_known = ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
            return if is_known { Self::External } else { Self::Unsafe(&written[..=scheme.len()]) };
        }
        if written.starts_with("//") {
            return Self::Unsafe("//");
        }
        match written.split_once('#') {
            Some(("", fragment)) => Self::Heading(fragment),
            Some((path, fragment)) => Self::Local { path, fragment: Some(fragment) },
            None => Self::Local { path: written, fragment: None },
        }
    }
}

/// The scheme of an address, at least two letters long: `C:` is none.
fn scheme(written: &str) -> Option<&str> {
    let (scheme, _) = written.split_once(':')?;
    let sound = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    sound.then_some(scheme)
}

/// The endings by which a name of a host is known; none is that of a kind of file.
const HOSTS: [&str; 12] = ["ca", "com", "org", "net", "gov", "edu", "fr", "eu", "int", "info", "uk", "us"];

/// The whole address that a path seems to be without its beginning: `www.canada.ca/x`, `desk@example.org`.
pub fn with_scheme(path: &str) -> Option<String> {
    let host = path.split(['/', '?']).next().unwrap_or_default();
    let (name, host) = host.rsplit_once('@').map_or(("", host), |(name, host)| (name, host));
    let labels =
        host.split('.').all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let (_, ending) = host.rsplit_once('.').filter(|_| labels)?;
    if !name.is_empty() && path.ends_with(host) {
        return Some(format!("mailto:{path}"));
    }
    let is_host =
        name.is_empty() && (host.starts_with("www.") || HOSTS.contains(&ending.to_ascii_lowercase().as_str()));
    is_host.then(|| format!("https://{path}"))
}

/// The whole address that one with a mistyped beginning means: `https//www.canada.ca`, `htps://canada.ca`,
/// `https://https://canada.ca`.
pub fn corrected_address(written: &str) -> Option<String> {
    const MISTYPED: [&str; 12] =
        ["http", "https", "htp", "htps", "htpp", "htpps", "hhtp", "hhtps", "ttp", "ttps", "httpss", "htttps"];
    let length = written.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (scheme, rest) = written.split_at(length);
    let scheme = scheme.to_ascii_lowercase();
    let rest_of = rest.trim_start_matches([':', ';', '/', '\\', ' ']);
    let sign = &rest[..rest.len() - rest_of.len()];
    if !MISTYPED.contains(&&*scheme) || sign.is_empty() {
        return None;
    }
    let own = if scheme.ends_with('s') { "https" } else { "http" };
    if let Some(inner) = ["https://", "http://"].iter().find(|inner| rest_of.starts_with(**inner)) {
        return (sign == "://").then(|| rest_of.to_owned()).filter(|whole| whole.len() > inner.len());
    }
    let is_right = sign == "://" && matches!(&*scheme, "http" | "https");
    let is_address = with_scheme(rest_of).is_some_and(|whole| whole.starts_with("https:"));
    (!is_right && is_address).then(|| format!("{own}://{rest_of}"))
}

/// Whether a text is an address or the name of a page or file rather than a remark.
pub fn looks_like_address(text: &str) -> bool {
    const BEGINNINGS: [&str; 9] = ["http:", "https:", "mailto:", "tel:", "www.", "#", "./", "../", "/"];
    const ENDINGS: [&str; 12] =
        [".md", ".pdf", ".html", ".htm", ".doc", ".docx", ".xls", ".xlsx", ".csv", ".jpg", ".png", ".svg"];
    let lower = text.to_ascii_lowercase();
    let is_path = || {
        let is_name = text.starts_with(char::is_alphabetic) && text.is_ascii() && !text.contains(char::is_uppercase);
        text.contains('/') && text.len() > 3 && is_name
    };
    !text.contains(char::is_whitespace)
        && (BEGINNINGS.iter().any(|begin| lower.starts_with(begin))
            || ENDINGS.iter().any(|ending| lower.ends_with(ending))
            || is_path())
}

/// The host of an address elsewhere, where only some computers reach it: the writer's own, those of one network, or those
/// of people who try a site out.
pub fn host_out_of_reach(address: &str) -> Option<&str> {
    const OWN: [&str; 5] = ["localhost", "local", "internal", "lan", "test"];
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    if host.starts_with('[') {
        return host.starts_with("[::1]").then_some(host);
    }
    let name = host.split(':').next()?.to_ascii_lowercase();
    let labels: Vec<&str> = name.split('.').collect();
    let is_own = match labels.as_slice() {
        [""] => false,
        [_] => true,
        ["127" | "10" | "0", _, _, _] | ["192", "168", _, _] => labels.iter().all(|part| part.parse::<u8>().is_ok()),
        ["172", second, _, _] => second.parse::<u8>().is_ok_and(|second| (16..32).contains(&second)),
        [.., last] if OWN.contains(last) => true,
        [first, _, _, ..] => first.split('-').any(|word| matches!(word, "staging" | "preprod")),
        _ => false,
    };
    is_own.then_some(host)
}

/// The id of the page that the path in a link names: an id as it is, or a path to a `.md` file relative to `file`.
/// `None` where the path leaves the content folder.
pub fn linked_id(file: &ContentPath, path: &str) -> Option<String> {
    match path.strip_suffix(".md") {
        Some(stem) => {
            let stem = stem_and_lang(stem).map_or(stem, |(id, _)| id);
            file.join(stem).map(|path| path.as_str().to_owned())
        }
        None => Some(path.trim_matches('/').to_owned()),
    }
}

/// What is between the quotation marks around an address.
pub fn in_quotes(written: &str) -> Option<&str> {
    let inner = written.strip_prefix(['“', '”', '«', '‘', '"'])?.strip_suffix(['”', '“', '»', '’', '"'])?;
    Some(inner.trim())
}

/// The pages that the path in a link may name as other sites write them: `about.html`, `../partners/`, `/`.
pub fn pages_of_file(file: &ContentPath, path: &str) -> [Option<String>; 2] {
    let path = path.strip_suffix("index.html").or_else(|| path.strip_suffix("index.htm")).unwrap_or(path);
    let endings = [".html", ".htm", ".php", ".aspx", ".asp", "/"];
    let stem = endings.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    let whole = stem.trim_matches('/');
    if whole.is_empty() {
        return [Some(LANDING.to_owned()), None];
    }
    [Some(whole.to_owned()), file.join(stem).map(|path| path.as_str().to_owned())]
}

/// Whether the path in a link has an ending other than `.md`, as that of a file does.
pub fn has_file_ending(path: &str) -> bool {
    !path.ends_with(".md") && path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_the_file_is() {
        let kind = |path: &'static str| {
            let path = ContentPath::new(path);
            format!("{:?}", ContentKind::of(&path))
        };
        assert_eq!(kind("a/x.fr.md"), "Words { id: \"a/x\", lang: Fr }");
        assert_eq!(kind("_index.en.md"), "Words { id: \"_index\", lang: En }");
        assert_eq!(kind("a/x.md"), "NoLanguage { stem: \"a/x\" }");
        assert_eq!(kind("a/x.yaml"), "Facts { id: \"a/x\" }");
        assert_eq!(kind("a/x.yml"), "Misnamed");
        assert_eq!(kind("other.yaml"), "UnreadYaml");
        assert_eq!(kind("site.yaml"), "Settings");
        assert_eq!(kind("words.yaml"), "Settings");
        assert_eq!(kind("search-tests.yaml"), "Settings");
        assert_eq!(kind("types/a.yaml"), "Type");
        assert_eq!(kind("pairs.lock"), "Lock");
        assert_eq!(kind("a/annex.pdf"), "Asset");
        assert_eq!(kind("a/x.markdown"), "NoLanguage { stem: \"a/x\" }");
    }

    #[test]
    fn a_landing_page_is_known_by_the_last_part_of_its_id() {
        assert_eq!(folder_of_landing("_index"), Some(""));
        assert_eq!(folder_of_landing("a/_index"), Some("a"));
        assert_eq!(folder_of_landing("a/x"), None);
        assert_eq!(folder_of_landing("a/x_index"), None);
    }

    #[test]
    fn a_language_is_named_as_people_and_programs_do() {
        for name in ["fr", "FR", "fra", "fre", "French", "français", "fr-CA", "fr_CA.UTF-8", "fr_FR@euro", "fr.utf8"] {
            assert_eq!(language(name), Some(Lang::Fr), "{name}");
        }
        for name in ["", "f", "fr-old", "fr-2", "france", "de"] {
            assert_eq!(language(name), None, "{name}");
        }
    }

    #[test]
    fn a_link_is_taken_apart_once_for_all_readers() {
        let link = WrittenLink::parse;
        assert_eq!(link("https://example.org/#a"), WrittenLink::External);
        assert_eq!(link("HTTPS://example.org"), WrittenLink::External);
        assert_eq!(link("Mailto:desk@example.org"), WrittenLink::External);
        assert_eq!(link("JavaScript:x"), WrittenLink::Unsafe("JavaScript:"));
        assert_eq!(link("javascript:x"), WrittenLink::Unsafe("javascript:"));
        assert_eq!(link("//example.org"), WrittenLink::Unsafe("//"));
        assert_eq!(link("#a"), WrittenLink::Heading("a"));
        assert_eq!(link("a/x#b"), WrittenLink::Local { path: "a/x", fragment: Some("b") });
        assert_eq!(with_scheme("www.canada.ca/x.html").as_deref(), Some("https://www.canada.ca/x.html"));
        assert_eq!(with_scheme("desk@example.org").as_deref(), Some("mailto:desk@example.org"));
        for (mistyped, whole) in [
            ("https//www.canada.ca/x", "https://www.canada.ca/x"),
            ("https;//canada.ca", "https://canada.ca"),
            ("http:\\\\canada.ca", "http://canada.ca"),
            ("http:www.canada.ca", "http://www.canada.ca"),
            ("https:/canada.ca", "https://canada.ca"),
            ("htps://canada.ca", "https://canada.ca"),
            ("https://https://canada.ca", "https://canada.ca"),
        ] {
            assert_eq!(corrected_address(mistyped).as_deref(), Some(whole), "{mistyped}");
        }
        for fine in ["https://canada.ca", "http://[::1]/", "https:///page", "http/x", "https", "htps"] {
            assert_eq!(corrected_address(fine), None, "{fine}");
        }
        for path in ["annex.pdf", "a/x", "pages/canada.ca", "../a.com.md", "x..ca", "map@2x.png/a"] {
            assert_eq!(with_scheme(path), None, "{path}");
        }
        for host in ["localhost:1313", "127.0.0.1:4000", "10.0.0.8", "172.16.0.1", "intranet", "nas.local", "[::1]:80"]
        {
            assert_eq!(host_out_of_reach(&format!("http://{host}/en/x")), Some(host));
        }
        assert_eq!(host_out_of_reach("https://staging-www.example.org/x"), Some("staging-www.example.org"));
        for fine in ["https://example.org", "https://staging.com", "http://172.217.0.1", "mailto:a@b", "http://"] {
            assert_eq!(host_out_of_reach(fine), None, "{fine}");
        }
        let file = ContentPath::new("a/x.en.md");
        assert_eq!(linked_id(&file, "../b/y.fr.md").as_deref(), Some("b/y"));
        assert_eq!(linked_id(&file, "b/y").as_deref(), Some("b/y"));
        assert_eq!(linked_id(&file, "../../y.md"), None);
    }
}
