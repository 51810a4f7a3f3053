//! `diptych search`: answers from the files in the output folder, in both languages.

use crate::project::{Project, Run, Tree};

#[test]
fn a_question_is_answered_from_the_output_folder_alone() {
    let project = Project::minimal();
    project.build();
    std::fs::remove_dir_all(project.path("content")).unwrap();
    let answer = ask(&project, "échange de services", "fr");
    assert_eq!(answer["results"][0]["id"], "agreements/exchange-of-service");
    assert_eq!(answer["results"][0]["title"], "Échange de services");
    assert_eq!(answer["results"][0]["lang"], "fr");
    let url = answer["results"][0]["url"].as_str().unwrap();
    assert!(project.output().0.contains_key(&format!("{}index.html", url.trim_start_matches('/'))), "{url}");
}

#[test]
fn words_are_found_as_each_language_writes_them() {
    let project = Project::minimal();
    project.build();
    for (words, lang) in [
        ("l’échange", "fr"),
        ("l'echange", "fr"),
        ("ECHANGES", "fr"),
        ("d’établissements", "fr"),
        ("exchanges", "en"),
        ("institution", "en"),
    ] {
        let answer = ask(&project, words, lang);
        assert_eq!(answer["results"][0]["id"], "agreements/exchange-of-service", "{words}");
    }
}

#[test]
fn a_result_names_the_section_that_answers_and_marks_the_words() {
    let project = Project::minimal();
    project.build();
    let answer = ask(&project, "institutions", "en");
    let result = &answer["results"][0];
    assert_eq!(result["section"]["heading"], "Custody");
    assert!(result["excerpt"].as_str().unwrap().contains("<mark>institutions</mark>"), "{result}");
}

#[test]
fn the_text_answer_is_for_people() {
    let project = Project::minimal();
    project.build();
    let run = project.run(&["search", "manitoba", "--lang", "fr"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("1. Manitoba\n") && run.stdout.contains("partenaires/manitoba/"), "{}", run.stdout);
}

#[test]
fn results_can_be_narrowed_by_type_and_facet() {
    let project = Project::minimal();
    project.build();
    let narrowed = |filter: &str| {
        let run = project.run(&["search", "manitoba", "--lang", "en", "--format", "json", "--filter", filter]);
        json(&run)["total"].as_u64().unwrap()
    };
    assert_eq!(narrowed("type=partner"), 1);
    assert_eq!(narrowed("type=agreement"), 1);
    assert_eq!(narrowed("status=in_force"), 1);
    assert_eq!(narrowed("status=signed"), 0);
}

#[test]
fn a_filter_of_several_types_says_whose_it_is_where_its_label_alone_does_not() {
    let project = Project::minimal().with(
        "\
-- content/types/forum.yaml --
type: forum
folder: forums
name: {en: Forum, fr: Forum}
plural: {en: Forums, fr: Forums}
slug: {en: forums, fr: forums}
fields:
  status:
    kind: choice
    facet: true
    label: {en: Status, fr: État}
    choices: {meets: {en: Meets, fr: Se réunit}}
  members: {kind: reference, to: [partner], many: true, facet: true, label: {en: Parties, fr: Membres}}
  public: {kind: boolean, facet: true, label: {en: Public, fr: Publique}}
-- content/forums/_index.en.md --
---
title: Forums
summary: Where we meet.
---
-- content/forums/_index.fr.md --
---
title: Forums
summary: Où nous nous rencontrons.
---
-- content/forums/heads.yaml --
status: meets
members: [csc]
public: true
-- content/forums/heads.en.md --
---
title: Exchange of views
summary: Heads of corrections meet.
---
-- content/forums/heads.fr.md --
---
title: Échange de vues
summary: Les responsables se réunissent.
---
",
    );
    project.build();
    let filters = |words: &str, lang: &str| -> Vec<(String, Vec<String>)> {
        let answer = ask(&project, words, lang);
        let text = |value: &serde_json::Value| value["label"].as_str().unwrap().to_owned();
        let filters = answer["filters"].as_array().unwrap().iter();
        filters.map(|filter| (text(filter), filter["values"].as_array().unwrap().iter().map(text).collect())).collect()
    };
    let labelled = |label: &str, values: &[&str]| {
        (label.to_owned(), values.iter().map(|value| (*value).to_owned()).collect::<Vec<String>>())
    };
    assert_eq!(
        filters("exchange", "en"),
        [
            labelled("Type", &["Agreement", "Forum"]),
            labelled("Status (Agreements and Forums)", &["In force", "Meets"]),
            labelled("Parties (Agreements)", &["Correctional Service of Canada", "Manitoba"]),
            labelled("Parties (Forums)", &["Correctional Service of Canada"]),
            labelled("Public", &["Yes"]),
        ],
        "one name with other choices, then one label twice; what is clear says no more"
    );
    assert_eq!(
        filters("échange", "fr"),
        [
            labelled("Type", &["Entente", "Forum"]),
            labelled("État (Ententes et Forums)", &["En vigueur", "Se réunit"]),
            labelled("Parties", &["Manitoba", "Service correctionnel du Canada"]),
            labelled("Membres", &["Service correctionnel du Canada"]),
            labelled("Publique", &["Oui"]),
        ]
    );
}

#[test]
fn strange_questions_are_answered_or_not_but_never_fail() {
    let project = Project::minimal();
    project.build();
    let long = "partnership ".repeat(900);
    for words in ["\"", "", " ", "'’'", "the of and", "🙂", "\u{202e}abc", "a\u{7}b", "\\", "(*)", "type:x", "-", &long]
    {
        let run = project.run(&["search", "--lang", "en", "--format", "json", "--", words]);
        assert_eq!(run.code, 0, "{words:?}: {}", run.stderr);
        assert!(json(&run)["total"].is_u64(), "{words:?}");
    }
}

#[test]
fn a_damaged_index_is_told_and_never_a_crash() {
    let project = Project::minimal();
    let site = project.build();
    let packs: Vec<&str> = site.paths().into_iter().filter(|path| path.starts_with("search/")).collect();
    for path in packs {
        let bytes = &site.0[path];
        for damaged in [&bytes[..bytes.len() / 2], b"", b"\x00\xff\x00\xff nonsense"] {
            project.write(&format!("public/{path}"), damaged);
            for lang in ["en", "fr"] {
                let run = project.run(&["search", "manitoba", "--lang", lang]);
                assert!(run.code == 0 || run.code == 2, "{path}: {}", run.stderr);
                assert!(!run.stderr.contains("panicked"), "{path}: {}", run.stderr);
            }
        }
        project.write(&format!("public/{path}"), bytes);
    }
}

#[test]
fn a_folder_without_an_index_is_told_with_what_to_do() {
    let run = Project::minimal().run(&["search", "anything", "--out", "nowhere"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("nowhere holds no search index; build the site first"), "{}", run.stderr);
}

#[test]
fn the_index_is_made_again_only_when_words_change() {
    let project = Project::minimal();
    let index = |site: &Tree| {
        site.paths().into_iter().filter(|path| path.starts_with("search/en-")).map(str::to_owned).collect::<Vec<_>>()
    };
    let first = index(&project.build());
    assert!(!first.is_empty());
    // Each index learns the other language's words from titles, summaries and headings, not from running text.
    project.change("content/agreements/exchange-of-service.fr.md", "en commun", "ensemble");
    assert_eq!(index(&project.build()), first, "a change in French text leaves the English files under their names");
    project.change("content/partners/manitoba.en.md", "The provincial", "The good provincial");
    assert_ne!(index(&project.build()), first, "changed files have new names");
}

fn ask(project: &Project, words: &str, lang: &str) -> serde_json::Value {
    json(&project.run(&["search", words, "--lang", lang, "--format", "json"]))
}

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
}

#[test]
fn a_record_is_found_by_the_name_of_its_type() {
    let project = Project::minimal();
    project.build();
    let answer = ask(&project, "partenaires", "fr");
    let ids: Vec<_> =
        answer["results"].as_array().unwrap().iter().map(|result| result["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"partners/csc") && ids.contains(&"partners/manitoba"), "{ids:?}");
}
