//! Records that are not published yet: checked like others, shown where their writers work, and in no output.

use crate::preview::Preview;
use crate::project::Project;

/// A site with a draft that has an annex.
fn with_draft(words: &str) -> Project {
    Project::minimal().with(&format!(
        "-- content/agreements/new.yaml --\nstate: draft\nparties: [csc]\nannex: annex.pdf\n\
         -- content/agreements/annex.pdf --\nannex\n\
         -- content/agreements/new.en.md --\n---\ntitle: New agreement\nsummary: Being written.\n---\n{words}\n"
    ))
}

#[test]
fn what_is_wrong_with_a_draft_is_told_and_stops_nothing() {
    let project = with_draft("See [this](partners/nobody).");
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(run.mistakes(), ["warning broken-link content/agreements/new.en.md:5:5"]);
    project.settings("policies: {unfilled: error, parity: allow}");
    project.change("content/agreements/new.en.md", "See", "[TO FILL: more] See");
    assert_eq!(project.run(&["check"]).code, 0);
    assert!(!project.build().paths().iter().any(|path| path.contains("new")), "a draft is in no output");
}

#[test]
fn the_files_of_a_draft_are_not_unused_and_not_published() {
    let project = with_draft("Words.");
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), [""; 0]);
    assert!(!project.build().paths().iter().any(|path| path.contains("annex")));
    project.change("content/agreements/new.yaml", "annex: annex.pdf\n", "");
    assert_eq!(
        project.run(&["check", "--format", "json"]).mistakes(),
        ["warning unused-asset content/agreements/annex.pdf:1:1"]
    );
}

#[test]
fn the_status_lists_drafts() {
    let project = with_draft("Words.");
    assert!(project.run(&["status"]).stdout.contains("agreements/new  draft\n"));
    let status: serde_json::Value = serde_json::from_str(&project.run(&["status", "--format", "json"]).stdout).unwrap();
    assert_eq!(status["drafts"], serde_json::json!(["agreements/new"]));
}

#[test]
fn the_preview_shows_a_draft_with_a_mark_and_other_pages_as_they_are_built() {
    let preview = Preview::start(&with_draft("These are its words, and [a link](partners/nobody)."));
    let page = preview.get("/en/agreements/new-agreement/").body;
    assert!(page.contains("These are its words") && page.contains("Draft: this page is not published"), "{page}");
    let list = preview.get("/en/agreements/").body;
    assert!(!list.contains("New agreement") && !list.contains("diptych-draft"), "{list}");
}

#[test]
fn a_link_that_leads_nowhere_is_shown_as_its_words() {
    let words =
        "See [this **thing**](partners/nobody), ![a map](map.png), [that](#nothing) and [more](www.example.org).";
    let page = Preview::start(&with_draft(words)).get("/en/agreements/new-agreement/").body;
    assert!(page.contains("<p>See this <strong>thing</strong>, a map, that and more.</p>"), "{page}");
    assert!(!page.contains("href=\"\"") && !page.contains("src=\"\""), "{page}");
}
