//! Names as systems and people store them: two ways to store accents, characters without width, files that programs
//! leave behind.

use crate::project::Project;

/// « é » as some systems store it: an e and an accent.
const APART: &str = "e\u{301}";

#[test]
fn a_name_stored_with_its_accents_apart_is_the_same_name() {
    let project = Project::minimal().with(&format!(
        "-- content/pages/r{APART}sum{APART}.en.md --\n---\ntitle: A R{APART}sum{APART}\nsummary: One.\n---\n\
         ## Qu{APART}bec\n\n[file](d{APART}p{APART}t.pdf) [up](#quebec)\n\
         -- content/pages/r{APART}sum{APART}.fr.md --\n---\ntitle: R{APART}sum{APART}\nsummary: Un.\n---\n\
         ## Québec\n\n[fichier](dépét.pdf)\n\
         -- content/pages/d{APART}p{APART}t.pdf --\nbytes\n\
         -- content/pages/about.en.md --\n---\ntitle: About\nsummary: What.\n---\n\
         [One](pages/résumé) [two](r{APART}sum{APART}.en.md) [three](pages/r{APART}sum{APART}#quebec)\n"
    ));
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(run.mistakes(), [""; 0], "{}", run.stdout);
    let output = project.build();
    assert!(
        output.0.contains_key("en/a-resume/index.html") && output.0.contains_key("assets/pages/dépét.pdf"),
        "{:?}",
        output.paths()
    );
}

#[test]
fn signs_without_width_leave_no_trace_in_an_address() {
    let project = Project::minimal();
    project.change(
        "content/pages/about.en.md",
        "title: About this site",
        "title: Ab\u{ad}out\u{200b} this\u{2060} site",
    );
    assert!(project.build().0.contains_key("en/about-this-site/index.html"));
}

#[test]
fn what_systems_and_programs_leave_behind_is_no_part_of_the_content() {
    let project = Project::minimal();
    for name in
        ["Thumbs.db", "desktop.ini", "~$annex.docx", "about.en.md.bak", "about.en.md~", "#about.md#", ".DS_Store"]
    {
        project.write(&format!("content/pages/{name}"), "noise");
    }
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), [""; 0]);
}

#[test]
fn the_folder_of_the_site_stands_for_its_content() {
    let project = Project::minimal();
    assert_eq!(project.run(&["check", "--content", "."]).code, 0);
    assert_eq!(project.run(&["status", "--content", "."]).code, 0);
}

#[test]
fn a_title_is_sorted_by_what_it_says_and_each_letter_is_there_once() {
    let project = Project::minimal();
    let titles = ["« Guichet » unique", "Gare", "Zone", "(Annexe)", "Œuvre", "Omicron", "Ωmega", "12 règles", "…"];
    for (at, title) in titles.iter().enumerate() {
        for lang in ["en", "fr"] {
            let page = format!("---\ntitle: \"{title}\"\nslug: page-{at}\nsummary: Page.\n---\n");
            project.write(&format!("content/pages/page-{at}.{lang}.md"), page);
        }
    }
    let output = project.build();
    let index = output.text("fr/a-z/index.html");
    let at = |text: &str| index.rfind(text).unwrap_or_else(|| panic!("{text} in {index}"));
    assert!(at("Gare") < at("Guichet") && at("Guichet") < at("Zone"), "{index}");
    for letter in ["A", "G", "O", "Z"] {
        assert_eq!(index.matches(&format!("id=\"_group-{}\"", letter.to_lowercase())).count(), 1, "{letter}: {index}");
    }
}

/// The mistakes of a site with one more file: `name file`.
fn told_of(name: &str, without: Option<&str>) -> Vec<String> {
    let project = Project::minimal();
    project.write(name, "---\ntitle: Autre page\nsummary: Une autre.\n---\nMots.\n");
    if let Some(file) = without {
        std::fs::remove_file(project.path(file)).unwrap();
    }
    let run = project.run(&["check", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let line = |mistake: &serde_json::Value| {
        format!("{} {}", mistake["name"].as_str().unwrap(), mistake["help"].as_str().unwrap_or_default())
    };
    told.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn another_version_of_a_page_is_told_once_by_its_name() {
    for name in [
        "about (1).fr.md",
        "Copy of about.fr.md",
        "Copie de about.fr.md",
        "about - Copie.fr.md",
        "about.fr (1).md",
        "about.fr_old.md",
        "about.fr.v2.md",
        "about.fr-DESKTOP-AB12.md",
        "about.fr.sync-conflict-20240101-101010-ABCDEF.md",
        "fr.about.md",
        "aboutfr.md",
    ] {
        let told = told_of(&format!("content/pages/{name}"), None);
        let once = ["misnamed-file Remove it if it is one; otherwise give it a name of its own."];
        assert_eq!(told, once, "{name}");
    }
}

#[test]
fn a_page_under_a_name_that_is_not_read_is_not_missed_too() {
    for name in ["about.fr.md.md", "fr.about.md", "aboutfr.md", "about.fr .md", "about.fr (1).md", "about (fr).md"] {
        let told = told_of(&format!("content/pages/{name}"), Some("content/pages/about.fr.md"));
        assert_eq!(told, ["misnamed-file Rename it to pages/about.fr.md."], "{name}");
    }
    for ending in ["docx", "odt", "rtf", "html", "txt"] {
        let told = told_of(&format!("content/pages/about.fr.{ending}"), Some("content/pages/about.fr.md"));
        assert!(matches!(&told[..], [one] if one.contains("into a new file pages/about.fr.md")), "{ending}: {told:?}");
    }
}
