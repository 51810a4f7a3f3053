//! Which old section each section of a side was when it was confirmed: [`align`].
//!
//! Sections that are alike are paired first; the rest are paired by heading, then by content, then by place. A section
//! in another place has moved.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use super::lock::Line;
use super::matching;
use super::outline::{Kind, Mark};

/// Which old section each current one was.
pub(super) struct Alignment {
    /// The old section of each current one; `None` if it is new.
    pub(super) old_of: Vec<Option<usize>>,
    /// Whether each current section has moved.
    pub(super) moved: Vec<bool>,
    /// The old sections that are gone.
    pub(super) gone: Vec<usize>,
}

/// Sections that share only part of their contents are compared with this many old ones on either side.
const NEAR: usize = 32;

/// Pairs the sections of a side with those that it had.
pub(super) fn align(old: &[Line], new: &[Line]) -> Alignment {
    let mut pairing = Pairing { old, new, old_of: vec![None; new.len()], free: (0..old.len()).collect() };
    // The sections that are unchanged and in order.
    for (before, at) in matching::in_order(old, new) {
        pairing.pair(before, at);
    }
    pairing.by(|line| line.field.as_ref());
    pairing.by(Some);
    pairing.by(|line| {
        line.marks.first().filter(|mark| matches!(mark.kind, Kind::Heading(_))).map(|mark| (line.field.as_ref(), mark))
    });
    pairing.by(|line| line.marks.get(1..).filter(|marks| !marks.is_empty()).map(|marks| (line.field.as_ref(), marks)));
    pairing.by_half();
    pairing.by_place();
    let moved = moved(&pairing.old_of, old);
    Alignment { old_of: pairing.old_of, moved, gone: pairing.free.into_iter().collect() }
}

struct Pairing<'a> {
    old: &'a [Line],
    new: &'a [Line],
    old_of: Vec<Option<usize>>,
    /// The old sections that are not paired yet.
    free: BTreeSet<usize>,
}

impl<'a> Pairing<'a> {
    fn pair(&mut self, before: usize, at: usize) {
        self.old_of[at] = Some(before);
        self.free.remove(&before);
    }

    fn unpaired(&self) -> Vec<usize> {
        (0..self.new.len()).filter(|at| self.old_of[*at].is_none()).collect()
    }

    /// Pairs each section with the nearest old one that has the same key: a heading such as "Contact" may come several
    /// times.
    fn by<K: Eq + Hash>(&mut self, key: impl Fn(&'a Line) -> Option<K>) {
        let (old, new) = (self.old, self.new);
        let mut places = HashMap::<K, BTreeSet<usize>>::new();
        for before in &self.free {
            if let Some(key) = key(&old[*before]) {
                places.entry(key).or_default().insert(*before);
            }
        }
        for at in self.unpaired() {
            let Some(places) = key(&new[at]).and_then(|key| places.get_mut(&key)) else { continue };
            let above = places.range(..=at).next_back();
            let below = places.range(at..).next();
            let nearest = above.into_iter().chain(below).min_by_key(|before| before.abs_diff(at)).copied();
            if let Some(before) = nearest {
                places.remove(&before);
                self.pair(before, at);
            }
        }
    }

    /// Pairs each section with the nearest old one that shares at least half of the longer one's content with it.
    fn by_half(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut held = HashMap::<usize, HashSet<&Mark>>::new();
        for at in self.unpaired() {
            let above = self.free.range(..=at).rev().take(NEAR);
            let below = self.free.range(at + 1..).take(NEAR);
            let mut near: Vec<usize> =
                above.chain(below).copied().filter(|before| fits(&old[*before], &new[at])).collect();
            near.sort_by_key(|before| (before.abs_diff(at), *before));
            let alike = |before: &usize| {
                let (old, new) = (&old[*before].marks, &new[at].marks);
                let most = old.len().max(new.len());
                let held = held.entry(*before).or_insert_with(|| old.iter().collect());
                new.len() * 2 >= most && new.iter().filter(|mark| held.contains(mark)).count() * 2 >= most
            };
            if let Some(before) = near.into_iter().find(alike) {
                self.pair(before, at);
            }
        }
    }

    /// A section left between the same neighbours is the same one, rewritten.
    fn by_place(&mut self) {
        let mut at = 0;
        while at < self.new.len() {
            let run = self.old_of[at..].iter().take_while(|old| old.is_none()).count();
            let above = at.checked_sub(1).map_or(Some(0), |above| self.old_of[above].map(|above| above + 1));
            if let Some(before) = above.filter(|_| run > 0) {
                let free = (before..).take(run + 1).take_while(|before| self.free.contains(before)).count();
                for step in 0..if free == run { run } else { 0 } {
                    if !fits(&self.old[before + step], &self.new[at + step]) {
                        break;
                    }
                    self.pair(before + step, at + step);
                }
            }
            at += run.max(1);
        }
    }
}

/// Whether both are sections of words, or the same field.
fn fits(old: &Line, new: &Line) -> bool {
    old.field == new.field
}

/// Says which sections have moved: those outside the longest run that kept its order.
fn moved(old_of: &[Option<usize>], old: &[Line]) -> Vec<bool> {
    let order = old_of.iter().enumerate().filter_map(|(at, before)| before.map(|before| (at, before)));
    let order: Vec<(usize, usize)> = order.filter(|(_, before)| old[*before].field.is_none()).collect();
    let mut moved = vec![false; old_of.len()];
    for (at, _) in &order {
        moved[*at] = true;
    }
    let olds: Vec<usize> = order.iter().map(|(_, before)| *before).collect();
    for kept in matching::longest_rising(&olds) {
        moved[order[kept].0] = false;
    }
    moved
}
