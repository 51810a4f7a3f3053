//! What `check` prints for a person: the most serious first, one cause once, a count by name, and a line when all is
//! well.

use std::fmt::Write as _;

use crate::project::Project;

/// A page with as many links to a page that is not there, and one warning.
fn with_broken_links(count: usize) -> Project {
    let project = Project::minimal();
    let mut page = String::from("---\ntitle: About\nsummary: What this is.\n---\n[TO FILL: who]\n\n");
    for _ in 0..count {
        page.push_str("See [this](partners/yukon).\n\n");
    }
    project.write("content/pages/about.en.md", page);
    project
}

#[test]
fn one_line_says_that_all_is_well() {
    let run = Project::minimal().run(&["check"]);
    assert_eq!((run.code, run.stderr.as_str(), run.stdout.as_str()), (0, "4 records checked, no mistakes\n", ""));
    assert_eq!(Project::minimal().run(&["check", "--lang", "fr"]).stderr, "4 fiches vérifiées, aucune erreur\n");
    assert_eq!(Project::minimal().run(&["check", "--format", "json"]).stderr, "");
}

#[test]
fn errors_come_before_warnings_and_the_last_lines_are_a_sum_by_name() {
    let said = with_broken_links(2).run(&["check"]).stderr;
    assert!(said.find("error[broken-link]") < said.find("warning[unfilled]"), "{said}");
    assert!(said.ends_with("\n\n2  error    broken-link\n1  warning  unfilled\n2 errors, 1 warning\n"), "{said}");
}

#[test]
fn a_mistake_that_is_in_a_hundred_places_is_drawn_once_and_json_has_them_all() {
    let project = with_broken_links(100);
    let said = project.run(&["check"]).stderr;
    assert_eq!(said.matches("error[broken-link]").count(), 1, "{said}");
    assert!(said.contains("the same in 99 more places:"), "{said}");
    assert!(said.contains("content/pages/about.en.md:9, 11, 13"), "{said}");
    assert!(said.ends_with("100 errors, 1 warning\n"), "{said}");
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes().len(), 101);
}

#[test]
fn of_very_many_different_mistakes_each_is_still_said_in_a_line() {
    let project = Project::minimal();
    let mut page = String::from("---\ntitle: About\nsummary: What this is.\n---\n");
    for at in 0..80 {
        let _ = writeln!(page, "[this](partners/nobody-{at})\n");
    }
    project.write("content/pages/about.en.md", page);
    let said = project.run(&["check"]).stderr;
    for at in 0..80 {
        assert!(said.contains(&format!("“partners/nobody-{at}”")), "{at}: {said}");
    }
    assert_eq!(said.matches("error[broken-link]: content/pages/about.en.md:").count(), 30, "{said}");
}

#[test]
fn a_check_that_denies_warnings_fails_on_one() {
    let project = with_broken_links(0);
    assert_eq!(project.run(&["check"]).code, 0);
    assert_eq!(project.run(&["check", "--deny", "warnings"]).code, 1);
    assert_eq!(Project::minimal().run(&["check", "--deny", "warnings"]).code, 0);
    assert_eq!(project.run(&["check", "--deny", "everything"]).code, 2);
}

#[test]
fn a_site_judges_every_warning_for_itself_and_a_type_for_its_records() {
    let project = with_broken_links(0);
    project.settings("policies: {unfilled: error}");
    assert_eq!(
        project.run(&["check", "--format", "json"]).mistakes(),
        ["error unfilled content/pages/about.en.md:5:1"]
    );
    assert_eq!(project.run(&["build"]).code, 1);
    project.settings("policies: {unfilled: allow}");
    assert_eq!(project.run(&["check"]).code, 0);
    assert!(project.run(&["check"]).stderr.ends_with("no mistakes\n"));
    project.settings("policies: {unfilled: error}");
    let types = "content/types/page.yaml";
    let page = std::fs::read_to_string(project.path(types)).unwrap();
    project.write(types, format!("{page}policies: {{unfilled: allow}}\n"));
    assert_eq!(project.run(&["check"]).code, 0);
}

#[test]
fn a_rule_of_a_family_may_be_judged_apart_from_its_family() {
    let project = Project::minimal();
    project.change("content/pages/about.en.md", "an example", "an example of 25 pages, 2019-01-01");
    project.change("content/pages/about.fr.md", "un exemple", "un exemple de 26 pages, 2019-01-02");
    project.settings("policies: {parity_numbers: error, parity: warning}");
    let names: Vec<String> = project.run(&["check", "--format", "json"]).mistakes();
    assert!(names.iter().any(|mistake| mistake.starts_with("error parity-numbers")), "{names:?}");
    assert!(names.iter().any(|mistake| mistake.starts_with("warning parity-dates")), "{names:?}");
}
