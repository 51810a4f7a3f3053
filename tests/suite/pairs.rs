//! The pair: a side that falls behind is named, whichever language leads; nothing is offered that does not exist.

use std::process::Command;

use serde_json::Value;

use crate::project::{Project, Run};

const EN: &str = "content/agreements/exchange-of-service.en.md";
const FR: &str = "content/agreements/exchange-of-service.fr.md";
const ID: &str = "agreements/exchange-of-service";

/// A site with the default rules for pairs.
const SITE: &str = "\
name: {en: Partnerships, fr: Partenariats}
description: {en: Who we work with., fr: Les organismes avec lesquels nous travaillons.}
menu: [agreements, partners]
";

/// A site whose agreement has two sections on each side, all of it confirmed.
fn confirmed() -> Project {
    let project = Project::minimal().with(&format!(
        "-- {EN} --\n---\ntitle: Exchange of services\nsummary: Either may hold people for the other.\n---\n\n\
         ## What it covers\n\n- custody\n- supervision\n\nIt costs $1,250 a day.\n\n## Since when\n\nSince July 2, 2015.\n\
         -- {FR} --\n---\ntitle: Échange de services\nsummary: Chacun peut garder des personnes pour l’autre.\n---\n\n\
         ## Ce qu’il vise\n\n- la garde;\n- la surveillance.\n\nLe prix est de 1 250 $ par jour.\n\n\
         ## Depuis quand\n\nDepuis le 2 juillet 2015.\n"
    ));
    project.write("content/site.yaml", SITE);
    let run = project.run(&["confirm", "--all"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    project
}

/// The state of the agreement.
fn status(project: &Project) -> Value {
    let run = project.run(&["status", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let status: Value = serde_json::from_str(&run.stdout).unwrap();
    status["records"].as_array().unwrap().iter().find(|record| record["id"] == ID).unwrap().clone()
}

fn state(project: &Project) -> (String, String) {
    let record = status(project);
    (record["state"].as_str().unwrap().to_owned(), record["side"].as_str().unwrap_or("-").to_owned())
}

fn pair(state: &str, side: &str) -> (String, String) {
    (state.to_owned(), side.to_owned())
}

#[test]
fn a_site_that_never_confirmed_has_pairs_that_are_not_confirmed_and_no_mistake() {
    let project = Project::minimal();
    assert_eq!(state(&project), pair("unconfirmed", "-"));
    assert_eq!(project.run(&["check"]).stderr, "4 records checked, no mistakes\n");
}

#[test]
fn a_confirmed_pair_is_equal_until_one_side_says_something_else() {
    let project = confirmed();
    assert_eq!(state(&project), pair("equal", "-"));
    project.change(EN, "$1,250", "$1,260");
    assert_eq!(state(&project), pair("outdated", "fr"));
    let record = status(&project);
    assert_eq!(record["sections"], serde_json::json!(["What it covers"]));
    assert_eq!(record["changes"][0]["counterpart"], "Ce qu’il vise");
    assert_eq!(record["changes"][0]["what"], serde_json::json!(["number changed"]));
    project.change(EN, "$1,260", "$1,250");
    assert_eq!(state(&project), pair("equal", "-"));
}

#[test]
fn french_may_lead_and_a_touch_of_english_hides_nothing() {
    let project = confirmed();
    project.change(FR, "Depuis le 2", "À compter du 2");
    project.change(EN, "## Since when\n\nSince", "## Since when\n\n\nSince  ");
    assert_eq!(state(&project), pair("outdated", "en"));
    project.change(EN, "Since   July", "From July");
    assert_eq!(state(&project), pair("outdated", "both"));
    let run = project.run(&["confirm", ID]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "1 pair confirmed\n"));
    assert_eq!(state(&project), pair("equal", "-"));
}

#[test]
fn a_side_that_is_behind_is_told_where_it_is_as_the_policy_says() {
    let project = confirmed();
    project.change(EN, "- custody\n", "- custody\n- transport\n");
    let mistakes = |project: &Project| project.run(&["check", "--format", "json"]).mistakes();
    let told = mistakes(&project);
    assert!(told.contains(&format!("warning outdated-twin {FR}:6:1")), "{told:?}");
    assert!(told.contains(&format!("info parity-lists {EN}:10:3")), "{told:?}");
    project.write("content/site.yaml", format!("{SITE}policies: {{outdated_twin: error, parity: allow}}\n"));
    assert_eq!(mistakes(&project), [format!("error outdated-twin {FR}:6:1")]);
}

#[test]
fn readers_of_a_side_that_is_behind_are_led_to_the_other_one() {
    let project = confirmed();
    project.change(EN, "custody", "safe custody");
    let tree = project.build();
    let page = |lang: &str| {
        let found = tree.pages().find(|(path, text)| path.starts_with(lang) && text.contains("2015"));
        found.unwrap().1.to_owned()
    };
    assert!(page("fr/").contains("hreflang=\"en\">Lire la version anglaise</a>"));
    assert!(!page("en/").contains("Read the French version"));
}

#[test]
fn a_record_that_is_alone_with_reason_has_a_notice_in_the_other_language_that_nothing_offers() {
    let project = Project::minimal();
    let project = project.with(&format!("-- {FR} (absent) --\n"));
    let run = project.run(&["check", "--format", "json"]);
    assert!(run.mistakes().iter().any(|mistake| mistake.starts_with("error missing-twin")), "{:?}", run.mistakes());
    let facts = "content/agreements/exchange-of-service.yaml";
    let text = std::fs::read_to_string(project.path(facts)).unwrap();
    project.write(facts, format!("{text}alone: {{side: en, reason: The text is in English., on: 2026-01-31}}\n"));
    let run = project.run(&["build", "--base-url", "https://example.org/"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let tree = project.output();
    let (path, notice) = tree.pages().find(|(_, text)| text.contains("page-notice")).unwrap();
    assert!(path.starts_with("fr/") && notice.contains("<html lang=\"fr\""), "{path}");
    assert!(notice.contains("noindex") && notice.contains("<span lang=\"en\">"));
    let address = path.trim_end_matches("index.html").trim_start_matches("fr/");
    let offering = tree.pages().filter(|(other, text)| *other != path && text.contains(address)).map(|(path, _)| path);
    assert_eq!(offering.collect::<Vec<_>>(), Vec::<&str>::new());
    assert!(!tree.text("sitemap.xml").contains(address));
}

#[test]
fn the_words_that_changed_since_the_confirmation_are_shown_where_git_knows_them() {
    let project = confirmed();
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(project.path(""))
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(args);
        command.env("GIT_COMMITTER_DATE", "2026-02-07T00:00:00Z");
        assert_eq!(Run::of(&mut command).code, 0, "git {args:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "first"]);
    project.change(EN, "supervision", "close supervision");
    git(&["commit", "-q", "-a", "-m", "second"]);
    let change = &status(&project)["changes"][0]["words"][0];
    assert_eq!((change["removed"].as_str(), change["added"].as_str()), (Some(""), Some("close")));
    assert_eq!(status(&project)["since"], "2026-02-07");
    let run = project.run(&["status"]);
    assert!(run.stdout.contains("{+close+} supervision"), "{}", run.stdout);
}

#[test]
fn what_is_read_most_comes_first_where_the_site_says_so() {
    let project = Project::minimal();
    let first = |project: &Project| {
        let run = project.run(&["status", "--format", "json"]);
        let status: Value = serde_json::from_str(&run.stdout).unwrap();
        status["records"][0]["id"].as_str().unwrap().to_owned()
    };
    assert_ne!(first(&project), "partners/csc");
    project.write("content/reads.csv", "id,reads\npartners/csc,900\nagreements/exchange-of-service,20\n");
    assert_eq!(first(&project), "partners/csc");
    assert_eq!(project.run(&["check"]).stderr, "4 records checked, no mistakes\n");
}

#[test]
fn a_pair_that_is_not_there_cannot_be_confirmed() {
    let project = Project::minimal();
    let run = project.run(&["confirm", "agreements/exchange-of-services"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean agreements/exchange-of-service?"), "{}", run.stderr);
    assert!(!project.path("content/pairs.lock").exists());
    let project = project.with(&format!("-- {FR} (absent) --\n"));
    assert_eq!(project.run(&["confirm", ID]).code, 2);
}

#[test]
fn confirming_again_changes_no_byte_and_a_file_may_stand_for_its_record() {
    let project = confirmed();
    let lock = || std::fs::read(project.path("content/pairs.lock")).unwrap();
    let before = lock();
    assert_eq!(project.run(&["confirm", "--all"]).code, 0);
    assert_eq!(project.run(&["confirm", EN]).code, 0);
    assert_eq!(lock(), before);
    assert_eq!(project.run(&["confirm", ID, "--as-of", "2026-01-31"]).code, 0);
    assert!(String::from_utf8(lock()).unwrap().contains(&format!("\n{ID} 2026-01-31 ")));
}

#[test]
fn a_status_is_narrowed_to_what_somebody_has_to_do_and_written_as_a_table() {
    let project = confirmed();
    let facts = "content/agreements/exchange-of-service.yaml";
    let text = std::fs::read_to_string(project.path(facts)).unwrap();
    project.write(facts, format!("{text}owner: csc\n"));
    let ids = |args: &[&str]| {
        let run = project.run(&[&["status", "--format", "json"], args].concat());
        let status: Value = serde_json::from_str(&run.stdout).unwrap();
        let records = status["records"].as_array().unwrap().iter();
        records.map(|record| record["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(project.run(&["status", "--exit-code"]).code, 0);
    project.change(EN, "- custody", "- safe custody");
    for args in [&["--state", "outdated"][..], &["--side", "fr"], &["--owner", "partners/csc"], &[EN]] {
        assert_eq!(ids(args), [ID], "{args:?}");
    }
    assert!(ids(&["--side", "en"]).is_empty() && ids(&["--owner", "manitoba"]).is_empty());
    assert_eq!(project.run(&["status", "--exit-code"]).code, 1);
    assert_eq!(project.run(&["status", "--exit-code", "partners/csc"]).code, 0);
    let table = project.run(&["status", "--format", "csv", "--state", "outdated"]).stdout;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 2, "{table}");
    assert!(lines[1].starts_with(&format!("{ID},outdated,fr,csc,,")), "{table}");
    assert!(lines[1].ends_with(",2,What it covers,"), "{table}");
}

#[test]
fn what_differs_among_the_facts_is_told_where_it_is_written() {
    let project = Project::minimal();
    project.write("content/site.yaml", SITE);
    project.write(
        "content/agreements/exchange-of-service.yaml",
        "parties: [csc]\nchanges:\n  - {on: 2020-01-01, en: It starts on May 5., fr: Elle commence le 6 mai.}\n",
    );
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("content/agreements/exchange-of-service.yaml:3:"), "{}", run.stderr);
    assert!(!run.stderr.contains(":1:1"), "{}", run.stderr);
}

#[test]
fn a_side_under_a_name_that_is_not_read_is_not_missing_too() {
    let project = Project::minimal();
    std::fs::rename(project.path(FR), project.path("content/agreements/exchange-of-service_fr.md")).unwrap();
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("[misnamed-file]"), "{}", run.stderr);
    assert!(!run.stderr.contains("[missing-twin]"), "{}", run.stderr);
}

#[test]
fn a_record_that_is_not_there_has_no_status() {
    let project = Project::minimal();
    let run = project.run(&["status", "partners/cscc"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("there is no record partners/cscc; did you mean partners/csc?"), "{}", run.stderr);
    assert_eq!(project.run(&["status", "content/partners/csc.en.md"]).code, 0);
    // An owner may have nothing to do.
    let run = project.run(&["status", "--owner", "nobody"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("no record has nobody as its owner"), "{}", run.stderr);
}

#[test]
fn a_faulty_link_of_one_side_is_one_mistake_in_a_draft_too() {
    for (link, mistake) in [
        ("[x](partners/nobody)", "error broken-link"),
        ("![a map](map.png)", "error missing-asset"),
        ("[x](en/partners/nobody/)", "error link-to-address"),
        ("[x](\"partners/csc\")", "error link-in-quotes"),
        ("[x](www.example.org)", "error link-without-scheme"),
        ("[x](javascript:x)", "error unsafe-link"),
        ("[x](http://localhost/)", "warning link-out-of-reach"),
        ("[x](mailto:)", "warning faulty-address"),
        ("[x](https://www.google.com/url?q=https://example.org/)", "warning wrapped-address"),
    ] {
        let project = Project::minimal();
        project.write("content/site.yaml", SITE);
        project.change(EN, "their institutions.", &format!("their institutions, {link}."));
        let check = || project.run(&["check", "--format", "json"]).mistakes();
        let place = format!("{EN}:8:81");
        assert_eq!(check(), [format!("{mistake} {place}")], "{link}");
        project.change("content/agreements/exchange-of-service.yaml", "status:", "state: draft\nstatus:");
        assert_eq!(check(), [format!("{} {place}", mistake.replace("error", "warning"))], "{link} in a draft");
    }
}

#[test]
fn a_link_that_the_site_takes_as_it_is_is_compared_with_the_other_side() {
    let project = Project::minimal();
    project.write("content/site.yaml", format!("{SITE}policies: {{link_out_of_reach: allow}}\n"));
    project.change(EN, "their institutions.", "their institutions, [x](http://localhost/).");
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), [format!("warning parity-links {EN}:8:81")]);
}
