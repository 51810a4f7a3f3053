//! Packages for translators: what changed is sent with its earlier wording; a translation goes into its place and
//! nowhere else, or nothing is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};

use diptych::diagnostic::Severity;
use diptych::edits::{self, Step};
use diptych::lang::Lang;
use diptych::pairs::kept::Kept;
use diptych::path::ContentPath;
use diptych::source::Sources;
use diptych::translate::{self, Comparison, Extent, Format, Names, Package, Returned, Words};
use diptych::workspace::{Options, ThemeSources, Workspace};
use proptest::prelude::*;

use crate::project::{Project, Run, Tree};
use crate::sections::sections;

const EN: &str = "content/agreements/exchange-of-service.en.md";
const FR: &str = "content/agreements/exchange-of-service.fr.md";
const FACTS: &str = "content/agreements/exchange-of-service.yaml";
const ID: &str = "agreements/exchange-of-service";
const XLIFF: &str = "out/agreements--exchange-of-service.fr.xlf";
const DOCX: &str = "out/agreements--exchange-of-service.fr.docx";

const PAGE_EN: &str = "---
title: Exchange of services
summary: 'Either may hold people for the other.'
services: [custody, supervision]   # in this order
note: See **the** [list](partners/csc).
---

It is the *oldest* of its kind.

<!-- To be read by the desk. -->

## What it covers

- custody of [people](partners/csc)
- supervision

It costs $1,250 a day.[^1]

| Service | Price |
|---|---|
| Custody | $5 \\| $6 |

## Since when

Since July 2, 2015. See [above](#what-it-covers).

[^1]: In 2026 dollars.
";

const PAGE_FR: &str = "---
title: Échange de services
summary: 'Chacun peut garder des personnes pour l’autre.'
services: [garde, surveillance]   # dans cet ordre
note: Voir **la** [liste](partners/csc).
---

C’est la plus *ancienne* du genre.

<!-- À lire par le bureau. -->

## Ce qu’elle vise

- la garde de [personnes](partners/csc)
- la surveillance

Le prix est de 1 250 $ par jour[^1].

| Service | Prix |
|---|---|
| Garde | 5 $ \\| 6 $ |

## Depuis quand

Depuis le 2 juillet 2015. Voir [ci-dessus](#ce-qu-elle-vise).

[^1]: En dollars de 2026.
";

/// A site whose agreement was confirmed.
fn project() -> Project {
    let project = Project::minimal();
    project.write(EN, PAGE_EN);
    project.write(FR, PAGE_FR);
    done(&project, &["confirm", "--all"]);
    project
}

/// The same, in which the first section changed in English, and its package.
fn exported(format: &str) -> Project {
    let project = project();
    project.change(EN, "- custody of", "- safe custody of");
    project.change(EN, "$1,250", "$1,300");
    done(&project, &["translate", "export", "--to", "fr", "--outdated", "--format", format, "-o", "out"]);
    project
}

fn done(project: &Project, args: &[&str]) -> Run {
    let run = project.run(args);
    assert_eq!(run.code, 0, "{args:?}: {}{}", run.stdout, run.stderr);
    run
}

/// What is refused changes nothing, and says why.
fn refused(project: &Project, files: &[&str], why: &[&str]) {
    let before = Tree::read(&project.path("content"));
    let run = project.run(&[&["translate", "import"], files].concat());
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    for why in why {
        assert!(run.stderr.contains(why), "{why} in\n{}", run.stderr);
    }
    assert!(run.stderr.ends_with("Nothing was changed.\n"), "{}", run.stderr);
    Tree::read(&project.path("content")).assert_same(&before, "what is refused changes nothing");
}

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path(path)).unwrap()
}

/// Writes a translation into a package: that of the passage whose reference begins so.
fn fill(project: &Project, reference: &str, target: &str) {
    let package = text(project, XLIFF);
    let unit =
        package.find(&format!("<trans-unit id=\"{reference}.")).unwrap_or_else(|| panic!("{reference}:\n{package}"));
    let start = unit + package[unit..].find("<target").unwrap();
    let start = start + package[start..].find('>').unwrap() + 1;
    let end = start + package[start..].find("</target>").unwrap();
    project.write(XLIFF, format!("{}{target}{}", &package[..start], &package[end..]));
}

/// The translation of a passage in a package, as it is written there.
fn target(project: &Project, reference: &str) -> String {
    let package = text(project, XLIFF);
    let unit = &package[package.find(&format!("<trans-unit id=\"{reference}.")).unwrap()..];
    let unit = &unit[..unit.find("</target>").unwrap()];
    unit[unit.find("<target").unwrap()..].split_once('>').unwrap().1.to_owned()
}

#[test]
fn the_sections_that_changed_go_out_with_what_they_said_before_and_what_is_known_of_them() {
    let project = exported("xliff");
    let package = text(&project, XLIFF);
    for said in [
        "<file original=\"agreements/exchange-of-service\"",
        "source-language=\"en-CA\" target-language=\"fr-CA\"",
        "<note from=\"facts\">Status → État: In force → En vigueur</note>",
        "<note from=\"facts\">Parties: Correctional Service of Canada → Service correctionnel du Canada; Manitoba</note>",
        "<source xml:lang=\"en-CA\">safe custody of <g id=\"1\" ctype=\"link\" equiv-text=\"[…](partners/csc)\">people</g></source>",
        "<source xml:lang=\"en-CA\">custody of people</source>",
        "<note from=\"changes\">Modifié : {+safe+} custody of people</note>",
        "<target xml:lang=\"fr-CA\" state=\"translated\">la surveillance</target>",
        "<source xml:lang=\"en-CA\">$5 | $6</source>",
    ] {
        assert!(package.contains(said), "{said} in\n{package}");
    }
    assert!(!package.contains("Since when") && !package.contains("title"), "what did not change stays: {package}");
    assert_eq!(
        target(&project, "what-it-covers.4"),
        "Le prix est de 1 250 $ par jour<x id=\"1\" ctype=\"x-footnote\" equiv-text=\"[^1]\"/>."
    );
}

#[test]
fn the_list_of_work_counts_the_words_that_a_package_asks_for() {
    let project = project();
    project.change(EN, "- custody of", "- safe custody of");
    project.change(EN, "$1,250", "$1,300");
    let count = |said: &str| {
        let before = said.split(" words to translate").next().unwrap_or_default();
        before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default().to_owned()
    };
    let status = done(&project, &["status"]);
    let export = done(&project, &["translate", "export", "--to", "fr", "--outdated", "-o", "out"]);
    assert_eq!(count(&status.stdout), "9", "{}", status.stdout);
    assert_eq!(count(&export.stdout), "9", "{}{}", export.stdout, export.stderr);
}

#[test]
fn names_of_the_site_are_told_where_they_are_in_a_passage() {
    let project = project();
    project.change(EN, "- supervision", "- supervision by the Correctional Service of Canada");
    done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    let note = "<note from=\"glossary\">Correctional Service of Canada → Service correctionnel du Canada</note>";
    assert_eq!(text(&project, XLIFF).matches(note).count(), 1);
}

#[test]
fn what_comes_back_lands_in_its_place_and_every_other_byte_stays() {
    let project = exported("xliff");
    fill(&project, "what-it-covers.2", "la garde sûre de <g id=\"1\">personnes</g>");
    fill(&project, "what-it-covers.4", "Le prix est de 1&#160;300&#160;$ par jour<x id=\"1\"/>.");
    let before = Tree::read(&project.path("content"));
    let shown = done(&project, &["translate", "import", XLIFF, "--dry-run"]);
    Tree::read(&project.path("content")).assert_same(&before, "a dry run");
    let run = done(&project, &["translate", "import", XLIFF]);
    assert_eq!(run.stdout, shown.stdout);
    assert!(
        run.stdout
            .contains("-- la garde de [personnes](partners/csc)\n+- la garde sûre de [personnes](partners/csc)\n"),
        "{}",
        run.stdout
    );
    let expected = PAGE_FR.replace("la garde de", "la garde sûre de").replace("1 250 $", "1\u{a0}300\u{a0}$");
    assert_eq!(text(&project, FR), expected);
    assert_eq!(text(&project, EN), PAGE_EN.replace("- custody", "- safe custody").replace("1,250", "1,300"));
    let status = project.run(&["status", ID, "--format", "json"]).stdout;
    assert!(status.contains("\"side\": \"both\""), "nothing is confirmed: {status}");
}

#[test]
fn a_package_that_was_not_touched_and_one_that_was_taken_in_change_nothing() {
    for format in ["xliff", "docx"] {
        let project = exported(format);
        let file = if format == "docx" { DOCX } else { XLIFF };
        let before = Tree::read(&project.path("content"));
        assert!(done(&project, &["translate", "import", file]).stderr.contains("nothing to change"));
        Tree::read(&project.path("content")).assert_same(&before, "nothing was translated");
    }
    let project = exported("xliff");
    fill(&project, "what-it-covers.2", "la garde sûre de <g id=\"1\">personnes</g>");
    done(&project, &["translate", "import", XLIFF, XLIFF]);
    let before = Tree::read(&project.path("content"));
    assert!(done(&project, &["translate", "import", XLIFF]).stderr.contains("nothing to change"));
    Tree::read(&project.path("content")).assert_same(&before, "the second time");
    // What comes back later continues from there.
    fill(&project, "what-it-covers.3", "la supervision");
    done(&project, &["translate", "import", XLIFF]);
    assert!(text(&project, FR).contains("- la garde sûre de [personnes](partners/csc)\n- la supervision\n"));
}

#[test]
fn an_empty_translation_and_the_source_in_its_place_leave_the_words_as_they_are() {
    let project = exported("xliff");
    fill(&project, "what-it-covers.2", "");
    fill(&project, "what-it-covers.4", "It costs $1,300 a day.<x id=\"1\"/>");
    let run = done(&project, &["translate", "import", XLIFF]);
    assert!(run.stderr.contains("nothing to change"), "{}", run.stderr);
    assert_eq!(text(&project, FR), PAGE_FR);
}

#[test]
fn a_record_without_a_translation_goes_out_whole_and_comes_back_as_a_page() {
    let project = project();
    fs::remove_file(project.path(FR)).unwrap();
    project.change(
        EN,
        "title: Exchange of services\n",
        "title: Exchange of services\nslug: exchange\nkeywords: [swap]\n",
    );
    project.change(EN, "See [above]", "See [the service](../partners/csc.en.md), [above]");
    done(&project, &["translate", "export", "--to", "fr", "--missing", "-o", "out"]);
    let package = text(&project, XLIFF);
    assert!(!package.contains("swap") && !package.contains("\"slug"), "each language has its own: {package}");
    for (reference, target) in [
        ("title.1", "Échange : services"),
        ("summary.1", "Chacun l’autre."),
        ("services.1", "garde, sûre"),
        ("services.2", "surveillance"),
        ("note.1", "Voir <g id=\"1\">la</g> <g id=\"2\">liste</g>."),
        ("introduction.1", "La plus <g id=\"1\">ancienne</g>."),
        ("what-it-covers.1", "Ce qu’elle vise"),
        ("what-it-covers.2", "garde de <g id=\"1\">personnes</g>"),
        ("what-it-covers.3", "surveillance"),
        ("what-it-covers.4", "1 250 $ par jour<x id=\"1\"/>."),
        ("what-it-covers.5", "Service"),
        ("what-it-covers.6", "Prix"),
        ("what-it-covers.7", "Garde"),
        ("what-it-covers.8", "5 $ | 6 $"),
        ("since-when.1", "Depuis quand"),
        ("since-when.2", "Le 2 juillet 2015. Voir <g id=\"1\">le service</g>, <g id=\"2\">ci-dessus</g>."),
    ] {
        fill(&project, reference, target);
    }
    refused(
        &project,
        &[XLIFF],
        &[
            "error[translation-incomplete]: what is new is only partly translated; passages left: 1, the first in “footnotes”",
        ],
    );
    fill(&project, "footnotes.1", "En dollars de 2026.");
    done(&project, &["translate", "import", XLIFF]);
    assert_eq!(
        text(&project, FR),
        "---\ntitle: \"Échange : services\"\nsummary: 'Chacun l’autre.'\nservices: [\"garde, sûre\", surveillance]   # in this order\n\
         note: Voir **la** [liste](partners/csc).\n---\n\nLa plus *ancienne*.\n\n<!-- To be read by the desk. -->\n\n\
         ## Ce qu’elle vise\n\n- garde de [personnes](partners/csc)\n- surveillance\n\n1 250 $ par jour[^1].\n\n\
         | Service | Prix |\n|---|---|\n| Garde | 5 $ \\| 6 $ |\n\n## Depuis quand\n\nLe 2 juillet 2015. Voir \
         [le service](../partners/csc.fr.md), [ci-dessus](#ce-qu-elle-vise).\n\n[^1]: En dollars de 2026.\n"
    );
    assert_eq!(project.run(&["check"]).code, 0);
    assert!(done(&project, &["translate", "import", XLIFF]).stderr.contains("nothing to change"), "twice");
}

/// A site whose agreement has notes of change, as it is once they and the pages were confirmed.
fn noted() -> Project {
    let project = project();
    project.write(
        FACTS,
        "parties: [csc]\nchanges:\n  - {on: 2025-06, en: The price rose., fr: Hausse du prix.}   # by the board\n\
         \x20 - on: 2026-05-04\n    en: Manitoba joined.\n    fr: Adhésion du Manitoba.\n",
    );
    done(&project, &["confirm", "--all"]);
    project
}

#[test]
fn a_note_of_change_goes_out_like_other_words_and_its_translation_lands_in_the_facts() {
    let project = noted();
    project.change(FACTS, "The price rose.", "The price rose by half.");
    done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    let package = text(&project, XLIFF);
    assert!(package.contains("<source xml:lang=\"en-CA\">The price rose by half.</source>"), "{package}");
    assert!(!package.contains("2025-06"), "a date needs no translator: {package}");
    assert_eq!(target(&project, "changes.1"), "Hausse du prix.");
    fill(&project, "changes.1", "Hausse du prix: la moitié.");
    fill(&project, "changes.2", "Adhésion du Manitoba: mai.");
    let facts = text(&project, FACTS);
    done(&project, &["translate", "import", XLIFF]);
    let expected = facts
        .replace("fr: Hausse du prix.}", "fr: \"Hausse du prix: la moitié.\"}")
        .replace("fr: Adhésion du Manitoba.", "fr: \"Adhésion du Manitoba: mai.\"");
    assert_eq!(text(&project, FACTS), expected);
    assert!(done(&project, &["translate", "import", XLIFF]).stderr.contains("nothing to change"), "twice");
}

#[test]
fn a_record_with_notes_of_change_is_exported_for_its_other_words() {
    let project = noted();
    project.change(EN, "- custody of", "- safe custody of");
    done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    fill(&project, "what-it-covers.2", "la garde sûre de <g id=\"1\">personnes</g>");
    let facts = text(&project, FACTS);
    done(&project, &["translate", "import", XLIFF]);
    assert_eq!(text(&project, FR), PAGE_FR.replace("la garde de", "la garde sûre de"));
    assert_eq!(text(&project, FACTS), facts);
}

#[test]
fn a_note_that_only_one_language_has_is_left_to_people_and_takes_the_place_of_no_other() {
    let project = noted();
    project.change(FACTS, "changes:\n", "changes:\n  - {on: 2026-06-01, en: Ontario joined.}\n");
    let run = done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    let by_hand = "agreements/exchange-of-service: in “notes of change”, something has changed that has no counterpart";
    assert!(run.stderr.contains(by_hand) && run.stderr.contains("There is nothing to translate"), "{}", run.stderr);
    project.change(EN, "- custody of", "- safe custody of");
    let run = done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    assert!(run.stderr.contains(by_hand), "{}", run.stderr);
    let package = text(&project, XLIFF);
    assert!(!package.contains("Ontario") && !package.contains("Hausse du prix"), "{package}");
}

#[test]
fn what_is_new_is_put_in_behind_what_is_before_it_once_all_of_it_is_translated() {
    let project = project();
    project.change(EN, "- supervision\n", "- supervision\n- transport\n\nA word.\n");
    project.change(EN, "| Custody | $5 \\| $6 |\n", "| Custody | $5 \\| $6 |\n| Transport | 7 |\n");
    project.change(EN, "## Since when", "## Who may *ask*\n\nEveryone, see [who](#who-may-ask).\n\n## Since when");
    project.change(EN, "services: [custody, supervision]", "services: [custody, supervision, transport]");
    project.change(EN, "(partners/csc).\n---\n", "(partners/csc).\nacronym: EoS   # short\n---\n");
    project.change(
        "content/types/agreement.yaml",
        "  number:\n",
        "  acronym: {kind: text, localized: true, label: {en: A, fr: A}}\n  number:\n",
    );
    done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    let before = Tree::read(&project.path("content"));
    done(&project, &["translate", "import", XLIFF]);
    Tree::read(&project.path("content")).assert_same(&before, "what is new and empty is left out");
    fill(&project, "who-may-ask.1", "Qui peut <g id=\"1\">demander</g>");
    refused(&project, &[XLIFF], &["passages left: 1, the first in “Who may ask”"]);
    fill(&project, "who-may-ask.2", "Tous, voir <g id=\"1\">qui</g>.");
    fill(&project, "what-it-covers.4", "le transport");
    fill(&project, "what-it-covers.5", "Un mot.");
    fill(&project, "what-it-covers.11", "Transport");
    fill(&project, "services.3", "transport");
    fill(&project, "acronym.1", "ES");
    done(&project, &["translate", "import", XLIFF]);
    let expected = PAGE_FR
        .replace("- la surveillance\n", "- la surveillance\n- le transport\n\nUn mot.\n")
        .replace("| Garde | 5 $ \\| 6 $ |\n", "| Garde | 5 $ \\| 6 $ |\n| Transport | 7 |\n")
        .replace(
            "## Depuis quand",
            "## Qui peut *demander*\n\nTous, voir [qui](#qui-peut-demander).\n\n## Depuis quand",
        )
        .replace(
            "services: [garde, surveillance]   # dans cet ordre\n",
            "services: [garde, surveillance, transport]   # dans cet ordre\n",
        )
        .replace("(partners/csc).\n---\n", "(partners/csc).\nacronym: ES\n---\n");
    assert_eq!(text(&project, FR), expected);
}

#[test]
fn what_had_no_counterpart_when_it_was_confirmed_is_not_new() {
    let project = Project::minimal();
    project.write(EN, PAGE_EN.replace("- supervision\n", "- supervision\n- transport\n"));
    project.write(FR, PAGE_FR);
    done(&project, &["confirm", "--all"]);
    project.change(EN, "- custody of", "- safe custody of");
    done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    assert!(!text(&project, XLIFF).contains("transport"), "it was accepted");
    project.change(EN, "- transport", "- transport and food");
    let run = done(&project, &["translate", "export", "--to", "fr", "-o", "out2"]);
    assert!(
        run.stderr.contains("in “What it covers”, something has changed that has no counterpart"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_section_that_changed_since_in_either_language_refuses_all_packages() {
    let project = exported("xliff");
    fill(&project, "what-it-covers.2", "la garde sûre de <g id=\"1\">personnes</g>");
    project.change("content/partners/csc.en.md", "The federal", "The new federal");
    done(&project, &["translate", "export", "partners/csc", "--to", "fr", "-o", "out"]);
    let other = "out/partners--csc.fr.xlf";
    let package = text(&project, other).replace("Le service correctionnel fédéral.", "Le service.");
    project.write(other, package);
    let said = "of agreements/exchange-of-service has changed in English since the package was exported";
    project.change(EN, "- supervision", "- supervision and care");
    refused(&project, &[other, XLIFF], &["error[section-changed]: “What it covers / Ce qu’elle vise”", said, XLIFF]);
    project.change(EN, "- supervision and care", "- supervision");
    project.change(FR, "- la surveillance", "- la supervision");
    refused(&project, &[other, XLIFF], &["has changed in French since the package was exported"]);
    project.change(FR, "- la supervision", "- la surveillance");
    // Another section, white space, and the way a mark is written do not count.
    project.change(FR, "Depuis le 2", "Dès le 2");
    project.change(EN, "## Since when", "## When");
    project.change(EN, "[people](partners/csc)", "[people](../partners/csc.md)");
    done(&project, &["translate", "import", other, XLIFF]);
    project.change(EN, "## What it covers", "## Its reach");
    refused(&project, &[XLIFF], &["agreements/exchange-of-service has no section “what-it-covers” any more"]);
}

#[test]
fn a_package_of_another_site_or_of_a_record_that_is_no_more_is_refused() {
    let project = exported("xliff");
    fill(&project, "what-it-covers.2", "la garde sûre de <g id=\"1\">personnes</g>");
    let package = text(&project, XLIFF);
    project.change("content/site.yaml", "en: Partnerships", "en: Friendships");
    refused(&project, &[XLIFF], &["error[package-elsewhere]: this package belongs to another site, “Partnerships”"]);
    project.change("content/site.yaml", "en: Friendships", "en: Partnerships");
    project.write(XLIFF, package.replace("original=\"agreements/", "original=\"agreements/no-"));
    refused(&project, &[XLIFF], &["there is no English page agreements/no-exchange-of-service to translate from"]);
    project.write(XLIFF, package.replace("what-it-covers.2.", "what-it-covers.99."));
    refused(&project, &[XLIFF], &["error[reference-damaged]"]);
    project.write(XLIFF, package.replace("id=\"what-it-covers.2.", "id=\"2"));
    refused(&project, &[XLIFF], &["error[reference-damaged]"]);
}

#[test]
fn a_mark_that_is_lost_or_not_known_is_refused() {
    for (target, why) in [
        (
            "la garde sûre de personnes",
            "the mark 1 ([…](partners/csc)) is missing in the translation of “safe custody of people”",
        ),
        ("<g id=\"1\">la</g> garde <g id=\"1\">sûre</g>", "the mark 1 ([…](partners/csc)) appears twice"),
        ("la garde <g id=\"1\">sûre</g> <x id=\"7\"/>", "has a mark that the passage does not have"),
        ("la garde <g id=\"1\">sûre</g> <ph id=\"1\">**</ph>", "has a mark that the passage does not have"),
    ] {
        let project = exported("xliff");
        fill(&project, "what-it-covers.2", target);
        refused(&project, &[XLIFF], &["error[mark-lost]", why]);
    }
}

#[test]
fn signs_that_a_translator_types_are_words() {
    for typed in
        ["*x* [a](http://b.c)", "# 1. - &gt; `c` | d", "1. &lt;script&gt; &amp;amp; \\ ~~e~~", "a_b_c {1} {{2/}"]
    {
        let project = exported("xliff");
        fill(&project, "what-it-covers.2", &format!("{typed} <g id=\"1\">personnes</g>"));
        fill(&project, "what-it-covers.7", typed);
        done(&project, &["translate", "import", XLIFF]);
        project.change(EN, "safe custody", "very safe custody");
        fs::remove_dir_all(project.path("out")).unwrap();
        done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
        let said = |reference| target(&project, reference).split(" <g").next().unwrap().to_owned();
        assert_eq!((said("what-it-covers.2").as_str(), said("what-it-covers.7").as_str()), (typed, typed));
    }
}

#[test]
fn what_cannot_be_written_in_its_place_is_refused() {
    let project = project();
    project.change(EN, "- supervision", "- supervision\n\nTerm\n: What it means.");
    project.change(FR, "- la surveillance", "- la surveillance\n\nTerme\n: Ce qu’il veut dire.");
    done(&project, &["confirm", "--all"]);
    project.change(EN, "\nTerm\n", "\nWord\n");
    done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    fill(&project, "what-it-covers.4", "Un terme. Et une phrase.");
    refused(&project, &[XLIFF], &["the translation of “Word” cannot be written in its place as it is"]);
    fill(&project, "what-it-covers.4", "Mot");
    done(&project, &["translate", "import", XLIFF]);
    assert!(text(&project, FR).contains("\nMot\n: Ce qu’il veut dire.\n"));
}

#[test]
fn a_translation_that_would_be_a_mistake_is_refused_with_that_mistake() {
    let project = project();
    project.change("content/partners/csc.en.md", "acronym: CSC", "acronym: CS");
    done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    let package = text(&project, "out/partners--csc.fr.xlf").replace(">SCC<", ">Service<");
    project.write("out/partners--csc.fr.xlf", package);
    let place = "content/partners/csc.fr.md:4:10";
    refused(&project, &["out/partners--csc.fr.xlf"], &["error[out-of-bounds]", place, "acronym: Service"]);
}

#[test]
fn words_among_the_facts_are_translated_where_they_are() {
    let project = project();
    let facts = "content/agreements/exchange-of-service.yaml";
    project.write(facts, "status: in_force\nparties: [csc]\nsteps:   # in order\n- {office: csc, role: {en: Signs it, fr: \"La signe\"}}\n");
    done(&project, &["confirm", "--all", "--even-so"]);
    project.change(facts, "Signs it", "Approves it");
    done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    fill(&project, "steps.1", "L’approuve, \"oui\"");
    done(&project, &["translate", "import", XLIFF]);
    assert!(text(&project, facts).ends_with("role: {en: Approves it, fr: \"L’approuve, \\\"oui\\\"\"}}\n"));
}

#[test]
fn french_may_lead() {
    let project = project();
    project.change(FR, "- la surveillance", "- la supervision");
    let run = done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    assert_eq!(run.stderr, "There is nothing to translate into French.\n");
    done(&project, &["translate", "export", "--to", "en", "-o", "out"]);
    let file = "out/agreements--exchange-of-service.en.xlf";
    project.write(file, text(&project, file).replace(">supervision</target>", ">oversight</target>"));
    done(&project, &["translate", "import", file]);
    assert_eq!(text(&project, EN), PAGE_EN.replace("- supervision", "- oversight"));
}

#[test]
fn a_page_that_french_led_is_taken_in_twice_though_its_sections_have_english_names_by_then() {
    let project = project();
    fs::remove_file(project.path(EN)).unwrap();
    project.write(FR, "---\ntitle: Échange\nsummary: Chacun aide.\n---\n\n## Règles\n\nDeux règles.\n");
    done(&project, &["translate", "export", "--to", "en", "--missing", "-o", "out"]);
    let file = "out/agreements--exchange-of-service.en.xlf";
    let mut package = text(&project, file);
    for (source, target) in
        [("Échange", "Exchange"), ("Chacun aide.", "Each helps."), ("Règles", "Rules"), ("Deux règles.", "Two rules.")]
    {
        let unit = package.find(&format!(">{source}</source>")).unwrap();
        let at = unit + package[unit..].find("</target>").unwrap();
        package.insert_str(at, target);
    }
    project.write(file, &package);
    done(&project, &["translate", "import", file]);
    assert!(text(&project, EN).contains("## Rules\n\nTwo rules.\n"));
    assert!(done(&project, &["translate", "import", file]).stderr.contains("nothing to change"));
}

#[test]
fn a_package_that_is_being_worked_on_is_not_written_over() {
    let project = exported("xliff");
    done(&project, &["translate", "export", "--to", "fr", "-o", "out"]);
    fill(&project, "what-it-covers.3", "la supervision");
    let before = Tree::read(&project.path("out"));
    let run = project.run(&["translate", "export", "--to", "fr", "-o", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("already exists and may be in translation"), "{}", run.stderr);
    Tree::read(&project.path("out")).assert_same(&before, "the work of a translator");
    let run = project.run(&["translate", "export", "agreements/exchange", "--to", "fr", "-o", "out"]);
    assert!(run.code == 2 && run.stderr.contains("there is no record agreements/exchange"), "{}", run.stderr);
}

#[test]
fn equal_content_gives_equal_packages() {
    for (format, file) in [("xliff", XLIFF), ("docx", DOCX)] {
        let bytes = |project: &Project| fs::read(project.path(file)).unwrap();
        assert_eq!(bytes(&exported(format)), bytes(&exported(format)));
    }
}

#[test]
fn what_is_no_package_is_refused_whatever_it_holds() {
    let project = exported("xliff");
    let package = text(&project, XLIFF);
    let bomb = package.replace("<xliff", "<!DOCTYPE xliff [<!ENTITY a \"aaaaaaaaaa\">]>\n<xliff");
    for (bytes, why) in [
        (bomb.into_bytes(), "declares a document type"),
        (
            package.replace("version=\"1.2\"", "version=\"2.0\"").into_bytes(),
            "this is XLIFF 2.0; packages are XLIFF 1.2",
        ),
        (package.replace("</body>", "").into_bytes(), "is damaged"),
        (package.as_bytes()[..900].to_vec(), "is damaged"),
        (b"%PDF".to_vec(), "this is not a Diptych package"),
        (Vec::new(), "this is not a Diptych package"),
        (b"PK\x03\x04 and no more".to_vec(), "is damaged"),
        (format!("<xliff version=\"1.2\">{}", "<g>".repeat(100_000)).into_bytes(), "is larger than any"),
        (document(&"<w:p>".repeat(100_000)), "is larger than any"),
        (document(&" ".repeat((1 << 26) + 1)), "is larger than any"),
        (document("<!DOCTYPE x [<!ENTITY a \"a\">]><w:p>&a;</w:p>"), "declares a document type"),
        (document("<w:document><w:p/></w:document>"), "this is not a Diptych package"),
    ] {
        project.write("out/x.bin", bytes);
        refused(&project, &["out/x.bin", XLIFF], &["error[package-unreadable]", why, "out/x.bin"]);
    }
    assert_eq!(project.run(&["translate", "import", "out/none.xlf"]).code, 2);
}

#[test]
fn a_package_in_the_encoding_of_another_tool_is_read() {
    let project = exported("xliff");
    fill(&project, "what-it-covers.3", "la supervision");
    let wide = format!("\u{feff}{}", text(&project, XLIFF).replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\""));
    project.write("out/wide.xlf", wide.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    done(&project, &["translate", "import", "out/wide.xlf"]);
    assert!(text(&project, FR).contains("- la supervision\n"));
}

#[test]
fn segments_and_pairs_that_a_tool_takes_apart_are_put_together() {
    let project = exported("xliff");
    let target = "<mrk mtype=\"seg\" mid=\"0\">la garde <bx id=\"1\"/>sûre<ex id=\"1\"/></mrk> <mrk mtype=\"seg\" mid=\"1\">oui</mrk>";
    fill(&project, "what-it-covers.2", target);
    done(&project, &["translate", "import", XLIFF]);
    assert!(text(&project, FR).contains("- la garde [sûre](partners/csc) oui\n"));
}

/// A document that holds this as its main part.
fn document(main: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(main.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// Changes the main part of the package, as a word processor does.
fn retype(project: &Project, change: impl Fn(&str) -> String) {
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(project.path(DOCX)).unwrap())).unwrap();
    let mut main = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut main).unwrap();
    project.write(DOCX, document(&change(&main)));
}

/// Puts runs into the third column beside a passage.
fn type_into(project: &Project, reference: &str, runs: &str) {
    retype(project, |main| {
        let row = main.find(&format!(">{reference}.")).unwrap();
        let cells: Vec<usize> = main[row..].match_indices("<w:tc>").map(|(at, _)| row + at).take(3).collect();
        let start = cells[1] + main[cells[1]..].find("<w:p>").unwrap();
        format!("{}<w:p>{runs}</w:p></w:tc>{}", &main[..start], &main[cells[2]..])
    });
}

#[test]
fn a_document_comes_back_whatever_a_word_processor_does_to_it() {
    let project = exported("docx");
    let runs = "<w:r><w:t>la gar</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">de </w:t></w:r>\
        <w:ins w:author=\"x\"><w:r><w:t>sûre</w:t></w:r></w:ins><w:del><w:r><w:delText>vieille</w:delText></w:r></w:del>\
        <w:r><w:tab/><w:t>de {</w:t></w:r><w:r><w:t>1}person</w:t></w:r><w:r><w:t>nes{/1}</w:t></w:r><w:r><w:br/></w:r>";
    type_into(&project, "what-it-covers.2", runs);
    type_into(
        &project,
        "what-it-covers.4",
        "<w:hyperlink><w:r><w:t>Le «&#160;prix&#160;» d’un jour</w:t></w:r></w:hyperlink></w:p><w:p><w:r><w:t>{1/}.</w:t></w:r>",
    );
    done(&project, &["translate", "import", DOCX]);
    let expected = PAGE_FR
        .replace("la garde de [personnes]", "la garde sûre de [personnes]")
        .replace("Le prix est de 1 250 $ par jour[^1].", "Le «\u{a0}prix\u{a0}» d’un jour [^1].");
    assert_eq!(text(&project, FR), expected);
    type_into(&project, "what-it-covers.3", "<w:r><w:t>la {1}supervision</w:t></w:r>");
    refused(&project, &[DOCX], &["error[mark-lost]", "what-it-covers.3.", "| la {1}supervision"]);
}

#[test]
fn a_translation_beside_a_damaged_reference_is_told_and_not_lost() {
    let project = exported("docx");
    type_into(&project, "what-it-covers.3", "<w:r><w:t>la supervision</w:t></w:r>");
    retype(&project, |main| {
        let at = main.find(">what-it-covers.3.").unwrap() + 1;
        let end = at + main[at..].find('<').unwrap();
        format!("{}my row{}", &main[..at], &main[end..])
    });
    refused(&project, &[DOCX], &["error[reference-damaged]", "myrow | la supervision"]);
}

#[test]
fn code_that_stays_is_no_change() {
    let project = project();
    project.change(EN, "## Since when\n", "## Since when\n\nType `go` now.\n");
    project.change(FR, "## Depuis quand\n", "## Depuis quand\n\nTapez `go` maintenant.\n");
    done(&project, &["confirm", "--all"]);
    project.change(EN, "Type `go` now", "Type `go` at once");
    done(&project, &["translate", "export", "--to", "fr", "-o", "out", ID]);
    let package = text(&project, XLIFF);
    assert!(package.contains("Type go [-now.-] {+at once.+}</note>"), "{package}");
}

#[test]
fn a_package_with_the_source_in_place_of_the_translation_brings_only_what_was_translated() {
    let project = project();
    project.change(EN, "- custody of", "- safe custody of");
    project.change(EN, "$1,250", "$1,300");
    done(&project, &["translate", "export", "--to", "fr", "--prefilled", "-o", "out", ID]);
    assert!(
        target(&project, "what-it-covers.2").starts_with("safe custody of <g id=\"1\""),
        "{}",
        text(&project, XLIFF)
    );
    assert_eq!(target(&project, "what-it-covers.3"), "la surveillance", "what did not change");
    fill(&project, "what-it-covers.4", "Le prix est de 1 300 $ par jour<x id=\"1\"/>.");
    done(&project, &["translate", "import", XLIFF]);
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(plain(&text(&project, FR)), plain(PAGE_FR).replace("1 250 $", "1 300 $"));
}

#[test]
fn what_is_said_of_packages_is_said_in_french_too() {
    let project = exported("xliff");
    let run = done(&project, &["translate", "import", XLIFF, "--lang", "fr"]);
    assert_eq!(run.stderr, "Il n’y a rien à modifier.\n");
    fill(&project, "what-it-covers.3", "la supervision");
    let run = done(&project, &["translate", "import", XLIFF, "--lang", "fr"]);
    assert!(run.stderr.contains("passages traduits en français : 1\n"), "{}", run.stderr);
    let run = done(&project, &["translate", "export", "--to", "en", "-o", "out", "--lang", "fr"]);
    assert!(run.stderr.starts_with("1 lot : "), "{}", run.stderr);
    let run = project.run(&["translate", "export", "--lang", "fr"]);
    assert!(run.stderr.contains("il manque : --to <LANGUE>") && !run.stderr.contains("required"), "{}", run.stderr);
}

/// What a translator may type, and what may be in a page.
const SAID: [&str; 12] = [
    "mots",
    "Un « mot », l’autre",
    "1. premier",
    "# croisillon",
    "a * b _c_ **d**",
    "[crochet] ![x](y)",
    "<b> & &amp; `code`",
    "- tiret\u{a0}: fin",
    "5 $ | 6 $",
    "{1} {{/2}",
    "\\ barre \\* oblique",
    "voir https://example.org/ > fin",
];

/// Blocks of a page; each `@` is a place for words.
const BLOCKS: [&str; 8] = [
    "## @\n\n@ and *@* here.\n",
    "- @\n- @\n  - @\n",
    "1. @\n2. [@](partners/csc) and **@**\n",
    "> @\n>\n> @ [](partners/manitoba)\n",
    "| @ | @ |\n|---|---|\n| @ | `code` @ |\n",
    "@ x<sup>2</sup>\n@\n",
    "```\ncode\n```\n\n@\n",
    "<details><summary>@</summary>\n\n@\n\n</details>\n",
];

fn page(blocks: &[usize], word: &str) -> String {
    let mut nth = 0;
    let mut text = format!("---\ntitle: {word} of all\nsummary: \"{word}: it's\"\nservices: [{word}, two]\n---\n");
    for block in blocks {
        text.push('\n');
        for part in BLOCKS[*block].split_inclusive('@') {
            nth += 1;
            text.push_str(&part.replace('@', &format!("{word}{nth}")));
        }
    }
    text
}

fn workspace(files: &BTreeMap<String, String>) -> Workspace {
    let files = files.iter().map(|(path, text)| (ContentPath::new(path.as_str()), text.clone().into_bytes()));
    let (sources, mistakes) = Sources::from_files(files);
    Workspace::open(Options::default(), sources, mistakes, ThemeSources::default(), &mut |_| ())
}

/// The whole package of the agreement, out and back.
fn returned(workspace: &Workspace, format: Format) -> Returned {
    let comparison = Comparison::of(workspace, ID, Lang::Fr, &Kept::default()).unwrap();
    let site = translate::site_name(&workspace.config().name);
    let package = Package::of(&comparison, Extent::Whole, &site, Vec::new(), &Names::default()).unwrap();
    translate::read(&ContentPath::new("package"), &package.write(format)).unwrap()
}

fn targets(package: &Returned) -> Vec<String> {
    package.passages.iter().map(|passage| passage.target.written()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_is_typed_lands_in_its_passage_and_no_other_changes(
        blocks in prop::collection::vec(0..BLOCKS.len(), 1..6),
        typed in prop::collection::vec((any::<prop::sample::Index>(), 0..SAID.len(), 0..SAID.len()), 0..6),
        is_document in any::<bool>(),
    ) {
        let format = if is_document { Format::Docx } else { Format::Xliff };
        let minimal = sections(include_str!("minimal.txt")).1.into_iter();
        let mut files: BTreeMap<String, String> =
            minimal.map(|(path, text)| (path.trim_start_matches("content/").to_owned(), text)).collect();
        files.insert(format!("{ID}.en.md"), page(&blocks, "word"));
        files.insert(format!("{ID}.fr.md"), page(&blocks, "mot"));
        let mut site = workspace(&files);
        let mut package = returned(&site, format);
        let untouched = edits::translated(&mut site, &[package.clone()]).unwrap();
        prop_assert!(untouched.plan.steps.is_empty(), "{:?}", untouched.plan);

        let mut expected = targets(&package);
        for (at, first, second) in &typed {
            let at = at.index(package.passages.len());
            let mut text = SAID[*first].replace("{1}", "{{1}").replace("{{/2}", "{{{/2}");
            let marks = package.passages[at].target.marks();
            let own = package.passages[at].target.written();
            for mark in marks {
                let alone = own.contains(&format!("{{{mark}/}}"));
                if alone {
                    write!(text, " {{{mark}/}}").unwrap();
                } else {
                    write!(text, " {{{mark}}}ici{{/{mark}}}").unwrap();
                }
            }
            text.push(' ');
            text.push_str(&SAID[*second].replace("{1}", "{{1}").replace("{{/2}", "{{{/2}"));
            package.passages[at].target = Words::read(&text);
            expected[at] = package.passages[at].target.written();
        }
        let plan = edits::translated(&mut site, &[package]).unwrap().plan;
        for step in plan.steps {
            let Step::Edit { path, after, .. } = step else { panic!("{step:?}") };
            prop_assert_eq!(path.as_str(), format!("{ID}.fr.md"));
            files.insert(path.to_string(), after);
        }
        let site = workspace(&files);
        prop_assert!(site.mistakes().iter().all(|mistake| mistake.severity != Severity::Error));
        prop_assert_eq!(targets(&returned(&site, format)), expected, "{}", &files[&format!("{ID}.fr.md")]);
    }
}

#[test]
fn what_is_no_package_is_neither_waited_for_nor_read_whole() {
    let project = Project::minimal();
    project.pipe("pipe.xlf");
    let run = project.run(&["translate", "import", "pipe.xlf"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(run.stderr.matches("cannot read").count(), 1, "{}", run.stderr);
    project.write("huge.xlf", "");
    fs::File::options().write(true).open(project.path("huge.xlf")).unwrap().set_len(3 << 30).unwrap();
    let run = project.run(&["translate", "import", "huge.xlf"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("larger than any from Diptych"), "{}", run.stderr);
}
