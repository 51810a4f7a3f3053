//! What counts as a change, and what it is called.

use super::*;
use crate::diagnostic::catalog;
use crate::parse;
use crate::source::Sources;

/// Compares the pair `a/x` of a folder of files with what was confirmed.
fn compared(files: &[(&str, &str)], lock: &Lock) -> Pair {
    let files = files.iter().map(|(path, text)| (ContentPath::new(*path), text.as_bytes().to_vec()));
    let (sources, _) = Sources::from_files(files);
    let outlines = |id| outlines(&parse::record(id, &sources, None).0);
    let pair = compare(&parse::record("a/x", &sources, None).0, outlines("a/x"), lock.records.get("a/x"));
    let mut vocabulary = Vocabulary::default();
    vocabulary.add(&outlines("a/x"));
    vocabulary.add(&outlines("a/y"));
    pair.without_spelling_fixes(&pair.spelling_fixes(&vocabulary))
}

/// A lock that confirms the pair `a/x` of a folder of files.
fn confirmed(files: &[(&str, &str)], on: Option<&str>) -> Lock {
    let files = files.iter().map(|(path, text)| (ContentPath::new(*path), text.as_bytes().to_vec()));
    let (sources, _) = Sources::from_files(files);
    let parsed = parse::record("a/x", &sources, None).0;
    let outlines = outlines(&parsed);
    let pair = compare(&parsed, outlines.clone(), None);
    let standing = confirm::Standing {
        pair: &pair,
        outlines: &outlines,
        confirmed: None,
        errors: vec![],
        unfilled: BTreeSet::new(),
        differences: vec![],
    };
    let request = confirm::Request { on: on.map(str::to_owned), even_so: true, ..Default::default() };
    let recorded = confirm::judge(&standing, &request).unwrap();
    Lock { records: [("a/x".to_owned(), recorded.confirmed)].into() }
}

fn page(body: &str) -> String {
    format!("---\ntitle: T\nsummary: S\n---\n\n{body}")
}

const FR_PAGE: &str = "---\ntitle: T\nsummary: S\n---\n\nTexte.\n\n## Un\n\nMot 5.\n\n- a\n- b\n\n## Deux\n\nFin.\n";
const FR: &str = "Texte.\n\n## Un\n\nMot 5.\n\n- a\n- b\n\n## Deux\n\nFin.\n";
const EN: &str =
    "Text.\n\n## One\n\nWord 5, [see](partners/csc).\n\n- a\n- b\n\n## Two\n\nEnd *now*.\n\n```sh\nls\n```\n";

/// What is said of a pair whose English side was `before` when it was confirmed and is `after` now.
fn after(before: &str, after: &str) -> (State, Vec<String>) {
    let files = |en| [("a/x.en.md", en), ("a/x.fr.md", FR_PAGE)];
    // Through the file: what is read back is what counts.
    let text = confirmed(&files(before), None).write();
    let (sources, _) = Sources::from_files([(ContentPath::new(lock::FILE), text.into_bytes())]);
    let (lock, mistakes) = lock::read(&sources);
    assert!(mistakes.is_empty());
    let pair = compared(&files(after), &lock);
    let what = pair.changes.en.iter().flat_map(|change| change.what.iter().map(|what| catalog::change(*what).en));
    (pair.state, what.collect())
}

const BEHIND: State = State::Outdated(Behind::Side(Lang::Fr));

#[test]
fn what_changes_no_words_changes_nothing() {
    let same = |body: &str| assert_eq!(after(&page(EN), &page(body)), (State::Equal, vec![]), "{body}");
    same(&EN.replace("Text.", "Text.   \n\n\n"));
    same(&EN.replace("*now*", "_now_"));
    same(&EN.replace("*now*", "**now**"));
    same(&EN.replace("(partners/csc)", "(../partners/csc.md)"));
    same(&EN.replace("[see](partners/csc)", "[see][1]").replace("## Two", "[1]: partners/csc\n\n## Two"));
    same(&EN.replace("Text.", "<!-- a note -->\n\nText."));
    same(&EN.replace("- a\n- b", "* a\n* b"));
    same(&EN.replace("Word 5", "Word\n5"));
    assert_eq!(
        after(
            &page(EN),
            &page(EN).replace("title: T\nsummary: S", "keywords: [k]\nsummary: \"S\"\nslug: x\ntitle: 'T'")
        )
        .0,
        State::Equal
    );
}

#[test]
fn every_change_is_called_what_it_is() {
    let reported = |body: &str, expected: &[&str]| {
        assert_eq!(
            after(&page(EN), &page(body)),
            (BEHIND, expected.iter().copied().map(str::to_owned).collect()),
            "{body}"
        );
    };
    reported(&EN.replace("Text.", "Text.\n\nMore."), &["paragraph added"]);
    reported(&EN.replace("Text.", "Another text."), &["paragraph rewritten"]);
    reported(&EN.replace("## One", "## First"), &["heading renamed"]);
    reported(&EN.replace("- a\n", "- a\n- c\n"), &["list item added"]);
    reported(&EN.replace("- a\n", ""), &["list item removed"]);
    reported(&EN.replace("- a\n- b\n", "- b\n- a\n"), &["list item moved"]);
    reported(&EN.replace("Word 5", "Word 6"), &["number changed"]);
    reported(&EN.replace("partners/csc", "partners/csis"), &["link changed"]);
    reported(&EN.replace("ls", "rm"), &["code changed"]);
    reported(&EN.replace("## Two", "### Two"), &["level of the heading changed"]);
    reported(&EN.replace("Text.\n\n", "Text.\n\n## New\n\nSomething.\n\n"), &["section added"]);
    reported(
        "Text.\n\n## Two\n\nEnd *now*.\n\n```sh\nls\n```\n\n## One\n\nWord 5, [see](partners/csc).\n\n- a\n- b\n",
        &["section moved"],
    );
    assert_eq!(after(&page(EN), &page(EN).replace("title: T", "title: U")), (BEHIND, vec!["text changed".to_owned()]));
}

#[test]
fn either_language_may_lead_and_a_touch_on_the_other_side_hides_nothing() {
    let before = [("a/x.en.md", &*page(EN)), ("a/x.fr.md", &page(FR))];
    let lock = confirmed(&before, None);
    let state = |en: &str, fr: &str| compared(&[("a/x.en.md", &page(en)), ("a/x.fr.md", &page(fr))], &lock).state;
    assert_eq!(state(EN, &FR.replace("Fin.", "La fin.")), State::Outdated(Behind::Side(Lang::En)));
    assert_eq!(state(&EN.replace("Word 5", "Word 6"), &FR.replace("Texte.", "**Texte.**  ")), BEHIND);
    assert_eq!(state(&EN.replace("Word 5", "Word 6"), &FR.replace("Mot 5", "Mot 6")), State::Outdated(Behind::Both));
    assert_eq!(state(EN, FR), State::Equal);
}

#[test]
fn a_value_for_each_language_among_the_facts_counts_for_its_side() {
    let facts = "authority:\n- provision: {en: s. 16, fr: art. 16}\n";
    let files =
        |facts| [("a/x.yaml", facts), ("a/x.en.md", "---\ntitle: T\n---\n"), ("a/x.fr.md", "---\ntitle: T\n---\n")];
    let lock = confirmed(&files(facts), None);
    let changed = facts.replace("art. 16", "art. 17");
    assert_eq!(compared(&files(&changed), &lock).state, State::Outdated(Behind::Side(Lang::En)));
}

#[test]
fn the_lock_has_one_short_line_for_each_section() {
    let lock = confirmed(&[("a/x.en.md", &page(EN)), ("a/x.fr.md", &page(FR))], Some("2026-01-31"));
    let text = lock.write();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 5, "{text}");
    assert!(lines.iter().all(|line| line.starts_with("a/x 2026-01-31 ") && line.contains(" | ")), "{text}");
    assert!(text.len() < 700, "{text}");
    let (sources, _) = Sources::from_files([(ContentPath::new(lock::FILE), text.into_bytes())]);
    assert_eq!(lock::read(&sources).0, lock);
}

#[test]
fn a_lock_with_the_marks_of_a_merge_is_reported() {
    let text = "a/x:\n<<<<<<< HEAD\n  en: []\n=======\n  en: []\n>>>>>>> b\n  fr: []\n";
    let (sources, _) = Sources::from_files([(ContentPath::new(lock::FILE), text.as_bytes().to_vec())]);
    let reported: Vec<_> = lock::read(&sources).1.into_sorted().into_iter().map(|d| d.name).collect();
    assert_eq!(reported, ["lock-unreadable"]);
}

#[test]
fn a_spelling_put_right_on_one_side_is_no_change() {
    let other = ("a/y.en.md", "---\ntitle: Agreement\n---\n");
    let side = |words: &str| format!("---\ntitle: T\n---\n\nThe {words} holds, see [it](partners/csc).\n\nMore.\n");
    let state = |before: &str, now: &str| {
        let (before, now) = (side(before), side(now));
        let files = |en| [other, ("a/x.en.md", en), ("a/x.fr.md", "---\ntitle: T\n---\n\nTexte.\n")];
        compared(&files(&now), &confirmed(&files(&before), None)).state
    };
    assert_eq!(state("agrement", "agreement"), State::Equal);
    assert_eq!(state("agremeent", "agreement"), State::Equal);
    // The other way round, or with an ending, or to a word that nobody knows, it may mean something.
    assert_eq!(state("agreement", "agrement"), BEHIND);
    assert_eq!(state("agreements", "agreement"), BEHIND);
    assert_eq!(state("contract", "contrast"), BEHIND);
    assert_eq!(state("agrement 5", "agreement 6"), BEHIND);
}
