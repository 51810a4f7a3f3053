//! The passage that a result shows: [`Marker::excerpt`].

use std::collections::BTreeMap;

use super::super::analysis::{Analyser, Role, fold, stem_of, words};
use super::lookup::Sought;
use crate::lang::Lang;

/// Finds and marks the words of a question in text.
pub(super) struct Marker {
    analyser: Analyser,
    /// The words that are looked for, by stem.
    stems: BTreeMap<String, Mark>,
    /// The words as they were asked for, without accents.
    forms: Vec<String>,
}

/// Bytes of a passage.
const LENGTH: usize = 220;
/// Bytes that it may begin before the first marked word.
const BEFORE: usize = 60;

impl Marker {
    pub(super) fn new(lang: Lang, sought: &[Sought]) -> Self {
        let mut stems: BTreeMap<String, Mark> = BTreeMap::new();
        for (nth, word) in sought.iter().enumerate() {
            for variant in &word.variants {
                let worth = variant.weight / (1.0 + variant.documents() as f32);
                let mark = Mark { asked: nth, weight: variant.weight, worth };
                for word in std::iter::once(variant).chain(&variant.with) {
                    let known = stems.entry(word.stem.clone()).or_insert(mark);
                    if variant.weight > known.weight {
                        *known = mark;
                    }
                }
            }
        }
        let forms = sought.iter().map(|word| word.asked.folded.clone()).collect();
        Self { analyser: Analyser::new(lang), stems, forms }
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

    /// The stems of all words of a text.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn stems(&mut self, text: &str) -> std::collections::BTreeSet<String> {
        let mut stems = std::collections::BTreeSet::new();
        words(text, |word| {
            stems.insert(stem_of(&self.analyser.key_of(word.form).text).to_owned());
        });
        stems
    }

    /// The words of the question in a text.
    pub(super) fn hits(&mut self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let Self { analyser, stems, forms } = self;
        words(text, |word| {
            if let Some(&Mark { asked, weight, worth }) = stems.get(stem_of(&analyser.key_of(word.form).text)) {
                // A compound that was found as a whole is marked as a whole.
                let inside = hits.last().is_some_and(|hit| word.role == Role::Piece && word.to <= hit.to);
                if !inside {
                    let same = forms.get(asked).is_some_and(|form| *form == fold(word.form));
                    let (from, to, position) = (word.from, word.to, word.position);
                    hits.push(Hit { from, to, worth, asked, weight, same, position });
                }
            }
        });
        hits
    }
}

/// A word that is looked for.
#[derive(Clone, Copy)]
struct Mark {
    asked: usize,
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
    /// Where it stands among the words of the text.
    pub(super) position: u32,
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
    let (_, first, last) = best;
    let start = if first <= BEFORE { 0 } else { start_near(text, first) };
    let end = text.floor_char_boundary((start + LENGTH).max(last));
    let end = match text[last.max(start)..end].rfind(char::is_whitespace) {
        Some(space) if end < text.len() => last.max(start) + space,
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
    earliest + sentence.or(word).unwrap_or(0)
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
