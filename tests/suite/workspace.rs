//! The basis of everything incremental: whatever changes, in whatever order, a workspace that takes in the changes
//! knows the same as one opened on the same files.
//!
//! Random changes of every kind of file (words, facts, landing pages, types, settings, themes, assets, confirmations)
//! are applied one after another. After each, mistakes and the whole site are compared with those of a new workspace;
//! after the last, every page and every file of the search index, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use diptych::output::{self, Artifact};
use diptych::pairs::confirm::Request;
use diptych::pairs::lock;
use diptych::path::ContentPath;
use diptych::render::theme::ThemeFiles;
use diptych::source::{Asset, FileChange, FileState, Sources};
use diptych::workspace::confirm::Which;
use diptych::workspace::{Changes, Options, Ready, ThemeSources, Workspace};
use proptest::prelude::*;

use crate::sections::sections;

/// The files of a site, by path in the content folder, and its theme.
#[derive(Clone, Default)]
struct Folder {
    files: BTreeMap<String, String>,
    theme: Vec<ThemeFiles>,
}

impl Folder {
    fn new() -> Self {
        let minimal = sections(include_str!("minimal.txt")).1.into_iter();
        let mut files: BTreeMap<String, String> =
            minimal.map(|(path, text)| (path.trim_start_matches("content/").to_owned(), text)).collect();
        // Enough records for lists with facets, and pairs that differ.
        for (at, name) in NAMES.into_iter().enumerate() {
            for (lang, title) in [("en", "Accord"), ("fr", "Entente")] {
                let text = format!("---\ntitle: {title} {name}\nsummary: S.\n---\n## One\n\n[](partners/csc) {at}.\n");
                files.insert(format!("agreements/{name}.{lang}.md"), text);
            }
            files.insert(format!("agreements/{name}.yaml"), format!("parties: [csc]\nsigned_on: 200{at}-05-01\n"));
        }
        // Terms that pages use are explained on them.
        files.get_mut("types/partner.yaml").unwrap().push_str("glossary: terms\n");
        files.get_mut("types/agreement.yaml").unwrap().push_str("schema_org: ContactPoint\n");
        files.get_mut("site.yaml").unwrap().push_str("markdown_pages: true\n");
        Self { files, theme: Vec::new() }
    }

    fn open(&self) -> Workspace {
        let files = self.files.iter().map(|(path, text)| (ContentPath::new(path.as_str()), text.clone().into_bytes()));
        let (sources, mistakes) = Sources::from_files(files);
        Workspace::open(Options::default(), sources, mistakes, self.theme(), &mut |_| ())
    }

    fn theme(&self) -> ThemeSources {
        ThemeSources { layers: self.theme.clone(), mistakes: Vec::new() }
    }

    /// What became of each file since `before`.
    fn changes(&self, before: &Self) -> Changes {
        let paths = before.files.keys().chain(self.files.keys());
        let mut changed: Vec<&String> = paths.filter(|path| before.files.get(*path) != self.files.get(*path)).collect();
        changed.sort();
        changed.dedup();
        let change = |path: &String| {
            let state = match self.files.get(path) {
                None => FileState::Gone,
                Some(text) if path.ends_with(".pdf") => FileState::Asset(Asset::new(path, text.as_bytes())),
                Some(text) => FileState::Text(text.clone().into_bytes()),
            };
            FileChange { path: ContentPath::new(path.as_str()), state, mistakes: Vec::new() }
        };
        let theme = (before.theme != self.theme).then(|| self.theme());
        Changes { files: changed.into_iter().map(change).collect(), theme }
    }
}

const NAMES: [&str; 5] = ["alpha", "beta", "gamma", "delta", "omega"];

/// What replaces the words of a page, or a line of its front matter.
const WORDS: &[&str] = &[
    "## One\n\nText 5.\n",
    "## Two\n\nText with [a link](agreements/alpha#one) and [another](partners/csc).\n",
    "[](agreements/beta)\n\n## Three\n\n### Four\n\nOn 5 May 2015, $25.\n",
    "[gone](agreements/nowhere) and [a heading](agreements/gamma#two) and [an address](/en/agreements/alpha/)\n",
    "[file](annex.pdf) <b>bold</b>\n",
    "The agreement holds for everyone.\n",
    "Manitoba, the zebras and the ZAC; *Zebra* and **Manitoba** again.\n",
    "The agrement holds for everyone.\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n[TO FILL: who]\n",
    "",
];

const FRONTS: &[&str] = &[
    "title: Zebra\nsummary: S.\n",
    "title: Zebra accord\nsummary: S.\nshort_title: ZAC\ninline_title: zebra\n",
    "title: Élan\nsummary: T.\nslug: beta\n",
    "title: Accord gamma\nsummary: S.\naliases: [/en/old/, /en/agreements/alpha/]\n",
    "title: Alpha\nsummary: S.\nkeywords: [a]\nservices: [x, y]\n",
    "title: \"open\nsummary: S.\n",
    "title: A: B\n",
    "unknown: x\ntitle: T\nsummary: S.\n",
];

const FACTS: &[&str] = &[
    "parties: [csc, manitoba]\nstatus: signed\n",
    "parties: [manitoba]\nstatus: in_force\nsigned_on: 2019\nexpires_on: 2020-01-01\n",
    "parties: [nobody]\n",
    "state: draft\nparties: [csc]\n",
    "state: archived\nparties: [csc]\nowner: csc\n",
    "alone: {side: en, reason: r, on: 2026-01-01}\nparties: [csc]\n",
    "parties: [csc\n",
    "parties: [csc]\nsigned_on: 2001-05-01\nemail: desk@example.org\n",
    "parties: [csc]\nsigned_on: 2001-05-01\n",
    "parties: [csc]\nchanges: [{on: 2026-01-31, en: It moved., fr: Elle a changé.}, {on: 2025-06, en: It was new.}]\n",
    "parties: [csc]\nchanges: [{on: 2026-02-28, en: It moved., fr: Elle a changé.}]\n",
    "parties: [csc]\nsteps: [{office: manitoba, role: {en: a, fr: b}}]\nannex: annex.pdf\n",
    "signed_on: 2020-01-01\nin_force_on: 2019-01-01\nparties: [csc]\n",
];

const SETTINGS: &[&str] = &[
    "policies: {parity: warning}\n",
    "policies: {missing_twin: allow, outdated_twin: error}\n",
    "policies: {raw_html: allow, missing_twin: warning}\nbase_url: https://example.org/kb/\nmarkdown_pages: true\n",
    "policies: {outdated_notice: hide, change_without_note: warning}\n",
    "theme: 5: 6\n",
];

/// What a site says about its search.
const WORDING: &[&str] = &[
    "en: [{say: accord, also: [agreement]}]\n",
    "en: [{say: accord, also: [accords]}, {say: a, also: [b]}, {say: b, also: [a]}]\nfr: [{say: x\n",
    "- {lang: en, ask: agreement, want: [agreements/alpha]}\n",
    "- {lang: de, ask: agreement}\n",
];

/// A record's files without their endings.
fn stem(folder: &Folder, pick: u16) -> String {
    let stems: Vec<&str> = folder.files.keys().filter_map(|path| path.strip_suffix(".en.md")).collect();
    stems.get(usize::from(pick) % stems.len().max(1)).copied().unwrap_or("agreements/alpha").to_owned()
}

fn choose<'a>(all: &[&'a str], pick: u16) -> &'a str {
    all[usize::from(pick) % all.len()]
}

/// One random change of a folder.
fn change(folder: &mut Folder, (kind, first, second): (u8, u16, u16)) {
    let stem = stem(folder, first);
    let lang = if second % 2 == 0 { "en" } else { "fr" };
    let words = format!("{stem}.{lang}.md");
    let parts = |folder: &Folder| {
        let text = folder.files.get(&words).cloned().unwrap_or_default();
        let (front, body) =
            text.trim_start_matches("---\n").split_once("---\n").unwrap_or(("title: N\nsummary: S.\n", ""));
        (front.to_owned(), body.to_owned())
    };
    match kind % 20 {
        0..=4 => {
            let front = parts(folder).0;
            folder.files.insert(words, format!("---\n{front}---\n{}", choose(WORDS, second / 2)));
        }
        5..=7 => {
            let body = parts(folder).1;
            folder.files.insert(words, format!("---\n{}---\n{body}", choose(FRONTS, second / 2)));
        }
        8 | 9 => {
            folder.files.insert(format!("{stem}.yaml"), choose(FACTS, second).to_owned());
        }
        10 => {
            folder.files.remove(&words);
        }
        11 => {
            for ending in ["en.md", "fr.md", "yaml"] {
                folder.files.remove(&format!("{stem}.{ending}"));
            }
        }
        12 => {
            let new = format!("agreements/{}", choose(&["alpha", "new", "other", "beta"], second));
            for ending in ["en.md", "fr.md", "yaml"] {
                if let Some(text) = folder.files.remove(&format!("{stem}.{ending}")) {
                    folder.files.insert(format!("{new}.{ending}"), text);
                }
            }
        }
        13 => confirm(folder, second),
        14 => {
            let named = "name: {en: P, fr: P}\ndescription: {en: D., fr: D.}\nmenu: [agreements]\n";
            folder.files.insert("site.yaml".to_owned(), format!("{named}{}", choose(SETTINGS, second)));
        }
        15 if second.is_multiple_of(4) => {
            let types = folder.files.get_mut("types/partner.yaml").unwrap();
            let (from, to) = [("terms", "short_forms"), ("short_forms", "terms"), ("glossary: terms\n", "")]
                [usize::from(second / 4) % 3];
            *types = types.replace(from, to);
        }
        15 => {
            let types = folder.files.get_mut("types/agreement.yaml").unwrap();
            let (from, to) = [("facet: true", "facet: false"), ("facet: false", "facet: true"), ("Parties", "Members")]
                [usize::from(second) % 3];
            *types = types.replace(from, to);
        }
        16 => {
            let path = choose(&["agreements/annex.pdf", "partners/annex.pdf", "pages/annex.pdf"], first).to_owned();
            if folder.files.remove(&path).is_none() {
                folder.files.insert(path, "x".repeat(usize::from(second % 9)));
            }
        }
        17 => theme(folder, second),
        18 if second.is_multiple_of(3) => {
            let text = choose(WORDING, second / 3);
            let path = if text.contains("ask") { "search-tests.yaml" } else { "words.yaml" };
            if folder.files.remove(path).is_none() {
                folder.files.insert(path.to_owned(), text.to_owned());
            }
        }
        18 => {
            let path =
                choose(&["_index.en.md", "agreements/_index.fr.md", "reads.csv", "stray.md", "other.yml"], first);
            if folder.files.remove(path).is_none() {
                let text = if path.ends_with(".md") {
                    "---\ntitle: I\nsummary: S.\n---\n[a](agreements/alpha#one)\n"
                } else {
                    "x,1\n"
                };
                folder.files.insert(path.to_owned(), text.to_owned());
            }
        }
        _ => {
            // A file as an editor might leave it half-way.
            let text = folder.files.get(&words).cloned().unwrap_or_default();
            let end = (0..=usize::from(second) % (text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            folder.files.insert(words, text[..end].to_owned());
        }
    }
}

/// Confirms every pair, or one, or garbles what was confirmed.
fn confirm(folder: &mut Folder, pick: u16) {
    let workspace = folder.open();
    let ids: Vec<String> = workspace.pairs().records.keys().cloned().collect();
    let chosen = ids.into_iter().enumerate().filter(|(at, _)| pick.is_multiple_of(3) || *at == usize::from(pick) % 7);
    let which = Which::Ids(chosen.map(|(_, id)| id).collect());
    let request = Request { even_so: pick.is_multiple_of(2), ..Request::default() };
    let mut text = workspace.confirm(&which, &request).unwrap().lock.write();
    if pick.is_multiple_of(11) {
        let _ = writeln!(text, "<<<<<<< HEAD");
    }
    folder.files.insert(lock::FILE.to_owned(), text);
}

/// Another theme, or none, or one with a mistake.
fn theme(folder: &mut Folder, pick: u16) {
    let manifest = "name: own\ncontract: 1\nextends: default\n";
    let file = |path: &str, text: &str| (ContentPath::new(path), text.as_bytes().to_vec());
    let files = match pick % 4 {
        0 => return folder.theme.clear(),
        1 => vec![file("theme.yaml", manifest), file("static/a.txt", "a")],
        2 => vec![file("theme.yaml", manifest), file("strings/en.yaml", "index_title: All of it\n")],
        _ => vec![file("theme.yaml", "name: own\n")],
    };
    folder.theme = vec![ThemeFiles { folder: "themes/own".to_owned(), files: files.into_iter().collect() }];
}

/// Everything that pages are made of, apart from the texts themselves.
fn knowledge(workspace: &Workspace) -> String {
    let site = workspace.site().unwrap();
    // On one line, because that takes a third of the time, and this is asked thousands of times.
    format!(
        "{:?}",
        (
            workspace.mistakes(),
            (&site.config, &site.sections, &site.home, &site.records, &site.lists),
            (&site.order, &site.relations, &site.stale_sides, &site.assets, &site.glossary),
            workspace.pairs(),
        )
    )
}

/// Every file of the output, the search index included.
fn output_of(Ready { site, theme, plan }: &Ready) -> BTreeMap<String, Vec<u8>> {
    let plan = plan.iter().filter(|(_, artifact)| !matches!(artifact, Artifact::Asset(_)));
    let made = plan.map(|(path, artifact)| {
        let bytes = output::make(site, theme, artifact).unwrap().unwrap_or_default().into_owned();
        (path.as_str().to_owned(), bytes)
    });
    let index = output::search(site, theme).unwrap().into_iter().map(|file| (file.path, file.bytes));
    made.chain(index).collect()
}

/// Fails where two texts differ, and shows what is around the first place where they do.
fn assert_same(incremental: &str, cold: &str, step: usize) {
    if incremental != cold {
        let same = incremental.chars().zip(cold.chars()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text.chars().skip(same.saturating_sub(400)).take(600).collect::<String>();
        panic!("step {step}: incremental\n{}\nfrom nothing\n{}", around(incremental), around(cold));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn a_look_at_other_texts_shows_what_they_would_come_to_and_leaves_nothing(
        steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 10..30)
    ) {
        let mut folder = Folder::new();
        let mut workspace = folder.open();
        for (number, step) in steps.into_iter().enumerate() {
            let before = folder.clone();
            change(&mut folder, step);
            let known = knowledge(&workspace);
            if folder.theme == before.theme {
                let paths = before.files.keys().chain(folder.files.keys());
                let text = |path: &String| folder.files.get(path).map(|text| text.clone().into_bytes());
                let texts: BTreeMap<_, _> = paths.map(|path| (ContentPath::new(path.as_str()), text(path))).collect();
                assert_same(&workspace.with_texts(texts, knowledge), &knowledge(&folder.open()), number);
                assert_same(&knowledge(&workspace), &known, number);
            }
            workspace.apply(folder.changes(&before), &mut |_| ());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn taking_changes_in_gives_the_same_as_starting_from_nothing(
        steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 30..60)
    ) {
        let mut folder = Folder::new();
        let mut workspace = folder.open();
        for (number, step) in steps.into_iter().enumerate() {
            let before = folder.clone();
            change(&mut folder, step);
            workspace.apply(folder.changes(&before), &mut |_| ());
            assert_same(&knowledge(&workspace), &knowledge(&folder.open()), number);
        }
        let cold = folder.open();
        let (incremental, cold) = (workspace.ready(), cold.ready());
        prop_assert_eq!(incremental.is_some(), cold.is_some());
        if let (Some(incremental), Some(cold)) = (incremental, cold) {
            let (incremental, cold) = (output_of(&incremental), output_of(&cold));
            prop_assert_eq!(incremental.keys().collect::<Vec<_>>(), cold.keys().collect::<Vec<_>>());
            for (path, bytes) in &incremental {
                prop_assert!(bytes == &cold[path], "{} differs", path);
            }
        }
    }
}
