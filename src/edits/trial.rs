//! A plan tried on the workspace before anything is written: [`try_out`].

use std::collections::{BTreeMap, HashSet};

use super::{Plan, Step};
use crate::diagnostic::{Diagnostic, Severity};
use crate::path::ContentPath;
use crate::source::{FileChange, FileState, Sources};
use crate::workspace::{Changes, Workspace};

/// The files of a site after a plan.
pub(super) fn after(sources: &Sources, plan: &Plan) -> Sources {
    let mut after = sources.clone();
    for FileChange { path, state, .. } in changes(plan, sources) {
        after.apply(&path, state);
    }
    after
}

/// What `look` returns for the workspace after a plan, and the mistakes that it has only then. The workspace is left as
/// it was.
pub(super) fn try_out<T>(
    workspace: &mut Workspace,
    plan: &Plan,
    look: impl FnOnce(&Workspace) -> T,
) -> (T, Vec<Diagnostic>) {
    let before: Vec<Diagnostic> = workspace.mistakes().to_vec();
    let sources = workspace.sources().clone();
    let there = changes(plan, &sources);
    let back = there.iter().map(|change| {
        let path = change.path.clone();
        let mistakes = workspace.met_when_read(&path);
        FileChange { state: sources.state(&path), path, mistakes }
    });
    let back: Vec<FileChange> = back.collect();
    workspace.apply(Changes { files: there, theme: None }, &mut |_| ());
    let seen = look(workspace);
    let mistakes = only_after(&before, workspace.mistakes(), plan);
    workspace.apply(Changes { files: back, theme: None }, &mut |_| ());
    (seen, mistakes)
}

/// What a plan makes of each file.
fn changes(plan: &Plan, sources: &Sources) -> Vec<FileChange> {
    let mut changes = Vec::new();
    let mut push = |path: &ContentPath, state| changes.push(FileChange { path: path.clone(), state, mistakes: vec![] });
    let text = |text: &str| FileState::Text(text.as_bytes().to_vec());
    for step in &plan.steps {
        match step {
            Step::Create { path, text: new } => push(path, text(new)),
            Step::Edit { path, after, .. } => push(path, text(after)),
            Step::Move { from, to, text: new } => {
                push(from, FileState::Gone);
                push(to, new.as_ref().map_or_else(|| sources.state(from), |(_, new)| text(new)));
            }
            Step::Remove { path, .. } => push(path, FileState::Gone),
        }
    }
    changes
}

/// The mistakes of `after` that are not among those of `before`, wherever they are in a file now.
fn only_after(before: &[Diagnostic], after: &[Diagnostic], plan: &Plan) -> Vec<Diagnostic> {
    let moved: BTreeMap<&ContentPath, &ContentPath> = plan
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Move { from, to, .. } => Some((from, to)),
            Step::Create { .. } | Step::Edit { .. } | Step::Remove { .. } => None,
        })
        .collect();
    let mut known: BTreeMap<(&str, &ContentPath, Severity), usize> = BTreeMap::new();
    for Diagnostic { name, place, severity, .. } in before {
        let file = moved.get(&place.file).copied().unwrap_or(&place.file);
        *known.entry((name, file, *severity)).or_default() += 1;
    }
    // Among several mistakes of one name in a file, the new ones are those with a message that none had before.
    let messages: HashSet<&str> = before.iter().map(|mistake| mistake.message.en.as_str()).collect();
    let said = |mistake: &&Diagnostic| messages.contains(mistake.message.en.as_str());
    let (old, new): (Vec<_>, Vec<_>) = after.iter().partition(said);
    let mut only = Vec::new();
    for mistake in old.into_iter().chain(new) {
        match known.get_mut(&(mistake.name, &mistake.place.file, mistake.severity)) {
            Some(left) if *left > 0 => *left -= 1,
            _ => only.push(mistake.clone()),
        }
    }
    only
}

/// What the files that a plan changes will say.
pub(super) fn texts(plan: &Plan) -> BTreeMap<ContentPath, String> {
    let text = |step: &Step| match step {
        Step::Create { path, text } => Some((path.clone(), text.clone())),
        Step::Edit { path, after, .. } => Some((path.clone(), after.clone())),
        Step::Move { to, text: Some((_, after)), .. } => Some((to.clone(), after.clone())),
        Step::Move { text: None, .. } | Step::Remove { .. } => None,
    };
    plan.steps.iter().filter_map(text).collect()
}
