//! The files that a theme sends to browsers: those of `static/`, under names with a hash, and one style sheet with all
//! its rules, in which `url(…)` names a file of `static/`. The colours that a theme leaves to the program are added to
//! it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use sha2::{Digest, Sha256};

use super::colours::Colours;
use super::contrast::{self, Pairing};
use super::theme::ThemeFiles;
use crate::diagnostic::{Diagnostics, KnownNames, Span, catalog};
use crate::path::{ContentPath, UrlPath};
use crate::script::without_comments;

/// The name of the style sheet among the theme's files.
pub(super) const STYLESHEET: &str = "style.css";

/// Where the files are in the output; the style sheet among them.
const FOLDER: &str = "theme/";

/// Files by their address, addresses by the files' own names, and the file of a theme that each comes from.
pub(super) type Files = (BTreeMap<UrlPath, Vec<u8>>, BTreeMap<String, UrlPath>, BTreeMap<UrlPath, ContentPath>);

/// The files of all layers under hashed names, and the address of each by its own name. `pairings` of each layer say which
/// of its colours are used on which.
pub(super) fn files(layers: &[ThemeFiles], pairings: &[Vec<Pairing>]) -> (Files, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut by_name = BTreeMap::<&str, (&[u8], &ThemeFiles)>::new();
    let mut styles = BTreeMap::<&str, (&[u8], &ThemeFiles)>::new();
    for layer in layers {
        by_name.extend(layer.below("static").map(|(name, bytes)| (name, (bytes, layer))));
        let sheets = layer.below("templates").filter(|(name, _)| name.ends_with(".css"));
        styles.extend(sheets.map(|(name, bytes)| (name, (bytes, layer))));
    }
    if let Some((_, layer)) = by_name.remove(STYLESHEET) {
        let place = layer.place(&format!("static/{STYLESHEET}"), Span::START);
        diagnostics.push(catalog::path_taken(place, catalog::Claimant::File, STYLESHEET, None));
    }
    let (mut files, mut addresses, mut origins) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (name, (bytes, layer)) in by_name {
        let bytes = match name.rsplit_once('.') {
            Some((_, "css")) => compact(bytes),
            Some((_, "js" | "mjs")) => without_comments(bytes),
            _ => bytes.to_vec(),
        };
        let url = UrlPath::new(format!("{FOLDER}{}", hashed_name(name, &bytes)));
        addresses.insert(name.to_owned(), url.clone());
        origins.insert(url.clone(), layer.place(&format!("static/{name}"), Span::START).file);
        files.insert(url, bytes);
    }
    // The base comes first, so that components can rely on it; a site's own additions come last.
    let (base, own) = ("base.css", "site.css");
    let components = styles.keys().copied().filter(|name| ![base, own].contains(name));
    let order: Vec<&str> = [base].into_iter().chain(components).chain([own]).collect();
    let lowest = layers.first().map(ThemeFiles::name).unwrap_or_default();
    let (mut sheet, mut colours, mut below) = (String::new(), Colours::default(), Colours::default());
    for (name, bytes) in layers.first().into_iter().flat_map(|layer| layer.below("templates")) {
        if name == base {
            below.read(&String::from_utf8_lossy(bytes), false, |_| layers[0].manifest_place());
        }
    }
    for name in order {
        let Some((bytes, layer)) = styles.get(name) else { continue };
        let css = String::from_utf8_lossy(bytes);
        let is_own = layer.name() != lowest;
        colours.read(&css, is_own, |span| layer.place(&format!("templates/{name}"), span));
        sheet.push_str(&linked(name, &css, layer, &addresses, &mut diagnostics));
        sheet.push('\n');
    }
    for (layer, pairings) in layers.iter().zip(pairings) {
        diagnostics.extend(contrast::check_names(&colours, pairings, &layer.manifest_place()));
    }
    let pairings: Vec<Pairing> = pairings.concat();
    sheet.push_str(&contrast::derive(&mut colours, &below, &pairings));
    diagnostics.extend(contrast::check(&colours, &pairings));
    let sheet = compact(sheet.as_bytes());
    let url = UrlPath::new(format!("{FOLDER}{}", hashed_name(STYLESHEET, &sheet)));
    addresses.insert(STYLESHEET.to_owned(), url.clone());
    files.insert(url, sheet);
    ((files, addresses, origins), diagnostics)
}

/// What a style sheet loads: `url("…")`, with or without its quotation marks.
static LOADED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"url\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"')]*))\s*\)"#).ok());

/// The rules of one file with the addresses of the files that they load. Pictures in the rules themselves (`data:`) and
/// parts of the page (`#…`) stay as they are; a page loads nothing from elsewhere.
fn linked(
    name: &str,
    css: &str,
    layer: &ThemeFiles,
    addresses: &BTreeMap<String, UrlPath>,
    diagnostics: &mut Diagnostics,
) -> String {
    let mut out = String::with_capacity(css.len());
    let mut written = 0;
    for found in LOADED.iter().flat_map(|loaded| loaded.captures_iter(css)) {
        let Some(file) = found.iter().skip(1).flatten().next() else { continue };
        if file.as_str().starts_with("data:") || file.as_str().starts_with('#') {
            continue;
        }
        let Some(url) = addresses.get(file.as_str()) else {
            let known = KnownNames::new(addresses.keys().map(String::as_str));
            let place = layer.place(&format!("templates/{name}"), Span::new(file.range()));
            diagnostics.push(catalog::theme_file_missing(place, file.as_str(), &known));
            continue;
        };
        out.push_str(&css[written..file.start()]);
        out.push_str(url.as_str().trim_start_matches(FOLDER));
        written = file.end();
    }
    out.push_str(&css[written..]);
    out
}

/// `js/search-page.js` becomes `js/search-page.1f2e3d4c.js`: a changed file has a new address, so that browsers can
/// keep each one for good.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hash = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash:08x}.{ending}"),
        None => format!("{name}.{hash:08x}"),
    }
}

/// Leaves out comments and the white space that has no meaning. What is between quotation marks stays as it is.
fn compact(css: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(css.len());
    let mut rest = css;
    let mut quoted = None;
    // The last significant byte; any letter stands for an escaped one.
    let mut last = None;
    let mut after_space = false;
    while let [first, after @ ..] = rest {
        rest = after;
        if quoted.is_none() {
            match (*first, after) {
                (byte, _) if byte.is_ascii_whitespace() => {
                    after_space = true;
                    continue;
                }
                (b'/', [b'*', comment @ ..]) => {
                    let end = comment.windows(2).position(|two| two == b"*/").map_or(comment.len(), |end| end + 2);
                    rest = &comment[end..];
                    // Two names with only a comment between them are two.
                    if !after_space && last.is_some_and(is_of_name) && rest.first().copied().is_some_and(is_of_name) {
                        out.extend(b"/**/");
                    }
                    continue;
                }
                (b'}', _) if last == Some(b';') && !out.ends_with(b":;") => {
                    out.pop();
                }
                (byte, _) if after_space && has_meaning(last, byte) => out.push(b' '),
                _ => {}
            }
            after_space = false;
        }
        out.push(*first);
        last = Some(*first);
        match *first {
            b'\\' => {
                let (escaped, after) = after.split_at(length_of_escape(after));
                out.extend(escaped);
                (last, rest) = (Some(b'a'), after);
            }
            mark @ (b'"' | b'\'') => match quoted {
                None => quoted = Some(mark),
                Some(open) if open == mark => quoted = None,
                Some(_) => {}
            },
            _ => {}
        }
    }
    out
}

/// How many bytes belong to a backslash: the space after a number, too.
fn length_of_escape(after: &[u8]) -> usize {
    match after.iter().take(6).take_while(|byte| byte.is_ascii_hexdigit()).count() {
        0 => after.len().min(1),
        digits => digits + usize::from(after.get(digits).is_some_and(u8::is_ascii_whitespace)),
    }
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || !byte.is_ascii()
}

/// Whether a space has a meaning, by what is before and after it: `a :hover` is not `a:hover`.
fn has_meaning(before: Option<u8>, after: u8) -> bool {
    match before {
        None | Some(b'{' | b'}' | b';' | b',') => false,
        // The value of a custom property may be a single space.
        Some(b':') => matches!(after, b';' | b'}'),
        Some(_) => !matches!(after, b'{' | b'}' | b';' | b','),
    }
}

#[cfg(test)]
mod tests {
    use super::compact;

    fn compacted(css: &str) -> String {
        String::from_utf8_lossy(&compact(css.as_bytes())).into_owned()
    }

    #[test]
    fn comments_and_white_space_without_a_meaning_go_and_quoted_text_stays() {
        let css =
            "/* One\n * two. */\n\n.a,\r\n.b > i {\n  content: \"/* \\\"  kept */\"; /* gone */\n  color: red;\n}\n";
        assert_eq!(compacted(css), ".a,.b > i{content:\"/* \\\"  kept */\";color:red}");
    }

    #[test]
    fn a_space_with_a_meaning_stays() {
        let same = [
            "a :hover{width:calc(1px + 2px)}",
            "a/**/b{c:d}",
            ".\\31  b{--empty: ;--last: }",
            ".a\\ {b:c}",
            ".a\\{ b{c:d}",
            "@media (width > 40em) and (x:y){a b{c:d e}}",
        ];
        for css in same {
            assert_eq!(compacted(css), css);
        }
    }

    #[test]
    fn a_comment_without_an_end_takes_the_rest() {
        assert_eq!(compacted("a{}/* b{}"), "a{}");
    }
}
