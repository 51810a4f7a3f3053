//! Confirming is a judgement: unfinished pages are refused, sections can be confirmed one at a time, and differences
//! are accepted with them.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::project::{Project, Run};

const EN: &str = "content/agreements/exchange-of-service.en.md";
const FR: &str = "content/agreements/exchange-of-service.fr.md";
const ID: &str = "agreements/exchange-of-service";
const LOCK: &str = "content/pairs.lock";

/// A site whose agreement has an introduction and three sections on each side.
fn project() -> Project {
    let project = Project::minimal().with(&format!(
        "-- {EN} --\n---\ntitle: Exchange of services\nsummary: Either may hold people for the other.\n---\n\n\
         It is the oldest of its kind.\n\n## What it covers\n\n- custody\n- supervision\n\nIt costs $1,250 a day.\n\n\
         ## Since when\n\nSince July 2, 2015.\n\n## Whom to ask\n\nAsk the desk.\n\
         -- {FR} --\n---\ntitle: Échange de services\nsummary: Chacun peut garder des personnes pour l’autre.\n---\n\n\
         C’est la plus ancienne du genre.\n\n## Ce qu’elle vise\n\n- la garde;\n- la surveillance.\n\n\
         Le prix est de 1 250 $ par jour.\n\n## Depuis quand\n\nDepuis le 2 juillet 2015.\n\n## À qui s’adresser\n\n\
         Demandez au bureau.\n"
    ));
    project.write(
        "content/site.yaml",
        "name: {en: Partnerships, fr: Partenariats}\n\
         description: {en: Who we work with., fr: Les organismes avec lesquels nous travaillons.}\n\
         menu: [agreements, partners]\n",
    );
    project
}

fn confirmed() -> Project {
    let project = project();
    let run = project.run(&["confirm", "--all"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "5 pairs confirmed\n"));
    project
}

fn lock(project: &Project) -> String {
    fs::read_to_string(project.path(LOCK)).unwrap_or_default()
}

fn record(project: &Project, id: &str) -> Value {
    let run = project.run(&["status", "--format", "json", "--lang", "en"]);
    let status: Value = serde_json::from_str(&run.stdout).unwrap();
    status["records"].as_array().unwrap().iter().find(|record| record["id"] == id).unwrap().clone()
}

fn behind(project: &Project) -> Vec<String> {
    let record = record(project, ID);
    record["sections"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// What is refused changes nothing.
fn refused(project: &Project, args: &[&str], why: &str) {
    let before = lock(project);
    let run = project.run(&[&["confirm"], args].concat());
    assert_eq!(run.code, 1, "{args:?}: {}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains(why), "{args:?}: {}", run.stderr);
    assert_eq!(lock(project), before, "{args:?}");
}

fn taken(project: &Project, args: &[&str]) {
    let run = project.run(&[&["confirm"], args].concat());
    assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
}

#[test]
fn a_section_that_changed_in_one_language_is_recorded_only_by_name() {
    let project = confirmed();
    project.change(EN, "- custody", "- safe custody");
    project.change(EN, "Since July 2, 2015", "Since July 3, 2015");
    project.change(FR, "Depuis le 2 juillet 2015", "Depuis le 3 juillet 2015");
    refused(&project, &[ID], "“What it covers” changed in English only");
    taken(&project, &[ID, "--section", "depuis quand"]);
    assert_eq!(behind(&project), ["What it covers"]);
    taken(&project, &[ID, "--section", "what-it-covers"]);
    assert_eq!(record(&project, ID)["state"], "equal");
}

#[test]
fn sections_are_named_by_heading_in_either_language_by_id_or_as_introduction() {
    for name in ["Introduction", "introduction", "What it covers", "## Ce qu'elle vise", "ce-qu-elle-vise", "title"] {
        let project = project();
        taken(&project, &[ID, "--section", name]);
        assert_eq!(lock(&project).lines().filter(|line| line.starts_with(ID)).count(), 1, "{name}");
    }
    let project = project();
    taken(&project, &[ID, "--section", "introduction", "--section", "Whom to ask"]);
    assert_eq!(lock(&project).lines().filter(|line| line.starts_with(ID)).count(), 2);
    let run = project.run(&["confirm", ID, "--section", "What it cover"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean “What it covers”?"), "{}", run.stderr);
}

#[test]
fn a_section_that_one_language_alone_gained_or_lost_is_unfinished() {
    let project = confirmed();
    project.change(EN, "## Whom to ask", "## What is new\n\nMuch.\n\n## Whom to ask");
    refused(&project, &[ID], "“What is new” changed in English only");
    project.change(EN, "## What is new\n\nMuch.\n\n", "");
    project.change(FR, "## Depuis quand\n\nDepuis le 2 juillet 2015.\n\n", "");
    refused(&project, &[ID], "“Since when” changed in French only");
    taken(&project, &[ID, "--section", "since-when"]);
    assert_eq!(record(&project, ID)["state"], "equal");
}

#[test]
fn a_pair_with_an_error_or_in_one_language_is_recorded_only_even_so() {
    let project = project();
    project.change(EN, "Ask the desk.", "Ask [the desk](agreements/nowhere).");
    project.change(FR, "Demandez au bureau.", "Demandez [au bureau](agreements/nowhere).");
    refused(&project, &[ID], "broken-link");
    refused(&project, &[ID, "--section", "introduction"], "broken-link");
    taken(&project, &[ID, "--even-so"]);

    let project = project_in_one_language();
    refused(&project, &[ID], "both versions are in English");
    let run = project.run(&["confirm", "--all"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains(&format!("{ID} is not confirmed")) && run.stderr.contains("4 pairs confirmed"));
    assert_eq!(record(&project, ID)["state"], "unconfirmed");
    assert_eq!(record(&project, "partners/csc")["state"], "equal");
    taken(&project, &[ID, "--even-so"]);
}

fn project_in_one_language() -> Project {
    let project = project();
    let text = fs::read_to_string(project.path(EN)).unwrap();
    project.write(FR, text);
    project
}

#[test]
fn a_page_that_was_written_in_the_wrong_language_is_told() {
    let project = project();
    project.write(
        FR,
        "---\ntitle: Échange\nsummary: Sommaire.\n---\n\nThis is the first draft of the page, which is to be translated \
         by those who have the time.\n",
    );
    refused(&project, &[ID], "both versions are in English");
}

#[test]
fn what_differs_is_accepted_until_its_section_changes() {
    let project = project();
    project.change(FR, "Le prix est de 1 250 $", "Le prix est de 1 300 $");
    project.change(FR, "2 juillet", "4 juillet");
    let parity = |project: &Project| {
        let told = project.run(&["check", "--format", "json"]).mistakes();
        told.iter()
            .filter(|told| told.contains("parity-"))
            .map(|told| told.split(' ').nth(1).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(parity(&project), ["parity-money", "parity-dates"]);
    let run = project.run(&["confirm", "--all"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("2 differences between the two versions are accepted"), "{}", run.stdout);
    assert!(parity(&project).is_empty());
    // A change in another section does not reopen it, nor does white space.
    project.change(EN, "It is the oldest", "This is the oldest");
    project.change(EN, "- custody", "-  custody");
    assert!(parity(&project).is_empty());
    project.change(EN, "custody", "safe custody");
    assert_eq!(parity(&project), ["parity-money"]);
}

#[test]
fn a_dry_run_shows_what_would_be_recorded_and_writes_nothing() {
    let project = project();
    let run = project.run(&["confirm", ID, "--dry-run"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "1 pair would be confirmed\n"));
    assert!(run.stdout.contains("What it covers → Ce qu’elle vise"), "{}", run.stdout);
    assert!(!project.path(LOCK).exists() && !project.path(".diptych").exists());
}

#[test]
fn the_words_that_changed_are_shown_without_a_history() {
    let project = confirmed();
    project.change(EN, "supervision", "close supervision");
    let words = |project: &Project| record(project, ID)["changes"][0]["words"].clone();
    assert_eq!(words(&project)[0]["added"], "close");
    // A section that is confirmed by itself takes nothing from the others.
    project.change(EN, "Ask the desk", "Write to the desk");
    taken(&project, &[ID, "--section", "Whom to ask"]);
    assert_eq!(words(&project)[0]["added"], "close");
    fs::remove_dir_all(project.path(".diptych")).unwrap();
    assert_eq!(words(&project), serde_json::json!([]));
    let settings = fs::read_to_string(project.path("content/site.yaml")).unwrap();
    project.write("content/site.yaml", format!("{settings}keep_confirmed: false\n"));
    taken(&project, &[ID, "--section", "What it covers"]);
    assert!(!project.path(".diptych/confirmed").exists());
}

/// A lock as the first version wrote it.
#[test]
fn an_old_list_of_confirmations_is_read_and_carried_over() {
    let project = project();
    project.write(LOCK, include_str!("old.lock"));
    assert_eq!(record(&project, ID)["state"], "equal");
    project.change(EN, "- custody", "- safe custody");
    assert_eq!(behind(&project), ["What it covers"]);
    taken(&project, &["partners/csc"]);
    assert_eq!(behind(&project), ["What it covers"]);
    assert!(lock(&project).lines().any(|line| line.starts_with(&format!("{ID} 2026-01-31 "))), "{}", lock(&project));
}

fn git(project: &Project, args: &[&str]) -> Run {
    let mut command = Command::new("git");
    command.arg("-C").arg(project.path("")).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(args);
    Run::of(&mut command)
}

#[test]
fn two_people_who_confirm_different_sections_and_records_meet_without_a_conflict() {
    let project = confirmed();
    let both = |en: (&str, &str), fr: (&str, &str)| {
        project.change(EN, en.0, en.1);
        project.change(FR, fr.0, fr.1);
        taken(&project, &[ID]);
        assert_eq!(git(&project, &["commit", "-q", "-a", "-m", "change"]).code, 0);
    };
    assert_eq!(git(&project, &["init", "-q", "-b", "main"]).code, 0);
    assert_eq!(git(&project, &["add", "-A"]).code, 0);
    assert_eq!(git(&project, &["commit", "-q", "-m", "first"]).code, 0);
    assert_eq!(git(&project, &["checkout", "-q", "-b", "other"]).code, 0);
    both(("- custody", "- safe custody"), ("- la garde", "- la garde sûre"));
    assert_eq!(git(&project, &["checkout", "-q", "main"]).code, 0);
    both(("July 2, 2015", "July 3, 2015"), ("2 juillet 2015", "3 juillet 2015"));
    let merge = git(&project, &["merge", "-q", "other", "-m", "merge"]);
    assert_eq!(merge.code, 0, "{}{}", merge.stdout, merge.stderr);
    assert_eq!(record(&project, ID)["state"], "equal", "{}", lock(&project));
}

#[test]
fn where_two_people_confirmed_the_same_section_the_line_that_fits_counts() {
    let project = confirmed();
    let first = lock(&project);
    project.change(EN, "- custody", "- safe custody");
    project.change(FR, "- la garde", "- la garde sûre");
    taken(&project, &[ID]);
    let second = lock(&project);
    let mut lines: Vec<&str> = second.lines().collect();
    let other = first.lines().find(|line| !lines.contains(line)).unwrap();
    let at = lines.iter().position(|line| !first.contains(line)).unwrap();
    lines.insert(at, other);
    project.write(LOCK, lines.join("\n") + "\n");
    assert_eq!(record(&project, ID)["state"], "equal");
    project.change(FR, "- la garde sûre", "- la garde");
    assert_eq!(record(&project, ID)["state"], "outdated");
}

#[test]
fn a_list_of_pairs_that_cannot_be_read_is_told_as_that() {
    let project = Project::minimal();
    project.pipe(LOCK);
    let run = project.run(&["confirm", "--all", "--even-so"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("--> content/pairs.lock") && !run.stderr.contains("try again"), "{}", run.stderr);
    fs::remove_file(project.path(LOCK)).unwrap();
    fs::create_dir(project.path(LOCK)).unwrap();
    let run = project.run(&["confirm", "--all", "--even-so"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("this is a folder") && run.stderr.contains("--> content/pairs.lock"), "{}", run.stderr);
}

#[test]
fn a_draft_is_not_confirmed_and_is_not_said_to_be_missing() {
    let project = Project::minimal();
    project.write("content/partners/csc.yaml", "state: draft\n");
    for (lang, told) in [("en", "partners/csc is a draft"), ("fr", "partners/csc est une ébauche")] {
        let run = project.run(&["confirm", "partners/csc", "--lang", lang]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains(told) && run.stderr.contains("state: draft"), "{}", run.stderr);
    }
    let unknown = project.run(&["confirm", "partners/cscc"]).stderr;
    assert!(unknown.contains("there is no record partners/cscc"), "{unknown}");
}

#[test]
fn a_pair_with_something_still_to_be_filled_in_is_recorded_only_even_so() {
    let project = project();
    project.change(EN, "Ask the desk.", "Ask [TO FILL: whom to ask].");
    project.change(FR, "Demandez au bureau.", "Demandez à [À REMPLIR : à qui].");
    refused(&project, &[ID], "something is still to be filled in");
    refused(&project, &[ID, "--lang", "fr"], "il reste quelque chose à remplir");
    let run = project.run(&["confirm", "--all"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("exchange-of-service.en.md") && run.stderr.contains("4 pairs confirmed"));
    taken(&project, &[ID, "--even-so"]);
    // A fact is a part of both versions.
    project.change(&format!("content/{ID}.yaml"), "status: in_force", "status: in_force\n# [TO FILL: until when]");
    refused(&project, &[ID], "exchange-of-service.yaml");
}
