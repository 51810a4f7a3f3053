//! What a misspelt word may have meant: [`Index::correct_unknown`] and [`Index::doubt_known`].
//!
//! One wrong letter leaves the beginning or the ending of a word as it was. So candidates are the words of the dictionary
//! that begin alike and those of the endings that end alike, and neither takes more than a few packs.

use super::super::analysis::{fold, form_of, stem_end};
use super::super::answer::Origin;
use super::super::bytes::Reader;
use super::super::pack::FileId;
use super::endings::{self, Kinship, are_opposites};
use super::lookup::{OTHER_FORM, Sought, Variant};
use super::score::Ranking;
use super::{Index, Pause};

/// Words shorter than this have too many neighbours. Of one letter less, two letters may be swapped.
const SHORTEST: usize = 5;
/// From this length on, two letters may be wrong.
const LONG: usize = 10;
/// From this length on, even the first letter may be wrong.
const SURELY: usize = 9;
/// The most words that one may be corrected to.
const MOST: usize = 4;
/// Words considered by their frequency.
const CONSIDERED: usize = 10;
/// How sure a correction is, by its distance.
const SURE: [f32; 3] = [1.0, 0.9, 0.45];
/// What the neighbour of a word counts that the index knows as it was typed.
const DOUBT: f32 = 0.5;
/// What the neighbour of a word counts that it knows in other forms only: `laning` has the stem of *lanes*, and no page has
/// it.
const UNSEEN: f32 = 0.8;

impl Index {
    /// Gives every word that the index lacks, and those that it has in other forms only, the words that may have been meant.
    pub(super) fn correct_unknown(&self, sought: &mut [Sought]) -> Result<(), Pause> {
        let mut complete = true;
        let is_unseen = |word: &Sought| word.known && !word.seen && word.asked.counts() && word.asked.pieces == 0;
        for word in sought.iter_mut().filter(|word| word.is_unknown() || is_unseen(word)) {
            let split = if word.known { Ok(None) } else { self.split_joined(&word.asked.folded) };
            match self.neighbours(&word.asked.folded, &word.asked.stem) {
                Ok(neighbours) if word.known => {
                    let misspelt = neighbours.into_iter().filter(|neighbour| neighbour.distance == 1);
                    word.variants.extend(misspelt.map(|neighbour| Variant { weight: UNSEEN, ..neighbour }));
                }
                Ok(neighbours) => word.variants.extend(neighbours),
                Err(Pause::Missing) => complete = false,
                Err(damage) => return Err(damage),
            }
            match split {
                Ok(split) => word.variants.extend(split),
                Err(Pause::Missing) => complete = false,
                Err(damage) => return Err(damage),
            }
        }
        if complete { Ok(()) } else { Err(Pause::Missing) }
    }

    /// Gives words that the index has their neighbours, too: a wrong form may happen to exist.
    pub(super) fn doubt_known(&self, sought: &mut [Sought]) -> Result<bool, Pause> {
        let mut complete = true;
        let mut doubted = false;
        let is_doubtful = |word: &&mut Sought| {
            word.seen && word.asked.counts() && word.asked.pieces == 0 && word.asked.folded.chars().count() >= SHORTEST
        };
        for word in sought.iter_mut().filter(is_doubtful) {
            match self.neighbours(&word.asked.folded, &word.asked.stem) {
                Ok(neighbours) => {
                    // What was meant is what pages say more often than the word as it was typed.
                    let as_typed = word.variants.iter().flat_map(|variant| &variant.forms).filter(|form| form.same);
                    let own: u32 = as_typed.map(|form| form.info.doc_freq).sum();
                    let is_meant = |neighbour: &Variant| {
                        neighbour.distance == 1
                            && neighbour.documents() > own
                            && !self.is_spelt_right(&fold(&neighbour.form))
                    };
                    for mut neighbour in neighbours.into_iter().filter(is_meant) {
                        neighbour.weight *= DOUBT;
                        word.variants.push(neighbour);
                        doubted = true;
                    }
                }
                Err(Pause::Missing) => complete = false,
                Err(damage) => return Err(damage),
            }
        }
        if complete { Ok(doubted) } else { Err(Pause::Missing) }
    }

    /// The words of the index that differ from one by a letter or two, the nearest and most frequent first.
    fn neighbours(&self, folded: &str, stem: &str) -> Result<Vec<Variant>, Pause> {
        let letters: Vec<char> = folded.chars().collect();
        if letters.len() + 1 == SHORTEST && !self.is_spelt_right(folded) {
            return self.swapped(&letters);
        }
        if letters.len() < SHORTEST || !letters.iter().all(|c| c.is_alphabetic()) || self.is_spelt_right(folded) {
            return Ok(Vec::new());
        }
        let most = if letters.len() < LONG { 1 } else { 2 };
        let edge = if letters.len() < 6 { 2 } else { 3 };
        let mut near: Vec<(String, usize, u32)> = Vec::new();
        let mut examine = |form: &str, documents: u32| {
            let other: Vec<char> = form.chars().collect();
            if let Some(distance) = distance(&letters, &other, most) {
                near.push((form.to_owned(), distance, documents));
            }
        };
        let beginning: String = letters[..edge].iter().collect();
        let walked = self.walk(&beginning, &format!("{beginning}\u{10ffff}"), |key, info| {
            examine(&fold(&form_of(key)), info.doc_freq);
        });
        // Two letters that are swapped in the middle of a word may leave neither as it was.
        let mut swapped = letters.clone();
        swapped.swap(edge - 1, edge);
        let swapped = self.analyser.stem(&swapped.iter().collect::<String>());
        let walked_too = if letters.len() == 2 * edge {
            self.walk(&format!("{swapped}\0"), &stem_end(&swapped), |key, info| {
                examine(&fold(&form_of(key)), info.doc_freq);
            })
        } else {
            Ok(())
        };
        let ending: String = letters.iter().rev().take(edge).collect();
        self.endings(&ending, |form| examine(form, 0))?;
        walked.and(walked_too)?;

        near.sort_by(|(form, ..), (other, ..)| form.cmp(other));
        near.dedup_by(|(form, _, documents), (kept, _, all)| {
            let same = form == kept;
            *all += if same { *documents } else { 0 };
            same
        });
        near.sort_by_key(|&(_, distance, documents)| (distance, std::cmp::Reverse(documents)));
        near.truncate(CONSIDERED);
        // Two wrong letters are believed only where one does not explain the word.
        let nearest = near.first().map_or(0, |&(_, distance, _)| distance);
        near.retain(|&(_, distance, _)| distance == nearest);
        let mut variants: Vec<Variant> = Vec::new();
        let mut complete = true;
        for (form, distance, _) in near {
            let other = self.analyser.stem(&form);
            let is_meant =
                !self.analyser.is_stop(&form) && !self.analyser.is_negation(&form) && may_begin(&letters, &form);
            if other == stem
                || !is_meant
                || are_opposites(self.boot.lang, folded, &form)
                || variants.iter().any(|variant| variant.stem == other)
            {
                continue;
            }
            let (weight, distance, origin) = match endings::kinship(self.boot.lang, folded, &form) {
                Kinship::None => (SURE[distance.min(2)], distance, Origin::Spelling),
                // Stemmers do not bring all forms of a word together.
                Kinship::OtherForm => (OTHER_FORM, 0, Origin::Word),
                Kinship::TooShort => continue,
            };
            match self.variant(&other, &form, &form) {
                Ok(Some(found)) => variants.push(Variant { weight, distance, origin, ..found }),
                Ok(None) => {}
                Err(Pause::Missing) => complete = false,
                Err(damage) => return Err(damage),
            }
        }
        if !complete {
            return Err(Pause::Missing);
        }
        variants.sort_by_key(|variant| (variant.distance, std::cmp::Reverse(variant.documents())));
        variants.truncate(MOST);
        Ok(variants)
    }

    /// The words of the index of which two letters were swapped in a short one.
    fn swapped(&self, letters: &[char]) -> Result<Vec<Variant>, Pause> {
        let swapped = (1..letters.len()).map(|at| {
            let mut letters = letters.to_vec();
            letters.swap(at - 1, at);
            letters.into_iter().collect::<String>()
        });
        let swapped = swapped.filter(|form| !self.is_spelt_right(form));
        let swapped: Vec<_> = swapped.map(|form| self.variant(&self.analyser.stem(&form), &form, &form)).collect();
        let mut variants = Vec::new();
        for variant in swapped {
            let meant = variant?.filter(|variant| variant.forms.iter().any(|form| form.same));
            variants.extend(meant.map(|found| Variant {
                weight: SURE[1],
                distance: 1,
                origin: Origin::Spelling,
                ..found
            }));
        }
        Ok(variants)
    }

    /// Whether a word belongs to the language and not to a subject: the site may well lack it, and its neighbours mean
    /// something else, as *nothing* does beside *anything*.
    fn is_spelt_right(&self, folded: &str) -> bool {
        let Self { analyser, .. } = self;
        analyser.is_stop(folded) || analyser.is_light(folded) || analyser.is_negation(folded)
    }

    /// Calls `found` with every word that ends in the reverse of `ending`.
    pub(super) fn endings(&self, ending: &str, mut found: impl FnMut(&str)) -> Result<(), Pause> {
        let lasts = &self.boot.endings;
        let first = lasts.partition_point(|last| last.as_str() < ending);
        let past = lasts.partition_point(|last| last.as_str() < ending || last.starts_with(ending));
        let packs: Vec<_> =
            (first..lasts.len().min(past + 1)).map(|nth| self.arrivals.get(FileId::Endings(nth as u32))).collect();
        for pack in packs {
            let pack = pack.ok_or(Pause::Missing)?;
            let mut bytes = Reader(&pack);
            let mut reversed: Vec<char> = Vec::new();
            while !bytes.0.is_empty() {
                let shared = bytes.number()?;
                reversed.truncate(shared);
                reversed.extend(bytes.text()?.chars());
                let form: String = reversed.iter().rev().collect();
                if form.ends_with(&ending.chars().rev().collect::<String>()) {
                    found(&form);
                }
            }
        }
        Ok(())
    }
}

/// Whether the first letter may be meant: people leave it out, write it twice or swap it, but seldom mistake it.
fn may_begin(letters: &[char], form: &str) -> bool {
    let other: Vec<char> = form.chars().take(2).collect();
    letters.len() >= SURELY
        || letters.first() == other.first()
        || letters.len() != form.chars().count()
        || letters.get(..2).is_some_and(|two| two.iter().rev().eq(&other))
}

/// Whether one stem is the other with a letter wrong or, if it is short, with two letters swapped. Stems are shorter than
/// words, and fewer of them are beside one another.
pub(super) fn is_slip(a: &str, b: &str) -> bool {
    let (mut one, other): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if one.len() > SHORTEST {
        return distance(&one, &other, 1) == Some(1);
    }
    one.len() + 1 >= SHORTEST
        && (1..one.len()).any(|at| {
            one.swap(at - 1, at);
            let same = one == other;
            one.swap(at - 1, at);
            same
        })
}

/// The letters by which two words differ (a letter missing, added, changed, or two swapped), if they are at most `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let change = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|&least| least > most) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|&distance| distance <= most)
}

/// The question with its corrected words, if the best result was found by a correction.
pub(super) fn corrected(text: &str, sought: &[Sought], ranking: &Ranking) -> Option<String> {
    let best = ranking.pages.first()?;
    let mut corrected = String::new();
    let mut end = 0;
    let mut changed = false;
    for (nth, word) in sought.iter().enumerate() {
        let Some(variant) = ranking.variant_of(nth, best.page).and_then(|at| word.variants.get(at)) else { continue };
        if variant.distance > 0 && word.asked.from >= end {
            corrected.push_str(text.get(end..word.asked.from)?);
            corrected.push_str(&variant.form);
            end = word.asked.to;
            changed = true;
        }
    }
    corrected.push_str(text.get(end..)?);
    changed.then_some(corrected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> Option<usize> {
        distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 2)
    }

    #[test]
    fn one_slip_of_the_finger_is_one_letter() {
        for wrong in ["corections", "corrrections", "corractions", "corercitons"] {
            let expected = if wrong == "corercitons" { 2 } else { 1 };
            assert_eq!(between(wrong, "corrections"), Some(expected), "{wrong}");
        }
        assert_eq!(between("corrections", "corrections"), Some(0));
        assert_eq!(between("treaty", "entreaty"), Some(2));
        assert_eq!(between("treaty", "partner"), None);
    }
}
