//! Which sections of the two sides say the same: [`side_by_side`].
//!
//! Fields belong together by name. Sections of words keep their order, and if the headings of both sides have the same
//! levels in the same order, they match one by one. Otherwise, the best match is found by what they share: headings of
//! one level, the same numbers, links and code. If two matches are equally good, what they disagree on is not sure.

use std::collections::{HashMap, HashSet};

use super::lock::{Confirmed, Line};
use super::outline::{Kind, Outline};
use super::{alignment, matching};
use crate::lang::{Lang, PerLang};

/// A section and the one of the other side that says the same, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twins {
    /// Where it is on each side that has it.
    pub at: PerLang<Option<usize>>,
    /// Whether no other match is as good.
    pub is_sure: bool,
}

/// The sections of two sides, each with its twin, in their order: those of the English side, and each that only the
/// French side has after the one before it. Sections that were confirmed together belong together, whatever became of
/// them.
pub fn of(outlines: PerLang<&Outline>, confirmed: Option<&Confirmed>) -> Vec<Twins> {
    let lines = outlines.map(|_, outline| lines(outline));
    let was = |lang: Lang| confirmed.map(|confirmed| Old::of(confirmed, lang, lines.get(lang)).of);
    match (was(Lang::En), was(Lang::Fr)) {
        (Some(en), Some(fr)) => twins(&lines.en, &lines.fr, &PerLang { en, fr }),
        _ => side_by_side(&lines.en, &lines.fr),
    }
}

pub(super) fn lines(outline: &Outline) -> Vec<Line> {
    outline.sections.iter().map(Line::of).collect()
}

/// What a side was when it was confirmed, by position among the confirmed sections.
pub(super) struct Old {
    /// Which one each current section was.
    pub(super) of: Vec<Option<usize>>,
    /// The confirmed sections that are gone, with their positions on this side.
    pub(super) gone: Vec<(usize, usize)>,
}

impl Old {
    pub(super) fn of(confirmed: &Confirmed, lang: Lang, new: &[Line]) -> Self {
        let (places, lines): (Vec<usize>, Vec<&str>) = confirmed.side(lang).unzip();
        let old: Vec<Line> = lines.into_iter().map(Line::read).collect();
        let aligned = alignment::align(&old, new);
        Self {
            of: aligned.old_of.into_iter().map(|was| was.map(|was| places[was])).collect(),
            gone: aligned.gone.into_iter().map(|was| (places[was], was)).collect(),
        }
    }
}

/// The same for lines of the lock.
pub(super) fn side_by_side(en: &[Line], fr: &[Line]) -> Vec<Twins> {
    twins(en, fr, &PerLang { en: vec![None; en.len()], fr: vec![None; fr.len()] })
}

/// `was` says which confirmed section each one was.
fn twins(en: &[Line], fr: &[Line], was: &PerLang<Vec<Option<usize>>>) -> Vec<Twins> {
    let mut rows = Vec::new();
    let named: HashMap<&str, usize> =
        fr.iter().enumerate().rev().filter_map(|(at, line)| Some((line.field.as_deref()?, at))).collect();
    let mut taken = HashSet::new();
    for (at, line) in en.iter().enumerate() {
        if let Some(field) = &line.field {
            let twin = named.get(field.as_str()).copied().filter(|twin| taken.insert(*twin));
            rows.push(Twins { at: PerLang { en: Some(at), fr: twin }, is_sure: true });
        }
    }
    let alone = (0..fr.len()).filter(|at| fr[*at].field.is_some() && !taken.contains(at));
    rows.extend(alone.map(|at| Twins { at: PerLang { en: None, fr: Some(at) }, is_sure: true }));
    let body = |lines: &[Line]| (0..lines.len()).filter(|at| lines[*at].field.is_none()).collect::<Vec<usize>>();
    let (own, other) = (body(en), body(fr));
    let sections = PerLang {
        en: own.iter().map(|at| (&en[*at], was.en[*at])).collect::<Vec<_>>(),
        fr: other.iter().map(|at| (&fr[*at], was.fr[*at])).collect::<Vec<_>>(),
    };
    let (matched, sure) = in_order(&sections.en, &sections.fr);
    let (mut next_en, mut next_fr) = (0, 0);
    let ends = (own.len(), other.len());
    for (at_en, at_fr) in matched.iter().copied().chain([ends]) {
        let lonely = (next_en..at_en).map(|at| PerLang { en: Some(own[at]), fr: None });
        let lonely = lonely.chain((next_fr..at_fr).map(|at| PerLang { en: None, fr: Some(other[at]) }));
        rows.extend(lonely.map(|at| Twins { at, is_sure: true }));
        if (at_en, at_fr) != ends {
            let at = PerLang { en: Some(own[at_en]), fr: Some(other[at_fr]) };
            rows.push(Twins { at, is_sure: sure.contains(&(at_en, at_fr)) });
        }
        (next_en, next_fr) = (at_en + 1, at_fr + 1);
    }
    rows
}

/// What a section begins with.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Beginning {
    Opening,
    Heading(u8),
    Footnotes,
}

fn beginning(line: &Line) -> Beginning {
    match line.marks.first().map(|mark| mark.kind) {
        Some(Kind::Heading(level)) => Beginning::Heading(level),
        Some(Kind::Footnote) => Beginning::Footnotes,
        _ => Beginning::Opening,
    }
}

type Matched = Vec<(usize, usize)>;

/// A section, and which confirmed one it was.
type Known<'a> = (&'a Line, Option<usize>);

/// At most this many pairs of sections are weighed; longer pages are matched by the levels of their headings alone.
const MOST_WEIGHED: usize = 1 << 18;

/// The sections that belong together, and those of them that every equally good match agrees on.
fn in_order(en: &[Known<'_>], fr: &[Known<'_>]) -> (Matched, HashSet<(usize, usize)>) {
    let shape = |lines: &[Known<'_>]| lines.iter().map(|(line, _)| beginning(line)).collect::<Vec<_>>();
    let (own, other) = (shape(en), shape(fr));
    if own == other && en.iter().zip(fr).all(|((_, en), (_, fr))| en == fr) {
        let all: Matched = (0..en.len()).map(|at| (at, at)).collect();
        return (all.clone(), all.into_iter().collect());
    }
    if en.len().saturating_mul(fr.len()) > MOST_WEIGHED {
        return (matching::in_order(&own, &other), HashSet::new());
    }
    let weights: Vec<Vec<u32>> = en.iter().map(|en| fr.iter().map(|fr| weight(*en, *fr)).collect()).collect();
    // The best possible result for what comes from here on.
    let mut best = vec![vec![0_u32; fr.len() + 1]; en.len() + 1];
    for at in (0..en.len()).rev() {
        for twin in (0..fr.len()).rev() {
            let together = if weights[at][twin] == 0 { 0 } else { weights[at][twin] + best[at + 1][twin + 1] };
            best[at][twin] = together.max(best[at + 1][twin]).max(best[at][twin + 1]);
        }
    }
    let walk = |early: bool| {
        let (mut at, mut twin, mut matched) = (0, 0, Vec::new());
        while at < en.len() && twin < fr.len() {
            let here = weights[at][twin] > 0 && weights[at][twin] + best[at + 1][twin + 1] == best[at][twin];
            let skips =
                [(at + 1, twin), (at, twin + 1)].into_iter().find(|next| best[next.0][next.1] == best[at][twin]);
            match skips {
                Some(next) if !here || !early => (at, twin) = next,
                _ => {
                    matched.push((at, twin));
                    (at, twin) = (at + 1, twin + 1);
                }
            }
        }
        matched
    };
    let (early, late) = (walk(true), walk(false));
    let late: HashSet<(usize, usize)> = late.into_iter().collect();
    let sure = early.iter().copied().filter(|pair| late.contains(pair)).collect();
    (early, sure)
}

/// How strongly two sections seem to belong together; 0 if they cannot.
fn weight((en, was_en): Known<'_>, (fr, was_fr): Known<'_>) -> u32 {
    match (was_en, was_fr) {
        (Some(en), Some(fr)) if en == fr => return CONFIRMED,
        (Some(_), Some(_)) => return 0,
        _ => {}
    }
    let heading = match (beginning(en), beginning(fr)) {
        (own, other) if own == other => 4,
        (Beginning::Heading(_), Beginning::Heading(_)) => 1,
        _ => return 0,
    };
    heading + 2 * shared(en, fr).min(4)
}

/// The weight of having been confirmed together: more than anything else.
const CONFIRMED: u32 = 100;

/// How many numbers, links and lines of code two sections share.
fn shared(en: &Line, fr: &Line) -> u32 {
    let said = |line: &Line| {
        let mut said = HashMap::<(u8, u64), u32>::new();
        for mark in &line.marks {
            let numbers = mark.numbers.map(|numbers| (0, u64::from(numbers)));
            let links = mark.links.map(|links| (1, u64::from(links)));
            // The same words on both sides: code, a name, an example.
            for key in [Some((2, mark.words)), numbers, links].into_iter().flatten() {
                *said.entry(key).or_default() += 1;
            }
        }
        said
    };
    let (own, other) = (said(en), said(fr));
    let common = own.iter().map(|(key, count)| *count.min(other.get(key).unwrap_or(&0)));
    common.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twins(en: &[&str], fr: &[&str]) -> Vec<(Option<usize>, Option<usize>)> {
        let read = |lines: &[&str]| lines.iter().map(|line| Line::read(line)).collect::<Vec<_>>();
        side_by_side(&read(en), &read(fr)).into_iter().map(|twins| (twins.at.en, twins.at.fr)).collect()
    }

    #[test]
    fn fields_belong_together_by_name_and_sections_by_their_order() {
        let pairs = twins(&["/a vAAAAAA", "/b vAAAAAA", "2AAAAAA"], &["/b vBBBBBB", "/c vBBBBBB", "2BBBBBB"]);
        assert_eq!(pairs, [(Some(0), None), (Some(1), Some(0)), (None, Some(1)), (Some(2), Some(2))]);
    }

    #[test]
    fn a_section_that_one_side_lacks_is_known_by_what_the_others_share() {
        let en = ["2AAAAAA pAAAAAA.AAAA", "2AAAAAB pAAAAAA.AAAB", "2AAAAAC pAAAAAA.AAAC"];
        let fr = ["2BAAAAA pBAAAAA.AAAA", "2BAAAAC pBAAAAA.AAAC"];
        assert_eq!(twins(&en, &fr), [(Some(0), Some(0)), (Some(1), None), (Some(2), Some(1))]);
        assert_eq!(twins(&fr, &en), [(Some(0), Some(0)), (None, Some(1)), (Some(1), Some(2))]);
    }

    #[test]
    fn where_nothing_is_shared_it_is_not_sure_which_one_is_lacking() {
        let read = |lines: &[&str]| lines.iter().map(|line| Line::read(line)).collect::<Vec<_>>();
        let (en, fr) = (["2AAAAAA", "2AAAAAB"], ["2BAAAAA"]);
        let rows = side_by_side(&read(&en), &read(&fr));
        assert!(rows.iter().any(|row| !row.is_sure), "{rows:?}");
    }
}
