//! What a plan does to `pairs.lock`: a record that moves takes its confirmation along, and updating a link to it leaves
//! a pair as equal, or as outdated, as it was.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::draft::Draft;
use super::splice::Splice;
use super::{Plan, Step, trial};
use crate::lang::Lang;
use crate::layout::{self, ContentKind};
use crate::pairs::{self, lock};
use crate::parse;
use crate::path::ContentPath;
use crate::source::Sources;
use crate::workspace::Workspace;

/// Where records go: to another id, or away.
pub(super) type Gone<'a> = BTreeMap<&'a str, Option<&'a str>>;

/// Adds to a draft what it has to change in `pairs.lock`.
pub(super) fn follow(draft: &mut Draft, workspace: &Workspace, gone: &Gone<'_>) {
    let path = ContentPath::new(layout::LOCK);
    let Some(text) = workspace.sources().text(&path) else { return };
    let plan = draft.plan();
    let after = trial::after(workspace.sources(), &plan);
    let touched = touched(&plan);
    let mut blocks = blocks(text);
    let mut gone_on = Vec::new();
    blocks.retain_mut(|block| {
        let new = gone.get(&*block.id).copied().unwrap_or(Some(&block.id)).map(str::to_owned);
        let Some(new) = new else { return false };
        if touched.contains(&block.id) {
            let marks = changed_marks(&block.id, workspace.sources(), &new, &after);
            if !marks.is_empty() {
                block.text = with_marks(&block.text, &marks);
            }
        }
        if new != block.id {
            block.text = renamed(&block.text, &block.id, &new);
            block.id = new;
            gone_on.push(std::mem::take(block));
            return false;
        }
        true
    });
    // The records are in order, so that two people who confirm different ones cause no conflict.
    for block in gone_on {
        let at = blocks.iter().position(|other| other.id > block.id).unwrap_or(blocks.len());
        blocks.insert(at, block);
    }
    let written: String = blocks.into_iter().map(|block| block.text).collect();
    if written != text {
        draft.splice(&path, Splice::new(0..text.len(), written));
    }
}

/// The lines of one record, or what is before the first one, whose id is empty.
#[derive(Default)]
struct Block {
    id: String,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = vec![Block::default()];
    for line in text.split_inclusive('\n') {
        let id = id_of(line);
        if let Some(id) = id.filter(|id| blocks.last().is_none_or(|block| block.id != *id)) {
            blocks.push(Block { id: id.to_owned(), text: String::new() });
        }
        if let Some(block) = blocks.last_mut() {
            block.text.push_str(line);
        }
    }
    blocks
}

/// The id that a line begins with; `None` for comments and further lines of a record.
fn id_of(line: &str) -> Option<&str> {
    let first = line.split_ascii_whitespace().next().filter(|_| !line.starts_with([' ', '\t', '-', '#']));
    first.map(|first| first.strip_suffix(':').unwrap_or(first).trim_matches(['"', '\'']))
}

/// The lines of a record under another id.
fn renamed(lines: &str, id: &str, new: &str) -> String {
    let line = |line: &str| if id_of(line) == Some(id) { line.replacen(id, new, 1) } else { line.to_owned() };
    lines.split_inclusive('\n').map(line).collect()
}

/// The records whose words or facts a plan changes.
fn touched(plan: &Plan) -> BTreeSet<String> {
    let changed = plan.steps.iter().filter_map(|step| match step {
        Step::Edit { path, .. } | Step::Move { from: path, text: Some(_), .. } => Some(path),
        Step::Create { .. } | Step::Move { text: None, .. } | Step::Remove { .. } => None,
    });
    changed.filter_map(|path| ContentKind::of(path).id().map(str::to_owned)).collect()
}

/// The marks of units that a plan changes, as they are in the file, with what they are afterwards. A unit that had
/// changed since it was confirmed has another mark there, and stays as outdated as it was.
fn changed_marks(id: &str, before: &Sources, new: &str, after: &Sources) -> HashMap<String, String> {
    let outlines = |id, sources| pairs::outlines(&parse::record(id, sources, None).0);
    let (before, after) = (outlines(id, before), outlines(new, after));
    let mut marks = HashMap::new();
    for lang in Lang::BOTH {
        let of = |outline: &pairs::Outline| -> Vec<String> {
            let units = outline.sections.iter().flat_map(|section| &section.units);
            units.map(|unit| lock::written(unit.mark)).collect()
        };
        let (before, after) = (of(before.get(lang)), of(after.get(lang)));
        if before.len() == after.len() {
            marks.extend(before.into_iter().zip(after).filter(|(before, after)| before != after));
        }
    }
    marks
}

fn with_marks(text: &str, marks: &HashMap<String, String>) -> String {
    let is_break = |c: char| c.is_ascii_whitespace();
    let word = |word: &str| match marks.get(word.trim_end_matches(is_break)) {
        Some(new) => format!("{new}{}", &word[word.trim_end_matches(is_break).len()..]),
        None => word.to_owned(),
    };
    text.split_inclusive(is_break).map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECTIONS: &str = "# What was said.\na/x 2026-01-31 /title v1 | v2\na/x - pA~b | pC ! links\nb/y - p1 | p2\n";

    #[test]
    fn the_lines_of_a_record_follow_it_in_either_format() {
        let ids = |text: &str| blocks(text).into_iter().map(|block| block.id).collect::<Vec<String>>();
        assert_eq!(ids(SECTIONS), ["", "a/x", "b/y"]);
        assert_eq!(ids("# .\na/x:\n  en:\n  - p1\n'b/y':\n  en: []\n"), ["", "a/x", "b/y"]);
        let all = blocks(SECTIONS);
        let own = &all[1].text;
        assert_eq!(renamed(own, "a/x", "c/z"), "c/z 2026-01-31 /title v1 | v2\nc/z - pA~b | pC ! links\n");
        let marks = HashMap::from([("pA~b".to_owned(), "pA~d".to_owned())]);
        assert!(with_marks(own, &marks).ends_with("a/x - pA~d | pC ! links\n"));
    }
}
