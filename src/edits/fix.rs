//! To put mistakes right that say what to write instead: [`fix`].

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::lock::{self, Gone};
use super::splice::{self, Splice};
use super::{Plan, Refusal, request, trial};
use crate::diagnostic::Diagnostic;
use crate::lang::PerLang;
use crate::layout::ContentKind;
use crate::path::ContentPath;
use crate::source::{FileChange, FileState};
use crate::workspace::{Changes, Workspace};

/// One correction can bring out another one; beyond so many rounds nothing is gained.
const ROUNDS: usize = 8;

/// Plans to put right every mistake that says what to write instead, or those of some names: `heading-skipped`, or a
/// family, `typography`. Where that would make another mistake, the record is left as it is.
pub fn fix(workspace: &mut Workspace, names: &[String]) -> Result<Plan, Refusal> {
    request::is_understood(workspace)?;
    let mut left = BTreeSet::new();
    loop {
        let (texts, count) = corrected(workspace, names, &left);
        let mut draft = Draft::new(workspace.sources());
        for (path, text) in &texts {
            let whole = 0..workspace.sources().text(path).unwrap_or_default().len();
            draft.splice(path, Splice::new(whole, text.clone()));
        }
        lock::follow(&mut draft, workspace, &Gone::new());
        let mut plan = draft.plan();
        let (_, mistakes) = trial::try_out(workspace, &plan, |_| ());
        if mistakes.is_empty() {
            if count > 0 {
                plan.notes.push(PerLang {
                    en: format!("corrections: {count}, in {} files", texts.len()),
                    fr: format!("corrections : {count}, dans {} fichiers", texts.len()),
                });
            }
            return Ok(plan);
        }
        let before = left.len();
        left.extend(mistakes.iter().map(|mistake| record_of(&mistake.place.file)));
        // A mistake that shows elsewhere comes from any of them.
        if texts.keys().all(|path| !left.contains(&record_of(path))) || left.len() == before {
            left.extend(texts.keys().map(record_of));
        }
    }
}

/// What a file belongs to: a mistake of one side may come from the other.
fn record_of(path: &ContentPath) -> String {
    ContentKind::of(path).id().unwrap_or(path.as_str()).to_owned()
}

/// The texts of files with corrections, and how many there are. The workspace is left as it was.
fn corrected(
    workspace: &mut Workspace,
    names: &[String],
    left: &BTreeSet<String>,
) -> (BTreeMap<ContentPath, String>, usize) {
    let (before, mut texts, mut count) = (workspace.sources().clone(), BTreeMap::new(), 0);
    for _ in 0..ROUNDS {
        let mut splices = BTreeMap::<ContentPath, Vec<Splice>>::new();
        let is_meant =
            |mistake: &&Diagnostic| is_named(mistake.name, names) && !left.contains(&record_of(&mistake.place.file));
        for mistake in workspace.mistakes().iter().filter(is_meant) {
            splices.entry(mistake.place.file.clone()).or_default().extend(splice(workspace, mistake));
        }
        splices.retain(|_, splices| !splices.is_empty());
        if splices.is_empty() {
            break;
        }
        let mut files = Vec::new();
        for (path, splices) in splices {
            count += splices.len();
            let text = splice::apply(workspace.sources().text(&path).unwrap_or_default(), splices);
            files.push(FileChange {
                path: path.clone(),
                state: FileState::Text(text.clone().into_bytes()),
                mistakes: vec![],
            });
            texts.insert(path, text);
        }
        workspace.apply(Changes { files, theme: None }, &mut |_| ());
    }
    let back = texts.keys().map(|path| FileChange { path: path.clone(), state: before.state(path), mistakes: vec![] });
    let back = Changes { files: back.collect(), theme: None };
    workspace.apply(back, &mut |_| ());
    (texts, count)
}

/// What puts one mistake right.
fn splice(workspace: &Workspace, mistake: &Diagnostic) -> Option<Splice> {
    let fix = mistake.fix.as_ref()?;
    let text = workspace.sources().texts().get(&mistake.place.file)?;
    Some(Splice::new(fix.range(text, mistake.place.span)?, fix.instead.clone()))
}

/// Whether a mistake is among those named, by its name or by its family; without names, all are.
fn is_named(mistake: &str, names: &[String]) -> bool {
    let is_family =
        |name: &str| mistake.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    names.is_empty() || names.iter().any(|name| is_family(name))
}
