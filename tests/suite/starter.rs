//! `diptych init`: a new site that is sound from its first day.

use crate::project::{Project, Run, Tree, program};

#[test]
fn a_new_site_has_no_mistakes_no_warnings_and_builds() {
    let project = Project::empty();
    let run = project.run(&["init", "site"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("cd site && diptych serve"), "{}", run.stderr);
    let site = project.path("site");
    let check = Run::of(program(&site).args(["check", "--as-of", "2026-11-21"]));
    assert_eq!((check.code, check.stderr.as_str()), (0, ""), "{}", check.stderr);
    let build = Run::of(program(&site).arg("build"));
    assert_eq!(build.code, 0, "{}", build.stderr);
    let output = Tree::read(&site.join("public"));
    for page in ["index.html", "en/index.html", "fr/index.html"] {
        assert!(output.0.contains_key(page), "{page}");
    }
    let records = output.pages().filter(|(page, _)| page.starts_with("fr/") && page.matches('/').count() == 3).count();
    assert!(records >= 4, "an agreement, a partner, a contact and an objective at least");
}

#[test]
fn a_new_site_speaks_both_languages_page_by_page() {
    let project = Project::empty();
    assert_eq!(project.run(&["init", "."]).code, 0);
    let files = Tree::read(&project.path("content"));
    for page in files.paths().into_iter().filter(|path| path.ends_with(".en.md")) {
        let twin = page.replace(".en.md", ".fr.md");
        assert_ne!(files.text(page), files.text(&twin), "{twin}");
    }
}

#[test]
fn a_folder_in_use_is_left_alone() {
    let project = Project::minimal();
    let before = Tree::read(&project.path(""));
    let run = project.run(&["init", "."]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is not empty; name a new folder"), "{}", run.stderr);
    Tree::read(&project.path("")).assert_same(&before, "a folder in use");
}
