//! How mistakes are reported: all in one run, in order, with a caret; for people and for programs; in either language.

use std::fs;

use crate::project::Project;

/// Mistakes in four files, in no order.
const SEVERAL: &str = "\
-- content/agreements/exchange-of-service.yaml --
parties: [csc, manitobba]
signed_on: 2015-06-31
colour: blue
-- content/agreements/exchange-of-service.fr.md --
---
title: Échange de services
summary: Chaque gouvernement peut garder des personnes pour l’autre.
---
## Garde

Le [Service correctionnel](partners/csc), voir l’[entente](pages/nulle-part) et <b>la loi</b>.
-- content/partners/csc.en.md --
---
title: Correctional Service of Canada
---
-- content/types/page.yaml --
type: page
folder: pages
name: {en: Page, fr: Page}
plural: {en: Pages, fr: Pages}
slug: {en: \"\", fr: \"\"}
list: [author]
";

#[test]
fn what_follows_from_a_mistake_is_no_mistake_of_its_own() {
    let agreement = "type: agreement\nfolder: agreements\nname: {en: A, fr: B}\nplural: {en: As, fr: Bs}\n";
    let slug = "slug: {en: agreements, fr: ententes}\n";
    let status =
        "fields: {status: {kind: chioce, choices: {a: {en: A, fr: A}}, label: {en: S, fr: S}}}\nstatus: status\n";
    for (file, text, only) in [
        ("content/agreements/exchange-of-service.yaml", "- parties\n".to_owned(), "expected-fields"),
        ("content/words.yaml", "en:\n- {sya: jail, also: [custody]}\n".to_owned(), "unknown-setting"),
        ("content/types/second.yaml", format!("{agreement}{slug}"), "duplicate-type"),
        (
            "content/types/partner.yaml",
            format!("{agreement}{slug}{status}").replace("agreement", "partner").replace("ententes", "partenaires"),
            "unknown-field-kind",
        ),
    ] {
        let project = Project::minimal();
        project.write(file, &text);
        let run = project.run(&["check", "--format", "json"]);
        let here: Vec<String> = run.mistakes().into_iter().filter(|mistake| mistake.contains(file)).collect();
        assert!(here.len() == 1 && here[0].contains(only), "{file}: {:?}", run.mistakes());
        assert!(!run.mistakes().iter().any(|mistake| mistake.contains("duplicate-address")), "{:?}", run.mistakes());
    }
    let project = Project::minimal();
    project.settings("feedback: me@example.org");
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes().len(), 1);
    project.settings("");
    project.change("content/pages/about.en.md", "title:", "aliases: [/old/, /old/]\ntitle:");
    let run = project.run(&["check", "--format", "json"]);
    assert!(run.mistakes().len() == 1 && run.mistakes()[0].contains("value-repeated"), "{:?}", run.mistakes());
}

#[test]
fn all_mistakes_of_a_site_are_told_in_one_run_by_file_and_place() {
    let run = Project::minimal().with(SEVERAL).run(&["check", "--format", "json"]);
    assert_eq!(
        run.mistakes(),
        [
            "error broken-link content/agreements/exchange-of-service.fr.md:7:50",
            "error raw-html content/agreements/exchange-of-service.fr.md:7:81",
            "error unknown-reference content/agreements/exchange-of-service.yaml:1:16",
            "error impossible-date content/agreements/exchange-of-service.yaml:2:12",
            "error unknown-field content/agreements/exchange-of-service.yaml:3:1",
            "error missing-field content/partners/csc.en.md:2:1",
            "error unknown-list-field content/types/page.yaml:6:8",
        ]
    );
    assert_eq!(run.code, 1);
}

#[test]
fn a_message_shows_the_line_with_a_caret_the_reason_and_what_to_do() {
    let project = Project::minimal()
        .with("-- content/agreements/exchange-of-service.yaml --\nparties: [csc, manitobba]\nsigned_on: 2015-06-31\n");
    let run = project.run(&["check"]);
    assert_eq!(
        run.stderr,
        "\
error[unknown-reference]: there is no record “manitobba” in partners
 --> content/agreements/exchange-of-service.yaml:1:16
  |
1 | parties: [csc, manitobba]
  |                ^^^^^^^^^
  |
  = help: Did you mean “manitoba”?

error[impossible-date]: there is no date “2015-06-31”
 --> content/agreements/exchange-of-service.yaml:2:12
  |
2 | signed_on: 2015-06-31
  |            ^^^^^^^^^^
  |
  = help: That month has 30 days.

1  error  impossible-date
1  error  unknown-reference
2 errors, 0 warnings
"
    );
    assert_eq!(run.stdout, "", "messages go to standard error, results to standard output");
    assert_eq!(run.code, 1);
}

#[test]
fn a_mistake_that_belongs_to_two_places_shows_both() {
    let project = Project::minimal().with(
        "-- content/agreements/exchange-of-service.yaml --\nparties: [csc]\nbinding: true\nparties: [manitoba]\n",
    );
    let said = project.run(&["check"]).stderr;
    assert!(said.contains("3 | parties: [manitoba]\n  | ^^^^^^^"), "{said}");
    assert!(said.contains("1 | parties: [csc]\n  | ------- first written here"), "{said}");
}

#[test]
fn markup_in_a_title_is_shown_where_it_is_or_with_the_whole_title_if_that_is_on_several_lines() {
    for (title, place) in [
        ("Our [work](a)", "2:12"),
        ("'Our [work](a)'", "2:13"),
        ("Our\n  own [work](a)", "2:8"),
        ("Our\r\n own [work](a)", "2:8"),
        ("\"Our \\\"own\\\" [work](a)\"", "2:8"),
    ] {
        let project = Project::minimal();
        project.write("content/pages/about.en.md", format!("---\ntitle: {title}\nsummary: What this is.\n---\n"));
        let told = project.run(&["check", "--format", "json"]).mistakes();
        let expected = format!("warning markdown-title content/pages/about.en.md:{place}");
        assert!(told.contains(&expected), "{title}: {told:?}");
    }
}

#[test]
fn typography_of_a_title_on_several_lines_is_shown_with_the_whole_title() {
    for (title, place) in [
        ("La réunion de 4:30 pm", "2:22"),
        ("'La réunion de 4:30 pm'", "2:23"),
        ("La\n  réunion de 4:30 pm", "2:8"),
        ("\"La \\\"réunion\\\" de 4:30 pm\"", "2:8"),
    ] {
        let project = Project::minimal();
        project.write("content/pages/about.fr.md", format!("---\ntitle: {title}\nsummary: Ce que c’est.\n---\n"));
        let told = project.run(&["check", "--format", "json"]).mistakes();
        let expected = format!("warning typography-time content/pages/about.fr.md:{place}");
        assert!(told.contains(&expected), "{title}: {told:?}");
    }
}

#[test]
fn columns_count_characters_as_an_editor_does_not_bytes() {
    let project = Project::minimal().with(
        "-- content/partners/manitoba.fr.md --\n---\ntitle: Manitoba\nsummary: Résumé.\n---\nÀ côté, [là](partners/rien).\n",
    );
    assert_eq!(
        project.run(&["check", "--format", "json"]).mistakes(),
        ["error broken-link content/partners/manitoba.fr.md:5:9"]
    );
}

#[test]
fn files_saved_on_windows_are_read_like_any_other() {
    let project = Project::minimal();
    let text = "\u{feff}---\r\ntitle: Manitoba\r\nsummary: The government.\r\n---\r\nSee [this](partners/rien).\r\n";
    project.write("content/partners/manitoba.en.md", text);
    let run = project.run(&["check"]);
    assert!(
        run.stderr.contains("content/partners/manitoba.en.md:5:5\n  |\n5 | See [this](partners/rien).\n"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.ends_with("1 error, 0 warnings\n"), "{}", run.stderr);
}

#[test]
fn a_file_that_cannot_be_read_is_the_only_mistake_that_it_makes() {
    // The page is not missing, its facts are not missing, and links to it are not broken: it cannot be read.
    let page = "-- content/partners/csc.en.md --\n---\ntitle: Correctional Service\n";
    let facts = "-- content/agreements/exchange-of-service.yaml --\nparties: \"csc\n";
    let run = Project::minimal().with(page).with(facts).run(&["check", "--format", "json"]);
    assert_eq!(
        run.mistakes(),
        [
            "error yaml-syntax content/agreements/exchange-of-service.yaml:1:10",
            "error front-matter-unclosed content/partners/csc.en.md:1:1",
        ]
    );
}

#[test]
fn messages_are_in_the_language_that_is_asked_for_or_that_the_environment_speaks() {
    let project = Project::minimal().with(SEVERAL);
    let french = "7 erreurs, 0 avertissement\n";
    assert!(project.run(&["check", "--lang", "fr"]).stderr.ends_with(french));
    assert!(project.run(&["--lang", "en", "check"]).stderr.ends_with("7 errors, 0 warnings\n"));
    for setting in ["DIPTYCH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        let output = project.command(&["check"]).env(setting, "fr_CA.UTF-8").output().unwrap();
        assert!(String::from_utf8(output.stderr).unwrap().ends_with(french), "{setting}");
    }
    let output = project.command(&["check", "--lang", "en"]).env("LC_ALL", "fr_CA.UTF-8").output().unwrap();
    assert!(
        String::from_utf8(output.stderr).unwrap().ends_with("7 errors, 0 warnings\n"),
        "what is asked for comes first"
    );
}

#[test]
fn json_is_one_array_with_everything_a_program_needs() {
    let project = Project::minimal()
        .with("-- content/agreements/exchange-of-service.yaml --\nparties: [csc]\nsigned_on: 2015-02-30\n");
    let run = project.run(&["check", "--format", "json"]);
    let array: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        array,
        serde_json::json!([{
            "name": "impossible-date",
            "severity": "error",
            "file": "content/agreements/exchange-of-service.yaml",
            "line": 2,
            "column": 12,
            "end_line": 2,
            "end_column": 22,
            "message": "there is no date “2015-02-30”",
            "help": "That month has 28 days.",
        }])
    );
    assert_eq!(Project::minimal().run(&["check", "--format", "json"]).stdout.trim(), "[]");
}

#[test]
fn github_shows_each_mistake_beside_its_line() {
    let project = Project::minimal()
        .with("-- content/agreements/exchange-of-service.yaml --\nparties: [csc]\nreach: {from: 9, to: 3}\n");
    let run = project.run(&["check", "--format", "github"]);
    assert_eq!(
        run.stdout,
        "::error file=content/agreements/exchange-of-service.yaml,line=2,col=8,title=empty-range::\
         the first number of a range must be smaller than the second. Exchange the two numbers.\n"
    );
    assert_eq!(run.code, 1);
}

#[test]
fn sarif_names_every_rule_once_and_every_place() {
    let run = Project::minimal().with(SEVERAL).run(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 7);
    assert_eq!(results[1]["ruleId"], "raw-html");
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/agreements/exchange-of-service.fr.md");
    assert_eq!(place["region"]["startLine"], 7);
    assert_eq!(place["region"]["startColumn"], 81);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "broken-link",
            "impossible-date",
            "missing-field",
            "raw-html",
            "unknown-field",
            "unknown-list-field",
            "unknown-reference"
        ]
    );
}

#[test]
fn a_policy_makes_a_mistake_a_warning_or_lets_it_pass() {
    let with = |policy: &str| {
        let project = Project::minimal().with(
            "-- content/partners/manitoba.fr.md (absent) --\n-- content/pages/about.en.md --\n---\ntitle: About\n\
             summary: What this is.\n---\nPress <b>Enter</b>.\n",
        );
        project.settings(&format!("policies: {policy}"));
        project.run(&["check", "--format", "json"])
    };
    let errors = with("{missing_twin: error, raw_html: error}");
    assert_eq!(errors.code, 1);
    assert_eq!(errors.mistakes().len(), 2);
    let warnings = with("{missing_twin: warning, raw_html: warning}");
    assert_eq!(warnings.code, 0);
    assert_eq!(
        warnings.mistakes(),
        ["warning raw-html content/pages/about.en.md:5:7", "warning missing-twin content/partners/manitoba.en.md:1:1",]
    );
    let allowed = with("{missing_twin: allow, raw_html: allow}");
    assert_eq!((allowed.code, allowed.mistakes().len()), (0, 0));
}

#[test]
fn a_wrong_command_line_or_a_missing_folder_is_no_mistake_in_the_content() {
    let project = Project::minimal();
    assert_eq!(project.run(&["check"]).code, 0);
    assert_eq!(project.run(&["biuld"]).code, 2);
    assert_eq!(project.run(&["build", "--as-of", "yesterday"]).code, 2);
    assert_eq!(project.run(&["build", "--base-url", "example.org"]).code, 2);
    assert_eq!(project.run(&["build", "--theme", "nowhere"]).code, 2);
    let run = project.run(&["check", "--content", "contents"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--content") && run.stderr.contains("contents"), "{}", run.stderr);
}

#[test]
fn timings_name_every_stage() {
    let said = Project::minimal().run(&["build", "--timings"]).stderr;
    for stage in ["read", "settings", "pairs", "judge", "resolve", "mistakes", "write", "publish", "total"] {
        assert!(said.lines().any(|line| line.starts_with(stage) && line.ends_with(" ms")), "{stage} in:\n{said}");
    }
}

#[test]
fn a_list_that_is_not_closed_is_told_as_that_and_not_by_what_follows_it() {
    for open in ["parties: [csc", "reach: {from: 3", "parties: [csc, # and more\n  manitoba"] {
        let project = Project::minimal();
        project
            .write("content/agreements/exchange-of-service.yaml", format!("{open}\nsigned_on: 2015\nbinding: true\n"));
        let run = project.run(&["check"]);
        assert!(run.stderr.contains("a list in [brackets] or {braces} is not closed"), "{open}: {}", run.stderr);
        assert!(run.stderr.ends_with("1 error, 0 warnings\n"), "{open}: {}", run.stderr);
    }
    let project = Project::minimal();
    project.write("content/agreements/exchange-of-service.yaml", "parties: [csc]\nnumber: AB-1: and more\n");
    assert!(project.run(&["check"]).stderr.contains("there is a colon inside a text"));
}

#[test]
fn a_footnote_mark_that_is_meant_as_text_is_no_mistake() {
    let project = Project::minimal();
    project.change("content/pages/about.en.md", "an example", "an example, marked \\[^1] or `[^1]`, 2^[^ or so");
    assert_eq!(project.run(&["check"]).stderr, "4 records checked, no mistakes\n");
}

#[test]
fn words_inside_a_fact_are_told_where_they_are() {
    let page = |note: &str| {
        format!(
            "-- content/agreements/exchange-of-service.en.md --\n---\ntitle: Exchange\nsummary: S.\n{note}---\n\n## A\n\nB.\n"
        )
    };
    for (note, places) in [
        ("note: See [this](nowhere).\n", ["broken-link", "4:11"]),
        ("note: \"See [this](nowhere).\"\n", ["broken-link", "4:12"]),
        ("note: |\n  First.\n\n  Seé <b>x</b> and more.\n", ["raw-html", "7:7"]),
        ("note: |\r\n  First.\r\n  Then [this](nowhere).\r\n", ["broken-link", "6:8"]),
        // A mistake in a folded value is reported at the value.
        ("note: >\n  First\n  [this](nowhere).\n", ["broken-link", "5:3"]),
    ] {
        let run = Project::minimal().with(&page(note)).run(&["check", "--format", "json"]);
        let [name, place] = places;
        let expected = format!("error {name} content/agreements/exchange-of-service.en.md:{place}");
        assert!(run.mistakes().contains(&expected), "{note}: {:?}", run.mistakes());
    }
}

#[test]
fn an_unfinished_merge_is_told_as_one_in_whatever_file_it_is() {
    let conflict = "<<<<<<< HEAD\nkind: a\n=======\nkind: b\n>>>>>>> translation\n";
    for file in ["site.yaml", "types/agreement.yaml", "agreements/exchange-of-service.yaml", "words.yaml"] {
        let project = Project::minimal();
        let path = format!("content/{file}");
        project.write(&path, conflict);
        let told = project.run(&["check", "--format", "json"]).mistakes();
        assert!(told.contains(&format!("error merge-conflict {path}:1:1")), "{file}: {told:?}");
    }
}

#[test]
fn html_in_a_field_of_markdown_is_judged_as_that_of_a_page() {
    let project = Project::minimal();
    let (page, type_file) = ("content/partners/csc.en.md", "content/types/partner.yaml");
    let text = fs::read_to_string(project.path(type_file)).unwrap();
    let field = "  note: {kind: markdown, localized: true, label: {en: Note, fr: Note}}\n";
    project.write(type_file, text.replacen("fields:\n", &format!("fields:\n{field}"), 1));
    let text = fs::read_to_string(project.path(page)).unwrap();
    project.write(page, text.replacen("---\n", "---\nnote: \"a <b>x</b>\"\n", 1));
    let told = |policy: &str| {
        project.settings(&format!("policies: {{raw_html: {policy}, parity: allow}}"));
        let run = project.run(&["check", "--format", "json"]);
        run.mistakes().into_iter().find(|mistake| mistake.contains(" raw-html ")).unwrap_or_default()
    };
    assert!(told("error").starts_with("error raw-html content/partners/csc.en.md:2:"), "{}", told("error"));
    assert!(told("warning").starts_with("warning raw-html content/partners/csc.en.md:2:"));
    assert_eq!(told("allow"), "");
}

#[test]
fn settings_that_cannot_be_read_are_not_said_to_be_missing() {
    let project = Project::minimal();
    fs::remove_file(project.path("content/site.yaml")).unwrap();
    assert!(project.run(&["check"]).stderr.contains("[site-missing]"));
    project.pipe("content/site.yaml");
    let run = project.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("--> content/site.yaml") && !run.stderr.contains("site-missing"), "{}", run.stderr);
}

#[test]
fn a_backslash_in_a_name_parts_no_folders_where_it_is_a_sign_of_the_name() {
    let project = Project::minimal();
    project.write("content/pages/back\\slash.en.md", "---\ntitle: T\nsummary: S.\n---\n");
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("content/pages/back\\slash.en.md:1:1"), "{}", run.stderr);
}
