//! Notes of change: what readers learn about changes to a record, and when a site asks its writers for a note.

use crate::project::Project;

const ID: &str = "agreements/exchange-of-service";
const FACTS: &str = "content/agreements/exchange-of-service.yaml";
const EN: &str = "content/agreements/exchange-of-service.en.md";
const FR: &str = "content/agreements/exchange-of-service.fr.md";

fn noted(notes: &str) -> Project {
    let project = Project::minimal();
    project.settings("base_url: https://example.org/kb/\npolicies: {parity: allow}");
    project.write(FACTS, format!("parties: [csc]\nmodified_on: 2026-01-01\nchanges:\n{notes}"));
    project
}

#[test]
fn a_note_is_on_the_page_in_the_feed_and_in_the_list_of_changes_in_both_languages() {
    let site = noted(
        "  - {on: 2025-06, en: The price rose., fr: \"Hausse du prix: 10 $.\"}\n\
         \x20 - {on: 2026-05-04, en: Manitoba joined & signed., fr: Adhésion de l'État.}\n",
    )
    .build();
    let page = site.text("en/agreements/exchange-of-service/index.html");
    let (first, second) = (page.find("Manitoba joined &amp; signed."), page.find("The price rose."));
    assert!(first.is_some() && first < second, "the latest first: {page}");
    assert!(page.contains("<time datetime=\"2025-06\">June 2025</time>"), "{page}");
    assert!(page.contains("<time datetime=\"2026-05-04\">2026-05-04</time>"), "the page changed on that day: {page}");
    let page = site.text("fr/ententes/echange-de-services/index.html");
    assert!(page.contains("Adhésion de l’État.") && !page.contains("Manitoba joined"), "{page}");
    let feed = site.text("fr/feed.xml");
    assert!(feed.contains("<updated>2026-05-04T00:00:00Z</updated>"), "{feed}");
    assert!(feed.contains("<summary>Adhésion de l’État.</summary>"), "{feed}");
    assert!(site.text("en/changes/index.html").contains("Manitoba joined &amp; signed."));
    let data = site.text("data/agreements/exchange-of-service.json");
    assert!(data.contains("\"changes\":[{\"on\":\"2026-05-04\",\"en\":\"Manitoba joined & signed.\""), "{data}");
    assert!(data.contains("\"modified_on\":\"2026-05-04\""), "{data}");
}

#[test]
fn a_later_date_of_change_than_the_last_note_keeps_the_summary() {
    let site = noted("  - {on: 2025-06-01, en: The price rose., fr: Hausse du prix.}\n").build();
    let feed = site.text("en/feed.xml");
    assert!(feed.contains("<updated>2026-01-01T00:00:00Z</updated>") && !feed.contains("The price rose."), "{feed}");
}

#[test]
fn many_notes_stay_short_and_all_of_them_stay_on_the_page() {
    let notes: Vec<String> =
        (1..=9).map(|at| format!("  - {{on: 2025-0{at}-01, en: Change {at}., fr: Modification {at}.}}\n")).collect();
    let site = noted(&notes.concat()).build();
    let page = site.text("en/agreements/exchange-of-service/index.html");
    let (shown, folded) = page.split_once("<summary>Earlier changes</summary>").unwrap();
    assert!(shown.contains("Change 7.") && !shown.contains("Change 6."), "{page}");
    assert!((1..=6).all(|at| folded.contains(&format!("Change {at}."))), "{page}");
}

#[test]
fn a_record_of_one_language_needs_its_notes_in_no_other() {
    let project = Project::minimal().with("-- content/partners/manitoba.fr.md (absent) --\n");
    let facts = "alone: {side: en, reason: R., on: 2026-01-01}\nchanges: {on: 2026-02-01, en: It moved.}\n";
    project.write("content/partners/manitoba.yaml", facts);
    assert!(project.build().text("en/partners/manitoba/index.html").contains("It moved."));
}

#[test]
fn what_a_note_lacks_is_told_once_for_each_note() {
    for wrong in [
        "{on: 2026-01-01, en: Only English.}",
        "{en: No day., fr: Sans jour.}",
        "{on: 2026-01-01, en: A., fr: \"\"}",
        "{on: 2026-01-01, en: A., fr: B., by: C.}",
        "just words",
    ] {
        let project = noted(&format!("  - {wrong}\n  - {{on: 2026-01-02, en: A., fr: B.}}\n"));
        let mistakes = project.run(&["check", "--format", "json"]).mistakes();
        assert_eq!(mistakes, [format!("error note-incomplete {FACTS}:4:5")], "{wrong}");
    }
    let mistakes = noted("  - {on: 2026-02-30, en: A., fr: B.}\n").run(&["check", "--format", "json"]).mistakes();
    assert_eq!(mistakes, [format!("error impossible-date {FACTS}:4:10")]);
}

/// A site that asks for notes, with all its pairs confirmed.
fn asking(policy: &str) -> Project {
    let project = noted("  - {on: 2025-06-01, en: The price rose., fr: Hausse du prix.}\n");
    project.settings(&format!("policies: {{parity: allow, outdated_twin: allow, change_without_note: {policy}}}"));
    assert_eq!(project.run(&["confirm", "--all"]).code, 0);
    project
}

fn told(project: &Project) -> Vec<String> {
    project.run(&["check", "--format", "json"]).mistakes()
}

fn reword(project: &Project) {
    project.change(EN, "share their institutions", "no longer share a thing");
    project.change(FR, "mettent leurs établissements en commun", "ne partagent plus rien");
}

#[test]
fn a_change_in_substance_asks_for_a_note_where_the_policy_does() {
    let project = asking("warning");
    assert_eq!(told(&project), [""; 0]);
    reword(&project);
    assert_eq!(told(&project), [format!("warning change-without-note {EN}:6:1")]);
    project.change(FACTS, "changes:\n", "changes:\n  - {on: 2026-03-01, en: Sharing ended., fr: Fin du partage.}\n");
    assert_eq!(told(&project), [""; 0]);
}

#[test]
fn a_site_that_sets_no_policy_is_not_asked() {
    let project = asking("allow");
    reword(&project);
    assert_eq!(told(&project), [""; 0]);
}

#[test]
fn what_says_nothing_new_asks_for_no_note() {
    let project = asking("error");
    project.change(EN, "[Correctional Service]", "*[Correctional Service]*");
    project.change(FACTS, "The price rose.", "The price has risen.");
    assert_eq!(told(&project), [""; 0]);
}

#[test]
fn a_pair_that_needs_a_note_is_confirmed_with_one_or_on_purpose() {
    let project = asking("error");
    reword(&project);
    let refused = project.run(&["confirm", ID]);
    assert!(refused.code == 1 && refused.stderr.contains("no note tells its readers"), "{}", refused.stderr);
    assert_eq!(project.run(&["confirm", ID, "--even-so"]).code, 0);
    assert_eq!(told(&project), [""; 0]);
}

#[test]
fn a_note_is_a_part_of_the_pair() {
    let project = asking("allow");
    project.settings("policies: {parity: allow}");
    project.change(FACTS, "fr: Hausse du prix.", "fr: Hausse du prix de garde.");
    let run = project.run(&["check", "--lang", "en"]);
    assert!(run.stderr.contains("the English version is behind the French one: notes of change"), "{}", run.stderr);
    assert_eq!(project.run(&["confirm", ID]).code, 1);
    assert_eq!(project.run(&["confirm", ID, "--section", "changes"]).code, 0);
    assert_eq!(told(&project), [""; 0]);
}
