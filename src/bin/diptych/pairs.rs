//! `diptych status` and `diptych confirm`: how the two sides of each record stand, and the word that they agree.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context as _, bail};
use diptych::diagnostic::{Diagnostic, KnownNames, Severity};
use diptych::lang::Lang;
use diptych::output::disk::replace;
use diptych::pairs::history::History;
use diptych::pairs::status::{Status, status};
use diptych::pairs::{Confirmed, State, lock};
use diptych::path::ContentPath;
use diptych::pipeline::{self, Survey};
use diptych::report::{self, Files};
use diptych::source::{Sources, disk, git};

use crate::Outcome;
use crate::args::{AnswerFormat, Confirm, Pairs};
use crate::language::pick;
use crate::timings::Timings;

/// Prints how every pair stands.
pub(crate) fn print_status(args: &Pairs, lang: Lang) -> anyhow::Result<Outcome> {
    let mut timings = Timings::start();
    let (sources, survey, told) = read(&args.content, lang, &mut timings)?;
    tell(&args.content, &sources, &told, lang);
    let status = of(&args.content, &sources, &survey, args.as_of);
    timings.done("status");
    match args.format {
        AnswerFormat::Json => print!("{}", status.to_json(lang)),
        AnswerFormat::Text => {
            let colour = std::io::IsTerminal::is_terminal(&std::io::stdout());
            print!("{}", status.to_text(lang, colour));
        }
    }
    if args.timings {
        eprint!("{}", timings.table());
    }
    Ok(outcome(&told))
}

/// Records that the sides of pairs say the same.
pub(crate) fn confirm(args: &Confirm, lang: Lang) -> anyhow::Result<Outcome> {
    let (sources, survey, told) = read(&args.content, lang, &mut Timings::start())?;
    tell(&args.content, &sources, &told, lang);
    if outcome(&told) == Outcome::Mistakes {
        return Ok(Outcome::Mistakes);
    }
    let Survey { pairs, mut lock, ids, .. } = survey;
    let on = args.as_of.map(|day| day.to_string());
    let chosen: Vec<String> = if args.all {
        let whole = pairs.records.iter().filter(|(_, pair)| !matches!(pair.state, State::Missing(_) | State::Equal));
        whole.map(|(id, _)| id.clone()).collect()
    } else {
        args.ids.iter().map(|written| id_of(written, &args.content)).collect()
    };
    let mut confirmed: Vec<(String, Confirmed)> = Vec::new();
    for id in chosen {
        let Some(pair) = pairs.records.get(&id) else {
            let known = KnownNames::new(pairs.records.keys().map(String::as_str));
            let suggestion = known
                .nearest(&id)
                .map(|id| pick(lang, format!("; did you mean {id}?"), format!("; vouliez-vous dire {id}?")));
            let suggestion = suggestion.unwrap_or_default();
            bail!(pick(
                lang,
                format!("there is no record {id}{suggestion}"),
                format!("il n’y a pas de fiche {id}{suggestion}")
            ));
        };
        let Some(confirmation) = pair.confirmation(on.clone()) else {
            bail!(pick(
                lang,
                format!("{id} has only one side; there is nothing to compare it with"),
                format!("{id} n’a qu’une version; il n’y a rien à quoi la comparer")
            ));
        };
        confirmed.push((id, confirmation));
    }
    let count = confirmed.len();
    lock.records.extend(confirmed);
    // Records that are gone need no memory; drafts keep theirs.
    lock.records.retain(|id, _| ids.contains(id));
    let text = lock.write()?;
    if sources.text(&ContentPath::new(lock::FILE)) != Some(text.as_str()) {
        replace(&args.content.join(lock::FILE), text.as_bytes())?;
    }
    eprintln!(
        "{}",
        match (lang, count) {
            (Lang::En, 1) => "1 pair confirmed".to_owned(),
            (Lang::En, count) => format!("{count} pairs confirmed"),
            (Lang::Fr, count @ (0 | 1)) => format!("{count} paire confirmée"),
            (Lang::Fr, count) => format!("{count} paires confirmées"),
        }
    );
    Ok(Outcome::Clean)
}

/// How the pairs stand, with the words that changed where git knows them.
pub(crate) fn of(content: &Path, sources: &Sources, survey: &Survey, as_of: Option<diptych::format::Date>) -> Status {
    let outdated = survey.pairs.records.values().any(|pair| matches!(pair.state, State::Outdated(_)));
    let git = if outdated { git::open(content) } else { None };
    let history = git.as_ref().map(|git| git as &dyn History);
    status(&survey.pairs, &survey.facts, sources, history, as_of)
}

fn read(content: &Path, lang: Lang, timings: &mut Timings) -> anyhow::Result<(Sources, Survey, Vec<Diagnostic>)> {
    let (sources, read) = disk::read(content).with_context(|| {
        pick(lang, "name the content folder with --content", "indiquez le dossier de contenu avec --content")
    })?;
    timings.done("read");
    let (survey, mut told) = pipeline::pairs(&sources, &mut |stage| timings.done(stage));
    told.extend(read);
    Ok((sources, survey, told.into_sorted()))
}

/// Prints what stands in the way of reading the pairs.
fn tell(content: &Path, sources: &Sources, told: &[Diagnostic], lang: Lang) {
    let text = |path: &ContentPath| sources.text(path).map(Cow::Borrowed);
    let name = |path: &ContentPath| content.join(path.as_str()).to_string_lossy().into_owned();
    let colour = std::io::IsTerminal::is_terminal(&std::io::stderr());
    eprint!("{}", report::text(told, &Files { text: &text, name: &name }, lang, colour));
}

fn outcome(told: &[Diagnostic]) -> Outcome {
    if told.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        Outcome::Mistakes
    } else {
        Outcome::Clean
    }
}

/// The id of what was written: an id, or the path of one of the record's files.
fn id_of(written: &str, content: &Path) -> String {
    let inside = Path::new(written)
        .strip_prefix(content)
        .map_or(written.into(), |path| path.to_string_lossy().replace('\\', "/"));
    let stem = [".en.md", ".fr.md", ".yaml"].into_iter().find_map(|ending| inside.strip_suffix(ending));
    stem.unwrap_or(&inside).trim_end_matches('/').to_owned()
}
