//! What happened to one side since it was confirmed: [`changes`], section by section.
//!
//! [`alignment`] says which section each was; within a section, units are compared in the same way.

use std::collections::{BTreeSet, HashMap};

use super::alignment::{self, Alignment};
use super::lock::Line;
use super::matching;
use super::outline::{Kind, Mark};

/// What happened in one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where the section is now; `None` if it is gone.
    pub now: Option<usize>,
    /// Where the section was when it was confirmed; `None` if it is new.
    pub was: Option<usize>,
    /// What happened, the most important first.
    pub what: Vec<What>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The section is new.
    SectionAdded,
    /// The section is gone.
    SectionRemoved,
    /// The section has moved.
    SectionMoved,
    /// The heading has different words.
    HeadingRenamed,
    /// The heading has a different level.
    LevelChanged,
    /// The field has a different value.
    ValueChanged,
    /// A unit is new.
    Added(Kind),
    /// A unit is gone.
    Removed(Kind),
    /// A unit has moved.
    Moved(Kind),
    /// A unit has different words.
    Rewritten(Kind),
    /// A number is different.
    NumberChanged,
    /// A link leads elsewhere, or is new or gone.
    LinkChanged,
    /// Code is different.
    CodeChanged,
}

/// What happened between the confirmed lines of a side and its current ones, in the order of the current side.
pub(super) fn changes(old: &[Line], new: &[Line]) -> Vec<Change> {
    let Alignment { old_of, moved, gone } = alignment::align(old, new);
    let mut changes = Vec::new();
    for (at, line) in new.iter().enumerate() {
        match old_of[at] {
            None => changes.push(Change { now: Some(at), was: None, what: vec![What::SectionAdded] }),
            Some(before) => {
                let mut what = BTreeSet::new();
                if moved[at] {
                    what.insert(What::SectionMoved);
                }
                within(&old[before], line, &mut what);
                if !what.is_empty() {
                    changes.push(Change { now: Some(at), was: Some(before), what: what.into_iter().collect() });
                }
            }
        }
    }
    let removed = |at| Change { now: None, was: Some(at), what: vec![What::SectionRemoved] };
    changes.extend(gone.into_iter().map(removed));
    changes
}

fn within(old: &Line, new: &Line, what: &mut BTreeSet<What>) {
    if old.marks == new.marks {
        return;
    }
    let (old_marks, new_marks) = match (old.marks.split_first(), new.marks.split_first()) {
        (Some((was, old)), Some((now, new)))
            if matches!((was.kind, now.kind), (Kind::Heading(_), Kind::Heading(_))) =>
        {
            if was.words != now.words || was.numbers != now.numbers {
                what.insert(What::HeadingRenamed);
            }
            if was.links != now.links {
                what.insert(What::LinkChanged);
            }
            if was.kind != now.kind {
                what.insert(What::LevelChanged);
            }
            (old, new)
        }
        _ => (&old.marks[..], &new.marks[..]),
    };
    let (mut gone, mut fresh) = (Vec::new(), HashMap::new());
    for (old_range, new_range) in matching::gaps(old_marks, new_marks) {
        replaced(&old_marks[old_range], &new_marks[new_range], what, &mut gone, &mut fresh);
    }
    // What disappeared in one place and appeared in another has moved.
    for mark in gone {
        match fresh.get_mut(&mark).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                what.insert(What::Moved(mark.kind));
            }
            None => {
                what.insert(if mark.kind == Kind::Value { What::ValueChanged } else { What::Removed(mark.kind) });
            }
        }
    }
    let added = fresh.into_iter().filter(|(_, count)| *count > 0).map(|(mark, _)| mark.kind);
    what.extend(added.map(|kind| if kind == Kind::Value { What::ValueChanged } else { What::Added(kind) }));
}

/// What replaced something else: the same words with another number or link, different words, or neither. Other units
/// that disappeared are added to `gone`; those that appeared are counted in `fresh`.
fn replaced(
    old: &[Mark],
    new: &[Mark],
    what: &mut BTreeSet<What>,
    gone: &mut Vec<Mark>,
    fresh: &mut HashMap<Mark, usize>,
) {
    // Positions of removed units, the first one last, so that it is popped first.
    let mut by_words = HashMap::<(Kind, u64), Vec<usize>>::new();
    for (at, mark) in old.iter().enumerate().rev() {
        by_words.entry((mark.kind, mark.words)).or_default().push(at);
    }
    let mut left = vec![true; old.len()];
    let mut rest = Vec::new();
    for mark in new {
        match by_words.get_mut(&(mark.kind, mark.words)).and_then(Vec::pop) {
            Some(at) => {
                left[at] = false;
                if old[at].numbers != mark.numbers {
                    what.insert(What::NumberChanged);
                }
                if old[at].links != mark.links {
                    what.insert(What::LinkChanged);
                }
            }
            None => rest.push(*mark),
        }
    }
    let mut by_kind = HashMap::<Kind, Vec<usize>>::new();
    for at in (0..old.len()).rev().filter(|at| left[*at]) {
        by_kind.entry(old[at].kind).or_default().push(at);
    }
    for mark in rest {
        // If more appeared than disappeared, nobody knows which of them are new: the first ones count as rewritten.
        let same_kind = by_kind.get_mut(&mark.kind).filter(|_| !fresh.contains_key(&mark)).and_then(Vec::pop);
        match same_kind {
            Some(at) => {
                left[at] = false;
                what.insert(match mark.kind {
                    Kind::Code => What::CodeChanged,
                    Kind::Value => What::ValueChanged,
                    kind => What::Rewritten(kind),
                });
                if old[at].links != mark.links {
                    what.insert(What::LinkChanged);
                }
            }
            None => *fresh.entry(mark).or_default() += 1,
        }
    }
    gone.extend(old.iter().zip(left).filter(|(_, left)| *left).map(|(mark, _)| *mark));
}
