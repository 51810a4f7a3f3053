//! Published addresses are kept, or losing one is reported, with how to keep it.

use crate::project::Project;

#[test]
fn a_new_title_does_not_move_a_published_page_in_silence() {
    let project = Project::minimal();
    project.build();
    assert!(project.run(&["check"]).stderr.ends_with("no mistakes\n"));
    project.change("content/agreements/exchange-of-service.en.md", "title: Exchange of service", "title: Sharing");
    let lost = ["warning lost-address content/agreements/exchange-of-service.en.md:2:8"];
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), lost);
    assert_eq!(project.run(&["build", "--format", "json"]).mistakes(), lost);
}

#[test]
fn the_alias_that_the_message_names_keeps_the_address() {
    let project = Project::minimal();
    project.build();
    let page = "content/agreements/exchange-of-service.en.md";
    project.change(
        page,
        "title: Exchange of service",
        "title: Sharing\naliases: [/en/agreements/exchange-of-service/]",
    );
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), [""; 0]);
}

#[test]
fn where_a_lost_address_is_an_error_the_last_site_stays() {
    let project = Project::minimal();
    project.settings("policies: {parity: allow, lost_address: error}");
    let before = project.build();
    project.change("content/agreements/exchange-of-service.fr.md", "title: Échange de services", "title: Partage");
    assert_eq!(project.run(&["build"]).code, 1);
    project.output().assert_same(&before, "the last good site stays");
}

#[test]
fn a_page_outside_of_the_sections_does_not_move_in_silence_either() {
    let project = Project::minimal();
    project.build();
    project.change("content/pages/about.en.md", "title: About this site", "title: Who we are");
    let lost = ["warning lost-address content/pages/about.en.md:2:8"];
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), lost);
    project.change("content/pages/about.en.md", "title: Who", "aliases: [/en/about-this-site/]\ntitle: Who");
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), [""; 0]);
}

#[test]
fn a_former_address_and_a_file_do_not_go_in_silence_either() {
    let project = Project::minimal();
    let page = "content/pages/about.en.md";
    project.write("content/pages/report.pdf", "%PDF-1.4\n");
    project.change(page, "title:", "aliases: [/en/former/]\ntitle:");
    project.change(page, "This is an example.", "Read the [report](report.pdf).");
    project.build();
    project.change(page, "aliases: [/en/former/]\n", "");
    project.change(page, "report.pdf", "partners/csc");
    std::fs::remove_file(project.path("content/pages/report.pdf")).unwrap();
    let told = project.run(&["check"]).stderr;
    for lost in ["the former address /en/former/ led to a page", "had a file at /assets/"] {
        assert!(told.contains(lost), "{told}");
    }
}
