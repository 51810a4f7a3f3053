//! Corrected typing errors: changes that change nothing.
//!
//! Correcting a misspelling on one side must not send anybody to look at the other. Only the fingerprint of the old
//! text is known; but fingerprints are linear ([`super::fingerprint`]), so every spelling that differs in one letter
//! from a current word can be tried, and the one that gives the old fingerprint is what was there.
//!
//! Most words that differ in one letter differ in meaning (`shall` and `small`, `agreed` and `agrees`). So a change
//! counts as a corrected spelling only if nothing else in the section changed, the word is long, its beginning and
//! ending are as they were, and the site has the new spelling elsewhere too and the old one nowhere.

use std::collections::HashMap;

use super::fingerprint::{self, Token};
use super::lock::Line;
use super::outline::{Kind, Outline, Unit};
use super::{Change, Confirmed, What};
use crate::lang::{Lang, PerLang};

/// A word whose spelling was corrected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpellingFix {
    /// As it was.
    pub was: String,
    /// As it is.
    pub now: String,
}

/// Shorter words have too many neighbours.
const SHORTEST: usize = 6;

/// Longer ones are not words.
const LONGEST: usize = 40;

/// The changes of a side that are one word with one different letter, by position.
pub(super) fn candidates(
    changes: &[Change],
    outline: &Outline,
    confirmed: &Confirmed,
    lang: Lang,
) -> Vec<(usize, SpellingFix)> {
    let old = confirmed.lines(lang);
    let mut found = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        let (Some(now), Some(was), [What::Rewritten(_) | What::ValueChanged | What::HeadingRenamed]) =
            (change.now, change.was, change.what.as_slice())
        else {
            continue;
        };
        let Some(line) = old.get(was).map(|line| Line::read(line)) else { continue };
        let section = &outline.sections[now];
        if line.marks.len() != section.units.len() {
            continue;
        }
        let mut differing = section.units.iter().zip(&line.marks).filter(|(unit, mark)| unit.mark != **mark);
        if let (Some((unit, mark)), None) = (differing.next(), differing.next()) {
            let only_words =
                unit.mark.kind == mark.kind && unit.mark.numbers == mark.numbers && unit.mark.links == mark.links;
            if only_words && mark.kind != Kind::Code {
                found.extend(one_letter(unit, mark.words).map(|fix| (at, fix)));
            }
        }
    }
    found
}

/// How often each word is on the pages of a site, by language. Short words are not counted.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary(PerLang<HashMap<u64, u32>>);

impl Vocabulary {
    /// Counts the words of the two sides of a record.
    pub fn add(&mut self, outlines: &PerLang<Outline>) {
        self.count(outlines, |count| *count += 1);
    }

    /// Removes the words of the two sides of a record again.
    pub fn remove(&mut self, outlines: &PerLang<Outline>) {
        self.count(outlines, |count| *count = count.saturating_sub(1));
    }

    /// The words of two parts of a site together.
    pub fn merge(mut self, other: Self) -> Self {
        for (lang, counts) in [(Lang::En, other.0.en), (Lang::Fr, other.0.fr)] {
            if self.0.get(lang).is_empty() {
                *self.0.get_mut(lang) = counts;
                continue;
            }
            #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on their order")]
            for (word, count) in counts {
                *self.0.get_mut(lang).entry(word).or_default() += count;
            }
        }
        self
    }

    /// Whether a change only corrected a spelling: the site has the new spelling elsewhere too, and the old one
    /// nowhere.
    pub fn is_fix(&self, lang: Lang, fix: &SpellingFix) -> bool {
        let count = |word: &str| self.0.get(lang).get(&key(word)).copied().unwrap_or_default();
        count(&fix.was) == 0 && count(&fix.now) > 1
    }

    fn count(&mut self, outlines: &PerLang<Outline>, change: impl Fn(&mut u32)) {
        for (lang, outline) in outlines.iter() {
            let counts = self.0.get_mut(lang);
            for unit in outline.sections.iter().flat_map(|section| &section.units) {
                for token in fingerprint::tokens(&unit.content.text) {
                    if let Token::Word(word) = token
                        && word.len() + 1 >= SHORTEST
                    {
                        change(counts.entry(key(word)).or_default());
                    }
                }
            }
        }
    }
}

/// The hash of a word in lower case.
fn key(word: &str) -> u64 {
    // This runs for every word of the site, and few have a capital.
    if word.chars().any(char::is_uppercase) { fingerprint::hash(&word.to_lowercase()) } else { fingerprint::hash(word) }
}

/// The word that, with one letter different, would have given the old fingerprint.
fn one_letter(unit: &Unit, old: u64) -> Option<SpellingFix> {
    let tokens: Vec<Token<'_>> = fingerprint::tokens(&unit.content.text).collect();
    // Code and footnotes are more than one token; words before them are not tried, since their weight is not known
    // here.
    let behind = unit.content.footnotes + unit.content.code.len();
    let last = tokens.len().checked_sub(1)?;
    for (at, token) in tokens.iter().enumerate() {
        let Token::Word(word) = token else { continue };
        if behind > 0 || !(SHORTEST..=LONGEST).contains(&word.chars().count()) {
            continue;
        }
        let after = u32::try_from(last - at).ok()?;
        let hash = fingerprint::hash(word);
        let mut spellings = neighbours(word).into_iter();
        let was =
            spellings.find(|was| fingerprint::exchanged(unit.mark.words, after, hash, fingerprint::hash(was)) == old);
        if let Some(was) = was {
            return Some(SpellingFix { was, now: (*word).to_owned() });
        }
    }
    None
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzàâäçèéêëîïôöùûüœæ";

/// Every spelling that differs from a word by one letter too many, too few or wrong, or by two letters the wrong way
/// round, except in its first letter and its last two.
fn neighbours(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let inner = 1..letters.len().saturating_sub(2);
    let mut spellings = Vec::new();
    let mut add = |letters: Vec<char>| spellings.push(letters.into_iter().collect::<String>());
    for at in inner.clone() {
        let mut without = letters.clone();
        without.remove(at);
        add(without);
        if inner.contains(&(at + 1)) {
            let mut turned = letters.clone();
            turned.swap(at, at + 1);
            add(turned);
        }
        for letter in LETTERS.chars() {
            let mut other = letters.clone();
            other[at] = letter;
            add(other);
        }
    }
    for at in 1..letters.len().saturating_sub(1) {
        for letter in LETTERS.chars() {
            let mut more = letters.clone();
            more.insert(at, letter);
            add(more);
        }
    }
    spellings
}
