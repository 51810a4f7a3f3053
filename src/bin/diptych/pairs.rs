//! `diptych status` and `diptych confirm`: how the two sides of each record stand, and the word that they agree.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use diptych::diagnostic::{Diagnostic, KnownNames, Severity};
use diptych::lang::Lang;
use diptych::output::disk::replace;
use diptych::pairs::history::History;
use diptych::pairs::status::{Status, status};
use diptych::pairs::{self, Confirmed, State, lock};
use diptych::parse::ParsedFacts;
use diptych::path::ContentPath;
use diptych::report::{self, Files};
use diptych::source::{Sources, git};
use diptych::workspace::{Options, ThemeSources, Workspace};
use rayon::prelude::*;

use crate::Outcome;
use crate::args::{AnswerFormat, Confirm, Pairs};
use crate::console::{self, Reader, Unwritten};
use crate::language::pick;
use crate::project;
use crate::timings::Timings;

/// Prints how every pair compares.
pub(crate) fn print_status(args: &Pairs, lang: Lang) -> anyhow::Result<Outcome> {
    let mut timings = Timings::start();
    let workspace = open(&args.content, lang, &mut timings)?;
    let unreadable = workspace.unreadable();
    tell(&args.content, workspace.sources(), &unreadable, lang)?;
    let status = of(&args.content, &SurveyedPairs::of(&workspace), workspace.sources(), args.as_of);
    timings.done("status");
    match args.format {
        AnswerFormat::Json => console::out_json(&status.to_json(lang))?,
        AnswerFormat::Text => {
            let colour = console::out_takes_colours();
            console::out(&status.to_text(lang, colour), colour)?
        }
    };
    if args.timings {
        console::err(&timings.table(), false)?;
    }
    Ok(outcome(&unreadable))
}

/// Records that the sides of pairs say the same.
pub(crate) fn confirm(args: &Confirm, lang: Lang) -> anyhow::Result<Outcome> {
    let workspace = open(&args.content, lang, &mut Timings::start())?;
    let unreadable = workspace.unreadable();
    tell(&args.content, workspace.sources(), &unreadable, lang)?;
    if outcome(&unreadable) == Outcome::Mistakes {
        return Ok(Outcome::Mistakes);
    }
    let (pairs, mut lock) = (workspace.pairs(), workspace.lock().clone());
    let on = args.as_of.map(|day| day.to_string());
    let chosen: Vec<String> = if args.all {
        let whole = pairs.records.iter().filter(|(_, pair)| !matches!(pair.state, State::Missing(_) | State::Equal));
        whole.map(|(id, _)| id.clone()).collect()
    } else {
        args.ids.iter().map(|written| id_of(written, &args.content)).collect()
    };
    if let Some(id) = chosen.iter().find(|id| !pairs.records.contains_key(*id)) {
        let known = KnownNames::new(pairs.records.keys().map(String::as_str));
        let suggestion = known
            .nearest(id)
            .map(|id| pick(lang, format!("; did you mean {id}?"), format!("; vouliez-vous dire {id}?")));
        let suggestion = suggestion.unwrap_or_default();
        bail!(pick(
            lang,
            format!("there is no record {id}{suggestion}"),
            format!("il n’y a pas de fiche {id}{suggestion}")
        ));
    }
    let confirmation = |id: String| {
        let confirmed = pairs::confirmation(&workspace.parsed(&id), lock.records.get(&id), on.clone());
        (id, confirmed)
    };
    let confirmed: Vec<(String, Option<Confirmed>)> = chosen.into_par_iter().map(confirmation).collect();
    let count = confirmed.len();
    for (id, confirmed) in confirmed {
        let Some(confirmed) = confirmed else {
            bail!(pick(
                lang,
                format!("{id} has only one side; there is nothing to compare it with"),
                format!("{id} n’a qu’une version; il n’y a rien à quoi la comparer")
            ));
        };
        lock.records.insert(id, confirmed);
    }
    // Records that are gone need no memory; drafts keep theirs.
    let ids: BTreeSet<&str> = workspace.ids().collect();
    lock.records.retain(|id, _| ids.contains(id.as_str()));
    let text = lock.write()?;
    if workspace.sources().text(&ContentPath::new(lock::FILE)) != Some(text.as_str()) {
        replace(&args.content.join(lock::FILE), text.as_bytes())?;
    }
    console::say(&match (lang, count) {
        (Lang::En, 1) => "1 pair confirmed".to_owned(),
        (Lang::En, count) => format!("{count} pairs confirmed"),
        (Lang::Fr, count @ (0 | 1)) => format!("{count} paire confirmée"),
        (Lang::Fr, count) => format!("{count} paires confirmées"),
    })?;
    Ok(Outcome::Clean)
}

/// What of a site its pairs are judged by.
pub(crate) struct SurveyedPairs {
    pairs: pairs::Pairs,
    facts: Vec<(String, Arc<ParsedFacts>)>,
}

impl SurveyedPairs {
    pub(crate) fn of(workspace: &Workspace) -> Self {
        let facts = workspace.facts().map(|(id, facts)| (id.to_owned(), Arc::clone(facts)));
        Self { pairs: workspace.pairs(), facts: facts.collect() }
    }

    /// One pair by itself.
    pub(crate) fn of_one(id: &str, pair: Option<Arc<pairs::Pair>>) -> Self {
        let records = pair.into_iter().map(|pair| (id.to_owned(), pair)).collect();
        Self { pairs: pairs::Pairs { records }, facts: Vec::new() }
    }
}

/// How the pairs compare, with the words that changed where git knows them.
pub(crate) fn of(
    content: &Path,
    SurveyedPairs { pairs, facts }: &SurveyedPairs,
    sources: &Sources,
    as_of: Option<diptych::format::Date>,
) -> Status {
    let outdated = pairs.records.values().any(|pair| matches!(pair.state, State::Outdated(_)));
    let git = if outdated { git::open(content) } else { None };
    let history = git.as_ref().map(|git| git as &dyn History);
    let facts: Vec<_> = facts.iter().map(|(id, facts)| (id.as_str(), &**facts)).collect();
    status(pairs, &facts, sources, history, as_of)
}

fn open(content: &Path, lang: Lang, timings: &mut Timings) -> anyhow::Result<Workspace> {
    let (sources, mistakes) = project::read(content, lang)?;
    timings.done("read");
    let theme = ThemeSources::default();
    Ok(Workspace::open(Options::default(), sources, mistakes, theme, &mut |stage| timings.done(stage)))
}

/// Prints what stands in the way of reading the pairs.
fn tell(content: &Path, sources: &Sources, told: &[Diagnostic], lang: Lang) -> Result<Reader, Unwritten> {
    let text = |path: &ContentPath| sources.text(path).map(Cow::Borrowed);
    let name = |path: &ContentPath| content.join(path.as_str()).to_string_lossy().into_owned();
    let colour = console::err_takes_colours();
    console::err(&report::text(told, &Files { text: &text, name: &name }, lang, colour), colour)
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
