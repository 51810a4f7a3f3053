//! The manual: what `diptych help NAME` prints, and its pages in the preview.

use std::collections::BTreeSet;
use std::process::Command;

use crate::preview::Preview;
use crate::project::Project;

#[test]
fn help_explains_a_name_with_an_example_that_is_put_right() {
    let project = Project::empty();
    let run = project.run(&["help", "unknown-reference"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let (wrong, right) = run.stdout.split_once("Put right").unwrap();
    assert!(wrong.starts_with("unknown-reference\nA reference to a record"), "{wrong}");
    assert!(wrong.contains("    parties: [csc, manitobba, yukon]\n") && wrong.contains("Did you mean “manitoba”?"));
    assert!(right.contains("    parties: [csc, manitoba]\n"), "{right}");
    let french = project.run(&["help", "unknown_reference", "--lang", "fr"]).stdout;
    assert!(french.contains("Vouliez-vous dire « manitoba »?") && french.contains("La correction"), "{french}");
}

#[test]
fn help_explains_settings_fields_kinds_and_commands() {
    let project = Project::empty();
    for (name, words) in [
        ("base_url", "base_url: https://www.example.org/"),
        ("review_by", "review_by: 2027-01-31"),
        ("inline_title", "inside a sentence"),
        ("when_missing", "Date not public"),
        ("reference", "parties: [csc, manitoba]"),
        ("one_way", "words.yaml"),
        ("confirm", "--even-so"),
        ("hosting", "rsync -a --delete"),
        ("parity-phone", "A telephone number is in one version only."),
    ] {
        let run = project.run(&["help", name]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        assert!(run.stdout.contains(words), "{name}:\n{}", run.stdout);
    }
    // A name with several meanings is explained in each of them.
    let status = project.run(&["help", "status"]).stdout;
    assert!(status.contains("diptych status [OPTIONS]") && status.contains("beside the title"), "{status}");
}

#[test]
fn a_name_that_nobody_knows_is_told_with_the_nearest_one() {
    let project = Project::empty();
    let run = project.run(&["help", "unknwon-refrence"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("did you mean “unknown-reference”?"), "{}", run.stderr);
    let run = project.run(&["help", "build", "xyzzy", "--lang", "fr"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("le manuel n’a rien sous « xyzzy »"), "{}", run.stderr);
}

#[test]
fn help_alone_lists_the_commands_and_says_where_to_go_on() {
    let project = Project::empty();
    for (lang, words) in [("en", "“diptych help NAME” explains"), ("fr", "« diptych help NOM » explique")] {
        let run = project.run(&["help", "--lang", lang]);
        assert_eq!(run.code, 0);
        assert!(run.stdout.contains(words) && run.stdout.contains("/_diptych/help/"), "{}", run.stdout);
        for command in ["build", "check", "edit", "import"] {
            assert!(run.stdout.contains(&format!("\n  {command} ")), "{command}:\n{}", run.stdout);
        }
    }
}

#[test]
fn every_name_in_the_catalogue_of_mistakes_is_explained() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/diagnostic/catalog");
    let mut names = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let calls = ["error(", "warning("].into_iter().flat_map(|call| text.split(call).skip(1));
        let named = calls.filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned));
        names.extend(named);
    }
    assert!(names.len() > 100, "the catalogue was read: {names:?}");
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let run = Project::empty().run(&[&["help"], names.as_slice()].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_person_who_reads_mistakes_at_a_terminal_is_told_where_they_are_explained() {
    let project = Project::minimal().with("-- content/agreements/exchange-of-service.yaml --\nparties: [nobody]\n");
    let command = format!("{} check --lang en", env!("CARGO_BIN_EXE_diptych"));
    let at_terminal = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(project.path(""))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let said = String::from_utf8(at_terminal.stdout).unwrap();
    assert!(said.contains("To learn more: diptych help unknown-reference"), "{said}");
    assert!(!project.run(&["check"]).stderr.contains("diptych help"), "logs are spared");
}

#[test]
fn the_preview_serves_the_manual_in_both_languages() {
    let preview = Preview::start(&Project::minimal());
    let start = preview.get("/_diptych/help/");
    assert_eq!((start.status, start.header("content-type")), (200, "text/html;charset=utf-8"));
    assert!(start.body.contains("href=\"en/\"") && start.body.contains("href=\"fr/\""), "{}", start.body);
    for (page, words) in [
        ("en/", "The manual"),
        ("fr/", "Le manuel"),
        ("en/guides/first-steps/", "The first ten minutes"),
        ("fr/guides/premiers-pas/", "Les dix premières minutes"),
        ("en/commands/build/", "--precompress"),
        ("fr/reglages/settings-base-url/", "base_url"),
        ("fr/erreurs/unknown-reference/", "Vouliez-vous dire"),
    ] {
        let answer = preview.get(&format!("/_diptych/help/{page}"));
        assert_eq!(answer.status, 200, "{page}");
        assert!(answer.body.contains(words), "{page} says {words}");
        for file in answer.body.split('"').filter(|part| part.contains("theme/style.")) {
            let style = format!("/_diptych/help/{}", file.trim_start_matches("../"));
            assert_eq!(preview.get(&style).status, 200, "{style}");
        }
    }
    assert_eq!(preview.get("/_diptych/help/search/en.json").status, 200, "it can be searched");
    assert_eq!(preview.get("/_diptych/help/nowhere/").status, 404);
    assert_eq!(preview.get("/_diptych/help").header("location"), "/_diptych/help/");
}

#[test]
fn a_name_leads_to_its_place_in_the_language_of_the_messages() {
    let project = Project::minimal();
    for (lang, name, address) in [
        ("en", "unknown-reference", "en/mistakes/unknown-reference/"),
        ("fr", "parity-numbers", "fr/erreurs/parity/#parity-numbers"),
        ("fr", "base_url", "fr/reglages/settings-base-url/"),
    ] {
        let answer = Preview::with(&project, &["--lang", lang]).get(&format!("/_diptych/help/{name}"));
        assert_eq!((answer.status, answer.header("location")), (303, format!("/_diptych/help/{address}").as_str()));
    }
}

#[test]
fn the_list_of_pairs_has_one_address() {
    let preview = Preview::start(&Project::minimal());
    let answer = preview.get("/_diptych/status");
    assert_eq!((answer.status, answer.header("location")), (308, "/_diptych/"));
}
