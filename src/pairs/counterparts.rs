//! Which paragraph of one language corresponds to which of the other: [`counterparts`], unit by unit within one
//! section.

use super::lock::Line;
use super::matching;
use super::outline::{Kind, Mark, Section};

/// The counterpart of a unit on the other side, and what the unit was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counterpart {
    /// The unit of the other side.
    pub twin: Option<usize>,
    /// The unit that it was when it was confirmed.
    pub was: Option<usize>,
    /// Whether it says the same as then.
    pub is_as_it_was: bool,
}

/// The counterpart of each unit of a section. `own_line` and `other_line` are what was confirmed of both sides: with
/// them, a unit that was added since is known, and has no counterpart.
pub fn counterparts(
    own: &Section,
    other: &Section,
    own_line: Option<&str>,
    other_line: Option<&str>,
) -> Vec<Counterpart> {
    let marks = |section: &Section| section.units.iter().map(|unit| unit.mark).collect::<Vec<Mark>>();
    let (own, other) = (marks(own), marks(other));
    let mut found = vec![Counterpart::default(); own.len()];
    let was_own = own_line.map(|line| Line::read(line).marks);
    if let Some(was) = &was_own {
        for (at, old) in aligned(was, &own).into_iter().enumerate() {
            found[at].was = old;
            found[at].is_as_it_was = old.is_some_and(|old| was[old] == own[at]);
        }
    }
    let Some((was_own, was_other)) = was_own.zip(other_line.map(|line| Line::read(line).marks)) else {
        for (at, twin) in matching::in_order(&kinds(&own), &kinds(&other)) {
            found[at].twin = Some(twin);
        }
        return found;
    };
    let mut now_other = vec![None; was_other.len()];
    let old_of = aligned(&was_other, &other);
    for (at, old) in old_of.iter().enumerate() {
        if let Some(old) = old {
            now_other[*old] = Some(at);
        }
    }
    let mut twin_of = vec![None; was_own.len()];
    for (at, twin) in matching::in_order(&kinds(&was_own), &kinds(&was_other)) {
        twin_of[at] = now_other[twin];
    }
    for counterpart in &mut found {
        counterpart.twin = counterpart.was.and_then(|was| twin_of[was]);
    }
    // Units that both sides gained in the same place.
    let mut next = 0;
    for at in 0..own.len() {
        if let Some(twin) = found[at].twin {
            next = twin + 1;
            continue;
        }
        let is_free = |twin: &usize| old_of[*twin].is_none() && kind(&other[*twin]) == kind(&own[at]);
        let end = found[at..].iter().find_map(|counterpart| counterpart.twin).unwrap_or(other.len());
        if found[at].was.is_none()
            && let Some(twin) = (next..end).find(is_free)
        {
            found[at].twin = Some(twin);
            next = twin + 1;
        }
    }
    found
}

fn kinds(marks: &[Mark]) -> Vec<Kind> {
    marks.iter().map(kind).collect()
}

/// The kind of a unit, whatever the level of a heading.
fn kind(mark: &Mark) -> Kind {
    match mark.kind {
        Kind::Heading(_) => Kind::Heading(2),
        kind => kind,
    }
}

/// Which old unit each current one was: the same one, else one of the same kind between units that are the same.
fn aligned(old: &[Mark], new: &[Mark]) -> Vec<Option<usize>> {
    let mut old_of = vec![None; new.len()];
    for (before, at) in matching::in_order(old, new) {
        old_of[at] = Some(before);
    }
    for (before, now) in matching::gaps(old, new) {
        let (was, is) = (kinds(&old[before.clone()]), kinds(&new[now.clone()]));
        for (old_at, new_at) in matching::in_order(&was, &is) {
            old_of[now.start + new_at] = Some(before.start + old_at);
        }
    }
    old_of
}
