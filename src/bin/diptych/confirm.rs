//! `diptych confirm`: records that the two sides of pairs say the same, or gives the objections.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{anyhow, bail};
use diptych::diagnostic::catalog;
use diptych::edits::{self, Followed, Step};
use diptych::lang::Lang;
use diptych::output::disk::{OwnError, OwnFolder, replace, sweep};
use diptych::pairs::confirm::{Objection, Recorded, Request};
use diptych::pairs::kept::{self, Kept};
use diptych::pairs::lock;
use diptych::path::ContentPath;
use diptych::source::disk;
use diptych::terminal::visible_line;
use diptych::workspace::Workspace;
use diptych::workspace::confirm::{Plan, UnknownRecord, Which};

use crate::Outcome;
use crate::args::Confirm;
use crate::clock;
use crate::console;
use crate::language::pick;
use crate::pairs::{id_of, open, report};
use crate::timings::Timings;

/// Records that the sides of pairs say the same.
pub(crate) fn confirm(args: &Confirm, lang: Lang) -> anyhow::Result<Outcome> {
    let workspace = open(&args.content, args.as_of, lang, &mut Timings::start())?;
    if !workspace.lock_mistakes().is_empty() {
        report(&args.content, workspace.sources(), workspace.lock_mistakes(), lang)?;
        return Ok(Outcome::Mistakes);
    }
    let list = ContentPath::new(lock::FILE);
    if workspace.sources().unreadable().contains(&list) {
        report(&args.content, workspace.sources(), &workspace.met_when_read(&list), lang)?;
        return Ok(Outcome::Mistakes);
    }
    let which = if args.all {
        Which::All
    } else {
        Which::Ids(args.ids.iter().map(|written| id_of(written, &args.content)).collect())
    };
    let request = Request {
        sections: args.sections.clone(),
        even_so: args.even_so,
        on: args.as_of.or_else(clock::today).map(|day| day.to_string()),
        on_everything: args.as_of.is_some(),
    };
    let plan = match workspace.confirm(&which, &request) {
        Ok(plan) => plan,
        Err(unknown) => bail!(unknown_record(&unknown, lang)),
    };
    // A mistyped command is not a judgement on the pair.
    for (id, objections) in plan.refused.iter().filter(|_| !args.all) {
        let usage =
            |objection: &&Objection| matches!(objection, Objection::MissingSide(_) | Objection::UnknownSection { .. });
        if let Some(objection) = objections.iter().find(usage) {
            let words = catalog::objection(objection);
            bail!("{}{}{}", visible_line(id), pick(lang, ": ", " : "), words.get(lang));
        }
    }
    if !plan.refused.is_empty() {
        console::err(&refusals(&plan, lang), false)?;
        if !args.all {
            return Ok(Outcome::Mistakes);
        }
    }
    console::out(&recorded(&plan, args.all, lang), false)?;
    if !args.dry_run {
        write(&args.content, &workspace, &plan, lang)?;
    }
    console::say(catalog::confirmed(plan.recorded.len(), args.dry_run).get(lang))?;
    Ok(if plan.refused.is_empty() { Outcome::Clean } else { Outcome::Mistakes })
}

/// Writes what a plan records: the words of the confirmed state, then the lock, in one step and only if nobody else has
/// changed it meanwhile. If it is interrupted between the two, confirming once more completes it.
pub(crate) fn write(content: &Path, workspace: &Workspace, plan: &Plan, lang: Lang) -> anyhow::Result<()> {
    if workspace.config().keep_confirmed && !plan.recorded.is_empty() {
        let ids: BTreeSet<String> = plan.recorded.keys().cloned().collect();
        keep(content, &ids, lang, |kept| plan.keep(workspace, kept))?;
    }
    let change = edits::Plan { steps: steps(content, workspace, plan), notes: Vec::new() };
    if !change.steps.is_empty() {
        edits::disk::apply(content, &change).map_err(|error| anyhow!(error.message(lang)))?;
    }
    Ok(())
}

/// What a plan does to the files of the content.
fn steps(content: &Path, workspace: &Workspace, plan: &Plan) -> Vec<Step> {
    let (path, text) = (ContentPath::new(lock::FILE), plan.lock.write());
    let Some(before) = workspace.sources().texts().get(&path) else {
        let mut steps = vec![Step::Create { path, text }];
        let attributes = ContentPath::new(".gitattributes");
        if !disk::is_there(&content.join(attributes.as_str())) {
            // Lines that two people confirmed are merged; they are not a conflict.
            steps.push(Step::Create { path: attributes, text: format!("{} merge=union\n", lock::FILE) });
        }
        return steps;
    };
    if **before == *text { Vec::new() } else { vec![Step::Edit { path, before: Arc::clone(before), after: text }] }
}

/// Updates the words of the confirmed state for the records that a plan moved and the links that it changed.
pub(crate) fn follow(content: &Path, plan: &edits::Plan, lang: Lang) -> anyhow::Result<()> {
    match Followed::of(plan).filter(|_| matches!(kept_folder(content), Ok(Some(_)))) {
        Some(followed) => keep(content, &followed.ids(), lang, |kept| followed.put(kept)),
        None => Ok(()),
    }
}

/// Changes what is kept for some records.
fn keep(content: &Path, ids: &BTreeSet<String>, lang: Lang, change: impl FnOnce(&mut Kept)) -> anyhow::Result<()> {
    let write = |own: &OwnFolder| -> anyhow::Result<()> {
        let folder = own.make_inner(kept::FOLDER).map_err(|error| anyhow!(error.message(lang)))?;
        let mut kept = Kept::default();
        // What cannot be read at the moment must not be overwritten.
        if let Err(error @ OwnError::Io(..)) = read_packs(&folder, ids, &mut kept) {
            return Err(anyhow!(error.message(lang)));
        }
        change(&mut kept);
        sweep(folder.path());
        for (name, pack) in kept.packs(ids) {
            replace(&folder.path().join(name), &pack)?;
        }
        Ok(())
    };
    edits::disk::exclusively(content, write).map_err(|error| anyhow!(error.message(lang)))?
}

/// The words that were kept for these records.
pub(crate) fn read_kept(content: &Path, ids: &BTreeSet<String>) -> Kept {
    let mut kept = Kept::default();
    if let Ok(Some(folder)) = kept_folder(content) {
        let _ = read_packs(&folder, ids, &mut kept);
    }
    kept
}

/// Adds the words of these records. If packs cannot be read, returns the error of the first one.
fn read_packs(folder: &OwnFolder, ids: &BTreeSet<String>, kept: &mut Kept) -> Result<(), OwnError> {
    let names: BTreeSet<String> = ids.iter().map(|id| kept::pack_of(id)).collect();
    let mut result = Ok(());
    for name in names {
        match folder.read(&name, kept::LARGEST) {
            Ok(Some(pack)) => kept.read(&pack),
            Ok(None) => {}
            Err(error) => result = result.and(Err(error)),
        }
    }
    result
}

/// The folder of the kept words, beside the content folder.
fn kept_folder(content: &Path) -> Result<Option<OwnFolder>, OwnError> {
    edits::disk::own_folder(content)?.map_or(Ok(None), |own| own.inner(kept::FOLDER))
}

/// What is recorded, if pairs were named; for all pairs, only how much is accepted.
fn recorded(plan: &Plan, is_all: bool, lang: Lang) -> String {
    let mut text = String::new();
    for (id, Recorded { sections, accepted, .. }) in plan.recorded.iter().filter(|_| !is_all) {
        let _ = writeln!(text, "{}", visible_line(id));
        for row in sections {
            let _ = writeln!(text, "  {}", visible_line(catalog::recorded_section(row).get(lang)));
        }
        for mistake in accepted {
            let _ = writeln!(text, "  {}", visible_line(catalog::accepted(&mistake.message).get(lang)));
        }
    }
    let accepted: usize = plan.recorded.values().map(|recorded| recorded.accepted.len()).sum();
    if accepted > 0 {
        let _ = writeln!(text, "{}", catalog::accepted_count(accepted).get(lang));
    }
    text
}

fn refusals(plan: &Plan, lang: Lang) -> String {
    let mut text = String::new();
    for (id, objections) in &plan.refused {
        let _ = writeln!(text, "{}", catalog::not_confirmed(&visible_line(id)).get(lang));
        for objection in objections {
            let _ = writeln!(text, "  {}", visible_line(catalog::objection(objection).get(lang)));
        }
        let can_be_overruled =
            |objection: &Objection| !matches!(objection, Objection::ChangedAlone { .. } | Objection::MissingSide(_));
        if objections.iter().any(can_be_overruled) {
            let _ = writeln!(text, "  ({})", catalog::even_so().get(lang));
        }
    }
    text
}

pub(crate) fn unknown_record(unknown: &UnknownRecord, lang: Lang) -> String {
    let id = visible_line(&unknown.id);
    if unknown.is_draft {
        return pick(
            lang,
            format!("{id} is a draft, and only published records can be confirmed; remove “state: draft” first"),
            format!(
                "{id} est une ébauche, et ce qui n’est pas publié ne se confirme pas; retirez d’abord « state: draft »"
            ),
        );
    }
    let meant = unknown
        .nearest
        .as_ref()
        .map(|nearest| pick(lang, format!("; did you mean {nearest}?"), format!("; vouliez-vous dire {nearest}?")));
    let meant = meant.unwrap_or_default();
    pick(lang, format!("there is no record {id}{meant}"), format!("il n’y a pas de fiche {id}{meant}"))
}
