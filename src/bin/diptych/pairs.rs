//! `diptych status`: the state of each pair.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use diptych::diagnostic::{Diagnostic, Severity};
use diptych::format::Date;
use diptych::lang::Lang;
use diptych::pairs::status::{Deadline, Sourced, Status, status};
use diptych::pairs::worklist::Asked;
use diptych::pairs::{self, State};
use diptych::parse::ParsedFacts;
use diptych::path::ContentPath;
use diptych::report::{self, Files};
use diptych::source::history::History;
use diptych::source::{Sources, git};
use diptych::terminal::visible_line;
use diptych::workspace::{Options, ThemeSources, Workspace};

use crate::Outcome;
use crate::args::{ListFormat, Pairs, Period};
use crate::confirm::{read_kept, unknown_record};
use crate::console::{self, Reader, Unwritten};
use crate::language::pick;
use crate::project;
use crate::timings::Timings;

/// Prints how every pair compares.
pub(crate) fn print_status(args: &Pairs, lang: Lang) -> anyhow::Result<Outcome> {
    let mut timings = Timings::start();
    let workspace = open(&args.content, args.as_of, lang, &mut timings)?;
    let unreadable = workspace.unreadable();
    report(&args.content, workspace.sources(), &unreadable, lang)?;
    let within = args.due.map(Period::months);
    let deadline = args.as_of.map(|as_of| Deadline { as_of, within });
    let status = of(&args.content, &SurveyedPairs::of(&workspace), workspace.sources(), deadline);
    let asked = Asked {
        ids: args.ids.iter().map(|written| id_of(written, &args.content)).collect(),
        states: args.state.iter().map(|state| state.name()).collect(),
        side: args.side,
        owner: args.owner.clone(),
    };
    for id in &asked.ids {
        workspace.expect(id).map_err(|unknown| anyhow!(unknown_record(&unknown, lang)))?;
    }
    if let Some(owner) = args.owner.as_deref().filter(|owner| !status.has_owner(owner)) {
        let owner = visible_line(owner);
        // An owner without records is not a mistake: the last one may have been given away.
        console::say(&pick(
            lang,
            format!("no record has {owner} as its owner"),
            format!("aucune fiche n’a {owner} pour responsable"),
        ))?;
    }
    let status = status.only(&asked);
    timings.done("status");
    match args.format {
        ListFormat::Ics => {
            let ids: BTreeSet<&str> = status.records.iter().map(|entry| entry.id.as_str()).collect();
            console::out(&report::calendar(&workspace, |id| ids.contains(id), lang), false)?
        }
        ListFormat::Csv => console::out(&report::status_csv(&status, lang), false)?,
        ListFormat::Json => console::out_json(&report::status_json(&status, lang))?,
        ListFormat::Text => {
            let colour = console::out_takes_colours();
            console::out(&report::status_text(&status, lang, colour), colour)?
        }
    };
    if args.timings {
        console::err(&timings.table(), false)?;
    }
    if args.exit_code && status.has_work() {
        return Ok(Outcome::Mistakes);
    }
    Ok(outcome(&unreadable))
}

/// The part of a site that the state of its pairs depends on.
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

/// How the pairs compare, with the words that changed, if git knows them.
pub(crate) fn of(
    content: &Path,
    SurveyedPairs { pairs, facts }: &SurveyedPairs,
    sources: &Sources,
    deadline: Option<Deadline>,
) -> Status {
    let outdated = pairs.records.values().any(|pair| matches!(pair.state, State::Outdated(_)));
    let git = if outdated { git::open(content) } else { None };
    let history = git.as_ref().map(|git| git as &dyn History);
    let facts: Vec<_> = facts.iter().map(|(id, facts)| (id.as_str(), &**facts)).collect();
    let outdated = pairs.records.iter().filter(|(_, pair)| matches!(pair.state, State::Outdated(_)));
    let kept = read_kept(content, &outdated.map(|(id, _)| id.clone()).collect());
    status(pairs, &facts, sources, Sourced { history, kept: &kept }, deadline)
}

pub(crate) fn open(
    content: &Path,
    as_of: Option<Date>,
    lang: Lang,
    timings: &mut Timings,
) -> anyhow::Result<Workspace> {
    let (sources, mistakes) = project::read(content, lang)?;
    timings.done("read");
    let theme = ThemeSources::default();
    Ok(Workspace::open(Options { base_url: None, as_of }, sources, mistakes, theme, &mut |stage| timings.done(stage)))
}

/// Prints what prevents the pairs from being read.
pub(crate) fn report(
    content: &Path,
    sources: &Sources,
    reported: &[Diagnostic],
    lang: Lang,
) -> Result<Reader, Unwritten> {
    let text = |path: &ContentPath| sources.text(path).map(Cow::Borrowed);
    let name = |path: &ContentPath| project::shown_file(content, path);
    let colour = console::err_takes_colours();
    console::err(&report::text(reported, &Files { text: &text, name: &name }, lang, colour), colour)
}

fn outcome(reported: &[Diagnostic]) -> Outcome {
    if reported.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        Outcome::Mistakes
    } else {
        Outcome::Clean
    }
}

/// The id of the record that was written as an id, or as the path of one of its files.
pub(crate) fn id_of(written: &str, content: &Path) -> String {
    let inside = Path::new(written)
        .strip_prefix(content)
        .map_or(written.into(), |path| path.to_string_lossy().replace('\\', "/"));
    let stem = [".en.md", ".fr.md", ".yaml"].into_iter().find_map(|ending| inside.strip_suffix(ending));
    stem.unwrap_or(&inside).trim_end_matches('/').to_owned()
}
