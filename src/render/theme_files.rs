//! The files that a theme sends to browsers: what lies in `static/` under names that carry a hash, and one style sheet of
//! all its rules, in which `url(…)` names a file of `static/`, and to which the colours are added that a theme leaves to the
//! program.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use sha2::{Digest, Sha256};

use super::colours::Colours;
use super::contrast::{self, Pairing};
use super::theme::ThemeFiles;
use crate::diagnostic::{Diagnostics, KnownNames, Span, catalog};
use crate::path::{ContentPath, UrlPath};

/// Where the style sheet stands among the theme's files.
pub(super) const STYLESHEET: &str = "style.css";

/// Where the files stand in the output; the style sheet among them.
const FOLDER: &str = "theme/";

/// Files by their address, addresses by the files' own names, and the file of a theme that each comes from.
pub(super) type Files = (BTreeMap<UrlPath, Vec<u8>>, BTreeMap<String, UrlPath>, BTreeMap<UrlPath, ContentPath>);

/// The files of all layers under hashed names, and the address of each by its own name. `pairings` of each layer say which
/// of its colours stand on which.
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
        let url = UrlPath::new(format!("{FOLDER}{}", hashed_name(name, bytes)));
        addresses.insert(name.to_owned(), url.clone());
        origins.insert(url.clone(), layer.place(&format!("static/{name}"), Span::START).file);
        files.insert(url, bytes.to_vec());
    }
    // The base stands first, so that components can rely on it; a site's own additions come last.
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
    let sheet = without_comments(sheet.as_bytes());
    let url = UrlPath::new(format!("{FOLDER}{}", hashed_name(STYLESHEET, &sheet)));
    addresses.insert(STYLESHEET.to_owned(), url.clone());
    files.insert(url, sheet);
    ((files, addresses, origins), diagnostics)
}

/// What a style sheet loads: `url("…")`, with or without its quotation marks.
static LOADED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"url\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"')]*))\s*\)"#).ok());

/// The rules of one file with the addresses of the files that they load. Pictures that stand in the rules themselves
/// (`data:`) and parts of the page (`#…`) stay as they are; a page loads nothing from elsewhere.
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

/// `js/search-page.js` becomes `js/search-page.1f2e3d4c.js`: a changed file has a new address, so that browsers may
/// keep each for good.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hash = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash:08x}.{ending}"),
        None => format!("{name}.{hash:08x}"),
    }
}

/// Leaves out comments, empty lines and the space before lines. What stands between quotation marks stays as it is.
fn without_comments(css: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(css.len());
    let mut rest = css;
    let mut quoted = None;
    while let [first, after @ ..] = rest {
        rest = after;
        match quoted {
            Some(mark) => {
                out.push(*first);
                match (*first, after) {
                    (b'\\', [escaped, after @ ..]) => {
                        out.push(*escaped);
                        rest = after;
                    }
                    (first, _) if first == mark => quoted = None,
                    _ => {}
                }
            }
            None => match (*first, after) {
                (b'/', [b'*', comment @ ..]) => {
                    let end = comment.windows(2).position(|two| two == b"*/").map_or(comment.len(), |end| end + 2);
                    rest = &comment[end..];
                }
                (b'\n' | b' ', _) if out.last().is_none_or(|last| *last == b'\n') => {}
                (mark @ (b'"' | b'\''), _) => {
                    quoted = Some(mark);
                    out.push(mark);
                }
                (byte, _) => out.push(byte),
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_and_indents_go_and_quoted_text_stays() {
        let css = "/* One\n * two. */\n\n.a {\n  content: \"/* \\\"  kept */\"; /* gone */\n  color: red;\n}\n";
        let sheet = without_comments(css.as_bytes());
        let expected = ".a {\ncontent: \"/* \\\"  kept */\"; \ncolor: red;\n}\n";
        assert_eq!(String::from_utf8_lossy(&sheet), expected);
    }

    #[test]
    fn a_comment_without_an_end_takes_the_rest() {
        assert_eq!(without_comments(b"a{}/* b{}"), b"a{}");
    }
}
