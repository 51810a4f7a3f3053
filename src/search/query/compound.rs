//! Words that people write together, apart or with a hyphen, each as they like: [`Index::look_up_compounds`],
//! [`Index::join_apart`] and [`Index::split_joined`].
//!
//! The index has a compound as a whole and in its pieces, but not what is written together in its parts, nor what is
//! written apart as one word.

use super::super::analysis::{fold, form_of};
use super::super::answer::Origin;
use super::lookup::{Sought, Variant};
use super::{Index, Pause};

/// What the same word counts, written in another way.
const OTHER_WAY: f32 = 0.9;
/// Letters of the parts that a word may consist of.
const SHORTEST_HEAD: usize = 3;
const SHORTEST_TAIL: usize = 4;

impl Index {
    /// Decides what is looked up for a compound of the question, such as *vice-president*: the compound itself, or its pieces side
    /// by side. Where no page has it as a whole, each piece counts by itself.
    pub(super) fn look_up_compounds(sought: &mut [Sought]) {
        for at in 0..sought.len() {
            let (whole, rest) = sought[at..].split_at_mut(1);
            let pieces = &mut rest[..whole[0].asked.pieces];
            if pieces.is_empty() {
                continue;
            }
            let known = whole[0].known;
            whole[0].asked.optional = !known;
            for piece in &mut *pieces {
                piece.asked.optional = known;
            }
            let is_number = whole[0].asked.folded.bytes().any(|byte| byte.is_ascii_digit());
            if known && !is_number {
                let words: Option<Vec<Variant>> = pieces.iter().map(|piece| piece.variants.first().cloned()).collect();
                whole[0].variants.extend(words.and_then(phrase));
            }
        }
    }

    /// Gives two words of the question the one that the index has for both, as in *web site* or *cyber crime*.
    pub(super) fn join_apart(&self, sought: &mut [Sought]) -> Result<(), Pause> {
        let mut found = Vec::new();
        for at in 1..sought.len() {
            let (first, last) = (&sought[at - 1], &sought[at]);
            let side_by_side = first.asked.pieces + last.asked.pieces == 0 && first.asked.to + 1 == last.asked.from;
            if side_by_side {
                let folded = format!("{}{}", first.asked.folded, last.asked.folded);
                let form = format!("{}{}", first.asked.form, last.asked.form);
                found.push((at, self.variant(&self.analyser.stem(&folded), &form, &folded)));
            }
        }
        for (at, variant) in found {
            if let Some(variant) = variant? {
                let variant = Variant { weight: OTHER_WAY, ..variant };
                for word in &mut sought[at - 1..=at] {
                    word.known = true;
                    word.variants.push(variant.clone());
                }
            }
        }
        Ok(())
    }

    /// The two words that one consists of that the index lacks, as in *workshop*: words with which it begins and ends.
    pub(super) fn split_joined(&self, folded: &str) -> Result<Option<Variant>, Pause> {
        let letters: Vec<char> = folded.chars().collect();
        let is_number = |at: usize| letters[at].is_ascii_digit();
        if let Some(at) = (1..letters.len()).find(|at| is_number(*at) != is_number(at - 1)) {
            // *section17*, *ETS112*
            let parts = [&letters[..at], &letters[at..]].map(|part| part.iter().collect::<String>());
            let [head, tail] = parts.map(|part| self.variant(&self.analyser.stem(&part), &part, &part));
            let (head, tail) = (head?, tail?);
            return Ok(head.zip(tail).and_then(|(head, tail)| phrase(vec![head, tail])));
        }
        if letters.len() < SHORTEST_HEAD + SHORTEST_TAIL || !letters.iter().all(|c| c.is_alphabetic()) {
            return Ok(None);
        }
        let mut heads = Vec::new();
        let mut tails = Vec::new();
        let beginning: String = letters[..SHORTEST_HEAD].iter().collect();
        let walked = self.walk(&beginning, &format!("{beginning}\u{10ffff}"), |key, _| {
            let head = fold(&form_of(key)).into_owned();
            if folded.starts_with(&head) && head.chars().count() >= SHORTEST_HEAD {
                heads.push(head);
            }
        });
        let ending: String = letters.iter().rev().take(SHORTEST_HEAD).collect();
        self.endings(&ending, |tail| {
            if folded.ends_with(tail) {
                tails.push(tail.to_owned());
            }
        })?;
        walked?;
        let parts = |head: &String| tails.iter().find(|tail| head.len() + tail.len() == folded.len());
        let Some((head, tail)) = heads.iter().find_map(|head| Some((head, parts(head)?))) else { return Ok(None) };
        let words = [head, tail].map(|part| self.variant(&self.analyser.stem(part), part, part));
        let [head, tail] = words;
        let (head, tail) = (head?, tail?);
        Ok(head.zip(tail).and_then(|(head, tail)| phrase(vec![head, tail])))
    }
}

/// Words that are in one place and are written apart there.
fn phrase(mut words: Vec<Variant>) -> Option<Variant> {
    if words.len() < 2 || words.iter().any(|word| word.origin != Origin::Word || word.distance > 0) {
        return None;
    }
    let form = words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ");
    let first = words.remove(0);
    Some(Variant { form, weight: OTHER_WAY, with: words, ..first })
}
