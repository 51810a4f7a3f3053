//! Whatever a file contains, nothing panics, and every mistake points into the file that it names.

use std::borrow::Cow;

use diptych::diagnostic::{Diagnostics, Span};
use diptych::lang::Lang;
use diptych::output::Artifact;
use diptych::parse::{Rules, front_matter, markdown};
use diptych::path::{self, ContentPath, UrlPath};
use diptych::source::Sources;
use diptych::workspace::{Options, ThemeSources, Workspace};
use diptych::{output, report, typography, yaml};
use proptest::prelude::*;

use crate::project::tries;
use crate::sections::sections;

/// Text that means something to one of the parsers, and text that writers paste from elsewhere.
const PIECES: &[&str] = &[
    "---\n",
    "---",
    "title: ",
    "summary: ",
    "slug: ",
    "parties: ",
    "aliases: ",
    "signed_on: ",
    "steps:\n  - office: ",
    "\n",
    "\r\n",
    "\t",
    " ",
    "  ",
    "- ",
    "? ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\"",
    "'",
    "&a ",
    "*a",
    "!!str ",
    "!",
    "|\n",
    ">-\n",
    "# ",
    "## ",
    "#",
    "%YAML 1.2\n",
    "...\n",
    "csc",
    "manitoba",
    "2015-02-30",
    "2015",
    "0x1F",
    "1e999",
    "-0",
    "~",
    "null",
    "true",
    "é",
    "œ",
    "’",
    "« ",
    " »",
    "\u{a0}",
    "\u{feff}",
    "\u{202e}",
    "🙂",
    "e\u{301}",
    "\0",
    "\u{7f}",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "~~",
    "> ",
    "> [!NOTE]\n",
    "1. ",
    "- [x] ",
    "| a | b |\n|---|---|\n| c |\n",
    "[^1]",
    "[^1]: ",
    "[a](b)",
    "[a](#b)",
    "![](c.png)",
    "[](partners/csc)",
    "[x](lang:fr)",
    "[x](javascript:y)",
    "<b>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "\\",
    "{#id}",
    ": term\n",
    "http://a.b/",
    "$1,234.50",
    "1 234,56 $",
    "16 h 30",
    "July 1st, 2020",
    "1er juillet",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>(), 1 => "[a-zà-ÿ ]{0,12}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn all_lie_in(text: &str, diagnostics: Diagnostics) {
    for diagnostic in diagnostics {
        lies_in(text, diagnostic.place.span, diagnostic.name);
        if let Some((place, _)) = diagnostic.related {
            lies_in(text, place.span, diagnostic.name);
        }
    }
}

fn lies_in(text: &str, span: Span, name: &str) {
    let range = span.range();
    assert!(text.get(range.clone()).is_some(), "{name} at {range:?} of {} bytes: {text:?}", text.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn yaml_of_any_kind_is_read_or_told_of(text in text()) {
        let (_, diagnostics) = yaml::parse(&ContentPath::new("a.yaml"), &text, 0);
        all_lie_in(&text, diagnostics);
    }

    #[test]
    fn a_block_at_the_top_of_any_kind_is_read_or_told_of(text in text(), open in any::<bool>()) {
        let text = if open { format!("---\n{text}") } else { text };
        let (front, diagnostics) = front_matter::parse(&ContentPath::new("a.en.md"), &text);
        all_lie_in(&text, diagnostics);
        if let Some((_, body)) = front {
            prop_assert!(text.is_char_boundary(body));
        }
    }

    #[test]
    fn markdown_of_any_kind_is_read_or_told_of(text in text()) {
        let file = ContentPath::new("a.en.md");
        let source = markdown::Source { file: &file, at: markdown::At::Offset(0), rules: Some(Rules::default()) };
        let (_, diagnostics) = markdown::parse(&source, &text);
        all_lie_in(&text, diagnostics);
    }

    #[test]
    fn typography_takes_any_text_and_setting_it_twice_changes_nothing_more(text in text()) {
        for lang in Lang::BOTH {
            let once = typography::apply(lang, &text).into_owned();
            prop_assert_eq!(typography::apply(lang, &once).into_owned(), once.clone(), "{}", text);
            for finding in typography::check(lang, &text, &|_| true) {
                prop_assert!(text.get(finding.range.clone()).is_some());
            }
        }
    }

    #[test]
    fn a_slug_is_always_fit_for_an_address(text in any::<String>()) {
        let slug = path::slug(&text);
        prop_assert!(slug.is_empty() || path::is_slug(&slug), "{slug}");
    }

    #[test]
    fn a_link_leads_from_any_page_to_any_other(from in "([a-c]{1,2}/){0,3}", to in "([a-c]{1,2}/){0,3}[a-c]{0,2}") {
        let link = UrlPath::new(from.as_str()).link_to(&UrlPath::new(to.as_str()));
        let page = UrlPath::new(from.as_str()).file();
        prop_assert_eq!(crate::links::resolve(&page, &link), Some(UrlPath::new(to.as_str()).file()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    /// One file of a sound site is replaced by anything; the program runs to its end.
    #[test]
    fn a_site_with_any_file_is_built_or_its_mistakes_are_told(
        nth in any::<prop::sample::Index>(),
        bytes in prop_oneof![text().prop_map(String::into_bytes), prop::collection::vec(any::<u8>(), 0..200)],
        keep in any::<prop::sample::Index>(),
    ) {
        let mut files = sections(include_str!("minimal.txt")).1;
        let count = files.len();
        let (path, sound) = &mut files[nth.index(count)];
        // The beginning of the sound file stays, so that the parsers get beyond the first line.
        let cut = (0..=keep.index(sound.len() + 1)).rev().find(|at| sound.is_char_boundary(*at)).unwrap();
        let replaced = [&sound.as_bytes()[..cut], &bytes].concat();
        let path = path.clone();
        let files = files.into_iter().map(|(own, text)| {
            let bytes = if own == path { replaced.clone() } else { text.into_bytes() };
            (ContentPath::new(own.strip_prefix("content/").unwrap()), bytes)
        });
        goes_its_whole_way(files);
    }
}

/// What is done to a file of a folder.
#[derive(Clone, Debug)]
enum Harm {
    /// It becomes something else from somewhere on.
    Replaced(usize, Vec<u8>),
    /// Something is put into it.
    Inserted(usize, String),
    /// It has the text of another one.
    Swapped(usize),
    /// It is repeated so many times.
    Repeated(usize),
    /// It has another name.
    Renamed(String),
    /// It is gone.
    Removed,
}

fn harm() -> impl Strategy<Value = Harm> {
    let bytes = prop_oneof![text().prop_map(String::into_bytes), prop::collection::vec(any::<u8>(), 0..200)];
    let name = "[a-zé_%-][a-zé. _%-]{0,11}(/[a-z]{1,4})?(\\.en|\\.fr)?(\\.md|\\.yaml|\\.svg|\\.html)?";
    prop_oneof![
        1 => (any::<usize>(), bytes).prop_map(|(at, bytes)| Harm::Replaced(at, bytes)),
        4 => (any::<usize>(), text()).prop_map(|(at, text)| Harm::Inserted(at, text)),
        1 => any::<usize>().prop_map(Harm::Swapped),
        1 => (2..300_usize).prop_map(Harm::Repeated),
        1 => name.prop_map(Harm::Renamed),
        1 => Just(Harm::Removed),
    ]
}

/// A sound folder after some harm to some of its files.
fn harmed(harms: &[(usize, Harm)]) -> Vec<(ContentPath, Vec<u8>)> {
    let own = |path: &str| path.strip_prefix("content/").map(str::to_owned);
    let sound = sections(include_str!("minimal.txt")).1;
    let sound: Vec<(String, String)> = sound.into_iter().filter_map(|(path, text)| Some((own(&path)?, text))).collect();
    let mut files: Vec<(String, Vec<u8>)> =
        sound.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    for (nth, harm) in harms {
        let at = nth % files.len();
        let (path, bytes) = &mut files[at];
        match harm {
            Harm::Replaced(from, with) => {
                bytes.truncate(from % (bytes.len() + 1));
                bytes.extend(with);
            }
            Harm::Inserted(at, text) => {
                let at = at % (bytes.len() + 1);
                bytes.splice(at..at, text.bytes());
            }
            Harm::Swapped(with) => *bytes = sound[with % sound.len()].1.clone().into_bytes(),
            Harm::Repeated(times) => *bytes = bytes.repeat((*times).min(1 + 100_000 / (bytes.len() + 1))),
            Harm::Renamed(name) => path.clone_from(name),
            Harm::Removed => {
                files.remove(at);
                if files.is_empty() {
                    break;
                }
            }
        }
    }
    let files: std::collections::BTreeMap<String, Vec<u8>> = files.into_iter().collect();
    files.into_iter().map(|(path, bytes)| (ContentPath::new(path), bytes)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: tries(24), failure_persistence: None, ..ProptestConfig::default() })]

    /// Any number of files of a sound site are harmed in any way.
    #[test]
    fn no_folder_of_content_stops_the_program(harms in prop::collection::vec((any::<usize>(), harm()), 1..8)) {
        goes_its_whole_way(harmed(&harms));
    }
}

/// Runs the whole program on a folder: read, check, report, and where nothing forbids it, make every file.
fn goes_its_whole_way(files: impl IntoIterator<Item = (ContentPath, Vec<u8>)>) {
    let (sources, read) = Sources::from_files(files);
    let theme = ThemeSources::default();
    let workspace = Workspace::open(Options::default(), sources, read, theme, &mut |_| ());
    let (sources, ready, all) = (workspace.sources(), workspace.ready(), workspace.mistakes());
    for diagnostic in all.iter() {
        if let Some(text) = sources.text(&diagnostic.place.file) {
            lies_in(text, diagnostic.place.span, diagnostic.name);
        }
    }
    let text = |path: &ContentPath| sources.text(path).map(Cow::Borrowed);
    let files = report::Files { text: &text, name: &|path: &ContentPath| path.to_string() };
    for lang in Lang::BOTH {
        report::text(all, &files, lang, true);
        report::json(all, &files, lang);
        report::sarif(all, &files, lang);
    }
    if let Some(ready) = ready {
        for content in ready.plan.values() {
            let made = output::make(&ready.site, &ready.theme, content).unwrap();
            if let (Artifact::Page(_), Some(html)) = (content, &made) {
                is_inert(std::str::from_utf8(html).unwrap());
            }
        }
        output::search(&ready.site, &ready.theme).unwrap();
    }
}

/// Fails if a page has inline code: the program's scripts are files.
fn is_inert(html: &str) {
    for (at, _) in html.match_indices("<script") {
        let tag = &html[at..at + html[at..].find('>').unwrap()];
        assert!(tag.contains(" src=") || tag.contains("application/ld+json"), "{tag}");
    }
    for tag in html.split('<').skip(1).filter_map(|piece| piece.split('>').next()) {
        let lower = tag.to_ascii_lowercase();
        assert!(
            !lower.contains("=\"javascript:") && !lower.contains(" onerror=") && !lower.contains(" onload="),
            "{tag}"
        );
    }
    let forbidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    assert!(!html.contains(forbidden), "a character that no page can hold: {:?}", html.find(forbidden));
}

/// Every way of writing a character by its number, in every place that takes one.
#[test]
fn a_character_that_no_page_can_hold_is_told_however_it_is_written() {
    let front = |title: &str| format!("---\ntitle: {title}\nsummary: Words.\n---\n");
    let by_escape =
        ["\\x07", "\\0", "\\e[31m", "\\a", "\\u0085", "\\U0000001b"].map(|escape| front(&format!("\"A {escape} b\"")));
    let by_reference = [
        "A &#7; b.",
        "A &#x1b;[31m b.",
        "[a](https://example.org/&#7;)",
        "[a][b]\n\n[b]: https://example.org/&#x07;",
        "<abbr title=\"a &#7; b\">A</abbr>",
        "## A &#7; b",
        "```a&#7;b\ncode\n```",
        "| a &#7; | b |\n| --- | --- |\n| c | d |",
        "A [^1] note.\n\n[^1]: With &#7; in it.",
    ];
    let by_reference = by_reference.map(|words| format!("{}{words}\n", front("A partner")));
    for page in by_escape.into_iter().chain(by_reference) {
        let files = sections(include_str!("minimal.txt")).1.into_iter().filter_map(|(path, text)| {
            let own = path.strip_prefix("content/")?;
            let text = if own == "partners/csc.en.md" { page.clone() } else { text };
            Some((ContentPath::new(own), text.into_bytes()))
        });
        let (sources, read) = Sources::from_files(files);
        let workspace = Workspace::open(Options::default(), sources, read, ThemeSources::default(), &mut |_| ());
        let told = workspace.mistakes().iter().filter(|mistake| mistake.name == "control-character");
        assert_eq!(told.count(), 1, "{page}");
        assert!(workspace.ready().is_none(), "{page}");
    }
}
