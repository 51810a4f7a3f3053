//! `diptych new`, `move`, `remove` and `fix`: everything that names a record follows it, every other byte stays, and a
//! refused change changes nothing.

use std::fmt::Write as _;

use crate::project::{Project, Tree};

fn content(project: &Project) -> Tree {
    Tree::read(&project.path("content"))
}

/// Runs a change that must succeed.
fn done(project: &Project, command: &[&str]) {
    let run = project.run(command);
    assert_eq!(run.code, 0, "{command:?}:\n{}", run.stderr);
}

/// Runs a change that must be refused, and returns its message.
fn refused(project: &Project, command: &[&str], code: i32) -> String {
    let before = content(project);
    let run = project.run(command);
    assert_eq!(run.code, code, "{command:?}:\n{}", run.stderr);
    content(project).assert_same(&before, "a refusal changes nothing");
    run.stderr
}

/// A site that names `partners/csc` in every way there is.
fn naming() -> Project {
    let page = "---\r\n# The title.\r\ntitle: Ways\r\nsummary: 'See it.'\r\nnote: \"See [it](partners/csc#top).\"\r\n---\r\n\
        [one](partners/csc), [two](/partners/csc/), [three](../partners/csc.en.md), [four](../partners/csc.md#top)\r\n\r\n\
        - ![no](annex.pdf) and `[code](partners/csc)` and [five][csc], [six](<partners/csc> \"Why\")\r\n\r\n\
        [csc]: partners/csc 'Title'\r\n";
    let project = Project::minimal().with(
        "-- content/agreements/ways.yaml --\n# Who is bound.\nparties:   # in this order\n  - \"csc\"   # the service\n  - manitoba\n\
         steps:\n- {office: partners/csc, role: {en: Sees, fr: Voit}}\nowner: csc\n\
         -- content/partners/csc.en.md --\n---\ntitle: Correctional Service of Canada\nsummary: The service.\nacronym: CSC\n---\n## Top\n\nWords.\n\
         -- content/partners/csc.fr.md --\n---\ntitle: Service correctionnel du Canada\nsummary: Le service.\nacronym: SCC\n---\n## Top\n\nMots.\n\
         -- content/partners/manitoba.en.md --\n---\ntitle: Manitoba\nsummary: The government.\n---\n## Top\n\nWords.\n\
         -- content/partners/manitoba.fr.md --\n---\ntitle: Manitoba\nsummary: Le gouvernement.\n---\n## Top\n\nMots.\n",
    );
    project.write("content/agreements/annex.pdf", "%PDF");
    project.write("content/agreements/ways.en.md", format!("\u{feff}{}", page.replace("![no]", "[no]")));
    project.write("content/agreements/ways.fr.md", page.replace("![no]", "[no]").replace("Ways", "Façons"));
    project
}

#[test]
fn whatever_names_a_record_follows_it_and_every_other_byte_stays() {
    let project = naming();
    let before = content(&project);
    assert_eq!(project.run(&["check"]).code, 0, "{}", project.run(&["check"]).stderr);
    done(&project, &["move", "partners/csc", "service"]);
    assert_eq!(project.run(&["check"]).code, 0, "{}", project.run(&["check"]).stderr);
    let after = content(&project);
    for (path, text) in &before.0 {
        let new = path.replace("partners/csc.", "partners/service.");
        let text = String::from_utf8(text.clone()).unwrap();
        let code = "`[code](partners/csc)`";
        let expected = text.replace(code, "CODE").replace("partners/csc", "partners/service");
        let expected = expected.replace("\"csc\"", "\"service\"").replace("owner: csc", "owner: service");
        let expected = expected.replace("parties: [csc", "parties: [service").replace("CODE", code);
        assert_eq!(after.text(&new), expected, "{path}");
    }
    assert_eq!(after.0.len(), before.0.len());
    done(&project, &["move", "partners/service", "partners/csc"]);
    content(&project).assert_same(&before, "there and back");
}

#[test]
fn the_words_that_were_confirmed_follow_a_record_that_moves() {
    let project = naming();
    done(&project, &["confirm", "--all", "--even-so"]);
    done(&project, &["move", "partners/csc", "partners/css"]);
    project.change("content/partners/css.fr.md", "Mots.", "D’autres mots.");
    project.change("content/agreements/ways.fr.md", ") and `", ") puis `");
    let status = project.run(&["status"]).stdout;
    assert!(status.contains("[-Mots.-] {+D’autres mots.+}"), "{status}");
    assert!(status.contains("[-and-] {+puis+}"), "the links of this page go elsewhere now:\n{status}");
}

#[test]
fn a_sign_that_cannot_be_seen_hides_no_reference_and_stops_no_move() {
    let project = naming().with(
        "-- content/partners/odd.en.md --\n---\ntitle: Odd\nsummary: Odd.\n---\nA \u{2} sign, and [](partners/csc).\n\
         -- content/partners/odd.fr.md --\n---\ntitle: Bizarre\nsummary: Bizarre.\n---\nUn signe, et [](partners/csc).\n",
    );
    done(&project, &["move", "partners/csc", "partners/css"]);
    assert!(content(&project).text("partners/odd.en.md").contains("A \u{2} sign, and [](partners/css)."));
}

#[test]
fn a_move_leaves_pairs_as_equal_and_as_outdated_as_they_were() {
    let project = naming();
    done(&project, &["confirm", "--all", "--even-so"]);
    project.change("content/agreements/ways.fr.md", "Façons", "Manières");
    let status = |project: &Project| project.run(&["status", "--format", "json"]).stdout;
    let before = status(&project);
    assert!(before.contains("outdated"), "{before}");
    done(&project, &["move", "partners/csc", "partners/css"]);
    assert_eq!(status(&project), before.replace("partners/csc", "partners/css").replace("\"csc\"", "\"css\""));
}

#[test]
fn a_record_that_goes_to_another_section_takes_its_files_along_and_leaves_its_addresses_behind() {
    let project = Project::minimal().with(
        "-- content/pages/about.en.md --\n---\ntitle: About this site\nsummary: S.\naliases:\n- /en/info/\n---\n\
         The [annex](annex.pdf), the [shared](shared.pdf), and [who](../partners/csc.en.md).\n\
         -- content/pages/other.en.md --\n---\ntitle: Other\nsummary: S.\n---\n[shared](shared.pdf), [about](about.md)\n\
         -- content/pages/other.fr.md --\n---\ntitle: Autre\nsummary: S.\n---\n[commun](shared.pdf)\n",
    );
    project.write("content/pages/annex.pdf", "%PDF a");
    project.write("content/pages/shared.pdf", "%PDF s");
    done(&project, &["move", "pages/about", "partners/"]);
    let after = content(&project);
    let page = after.text("partners/about.en.md");
    assert!(page.contains("aliases:\n- /en/info/\n- /en/about-this-site/\n---\n"), "{page}");
    assert!(page.contains("[annex](annex.pdf), the [shared](../pages/shared.pdf), and [who](csc.en.md)."), "{page}");
    assert!(after.text("partners/about.fr.md").contains("aliases: [/fr/a-propos-de-ce-site/]\n---\n"));
    assert!(after.0.contains_key("partners/annex.pdf") && after.0.contains_key("pages/shared.pdf"));
    assert!(after.text("pages/other.en.md").contains("[about](../partners/about.md)"));
    let site = project.build();
    assert!(
        site.text("en/about-this-site/index.html").contains("partners/about-this-site/"),
        "the old address leads on"
    );
    // After it is moved back, its own address is not among the old ones.
    done(&project, &["move", "partners/about", "pages/about"]);
    let page = content(&project).text("pages/about.en.md").to_owned();
    assert!(page.contains("aliases:\n- /en/info/\n- /en/partners/about-this-site/\n---\n"), "{page}");
    project.build();
}

#[test]
fn what_cannot_be_moved_is_refused_with_what_speaks_against_it() {
    let project = naming();
    let said = refused(&project, &["move", "partners/cscc", "partners/x"], 2);
    assert!(said.contains("there is no record partners/cscc; did you mean partners/csc?"), "{said}");
    let said = refused(&project, &["move", "partners/csc", "Île"], 2);
    assert!(said.contains("write partners/ile"), "{said}");
    refused(&project, &["move", "partners/csc", "nowhere/x"], 2);
    refused(&project, &["move", "partners/_index", "partners/x"], 2);
    let said = refused(&project, &["move", "partners/csc", "partners/manitoba"], 1);
    assert!(said.contains("error[record-exists]") && said.contains("content/partners/manitoba.en.md:1:1"), "{said}");
    let said = refused(&project, &["move", "partners/csc", "pages/csc"], 1);
    assert!(said.contains("error[reference-of-wrong-type]"), "where a partner is expected, no page may be: {said}");
    project.write("content/agreements/broken.yaml", "parties: [csc\n");
    let said = refused(&project, &["move", "partners/csc", "partners/x"], 1);
    assert!(said.contains("content/agreements/broken.yaml:"), "it may name the record: {said}");
}

#[test]
fn a_thousand_references_change_where_they_are_and_nowhere_else() {
    let mut files = String::new();
    for at in 0..250 {
        let _ = write!(
            files,
            "-- content/agreements/n{at}.yaml --\nparties: [manitoba, csc]\n\
             -- content/agreements/n{at}.en.md --\n---\ntitle: N{at}\nsummary: S.\n---\n[a](partners/csc) [](partners/csc)\n\
             -- content/agreements/n{at}.fr.md --\n---\ntitle: F{at}\nsummary: S.\n---\n[a](partners/csc)\n"
        );
    }
    let project = Project::minimal().with(&files);
    let run = project.run(&["move", "partners/csc", "service", "--dry-run"]);
    let lines = |mark: &str| {
        run.stdout.lines().filter(|line| line.starts_with(mark) && !line.starts_with(&mark.repeat(3))).count()
    };
    assert_eq!((lines("+"), lines("-")), (753, 753), "a line for each file that names it: 3 in the minimal site");
    done(&project, &["move", "partners/csc", "service"]);
    assert_eq!(project.run(&["check"]).code, 0);
}

#[test]
fn a_record_is_removed_once_nothing_refers_to_it() {
    let project = naming();
    let said = refused(&project, &["remove", "partners/csc"], 1);
    for places in
        ["exchange-of-service.yaml:2:11", "ways.yaml:3, 6, 7", "ways.en.md:5, 7, 9, 11", "ways.fr.md:5, 7, 9, 11"]
    {
        assert!(said.contains(&format!("content/agreements/{places}\n")), "{places} in\n{said}");
    }
    done(&project, &["confirm", "--all", "--even-so"]);
    done(&project, &["remove", "pages/about"]);
    let after = content(&project);
    assert!(!after.paths().iter().any(|path| path.starts_with("pages/about")), "{:?}", after.paths());
    assert!(!after.text("pairs.lock").contains("pages/about"));
    assert_eq!(project.run(&["check"]).code, 0);
}

#[test]
fn what_led_to_a_removed_record_leads_to_the_one_in_its_place() {
    let project = naming();
    done(&project, &["remove", "partners/csc", "--redirect-to", "partners/manitoba"]);
    assert_eq!(project.run(&["check"]).code, 0, "{}", project.run(&["check"]).stderr);
    let after = content(&project);
    assert!(
        after.text("partners/manitoba.en.md").contains("aliases: [/en/partners/correctional-service-of-canada/]\n")
    );
    let facts = after.text("agreements/ways.yaml");
    assert!(facts.contains("parties:   # in this order\n  - manitoba\n"), "named once: {facts}");
    assert!(after.text("agreements/exchange-of-service.yaml").contains("parties: [manitoba]\n"));
    assert!(after.text("agreements/ways.en.md").contains("[three](../partners/manitoba.en.md)"));
}

#[test]
fn a_new_record_of_any_type_is_a_draft_that_breaks_nothing() {
    let project = Project::empty();
    assert_eq!(project.run(&["init", "."]).code, 0);
    for kind in ["agreement", "contact", "forum", "law", "objectives", "page", "partner", "report", "service"] {
        done(&project, &["new", kind, "fresh-one", "--title-en", "Fresh: one", "--title-fr", "L’un frais"]);
    }
    let check = project.run(&["check", "--format", "json"]);
    assert_eq!(check.code, 0, "{}", check.stdout);
    assert!(check.mistakes().iter().all(|mistake| mistake.starts_with("warning unfilled")), "{:?}", check.mistakes());
    let after = content(&project);
    assert!(after.text("agreements/fresh-one.en.md").starts_with("---\ntitle: \"Fresh: one\"\nsummary: \"[TO FILL: "));
    assert!(after.text("agreements/fresh-one.fr.md").contains("title: L’un frais\n"));
    assert!(after.text("agreements/fresh-one.fr.md").contains("slug: l-un-frais"));
    assert!(after.text("agreements/fresh-one.yaml").contains("\nparties: [\"[TO FILL: Parties]\"]\n"));
    done(&project, &["new", "--lang", "fr", "agreement", "autre"]);
    let facts = content(&project).text("agreements/autre.yaml").to_owned();
    assert!(facts.starts_with("# Entente. Les faits n’ont pas de langue") && facts.contains("obligatoire"), "{facts}");
    refused(&project, &["new", "agreement", "fresh-one"], 1);
    refused(&project, &["new", "treaty", "x"], 2);
}

#[test]
fn a_dry_run_shows_the_lines_that_would_change_and_changes_nothing() {
    let project = naming();
    for command in [
        &["move", "partners/csc", "service"][..],
        &["remove", "partners/csc", "--redirect-to", "manitoba"],
        &["new", "partner", "ontario"],
    ] {
        let before = content(&project);
        let run = project.run(&[command, &["--dry-run"]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.contains("content/partners/"), "{}", run.stdout);
        content(&project).assert_same(&before, "a dry run");
    }
}

/// A site with mistakes that say what to write instead, and one that does not.
fn mistaken() -> Project {
    Project::minimal().with(
        "-- content/agreements/exchange-of-service.yaml --\nstatus: in_forse   # still\nparties: [csc, manitobba]\nsinged_on: 2015-06-30\n\
         reach: many\n\
         -- content/agreements/exchange-of-service.fr.md --\n---\ntitle: Échange de services\nsummary: \"Le 5 Avril 2015.\"\nservices: [garde]\n---\n\
         # Garde\n\n##### Prix\n\n###### Coût\n\nLe [Service](partners/cscc) et [le coût](#couts) : 12.5 %.\n",
    )
}

#[test]
fn what_mistakes_say_to_write_instead_is_written_and_shown() {
    let project = mistaken();
    let json = project.run(&["check", "--format", "json"]).stdout;
    let array: serde_json::Value = serde_json::from_str(&json).unwrap();
    let choice = array.as_array().unwrap().iter().find(|mistake| mistake["name"] == "unknown-choice").unwrap();
    let expected = serde_json::json!([{
        "line": 1, "column": 9, "end_line": 1, "end_column": 17, "start": 8, "end": 16, "text": "in_force",
    }]);
    assert_eq!(choice["fix"], expected);
    let before = content(&project);
    let shown = project.run(&["fix", "--dry-run"]);
    content(&project).assert_same(&before, "a dry run");
    let run = project.run(&["fix"]);
    assert_eq!((run.code, &run.stdout), (0, &shown.stdout), "{}", run.stderr);
    assert!(
        run.stdout.contains("-status: in_forse   # still\n") && run.stdout.contains("+status: in_force   # still\n")
    );
    let after = content(&project);
    let facts = after.text("agreements/exchange-of-service.yaml");
    assert_eq!(facts, "status: in_force   # still\nparties: [csc, manitoba]\nsigned_on: 2015-06-30\nreach: many\n");
    let words = after.text("agreements/exchange-of-service.fr.md");
    assert!(words.contains("summary: \"Le 5\u{a0}avril 2015.\"\n"), "{words}");
    assert!(
        words.contains("\n## Garde\n\n### Prix\n\n#### Coût\n\nLe [Service](partners/csc) et [le coût](#cout)"),
        "{words}"
    );
    assert!(words.contains("12,5"), "{words}");
    let left = project.run(&["check", "--format", "json"]);
    assert_eq!(left.mistakes(), ["error wrong-value content/agreements/exchange-of-service.yaml:4:8"]);
    assert!(project.run(&["fix"]).stderr.contains("nothing to change"));
}

#[test]
fn only_the_mistakes_that_are_named_are_put_right() {
    let project = mistaken();
    done(&project, &["fix", "heading-level-one", "typography"]);
    let after = content(&project);
    assert!(after.text("agreements/exchange-of-service.yaml").contains("in_forse"));
    let words = after.text("agreements/exchange-of-service.fr.md");
    assert!(words.contains("\n## Garde\n\n##### Prix\n") && words.contains("5\u{a0}avril"), "{words}");
}

#[test]
fn a_correction_leaves_a_confirmed_pair_as_it_was() {
    let project = Project::minimal();
    project.change("content/agreements/exchange-of-service.fr.md", "Le [Service", "Dès le 5 Avril 2015, le [Service");
    project.change("content/agreements/exchange-of-service.en.md", "The [Corr", "Since April 5, 2015, the [Corr");
    done(&project, &["confirm", "--all", "--even-so"]);
    done(&project, &["fix"]);
    assert!(content(&project).text("agreements/exchange-of-service.fr.md").contains("5\u{a0}avril"));
    assert!(!project.run(&["status", "--format", "json"]).stdout.contains("outdated"));
}

#[test]
fn what_may_be_meant_in_two_ways_is_left_to_its_writer() {
    let project = Project::minimal().with(
        "-- content/agreements/exchange-of-service.yaml --\nparties: [csc, cscc]\n\
         -- content/partners/csccx.en.md --\n---\ntitle: X\nsummary: S.\n---\n-- content/partners/csccx.fr.md --\n---\ntitle: X\nsummary: S.\n---\n",
    );
    let before = content(&project);
    let run = project.run(&["fix"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    content(&project).assert_same(&before, "csc or csccx: nobody knows");
}

#[test]
fn a_file_that_cannot_be_read_keeps_no_other_from_being_corrected() {
    let project = Project::minimal().with(
        "-- content/pages/costs.en.md --\n---\ntitle: Costs\nsummary: One.\n---\nIt costs 5 $ now.\n\
         -- content/pages/costs.fr.md --\n---\ntitle: Coûts\nsummary: Un.\n---\nCela coûte 5 $.\n\
         -- content/pages/torn.en.md --\nWords without a title, for 5 $.\n\
         -- content/pages/torn.fr.md --\n---\ntitle: Page\nsummary: Une.\n---\nPour $5.\n",
    );
    let run = project.run(&["fix"]);
    let text = |name: &str| std::fs::read_to_string(project.path(&format!("content/pages/{name}"))).unwrap();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(text("costs.en.md").contains("It costs $5 now."), "{}", run.stderr);
    assert!(text("torn.fr.md").contains("Pour $5."), "its other side may say another thing");
    assert!(run.stderr.contains("cannot be read: pages/torn.en.md"), "{}", run.stderr);
}
