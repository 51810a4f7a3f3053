//! `diptych init`: a new site without mistakes.

use crate::project::{Project, Run, Tree, program};

#[test]
fn a_new_site_builds_and_is_told_of_nothing_but_what_is_to_be_filled_in() {
    let project = Project::empty();
    let run = project.run(&["init", "site"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("cd site && diptych serve"), "{}", run.stderr);
    let site = project.path("site");
    let check = Run::of(program(&site).args(["check", "--as-of", "2026-11-21", "--format", "json"]));
    assert_eq!(check.code, 0, "{}", check.stderr);
    for mistake in check.mistakes() {
        assert!(mistake.starts_with("warning unfilled content/pages/"), "{mistake}");
    }
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
fn the_accessibility_statement_of_a_new_site_is_told_of_until_it_is_filled_in() {
    let project = Project::empty();
    assert_eq!(project.run(&["init", "."]).code, 0);
    let waiting = |file: &str| {
        let run = project.run(&["check", "--format", "json"]);
        run.mistakes().iter().filter(|mistake| mistake.contains(&format!("content/pages/{file}:"))).count()
    };
    let (en, fr) = (waiting("accessibility.en.md"), waiting("accessibility.fr.md"));
    assert!(en >= 8 && en == fr, "{en} places in English, {fr} in French");
    assert_eq!(waiting("accessibility.yaml"), 1, "the day of its renewal");
    for (file, heading, mark) in [
        ("accessibility.en.md", "How to reach us", "[TO FILL"),
        ("accessibility.fr.md", "Comment nous joindre", "[À REMPLIR"),
    ] {
        let path = format!("content/pages/{file}");
        let text = Tree::read(&project.path("content/pages")).text(file).to_owned();
        let ways = text.split(heading).nth(1).unwrap().lines().filter(|line| line.starts_with("- ")).count();
        assert!(ways >= 2, "two ways to reach somebody");
        let filled: Vec<String> = text
            .split(mark)
            .enumerate()
            .map(|(nth, part)| if nth == 0 { part } else { part.split_once(']').unwrap().1 }.to_owned())
            .collect();
        project.write(&path, filled.join("Montréal"));
        assert_eq!(waiting(file), 0);
    }
    project.write("content/pages/accessibility.yaml", "review_by: 2027-11-21\n");
    assert_eq!(waiting("accessibility.yaml"), 0);
    let run = project.run(&["check", "--as-of", "2027-11-22", "--format", "json"]);
    let overdue = "warning review-overdue content/pages/accessibility.yaml:1:12";
    assert!(run.mistakes().iter().any(|mistake| mistake == overdue), "{:?}", run.mistakes());
}

#[test]
fn every_page_leads_to_the_accessibility_statement() {
    let project = Project::empty();
    assert_eq!(project.run(&["init", "."]).code, 0);
    let site = project.build();
    let statements = ["en/accessibility/index.html", "fr/accessibilite/index.html"];
    for (page, html) in site.pages().filter(|(page, _)| !statements.contains(page)) {
        let sides: &[&str] = match page.split('/').next() {
            Some("en") => &["accessibility/\""],
            Some("fr") => &["accessibilite/\""],
            _ => &["en/accessibility/\"", "fr/accessibilite/\""],
        };
        for side in sides {
            assert!(html.contains(side), "{page} does not lead to {side}");
        }
    }
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
fn a_new_site_brings_what_editors_complete_and_check_its_files_by() {
    let project = Project::empty();
    assert_eq!(project.run(&["init", "."]).code, 0);
    let files = Tree::read(&project.path(""));
    let json = |path: &str| serde_json::from_str::<serde_json::Value>(files.text(path)).unwrap();
    let settings = json(".vscode/settings.json");
    for (schema, of) in settings["yaml.schemas"].as_object().unwrap() {
        assert!(files.0.contains_key(schema.strip_prefix("./").unwrap()), "{schema} for {of}");
    }
    assert_eq!(settings["yaml.schemas"]["./.schemas/facts-agreement.json"], "content/agreements/**/*.yaml");
    let agreement = json(".schemas/facts-agreement.json");
    let help = agreement["properties"]["parties"]["description"].as_str().unwrap();
    assert!(help.contains("The organizations") && help.contains("Les organismes"), "{help}");
    // Later, from the types as they are then.
    let printed = project.run(&["schema", "facts-agreement"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&printed.stdout).unwrap(), agreement);
    project.change("content/types/partner.yaml", "type: partner", "type: ally");
    let run = project.run(&["schema"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains(".schemas/facts-ally.json"), "{}", run.stdout);
    assert_eq!(project.run(&["schema", "partner"]).code, 2);
}

#[test]
fn what_a_new_site_says_to_writers_is_in_the_language_asked_for() {
    for (lang, says, does_not) in [
        ("en", ["The settings of the site", "[TO FILL: a day"], ["Les réglages", "[À REMPLIR"]),
        ("fr", ["Les réglages du site", "[À REMPLIR\u{a0}: un jour"], ["The settings", "[TO FILL"]),
    ] {
        let project = Project::empty();
        let run = project.run(&["init", ".", "--lang", lang]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let files = Tree::read(&project.path("content"));
        let yaml = files.paths().into_iter().filter(|path| path.ends_with(".yaml"));
        let comments: String = yaml
            .flat_map(|path| files.text(path).lines())
            .filter(|line| line.starts_with('#'))
            .map(|line| format!("{line}\n"))
            .collect();
        assert!(says.iter().all(|words| comments.contains(words)), "{comments}");
        assert!(!does_not.iter().any(|words| comments.contains(words)), "{comments}");
        assert!(!comments.contains("#en") && !comments.contains("#fr"), "{comments}");
        let check = project.run(&["check", "--as-of", "2026-11-21", "--format", "json"]);
        assert!(check.mistakes().iter().all(|mistake| mistake.starts_with("warning unfilled ")), "{}", check.stdout);
    }
}

#[test]
fn a_new_site_can_bring_what_checks_and_publishes_it() {
    for (host, path) in [("github", ".github/workflows/site.yml"), ("gitlab", ".gitlab-ci.yml")] {
        for lang in ["en", "fr"] {
            let project = Project::empty();
            assert_eq!(project.run(&["init", ".", "--with", host, "--lang", lang]).code, 0);
            let files = Tree::read(&project.path(""));
            let text = files.text(path);
            let yaml: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
            assert!(yaml.as_mapping().is_some_and(|yaml| !yaml.is_empty()));
            assert!(text.contains("diptych check") && text.contains("diptych build --base-url"), "{text}");
            assert!(
                text.contains(env!("CARGO_PKG_VERSION"))
                    && text.contains(if lang == "fr" { "Vérifie" } else { "Checks" })
            );
        }
    }
}

#[test]
fn a_site_that_is_there_gets_the_workflow_and_nothing_else() {
    let project = Project::minimal();
    let before = Tree::read(&project.path(""));
    let run = project.run(&["init", ".", "--with", "gitlab"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("Added ./.gitlab-ci.yml") && run.stderr.contains("Nothing else"), "{}", run.stderr);
    let mut after = Tree::read(&project.path(""));
    assert!(after.0.remove(".gitlab-ci.yml").is_some());
    after.assert_same(&before, "nothing else");
    let again = project.run(&["init", ".", "--with", "gitlab"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains(".gitlab-ci.yml already exists"), "{}", again.stderr);
}

#[test]
fn a_repository_that_is_still_empty_takes_a_new_site() {
    let project = Project::empty();
    project.write(".git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(project.run(&["init", "."]).code, 0);
    let project = Project::empty();
    project.write(".gitignore", "mine\n");
    assert_eq!(project.run(&["init", "."]).code, 2, "nothing is written over");
}

#[test]
fn packagers_get_completions_and_manual_pages() {
    let project = Project::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = project.run(&["completions", shell]);
        assert!(run.code == 0 && run.stdout.contains("redirect-to"), "{shell}");
    }
    let page = project.run(&["man"]).stdout;
    assert!(page.starts_with(".ie") && page.contains("diptych\\-move(1)"), "{page}");
    assert!(project.run(&["man", "--lang", "fr"]).stdout.contains("Donner à une fiche"));
    let run = project.run(&["man", "--out", "man"]);
    assert!(run.stdout.contains("man/diptych.1\n") && run.stdout.contains("man/diptych-move.1\n"), "{}", run.stdout);
    assert!(Tree::read(&project.path("man")).text("diptych-move.1").contains("Give a record another name"));
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
