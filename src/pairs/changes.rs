//! What happened to one side since it was confirmed: [`changes`], told section by section.
//!
//! Sections that are alike are paired first; what is left is paired by its heading, then by what stands in it, then by
//! its place. A section that stands elsewhere has moved; within a pair, units are compared in the same way.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::lock::Line;
use super::outline::{Kind, Mark};

/// What happened in one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where the section stands now; none where it is gone.
    pub now: Option<usize>,
    /// Where the section stood when it was confirmed; none where it is new.
    pub was: Option<usize>,
    /// What happened, the gravest first.
    pub what: Vec<What>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The section is new.
    SectionAdded,
    /// The section is gone.
    SectionRemoved,
    /// The section stands elsewhere.
    SectionMoved,
    /// The heading has other words.
    HeadingRenamed,
    /// The heading has another level.
    LevelChanged,
    /// The field has another value.
    ValueChanged,
    /// A unit is new.
    Added(Kind),
    /// A unit is gone.
    Removed(Kind),
    /// A unit stands elsewhere.
    Moved(Kind),
    /// A unit has other words.
    Rewritten(Kind),
    /// A number is another one.
    NumberChanged,
    /// A link leads elsewhere, or is new or gone.
    LinkChanged,
    /// Code is other code.
    CodeChanged,
}

/// What happened between the confirmed lines of a side and its present ones, in the order of the present side.
pub(super) fn changes(old: &[Line], new: &[Line]) -> Vec<Change> {
    let pairing = pair_up(old, new);
    let mut changes = Vec::new();
    for (at, line) in new.iter().enumerate() {
        match pairing.old_of[at] {
            None => changes.push(Change { now: Some(at), was: None, what: vec![What::SectionAdded] }),
            Some(before) => {
                let mut what = Vec::new();
                if pairing.moved[at] {
                    what.push(What::SectionMoved);
                }
                within(&old[before], line, &mut what);
                what.sort_unstable();
                what.dedup();
                if !what.is_empty() {
                    changes.push(Change { now: Some(at), was: Some(before), what });
                }
            }
        }
    }
    for at in 0..old.len() {
        if !pairing.old_of.contains(&Some(at)) {
            changes.push(Change { now: None, was: Some(at), what: vec![What::SectionRemoved] });
        }
    }
    changes
}

/// Which old section each present one was.
struct Pairing {
    old_of: Vec<Option<usize>>,
    moved: Vec<bool>,
}

fn pair_up(old: &[Line], new: &[Line]) -> Pairing {
    let mut old_of = vec![None; new.len()];
    let mut moved = vec![false; new.len()];
    let mut free: Vec<bool> = vec![true; old.len()];

    // What stands unchanged and in order.
    let keys = |lines: &[Line]| lines.iter().map(|line| (line.field.clone(), line.marks.clone())).collect::<Vec<_>>();
    for op in capture_diff_slices(Algorithm::Myers, &keys(old), &keys(new)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for step in 0..len {
                old_of[new_index + step] = Some(old_index + step);
                free[old_index + step] = false;
            }
        }
    }
    let rules: [fn(&Line, &Line) -> bool; 5] = [
        |old, new| old.field.is_some() && old.field == new.field,
        |old, new| old.marks == new.marks,
        |old, new| is_heading(new) && old.marks.first() == new.marks.first(),
        |old, new| old.marks.len() > 1 && old.marks[1..] == *new.marks.get(1..).unwrap_or_default(),
        |old, new| alike(&old.marks, &new.marks),
    ];
    for rule in rules {
        for at in 0..new.len() {
            if old_of[at].is_some() {
                continue;
            }
            // The nearest one first: a heading such as "Contact" may stand several times.
            let mut candidates: Vec<usize> = (0..old.len())
                .filter(|before| free[*before] && both_kinds(&old[*before], &new[at]) && rule(&old[*before], &new[at]))
                .collect();
            candidates.sort_by_key(|before| before.abs_diff(at));
            if let Some(before) = candidates.first() {
                old_of[at] = Some(*before);
                free[*before] = false;
            }
        }
    }
    // What is left between the same neighbours is one section, rewritten.
    for at in 0..new.len() {
        let before = match at.checked_sub(1) {
            None => 0,
            Some(above) => match old_of[above] {
                Some(above) => above + 1,
                None => continue,
            },
        };
        let is_left = old_of[at].is_none() && free.get(before) == Some(&true) && both_kinds(&old[before], &new[at]);
        let counts_agree = new[at..].iter().zip(&old_of[at..]).take_while(|(_, old)| old.is_none()).count()
            == free[before.min(free.len())..].iter().take_while(|free| **free).count();
        if is_left && counts_agree {
            old_of[at] = Some(before);
            free[before] = false;
        }
    }
    mark_moved(&old_of, old, &mut moved);
    Pairing { old_of, moved }
}

/// Tells which sections stand elsewhere: those outside the longest run that kept its order.
fn mark_moved(old_of: &[Option<usize>], old: &[Line], moved: &mut [bool]) {
    let order: Vec<(usize, usize)> = old_of
        .iter()
        .enumerate()
        .filter_map(|(at, before)| before.map(|before| (at, before)))
        .filter(|(_, before)| old[*before].field.is_none())
        .collect();
    let mut length = vec![1; order.len()];
    let mut previous = vec![None; order.len()];
    for at in 0..order.len() {
        for before in 0..at {
            if order[before].1 < order[at].1 && length[before] + 1 > length[at] {
                length[at] = length[before] + 1;
                previous[at] = Some(before);
            }
        }
    }
    let mut kept = vec![false; order.len()];
    let mut at = (0..order.len()).rev().max_by_key(|at| length[*at]);
    while let Some(here) = at {
        kept[here] = true;
        at = previous[here];
    }
    for (kept, (at, _)) in kept.into_iter().zip(order) {
        moved[at] = !kept;
    }
}

fn is_heading(line: &Line) -> bool {
    matches!(line.marks.first(), Some(Mark { kind: Kind::Heading(_), .. }))
}

fn both_kinds(old: &Line, new: &Line) -> bool {
    old.field.is_some() == new.field.is_some() && (old.field.is_none() || old.field == new.field)
}

/// Whether at least half of what the longer section holds stands in the other too.
fn alike(old: &[Mark], new: &[Mark]) -> bool {
    let shared = new.iter().filter(|mark| old.contains(mark)).count();
    shared * 2 >= old.len().max(new.len())
}

fn within(old: &Line, new: &Line, what: &mut Vec<What>) {
    if old.marks == new.marks {
        return;
    }
    let (old_marks, new_marks) = match (old.marks.split_first(), new.marks.split_first()) {
        (Some((was, old)), Some((now, new)))
            if matches!((was.kind, now.kind), (Kind::Heading(_), Kind::Heading(_))) =>
        {
            if was.words != now.words || was.numbers != now.numbers {
                what.push(What::HeadingRenamed);
            }
            if was.links != now.links {
                what.push(What::LinkChanged);
            }
            if was.kind != now.kind {
                what.push(What::LevelChanged);
            }
            (old, new)
        }
        _ => (&old.marks[..], &new.marks[..]),
    };
    let (mut gone, mut fresh) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, old_marks, new_marks) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                gone.extend_from_slice(&old_marks[old_index..old_index + old_len]);
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                fresh.extend_from_slice(&new_marks[new_index..new_index + new_len]);
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                replaced(
                    &old_marks[old_index..old_index + old_len],
                    &new_marks[new_index..new_index + new_len],
                    what,
                    &mut gone,
                    &mut fresh,
                );
            }
        }
    }
    // What went in one place and came in another has moved.
    for mark in fresh {
        match gone.iter().position(|old| *old == mark) {
            Some(at) => {
                gone.remove(at);
                what.push(What::Moved(mark.kind));
            }
            None => what.push(if mark.kind == Kind::Value { What::ValueChanged } else { What::Added(mark.kind) }),
        }
    }
    what.extend(
        gone.into_iter()
            .map(|mark| if mark.kind == Kind::Value { What::ValueChanged } else { What::Removed(mark.kind) }),
    );
}

/// What stands in place of something else: the same words with another number or link, other words, or neither.
fn replaced(old: &[Mark], new: &[Mark], what: &mut Vec<What>, gone: &mut Vec<Mark>, fresh: &mut Vec<Mark>) {
    let mut left: Vec<Mark> = old.to_vec();
    let mut rest = Vec::new();
    for mark in new {
        match left.iter().position(|old| old.kind == mark.kind && old.words == mark.words) {
            Some(at) => {
                let was = left.remove(at);
                if was.numbers != mark.numbers {
                    what.push(What::NumberChanged);
                }
                if was.links != mark.links {
                    what.push(What::LinkChanged);
                }
            }
            None => rest.push(*mark),
        }
    }
    for mark in rest {
        let same_kind = left.iter().position(|old| old.kind == mark.kind);
        // Where more came than went, which of them is new cannot be known: the first are taken for rewritten.
        match same_kind {
            Some(at) if !fresh.contains(&mark) => {
                let was = left.remove(at);
                what.push(match mark.kind {
                    Kind::Code => What::CodeChanged,
                    Kind::Value => What::ValueChanged,
                    kind => What::Rewritten(kind),
                });
                if was.links != mark.links {
                    what.push(What::LinkChanged);
                }
            }
            _ => fresh.push(mark),
        }
    }
    gone.extend(left);
}

/// For each section of one side, the one of the other side that says the same: fields by name, sections by their order
/// and the levels of their headings.
pub(super) fn counterparts(own: &[Line], other: &[Line]) -> Vec<Option<usize>> {
    let fields = |line: &Line| other.iter().position(|twin| twin.field.is_some() && twin.field == line.field);
    let body = |lines: &[Line]| -> Vec<usize> { (0..lines.len()).filter(|at| lines[*at].field.is_none()).collect() };
    let shape = |lines: &[Line], at: &[usize]| -> Vec<Option<Kind>> {
        at.iter()
            .map(|at| lines[*at].marks.first().map(|mark| mark.kind).filter(|kind| matches!(kind, Kind::Heading(_))))
            .collect()
    };
    let mut twins: Vec<Option<usize>> = own.iter().map(|line| line.field.as_ref().and_then(|_| fields(line))).collect();
    let (own_body, other_body) = (body(own), body(other));
    for op in capture_diff_slices(Algorithm::Myers, &shape(own, &own_body), &shape(other, &other_body)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for step in 0..len {
                twins[own_body[old_index + step]] = Some(other_body[new_index + step]);
            }
        }
    }
    twins
}
