//! What a plan says to a person: [`summary`], file by file; [`diff`], line by line; [`json()`] for other front ends.
//! Owns how changes are displayed.

use std::fmt::Write as _;

use serde_json::{Value, json};
use similar::TextDiff;

use super::{Plan, Step};
use crate::lang::Lang;
use crate::path::ContentPath;

/// At most this many files are named one by one.
const SHOWN: usize = 30;

/// What a plan does: its notes, then each file in a line.
pub fn summary(plan: &Plan, lang: Lang, name: &dyn Fn(&ContentPath) -> String) -> String {
    let mut text: String = plan.notes.iter().map(|note| format!("{}\n", note.get(lang))).collect();
    let words: [&str; 4] = match lang {
        Lang::En => ["new", "changed", "moved", "removed"],
        Lang::Fr => ["nouveau", "modifié", "déplacé", "supprimé"],
    };
    let width = words.iter().map(|word| word.chars().count()).max().unwrap_or_default();
    for step in plan.steps.iter().take(SHOWN) {
        let (word, file) = match step {
            Step::Create { path, .. } => (words[0], name(path)),
            Step::Edit { path, .. } => (words[1], name(path)),
            Step::Move { from, to, .. } => (words[2], format!("{} → {}", name(from), name(to))),
            Step::Remove { path, .. } => (words[3], name(path)),
        };
        let _ = writeln!(text, "  {word:width$}  {file}");
    }
    if let Some(more @ 1..) = plan.steps.len().checked_sub(SHOWN) {
        let _ = match lang {
            Lang::En => writeln!(text, "  … and {more} more files"),
            Lang::Fr => writeln!(text, "  … et {more} autres fichiers"),
        };
    }
    text
}

/// The lines that change, as `diff -u` and git write them.
pub fn diff(plan: &Plan, name: &dyn Fn(&ContentPath) -> String) -> String {
    let nothing = || "/dev/null".to_owned();
    let mut text = String::new();
    for step in &plan.steps {
        let (old, new, before, after) = match step {
            Step::Create { path, text: words } => (nothing(), name(path), "", words.as_str()),
            Step::Edit { path, before, after } => (name(path), name(path), &**before, after.as_str()),
            Step::Move { from, to, text: words } => {
                let (before, after) = words.as_ref().map_or(("", ""), |(before, after)| (&**before, after.as_str()));
                let _ = writeln!(text, "rename from {}\nrename to {}", name(from), name(to));
                (name(from), name(to), before, after)
            }
            Step::Remove { path, before } => (name(path), nothing(), before.as_deref().unwrap_or_default(), ""),
        };
        if before != after {
            let diff = TextDiff::from_lines(before, after);
            let _ = write!(text, "{}", diff.unified_diff().context_radius(1).header(&old, &new));
        }
    }
    text
}

/// A plan for other front ends: `{notes, steps: [{does, path, to?, diff}]}`.
pub fn json(plan: &Plan, lang: Lang) -> Value {
    let step = |step: &Step| {
        let own = Plan { steps: vec![step.clone()], notes: Vec::new() };
        let diff = diff(&own, &ToString::to_string);
        match step {
            Step::Create { path, .. } => json!({"does": "create", "path": path.as_str(), "diff": diff}),
            Step::Edit { path, .. } => json!({"does": "edit", "path": path.as_str(), "diff": diff}),
            Step::Move { from, to, .. } => {
                json!({"does": "move", "path": from.as_str(), "to": to.as_str(), "diff": diff})
            }
            Step::Remove { path, .. } => json!({"does": "remove", "path": path.as_str(), "diff": diff}),
        }
    };
    let notes: Vec<&String> = plan.notes.iter().map(|note| note.get(lang)).collect();
    json!({"notes": notes, "steps": plan.steps.iter().map(step).collect::<Vec<_>>()})
}
