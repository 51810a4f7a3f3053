//! Corrects mistakes that say what to write instead: [`fix`].

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::lock::{self, Gone};
use super::splice::{self, Splice};
use super::{Plan, Refusal, trial};
use crate::diagnostic::{Diagnostic, Place, Severity, Span};
use crate::lang::PerLang;
use crate::layout::{ContentKind, LOCK};
use crate::path::ContentPath;
use crate::source::{FileChange, FileState};
use crate::workspace::{Changes, Workspace};

/// One correction can reveal another one; more rounds than this gain nothing.
const ROUNDS: usize = 8;

/// Plans to correct every mistake that says what to write instead, or those of some names: `heading-skipped`, or a
/// family, `typography`. A correction that would cause an error is left out. A difference between the sides does not
/// count as one: a date that is written correctly is only compared better. Records with a file that cannot be read are
/// left as they are, and a note lists them.
pub fn fix(workspace: &mut Workspace, names: &[String]) -> Result<Plan, Refusal> {
    let unread = errors(workspace.unreadable());
    // The pair's entry in the lock must follow each correction.
    if unread.iter().any(|mistake| mistake.place.file.as_str() == LOCK) {
        return Err(Refusal::content(unread));
    }
    let mut left = LeftOut::of_unread(&unread);
    loop {
        let (texts, count) = corrected(workspace, names, &left);
        let mut draft = Draft::new(workspace.sources());
        for (path, text) in &texts {
            let whole = 0..workspace.sources().text(path).unwrap_or_default().len();
            draft.splice(path, Splice::new(whole, text.clone()));
        }
        lock::follow(&mut draft, workspace, &Gone::new());
        let mut plan = draft.plan();
        let ((), mistakes) = trial::try_out(workspace, &plan, |_| ());
        let mut mistakes = errors(mistakes);
        mistakes.retain(|mistake| !mistake.name.starts_with("parity-"));
        if mistakes.is_empty() {
            if count > 0 {
                let files = super::in_files(texts.len());
                plan.notes.push(PerLang {
                    en: format!("corrections: {count}, in {}", files.en),
                    fr: format!("corrections : {count}, dans {}", files.fr),
                });
            }
            plan.notes.extend(note_of(&unread));
            return Ok(plan);
        }
        left.leave_out(&mistakes, &texts);
    }
}

fn errors(mut mistakes: Vec<Diagnostic>) -> Vec<Diagnostic> {
    mistakes.retain(|mistake| mistake.severity == Severity::Error);
    mistakes
}

/// At most this many unreadable files are named.
const SHOWN: usize = 5;

/// Says which files cannot be read, so that nothing in them was corrected.
fn note_of(unread: &[Diagnostic]) -> Option<PerLang<String>> {
    let files: BTreeSet<&str> = unread.iter().map(|mistake| mistake.place.file.as_str()).collect();
    let mut list = files.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if files.len() > SHOWN {
        list.push_str(", …");
    }
    (!files.is_empty()).then(|| PerLang {
        en: format!("left as they are, since they cannot be read: {list}; “diptych check” says why"),
        fr: format!("laissés tels quels, car ils sont illisibles : {list}; « diptych check » dit pourquoi"),
    })
}

/// What is not corrected, because that would cause an error, or because a file cannot be read.
#[derive(Default)]
struct LeftOut {
    lines: BTreeSet<(ContentPath, usize)>,
    records: BTreeSet<String>,
    /// Whether names of records are left out: the one that is meant may be in an unreadable file.
    names: bool,
    everything: bool,
}

impl LeftOut {
    /// Leaves out the records that have an unreadable file.
    fn of_unread(unread: &[Diagnostic]) -> Self {
        let records = unread.iter().map(|mistake| record_of(&mistake.place.file)).collect();
        Self { records, names: !unread.is_empty(), ..Self::default() }
    }

    /// Leaves out what causes errors: first the lines that they are on, then their records, then everything.
    fn leave_out(&mut self, errors: &[Diagnostic], texts: &BTreeMap<ContentPath, String>) {
        let mut grown = false;
        for Place { file, span } in errors.iter().map(|error| &error.place) {
            let Some(text) = texts.get(file) else { continue };
            grown |= self.lines.insert((file.clone(), line(text, *span)));
        }
        if !grown {
            let records = errors.iter().map(|error| record_of(&error.place.file));
            let corrected: BTreeSet<String> = texts.keys().map(record_of).collect();
            grown = records
                .filter(|record| corrected.contains(record))
                .fold(false, |grown, record| self.records.insert(record) | grown);
        }
        self.everything |= !grown;
    }

    fn has(&self, mistake: &Diagnostic, text: &str) -> bool {
        let Place { file, span } = &mistake.place;
        self.everything
            || self.names && matches!(mistake.name, "broken-link" | "unknown-reference" | "dead-heading")
            || self.records.contains(&record_of(file))
            || self.lines.contains(&(file.clone(), line(text, *span)))
    }
}

/// The line that a place begins on. Corrections never add or remove a line.
fn line(text: &str, span: Span) -> usize {
    let before = text.get(..span.range().start).unwrap_or(text);
    before.matches('\n').count()
}

/// What a file belongs to: an error of one side may come from the other.
fn record_of(path: &ContentPath) -> String {
    ContentKind::of(path).id().unwrap_or(path.as_str()).to_owned()
}

/// The texts of files with corrections, and how many there are. The workspace is left as it was.
fn corrected(workspace: &mut Workspace, names: &[String], left: &LeftOut) -> (BTreeMap<ContentPath, String>, usize) {
    let (before, mut texts, mut count) = (workspace.sources().clone(), BTreeMap::new(), 0);
    for _ in 0..ROUNDS {
        let mut splices = BTreeMap::<ContentPath, Vec<Splice>>::new();
        for mistake in workspace.mistakes().iter().filter(|mistake| is_named(mistake.name, names)) {
            let text = workspace.sources().text(&mistake.place.file).unwrap_or_default();
            if !left.has(mistake, text) {
                splices.entry(mistake.place.file.clone()).or_default().extend(splice(workspace, mistake));
            }
        }
        splices.retain(|_, splices| !splices.is_empty());
        if splices.is_empty() {
            break;
        }
        let mut files = Vec::new();
        for (path, splices) in splices {
            count += splices.len();
            let text = splice::apply(workspace.sources().text(&path).unwrap_or_default(), splices);
            let state = FileState::Text(text.clone().into_bytes());
            files.push(FileChange { path: path.clone(), state, mistakes: vec![] });
            texts.insert(path, text);
        }
        workspace.apply(Changes { files, theme: None }, &mut |_| ());
    }
    let back = texts.keys().map(|path| FileChange { path: path.clone(), state: before.state(path), mistakes: vec![] });
    let back = Changes { files: back.collect(), theme: None };
    workspace.apply(back, &mut |_| ());
    (texts, count)
}

/// The change that corrects one mistake.
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
