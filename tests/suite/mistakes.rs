//! Every mistake that Diptych names, reported in both languages: runs the cases of `tests/mistakes/`.
//!
//! A case is a text file with the name of a function in `src/diagnostic/catalog/`. It says what the mistake is and why
//! it is one, in English and in French. Then come the files that contain it, on top of the minimal site; the command if
//! it is not `check`; the corrected files, marked `(right)`; and what the program prints. Of several commands, the last
//! one counts; files marked `(later)` are written before it. `BLESS=1 cargo test` writes what it says into the cases;
//! read it before you commit it. The manual shows the cases to its readers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::sections::sections;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mistakes");
const CATALOGUE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/diagnostic/catalog");

/// The parts of a case that are not files.
const COMMAND: &str = "command";
const LATER: &str = " (later)";
const RIGHT: &str = " (right)";
const SAID: [(&str, &str); 2] = [("en", "said in English"), ("fr", "said in French")];

#[test]
fn each_mistake_is_told_at_its_place_with_what_to_do_in_both_languages() {
    let bless = std::env::var_os("BLESS").is_some();
    let cases: Vec<PathBuf> = paths(Path::new(CASES));
    let failures: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = cases
            .chunks(cases.len().div_ceil(8))
            .map(|cases| scope.spawn(move || cases.iter().filter_map(|case| run(case, bless)).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn no_mistake_is_without_a_case_and_no_case_without_a_mistake() {
    let cases: BTreeSet<String> = paths(Path::new(CASES)).iter().map(|case| stem(case)).collect();
    let constructors: BTreeSet<String> = constructors().into_keys().collect();
    let missing: Vec<_> = constructors.difference(&cases).collect();
    let idle: Vec<_> = cases.difference(&constructors).collect();
    assert!(missing.is_empty(), "write tests/mistakes/….txt for: {missing:?}");
    assert!(idle.is_empty(), "the catalogue has no mistake for these cases: {idle:?}");
}

#[test]
fn every_warning_can_be_judged_by_a_site() {
    let mut names: Vec<String> = Vec::new();
    for file in paths(Path::new(CATALOGUE)) {
        let text = fs::read_to_string(file).unwrap();
        let calls = text.split("warning(").skip(1).map(str::trim_start);
        names.extend(calls.filter_map(|call| Some(call.strip_prefix('"')?.split('"').next()?.to_owned())));
    }
    assert!(names.len() > 10, "the catalogue was read: {names:?}");
    let project = Project::minimal();
    let policies: BTreeSet<String> = names.iter().map(|name| format!("{}: error", name.replace('-', "_"))).collect();
    project.settings(&format!("policies: {{{}}}", policies.into_iter().collect::<Vec<_>>().join(", ")));
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(run.mistakes(), [""; 0], "list it in src/diagnostic/catalog/judged.rs, or give it a setting of its own");
}

/// The message of one case, compared with what the program says now; `None` where they agree.
fn run(case: &Path, bless: bool) -> Option<String> {
    let text = fs::read_to_string(case).unwrap();
    let (sentence, parts) = sections(&text);
    let (right, parts): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(heading, _)| heading.ends_with(RIGHT));
    let said = |heading: &str| parts.iter().find(|(own, _)| own == heading).map(|(_, text)| text.as_str());
    let is_file = |heading: &str| heading != COMMAND && SAID.iter().all(|(_, said)| *said != heading);
    let files: String = parts
        .iter()
        .filter(|(heading, _)| is_file(heading))
        .map(|(heading, text)| format!("-- {heading} --\n{text}"))
        .collect();
    let (later, first): (Vec<_>, Vec<_>) =
        parts.iter().filter(|(heading, _)| is_file(heading)).partition(|(heading, _)| heading.ends_with(LATER));
    let written = |parts: &[&(String, String)]| -> String {
        parts.iter().map(|(heading, text)| format!("-- {} --\n{text}", heading.trim_end_matches(LATER))).collect()
    };
    let commands = said(COMMAND).unwrap_or("check").trim().to_owned();
    let (before, command) = commands.rsplit_once('\n').unwrap_or(("", &commands));
    let mut project = Project::minimal().with(&written(&first));
    for command in before.lines() {
        project.run(&command.split_whitespace().collect::<Vec<_>>());
    }
    project = project.with(&written(&later));

    let name = constructors().remove(&stem(case)).unwrap_or_default();
    let mut fresh = format!("{}\n\n{files}", sentence.trim());
    if commands != "check" {
        let _ = writeln!(fresh, "-- {COMMAND} --\n{commands}");
    }
    for (heading, text) in &right {
        let _ = write!(fresh, "-- {heading} --\n{text}");
    }
    let mut wrong = String::new();
    if sentence.trim().split("\n\n").count() != 2 {
        wrong.push_str("\nit does not say what the mistake is in two paragraphs: in English, then in French");
    }
    for (lang, heading) in SAID {
        let mut args: Vec<&str> = command.split_whitespace().collect();
        args.extend(["--lang", lang]);
        let run = project.run(&args);
        let says = run.stderr.trim().to_owned();
        let grave = says.contains("error[") || says.contains("erreur[");
        if !says.contains(&format!("[{name}")) || run.code != i32::from(grave) {
            let _ = writeln!(wrong, "\nit does not tell of {name} (exit code {}):\n{says}", run.code);
        }
        if said(heading).map(str::trim) != Some(&says) {
            let before = said(heading).unwrap_or_default().trim();
            let diff = similar::TextDiff::from_lines(before, &says).unified_diff().to_string();
            let _ = write!(wrong, "\n{heading}:\n{diff}");
        }
        let _ = writeln!(fresh, "-- {heading} --\n{says}");
    }
    if bless && fresh != text {
        fs::write(case, &fresh).unwrap();
    }
    if right.is_empty() {
        wrong.push_str("\nit does not say what puts it right");
    }
    let (commands_right, files_right): (Vec<_>, Vec<_>) =
        right.iter().partition(|(heading, _)| heading.strip_suffix(RIGHT) == Some(COMMAND));
    let written: String = files_right
        .iter()
        .map(|(heading, text)| format!("-- {} --\n{text}", heading.trim_end_matches(RIGHT)))
        .collect();
    let project = project.with(&written);
    let last = commands_right.first().map_or(command, |(_, commands)| commands);
    let run =
        last.lines().fold(None, |_, line| Some(project.run(&line.split_whitespace().collect::<Vec<_>>()))).unwrap();
    if run.code != 0 || run.stderr.contains(&format!("[{name}")) {
        let _ = writeln!(wrong, "\nit is not put right (exit code {}):\n{}", run.code, run.stderr);
    }
    let shown = !wrong.is_empty() && !bless;
    shown.then(|| format!("--- {}{wrong}", case.display()))
}

/// The functions of the catalogue, with how the message of each begins: its stable name and a closing bracket, or for a
/// family of rules the name's beginning.
fn constructors() -> BTreeMap<String, String> {
    let mut constructors = BTreeMap::new();
    for file in paths(Path::new(CATALOGUE)) {
        let text = fs::read_to_string(file).unwrap();
        for function in text.split("\npub fn ").skip(1) {
            let function = function.split("\n}\n").next().unwrap();
            let name = function.split(['(', '<']).next().unwrap();
            let makes_one = function.split('{').next().unwrap().contains("-> Diagnostic");
            let calls = ["error(", "warning("].into_iter().flat_map(|call| function.split(call).skip(1));
            let mut arguments = calls.map(str::trim_start).filter(|_| makes_one);
            if let Some(first) = arguments.clone().find_map(|arguments| arguments.strip_prefix('"')) {
                constructors.insert(name.to_owned(), format!("{}]", first.split('"').next().unwrap()));
            } else if arguments.any(|arguments| arguments.starts_with("name,")) {
                constructors.insert(name.to_owned(), format!("{}-", name.replace('_', "-")));
            }
        }
    }
    assert!(constructors.len() > 80, "the catalogue was read: {constructors:?}");
    constructors
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}
