//! Search as people ask: other words for the same, words that no page has, the other language's words, and the questions
//! that a site says must be answered.

use serde_json::Value;

use crate::project::Project;

fn site(files: &str) -> Project {
    let project = Project::minimal().with(files);
    project.build();
    project
}

fn ask(project: &Project, lang: &str, words: &str) -> Value {
    let run = project.run(&["search", "--lang", lang, "--format", "json", "--", words]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["results"].as_array().unwrap().iter().map(|result| result["id"].as_str().unwrap()).collect()
}

const TREATY: &str = "\
-- content/partners/asylum.en.md --
---
title: Asylum
summary: Decides on protection.
keywords: [refugee claims]
---
The office hears people in custody and grants protection to some.
-- content/partners/asylum.fr.md --
---
title: Asile
summary: Décide de la protection.
keywords: [demandes de refuge]
---
Le bureau entend les personnes détenues et accorde une protection à certaines.
";

#[test]
fn a_synonym_finds_what_pages_call_otherwise_and_says_so() {
    let words = "-- content/words.yaml --\nen: [{say: jail, also: [custody], one_way: true}]\n";
    let project = site(&format!("{TREATY}{words}"));
    let answer = ask(&project, "en", "my cousin is in jail");
    assert!(ids(&answer).contains(&"partners/asylum"), "{answer}");
    assert_eq!(answer["missing"], serde_json::json!(["cousin"]));
    assert_eq!((answer["total"].as_u64(), answer["partial"].as_u64() > Some(0)), (Some(0), true));
    let asylum = answer["results"].as_array().unwrap().iter().find(|result| result["id"] == "partners/asylum").unwrap();
    assert_eq!(asylum["why"], serde_json::json!({"by": "synonym", "word": "jail", "text": "custody"}));
    assert!(asylum["excerpt"].as_str().unwrap().contains("<mark>custody</mark>"));
}

#[test]
fn a_synonym_of_one_way_does_not_hold_in_the_other() {
    let one_way = |one_way: bool| {
        let words = format!("-- content/words.yaml --\nen: [{{say: hearing, also: [custody], one_way: {one_way}}}]\n");
        let page = TREATY.replace("people in custody and grants", "people at a hearing and grants");
        ids(&ask(&site(&format!("{page}{words}")), "en", "custody")).contains(&"partners/asylum")
    };
    assert!(one_way(false));
    assert!(!one_way(true));
}

#[test]
fn pages_with_every_word_come_before_those_that_lack_one() {
    let project = site(TREATY);
    let answer = ask(&project, "en", "asylum custody");
    assert_eq!((ids(&answer)[0], answer["total"].as_u64()), ("partners/asylum", Some(1)));
    assert!(answer["partial"].as_u64() > Some(0), "the pages about custody follow: {answer}");
    assert_eq!(ids(&ask(&project, "en", "please, I want to find the asylum office"))[0], "partners/asylum");
}

#[test]
fn a_keyword_that_is_the_question_wins_and_is_the_reason() {
    let answer = ask(&site(TREATY), "en", "refugee claims");
    assert_eq!(ids(&answer)[0], "partners/asylum");
    let why = serde_json::json!({"by": "keyword", "word": "refugee claims", "text": "refugee claims"});
    assert_eq!(answer["results"][0]["why"], why);
}

#[test]
fn a_word_of_the_other_language_finds_what_it_is_called_in_this_one() {
    let answer = ask(&site(TREATY), "fr", "asylum");
    assert_eq!(ids(&answer)[0], "partners/asylum", "{answer}");
    assert_eq!(answer["results"][0]["why"]["by"], "translation");
}

#[test]
fn a_synonym_of_the_other_language_finds_what_its_word_is_called_in_this_one() {
    let words = "-- content/words.yaml --\nfr: [{say: abri, also: [asile], one_way: true}, {say: toit provisoire, also: [asile], one_way: true}]\n";
    let project = site(&format!("{TREATY}{words}"));
    for asked in ["abri", "toit provisoire"] {
        let answer = ask(&project, "en", asked);
        assert_eq!(ids(&answer)[0], "partners/asylum", "{answer}");
        assert_eq!(answer["results"][0]["why"]["by"], "translation");
    }
    assert_eq!(ids(&ask(&project, "en", "provisoire")), [""; 0], "a part of a phrase means something else");
}

#[test]
fn a_page_of_one_language_is_found_by_the_words_of_both_and_marked() {
    let alone = "\
-- content/site.yaml --
name: {en: Partnerships, fr: Partenariats}
description: {en: Who we work with., fr: Les organismes avec lesquels nous travaillons.}
menu: [agreements, partners]
policies: {parity: allow, missing_twin: allow}
-- content/partners/shelter.yaml --
alone: {side: en, reason: No translation yet, on: 2026-01-01}
-- content/partners/shelter.en.md --
---
title: Asylum shelter
summary: A roof.
---
Beds.
";
    let project = site(&format!("{TREATY}{alone}"));
    for words in ["asile", "shelter"] {
        let answer = ask(&project, "fr", words);
        let results = answer["results"].as_array().unwrap();
        let shelter = results.iter().find(|result| result["id"] == "partners/shelter");
        let shelter = shelter.unwrap_or_else(|| panic!("{words}: {answer}"));
        assert_eq!((&shelter["lang"], shelter["url"].as_str().unwrap().starts_with("en/")), (&Value::from("en"), true));
    }
}

#[test]
fn sections_and_parts_of_their_lists_are_found() {
    let project = site("");
    assert_eq!(ids(&ask(&project, "en", "agreements"))[0], "agreements/_index");
    assert_eq!(ids(&ask(&project, "fr", "ententes"))[0], "agreements/_index");
}

#[test]
fn what_a_landing_page_says_is_found_after_the_pages_that_say_it_too() {
    let landing = "---\ntitle: Partners\nsummary: S.\n---\n## For families\n\nThe embassy helps relatives.\n";
    let french = "---\ntitle: Partenaires\nsummary: S.\n---\n## Aux familles\n\nL’ambassade aide les proches.\n";
    let landings =
        format!("-- content/partners/_index.en.md --\n{landing}-- content/partners/_index.fr.md --\n{french}");
    let project = site(&landings);
    assert_eq!(ids(&ask(&project, "en", "embassy relatives")), ["partners/_index"]);
    project.change(
        "content/partners/csc.en.md",
        "acronym: CSC\n---\n",
        "acronym: CSC\n---\nThe embassy helps its relatives.\n",
    );
    project.build();
    let answer = ask(&project, "en", "embassy relatives");
    assert_eq!(ids(&answer), ["partners/csc", "partners/_index"], "{answer}");
}

#[test]
fn words_that_share_their_synonyms_are_written_in_one_line() {
    let words = "-- content/words.yaml --\nen: [{say: [jail, behind bars], also: [custody], one_way: true}]\n";
    let project = site(&format!("{TREATY}{words}"));
    for asked in ["jail", "behind bars"] {
        assert!(ids(&ask(&project, "en", asked)).contains(&"partners/asylum"), "{asked}");
    }
}

#[test]
fn one_word_of_a_phrase_is_not_the_phrase() {
    let words = "-- content/words.yaml --\nen: [{say: ODP, also: [office of protection]}]\n";
    let project = site(&format!("{TREATY}{words}"));
    project.change("content/partners/asylum.en.md", "The office hears", "The Office of Protection hears");
    let apart =
        "acronym: CSC\n---\nAn office in a town. Of all the people there, few know of the protection of privacy.\n";
    project.change("content/partners/csc.en.md", "acronym: CSC\n---\n", apart);
    project.build();
    let answer = ask(&project, "en", "ODP hearing");
    assert_eq!(ids(&answer)[0], "partners/asylum", "{answer}");
    let csc = answer["results"].as_array().unwrap().iter().find(|result| result["id"] == "partners/csc");
    assert!(csc.is_none_or(|csc| !csc["excerpt"].as_str().unwrap().contains("<mark>")), "{answer}");
}

#[test]
fn a_title_in_the_other_language_is_the_question() {
    let project = site(
        "-- content/pages/law.en.md --
---
title: Act about tongues
summary: S.
keywords: [Loi parlée]
---
Words.
-- content/pages/law.fr.md --
---
title: Loi sur les langues
summary: S.
---
Mots.
-- content/pages/other.en.md --
---
title: Other
summary: The loi of somewhere, sur the sea.
---
Words.
-- content/pages/other.fr.md --
---
title: Autre
summary: S.
---
Mots.
",
    );
    let answer = ask(&project, "en", "Loi sur les langues");
    assert_eq!(ids(&answer)[0], "pages/law", "{answer}");
}

#[test]
fn a_page_is_found_by_the_words_of_its_address() {
    let page = TREATY.replace("keywords: [refugee claims]", "slug: refugee-yubikey-post");
    assert_eq!(ids(&ask(&site(&page), "en", "yubikey")), ["partners/asylum"]);
}

#[test]
fn places_that_are_still_to_be_filled_in_are_not_searched() {
    let page = TREATY.replace("The office hears", "[TO FILL: the zebra [TO FILL: quagga] act] The office hears");
    let project = site(&page);
    assert_eq!(ids(&ask(&project, "en", "zebra")), [""; 0]);
    assert!(ids(&ask(&project, "en", "hears")).contains(&"partners/asylum"));
}

#[test]
fn a_name_is_not_corrected_to_a_synonym_that_is_only_near() {
    let words = "-- content/words.yaml --\nen: [{say: Chile, also: [custody], one_way: true}]\n";
    let project = site(&format!("{TREATY}{words}"));
    assert_eq!(ids(&ask(&project, "en", "child")), [""; 0]);
}

#[test]
fn words_are_told_from_the_numbers_that_they_are_written_together_with() {
    let page = TREATY.replace("The office hears", "Under section 17 the office hears");
    assert!(ids(&ask(&site(&page), "en", "section17")).contains(&"partners/asylum"));
}

#[test]
fn short_words_meet_no_part_of_another_and_endings_are_no_corrections() {
    let project = site(
        "\
-- content/partners/unis.en.md --
---
title: United offices
summary: S.
---
These ones.
-- content/partners/unis.fr.md --
---
title: Bureaux unies
summary: S.
---
Ceux-ci le savent.
",
    );
    assert_eq!(ids(&ask(&project, "fr", "cia")), [""; 0]);
    let answer = ask(&project, "fr", "états-unis");
    assert_eq!((&answer["corrected"], answer["total"].as_u64()), (&Value::Null, Some(0)), "{answer}");
}

#[test]
fn names_and_numbers_are_found_joined_and_apart() {
    let page = TREATY.replace("The office hears", "Under C-41 it paid 1,250,000 dollars. The office hears");
    let project = site(&page);
    for words in ["c41", "C-41", "1250000", "1,250,000"] {
        assert!(ids(&ask(&project, "en", words)).contains(&"partners/asylum"), "{words}");
    }
}

#[test]
fn the_values_of_facts_are_found() {
    let answer = ask(&site(""), "en", "in force");
    assert!(ids(&answer).contains(&"agreements/exchange-of-service"), "{answer}");
}

#[test]
fn the_shipped_site_answers_every_question_that_it_says_it_answers() {
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let run = Project::minimal().run(&["check", "--content", content]);
    assert!(!run.stderr.contains("search-test"), "{}", run.stderr);
}

#[test]
fn a_question_of_nothing_but_unknown_words_and_words_of_asking_has_a_score() {
    let project = site(TREATY);
    for words in ["qwxz please", "qwxz each asylum-of"] {
        let answer = ask(&project, "en", words);
        let scores = answer["results"].as_array().unwrap().iter().map(|result| result["score"].as_f64());
        assert!(scores.into_iter().all(|score| score.is_some_and(f64::is_finite)), "{words}: {answer}");
    }
}
