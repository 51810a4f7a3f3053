//! Typing errors that were mended: a change that changes nothing.
//!
//! Who mends a misspelling on one side must not be sent to look at the other. The old text is not there, only its
//! fingerprint; but a fingerprint is linear ([`super::fingerprint`]), so every spelling that differs in one letter from
//! a word that stands there now can be tried, and the one that gives the old fingerprint is what stood there.
//!
//! Most words that differ in one letter differ in meaning (`shall` and `small`, `agreed` and `agrees`). So a change is
//! taken for a mended spelling only where nothing else in the section changed, the word is long, its beginning and its
//! ending are as they were, the site nowhere has the old spelling, and has the new one elsewhere too.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::fingerprint::{self, Token};
use super::lock::Line;
use super::outline::{self, Kind, Mark, Name, Section, Unit};
use super::{Pair, State, What, state};
use crate::lang::{Lang, PerLang};
use crate::parse;
use crate::source::Sources;

/// A word whose spelling was mended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpellingFix {
    /// As it was.
    pub was: String,
    /// As it is.
    pub now: String,
}

/// Shorter words have too many neighbours.
const SHORTEST: usize = 6;

/// Longer ones are no words.
const LONGEST: usize = 40;

/// Takes mended spellings from the changes of pairs.
pub(super) fn ignore_spelling_fixes(pairs: &mut BTreeMap<String, Pair>, sources: &Sources) {
    let outdated: Vec<(&String, &Pair)> =
        pairs.iter().filter(|(_, pair)| matches!(pair.state, State::Outdated(_))).collect();
    let found: Vec<(String, Lang, usize, SpellingFix)> = outdated
        .into_par_iter()
        .flat_map_iter(|(id, pair)| {
            let found = Lang::BOTH.into_iter().flat_map(|lang| {
                in_side(pair, lang, sources).into_iter().map(move |(at, mended)| (id.clone(), lang, at, mended))
            });
            found.collect::<Vec<_>>()
        })
        .collect();
    if found.is_empty() {
        return;
    }
    let sure = known(&found, sources);
    let mut of_side = BTreeMap::<(String, Lang), Vec<(usize, SpellingFix)>>::new();
    for (id, lang, at, mended) in found {
        if sure.contains(&(lang, mended.clone())) {
            of_side.entry((id, lang)).or_default().push((at, mended));
        }
    }
    for ((id, lang), fixes) in of_side {
        let Some(pair) = pairs.get_mut(&id) else { continue };
        let (fixed, words): (BTreeSet<usize>, Vec<SpellingFix>) = fixes.into_iter().unzip();
        let mut at = 0;
        pair.changes.get_mut(lang).retain(|_| {
            at += 1;
            !fixed.contains(&(at - 1))
        });
        *pair.mended.get_mut(lang) = words;
        pair.state = state(&pair.changes);
    }
}

/// The changes of a side that are one word with one other letter.
fn in_side(pair: &Pair, lang: Lang, sources: &Sources) -> Vec<(usize, SpellingFix)> {
    let Some(confirmed) = &pair.confirmed else { return Vec::new() };
    let old = match lang {
        Lang::En => &confirmed.en,
        Lang::Fr => &confirmed.fr,
    };
    let mut whole = None;
    let mut found = Vec::new();
    for (at, change) in pair.changes.get(lang).iter().enumerate() {
        let (Some(now), Some(was), [What::Rewritten(_) | What::ValueChanged | What::HeadingRenamed]) =
            (change.now, change.was, change.what.as_slice())
        else {
            continue;
        };
        let whole = whole.get_or_insert_with(|| {
            let file = pair.files.get(lang).as_ref()?;
            let sections = outline::outline(&parse::page(file, sources.text(file)?)?).sections;
            Some(sections.into_iter().rev().map(|section| (what_it_is(&section), section)).collect::<HashMap<_, _>>())
        });
        let Some(whole) = whole else { break };
        let Some(section) = whole.get(&what_it_is(&pair.outlines.get(lang).sections[now])) else { continue };
        let Some(line) = old.get(was).map(|line| Line::read(line)) else { continue };
        if line.marks.len() != section.units.len() {
            continue;
        }
        let mut differing = section.units.iter().zip(&line.marks).filter(|(unit, mark)| unit.mark != **mark);
        if let (Some((unit, mark)), None) = (differing.next(), differing.next()) {
            let only_words =
                unit.mark.kind == mark.kind && unit.mark.numbers == mark.numbers && unit.mark.links == mark.links;
            if only_words && mark.kind != Kind::Code {
                found.extend(one_letter(unit, mark.words).map(|mended| (at, mended)));
            }
        }
    }
    found
}

/// What a section says in short, with or without its texts. Of two that are alike the first stands for both.
fn what_it_is(section: &Section) -> (Name, Vec<Mark>) {
    (section.name.clone(), section.units.iter().map(|unit| unit.mark).collect())
}

/// The word that would have given the old fingerprint with one letter other than now.
fn one_letter(unit: &Unit, old: u64) -> Option<SpellingFix> {
    let tokens: Vec<Token<'_>> = fingerprint::tokens(&unit.content.text).collect();
    // Code and footnotes are more than one token; no word before them is tried, since its weight is not known here.
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
/// round, but for its first letter and its last two.
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

/// The mended words of which the site has the new spelling elsewhere and the old one nowhere.
fn known(found: &[(String, Lang, usize, SpellingFix)], sources: &Sources) -> BTreeSet<(Lang, SpellingFix)> {
    let mut wanted = PerLang::<BTreeSet<String>>::default();
    for (_, lang, _, mended) in found {
        wanted.get_mut(*lang).extend([mended.was.to_lowercase(), mended.now.to_lowercase()]);
    }
    let pages: Vec<_> = sources.texts().iter().collect();
    let counts = pages.into_par_iter().map(|(file, text)| {
        let mut counts = BTreeMap::<(Lang, String), usize>::new();
        if let Some(words) = parse::page(file, text) {
            let wanted = wanted.get(words.lang);
            for section in outline::outline(&words).sections {
                for unit in section.units {
                    for token in fingerprint::tokens(&unit.content.text) {
                        let Token::Word(word) = token else { continue };
                        let word = word.to_lowercase();
                        if wanted.contains(&word) {
                            *counts.entry((words.lang, word)).or_default() += 1;
                        }
                    }
                }
            }
        }
        counts
    });
    let counts = counts.reduce(BTreeMap::new, |mut all, more| {
        for (word, count) in more {
            *all.entry(word).or_default() += count;
        }
        all
    });
    let count = |lang: Lang, word: &str| counts.get(&(lang, word.to_lowercase())).copied().unwrap_or_default();
    let mended = found.iter().map(|(_, lang, _, mended)| (*lang, mended.clone()));
    mended.filter(|(lang, mended)| count(*lang, &mended.was) == 0 && count(*lang, &mended.now) > 1).collect()
}
