//! What is written nearly right: a name as pages show it, a value in another form, a page by its title or its path on
//! the disk. Each is reported with what was meant, which `fix` writes.

use crate::project::{Project, Tree};

fn fixed(facts: &str, words: &str) -> (Project, String, String) {
    let project = Project::minimal();
    project.write("content/agreements/exchange-of-service.yaml", facts);
    project.change("content/pages/about.en.md", "This is an example.", words);
    let run = project.run(&["fix"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let content = Tree::read(&project.path("content"));
    let facts = content.text("agreements/exchange-of-service.yaml").to_owned();
    let words = content.text("pages/about.en.md").to_owned();
    (project, facts, words)
}

#[test]
fn a_field_and_a_choice_may_be_named_as_pages_call_them() {
    let written = "Parties: [csc]\nÉtat: En vigueur\nSignature: 30/06/2015\nContraignante: oui\nLangues: [Français]\n\
                   Site Web: www.example.org\nCourriel: Jane Doe <jane@example.org>\n";
    let (project, facts, _) = fixed(written, "x");
    let right = "parties: [csc]\nstatus: in_force\nsigned_on: 2015-06-30\nbinding: true\nlanguages: [fr]\n\
                 website: https://www.example.org\nemail: jane@example.org\n";
    assert_eq!(facts, right);
    assert_eq!(project.run(&["check"]).code, 0);
}

#[test]
fn a_record_may_be_named_by_its_title_its_address_or_its_path() {
    let (project, facts, words) = fixed(
        "parties: [Correctional Service of Canada, partners/manitoba.yaml]\n",
        "[a](./partners/csc) [b](content/partners/csc) [c](partners\\csc) [d](partners/service-correctionnel-du-canada)",
    );
    assert_eq!(facts, "parties: [partners/csc, partners/manitoba]\n");
    assert!(words.contains("[a](partners/csc) [b](partners/csc) [c](partners/csc) [d](partners/csc)"), "{words}");
    assert_eq!(project.run(&["check"]).code, 0);
}

#[test]
fn a_number_that_is_not_exact_is_told_as_facts_write_it() {
    let project = Project::minimal();
    project.write("content/agreements/exchange-of-service.yaml", "parties: [csc]\nreach: 50–60\n");
    assert!(project.run(&["check"]).stderr.contains("Write {from: 50, to: 60}."));
}

#[test]
fn names_of_mistakes_that_are_none_are_refused() {
    let run = Project::minimal().run(&["fix", "heading-level-on"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("did you mean “heading-level-one”?"), "{}", run.stderr);
}

#[test]
fn a_new_record_may_be_named_by_the_path_of_its_file() {
    let run = Project::minimal().run(&["new", "page", "content/pages/contact.en.md", "--dry-run"]);
    assert!(run.stdout.contains("content/pages/contact.fr.md"), "{}{}", run.stdout, run.stderr);
}
