//! The passage that a result shows: [`Marker::excerpt`].

use super::super::analysis::{Analyser, Role, fold, stem_of, words};
use super::super::answer::Origin;
use super::super::entry::PART;
use super::lookup::{Sought, Variant};
use crate::lang::Lang;

/// Finds and marks the words of a question in text.
pub(super) struct Marker {
    analyser: Analyser,
    /// The words that are looked for, in the order of their stems.
    stems: Vec<(String, Mark)>,
    /// The stems of each phrase that may be meant.
    phrases: Vec<Vec<String>>,
    /// Each word as it was asked for, and what may be meant by it, without accents.
    forms: Vec<Vec<String>>,
    /// The words that some page has: a bit for each.
    found: u32,
}

/// Bytes of a passage.
const LENGTH: usize = 220;
/// Bytes that it may begin before the first marked word.
const BEFORE: usize = 60;

impl Marker {
    pub(super) fn new(lang: Lang, sought: &[Sought]) -> Self {
        let mut stems: Vec<(String, Mark)> = Vec::new();
        let mut phrases = Vec::new();
        for (nth, word) in sought.iter().enumerate() {
            for variant in &word.variants {
                let worth = variant.weight / (1.0 + variant.documents() as f32);
                let words = || std::iter::once(variant).chain(&variant.with);
                let phrase = (!variant.with.is_empty()).then(|| {
                    phrases.push(words().map(|word| word.stem.clone()).collect::<Vec<_>>());
                    phrases.len() - 1
                });
                let mark = Mark { asked: nth, weight: variant.weight, worth, phrase };
                // A phrase that stands for several words of the question stands for each of them by one of its own.
                let shares = |word: &Sought| word.variants.iter().any(|other| other.form == variant.form);
                let before = sought[..nth].iter().rev().take_while(|word| phrase.is_some() && shares(word)).count();
                let is_last = !sought.get(nth + 1).is_some_and(shares);
                let own = |&(at, _): &(usize, &Variant)| phrase.is_none() || at == before || at > before && is_last;
                for (_, word) in words().enumerate().filter(own) {
                    match stems.binary_search_by(|(stem, _)| stem.cmp(&word.stem)) {
                        Ok(at) if variant.weight > stems[at].1.weight => stems[at].1 = mark,
                        Ok(_) => {}
                        Err(at) => stems.insert(at, (word.stem.clone(), mark)),
                    }
                }
            }
        }
        let forms = sought.iter().map(|word| {
            let others = word.variants.iter().filter(|variant| variant.origin != Origin::Word);
            let others = others.flat_map(|variant| variant.form.split(' ').map(|form| fold(form).into_owned()));
            std::iter::once(word.asked.folded.clone()).chain(others).collect()
        });
        let forms = forms.collect();
        let found = sought.iter().enumerate().filter(|(_, word)| !word.variants.is_empty());
        let found = found.fold(0, |found, (nth, _)| found | 1 << nth);
        Self { analyser: Analyser::new(lang), stems, phrases, forms, found }
    }

    /// Whether some page has a word of the question, by place.
    pub(super) fn is_found(&self, nth: usize) -> bool {
        self.found & 1 << nth != 0
    }

    /// Whether a folded form is too common to tell one passage from another.
    pub(super) fn is_common(&self, folded: &str) -> bool {
        self.analyser.is_stop(folded)
    }

    /// The passage of `text` with the most and rarest words of the question, as HTML with `<mark>` only.
    pub(super) fn excerpt(&mut self, text: &str) -> String {
        let hits = self.hits(text);
        let (start, end) = passage(text, &hits);
        let mut html = String::with_capacity(LENGTH + 64);
        if start > 0 {
            html.push('…');
        }
        let mut at = start;
        for hit in hits.iter().filter(|hit| hit.from >= start && hit.to <= end) {
            if hit.from < at {
                continue;
            }
            escape(&text[at..hit.from], &mut html);
            html.push_str("<mark>");
            escape(&text[hit.from..hit.to], &mut html);
            html.push_str("</mark>");
            at = hit.to;
        }
        escape(&text[at..end], &mut html);
        if end < text.len() {
            html.push('…');
        }
        html
    }

    /// Facts are a list of values, of which one says little without the page that it is about: so its summary comes first,
    /// then those that have a word of the question that the summary lacks.
    pub(super) fn excerpt_of_facts(&mut self, summary: &str, facts: &str) -> String {
        let said: Vec<usize> = self.hits(summary).iter().map(|hit| hit.asked).collect();
        let mut says_more = |fact: &&str| self.hits(fact).iter().any(|hit| !said.contains(&hit.asked));
        let facts: Vec<&str> = facts.split(PART).filter(&mut says_more).collect();
        let text = format!("{summary}\n{}", facts.join(PART));
        self.excerpt(text.trim())
    }

    /// The stems of all words of a text.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn stems(&mut self, text: &str) -> std::collections::BTreeSet<String> {
        let mut stems = std::collections::BTreeSet::new();
        words(text, |word| {
            stems.insert(stem_of(&self.analyser.key_of(word.form).text).to_owned());
        });
        stems
    }

    /// The words of the question in a text. Of a phrase, one word by itself says something else.
    pub(super) fn hits(&mut self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        // The words of phrases, and where they are.
        let mut said: Vec<(String, u32)> = Vec::new();
        let Self { analyser, stems, phrases, forms, .. } = self;
        words(text, |word| {
            let stem = stem_of(&analyser.key_of(word.form).text);
            if phrases.iter().flatten().any(|other| other == stem) {
                said.push((stem.to_owned(), word.position));
            }
            if let Ok(at) = stems.binary_search_by(|(known, _)| known.as_str().cmp(stem)) {
                let Mark { asked, weight, worth, phrase } = stems[at].1;
                // A compound that was found as a whole is marked as a whole.
                let inside = hits.last().is_some_and(|hit| word.role == Role::Piece && word.to <= hit.to);
                if !inside {
                    let same = forms.get(asked).is_some_and(|forms| {
                        let folded = fold(word.form);
                        forms.iter().any(|form| *form == folded)
                    });
                    let (from, to, position) = (word.from, word.to, word.position);
                    hits.push(Hit { from, to, worth, asked, weight, same, position, phrase });
                }
            }
        });
        hits.retain(|hit| hit.phrase.is_none_or(|phrase| is_whole(&phrases[phrase], hit.position, &said)));
        hits
    }
}

/// Words that may be between those of a phrase.
const BETWEEN: u32 = 4;

/// Whether all words of a phrase are around a place.
fn is_whole(phrase: &[String], place: u32, said: &[(String, u32)]) -> bool {
    let reach = phrase.len() as u32 + BETWEEN;
    let is_near = |word: &String| said.iter().any(|(other, at)| other == word && at.abs_diff(place) < reach);
    phrase.iter().all(is_near)
}

/// A word that is looked for.
#[derive(Clone, Copy)]
struct Mark {
    asked: usize,
    /// The phrase that it is a word of.
    phrase: Option<usize>,
    weight: f32,
    /// Rare words are worth more.
    worth: f32,
}

/// A word of the question, found in text.
pub(super) struct Hit {
    pub(super) from: usize,
    pub(super) to: usize,
    worth: f32,
    /// Which word it is.
    pub(super) asked: usize,
    /// How sure it is that it is meant.
    pub(super) weight: f32,
    /// Whether it is written as it was asked for, accents aside.
    pub(super) same: bool,
    /// Where it is among the words of the text.
    pub(super) position: u32,
    phrase: Option<usize>,
}

/// Where the best passage starts and ends.
fn passage(text: &str, hits: &[Hit]) -> (usize, usize) {
    let mut best = (0.0, 0, 0);
    for (first, hit) in hits.iter().enumerate() {
        let mut seen: Vec<usize> = Vec::new();
        let mut worth = 0.0;
        let mut last = hit.to;
        for other in hits[first..].iter().take_while(|other| other.to <= hit.from + LENGTH - BEFORE) {
            // A second time is worth little; it only breaks ties.
            worth += if seen.contains(&other.asked) { other.worth * 0.01 } else { 1.0 + other.worth };
            seen.push(other.asked);
            last = other.to;
        }
        if worth > best.0 {
            best = (worth, hit.from, last);
        }
    }
    if text.len() <= LENGTH {
        return (0, text.len());
    }
    let (_, first, last) = best;
    let start = if first <= BEFORE { 0 } else { start_near(text, first) };
    let end = text.floor_char_boundary((start + LENGTH).max(last));
    let end = match text[last.max(start)..end].rfind(char::is_whitespace) {
        Some(space) if end < text.len() => last.max(start) + space,
        // Nothing but one long word, such as an address: it is left out whole.
        None if end < text.len() && last > start => last,
        _ => end,
    };
    (start, end)
}

/// The start of the sentence just before `first`, or of a word.
fn start_near(text: &str, first: usize) -> usize {
    let earliest = text.floor_char_boundary(first - BEFORE);
    let before = &text[earliest..first];
    let sentence = [". ", "; ", ": ", "\n"].iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max();
    let word = before.find(char::is_whitespace).map(|at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    earliest + sentence.or(word).unwrap_or(before.len())
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push(' '),
            _ => html.push(c),
        }
    }
}
