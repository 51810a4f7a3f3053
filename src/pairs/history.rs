//! The words that changed since a confirmation, from a history of the files: [`origins`].
//!
//! No commit is remembered. The text that was confirmed is the latest version in which a section had the fingerprint
//! that the lock has, whoever committed it, before or after the lock was written. So a rebase or a squash does no harm.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::counterparts::counterparts;
use super::kept::{Kept, text_of};
use super::matching::gaps_of_words;
use super::outline::Section;
use super::sections::Row;
use super::{Outline, Pair, Pairs, State, lock, outline};
use crate::lang::{Lang, PerLang};
use crate::parse;
use crate::path::ContentPath;
use crate::source::Sources;
use crate::source::history::{History, Version};

/// What a history knows about the changes of one side.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The day of the first change.
    pub since: Option<String>,
    /// The words that changed, by the change's position.
    pub edits: BTreeMap<usize, Vec<Edit>>,
}

/// Words that changed, with a few around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The words before.
    pub before: String,
    /// The words that were removed.
    pub removed: String,
    /// The words that were added.
    pub added: String,
    /// The words after.
    pub after: String,
}

/// At most this many versions are searched.
const VERSIONS: usize = 50;

/// The words that changed on a side, if those of the confirmed state were kept.
pub(super) fn kept_edits(
    id: &str,
    pair: &Pair,
    lang: Lang,
    sources: &Sources,
    kept: &Kept,
) -> BTreeMap<usize, Vec<Edit>> {
    let Some((confirmed, file)) = pair.confirmed.as_ref().zip(pair.files.get(lang).as_ref()) else {
        return BTreeMap::new();
    };
    let Some(now) = sources.text(file).and_then(|text| outline_of(file, text)) else { return BTreeMap::new() };
    let lines = confirmed.lines(lang);
    let changes = pair.changes.get(lang).iter().enumerate();
    let edits = changes.filter_map(|(at, change)| {
        let old = match change.was {
            Some(was) => kept.words(id, lang, lines.get(was)?)?,
            None => "",
        };
        let new = change.now.and_then(|now_at| section(&now, pair, lang, now_at)).map(text_of).unwrap_or_default();
        Some((at, edits(old, &new)))
    });
    edits.collect()
}

/// How many words of a pair are to be translated: those of the paragraphs, in sections that changed in one language only,
/// that are not as they were; or the whole of the only side.
pub(super) fn words_to_translate(pair: &Pair, sources: &Sources) -> Option<usize> {
    let count = |section: &Section| count_words(&text_of(section));
    let side = |lang: Lang| {
        let file = pair.files.get(lang).as_ref()?;
        outline_of(file, sources.text(file)?)
    };
    match pair.state {
        State::Missing(lang) => Some(side(lang.other())?.sections.iter().map(count).sum()),
        State::Outdated(_) => {
            let rows = pair.rows();
            let of_side = |lang: Lang| {
                let mut changed = rows.iter().filter(|row| row.changed_alone() == Some(lang)).peekable();
                changed.peek()?;
                let now = side(lang)?;
                let count_changed = |row: &Row| {
                    let section = section(&now, pair, lang, (*row.now.get(lang))?)?;
                    let line = row.line(lang, pair.confirmed.as_ref());
                    let units = counterparts(section, section, line, None).into_iter().zip(&section.units);
                    let changed = units.filter(|(unit, _)| !unit.is_as_it_was);
                    Some(changed.map(|(_, unit)| count_words(&unit.content.text)).sum::<usize>())
                };
                Some(changed.filter_map(count_changed).sum::<usize>())
            };
            Some(Lang::BOTH.into_iter().filter_map(of_side).sum())
        }
        State::Equal | State::Unconfirmed => None,
    }
}

/// What a history knows about the changes of every outdated record.
pub(super) fn origins(pairs: &Pairs, sources: &Sources, history: &dyn History) -> BTreeMap<String, PerLang<Origin>> {
    let all = pairs.records.iter().map(|(id, pair)| (id, pair.as_ref()));
    let outdated: Vec<(&String, &Pair)> = all.filter(|(_, pair)| matches!(pair.state, State::Outdated(_))).collect();
    let changed = |pair: &'_ Pair, lang| !pair.changes.get(lang).is_empty();
    let files = outdated.iter().flat_map(|(_, pair)| {
        Lang::BOTH.into_iter().filter(|lang| changed(pair, *lang)).filter_map(|lang| pair.files.get(lang).as_ref())
    });
    let files: Vec<&ContentPath> = files.collect();
    if files.is_empty() {
        return BTreeMap::new();
    }
    let versions = history.versions(&files);
    outdated
        .into_par_iter()
        .map(|(id, pair)| {
            let origin = PerLang::from_fn(|lang| {
                let file = pair.files.get(lang).as_ref().filter(|_| changed(pair, lang));
                file.and_then(|file| origin(pair, lang, file, versions.get(file)?, sources, history))
                    .unwrap_or_default()
            });
            (id.clone(), origin)
        })
        .collect()
}

fn origin(
    pair: &Pair,
    lang: Lang,
    file: &ContentPath,
    versions: &[Version],
    sources: &Sources,
    history: &dyn History,
) -> Option<Origin> {
    let old_lines = pair.confirmed.as_ref()?.lines(lang);
    let now = outline_of(file, sources.text(file)?)?;
    let mut origin = Origin::default();
    let mut open: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, change) in pair.changes.get(lang).iter().enumerate() {
        if let Some(was) = change.was {
            open.insert(at, was);
            continue;
        }
        let added = change.now.and_then(|now_at| section(&now, pair, lang, now_at));
        origin.edits.insert(at, added.map(|section| edits("", &text_of(section))).unwrap_or_default());
    }
    let mut later: Option<&Version> = None;
    for version in versions.iter().take(VERSIONS) {
        if open.is_empty() {
            break;
        }
        let Some(old) = history.text(version, file).and_then(|text| outline_of(file, &text)) else { continue };
        let lines = lock::lines(&old);
        open.retain(|at, was| {
            let Some(found) = old_lines.get(*was).and_then(|line| lines.iter().position(|old| old == line)) else {
                return true;
            };
            let change = &pair.changes.get(lang)[*at];
            let new = change.now.and_then(|now_at| section(&now, pair, lang, now_at)).map(text_of).unwrap_or_default();
            origin.edits.insert(*at, edits(&text_of(&old.sections[found]), &new));
            if let Some(later) = later {
                let earlier = origin.since.take().filter(|since| *since < later.day);
                origin.since = earlier.or_else(|| Some(later.day.clone()));
            }
            false
        });
        later = Some(version);
    }
    Some(origin)
}

/// A section of the current side with its texts, found by the one of the pair, which has none.
fn section<'a>(now: &'a Outline, pair: &Pair, lang: Lang, at: usize) -> Option<&'a Section> {
    let light = pair.outlines.get(lang).sections.get(at)?;
    let same = |section: &&Section| {
        section.name == light.name
            && section.units.len() == light.units.len()
            && section.units.iter().zip(&light.units).all(|(a, b)| a.mark == b.mark)
    };
    now.sections.iter().find(same)
}

fn outline_of(file: &ContentPath, text: &str) -> Option<Outline> {
    parse::page(file, text).map(|words| outline::outline(&words))
}

/// How many words are shown around those that changed.
const AROUND: usize = 4;

/// The words by which two texts differ.
pub fn edits(old: &str, new: &str) -> Vec<Edit> {
    let (old, new) = (words(old), words(new));
    let mut edits = Vec::new();
    for (old_range, new_range) in gaps_of_words(&old, &new) {
        edits.push(Edit {
            before: new[new_range.start.saturating_sub(AROUND)..new_range.start].join(" "),
            removed: old[old_range].join(" "),
            added: new[new_range.clone()].join(" "),
            after: new[new_range.end..(new_range.end + AROUND).min(new.len())].join(" "),
        });
    }
    edits
}

/// How many words a text has; those that a no-break space joins are one.
pub fn count_words(text: &str) -> usize {
    words(text).len()
}

/// The words of a text. A number keeps its groups and its sign: "3 000 $" is one word, and so are words joined by a
/// no-break space.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::<Range<usize>>::new();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let range = at..at + word.trim_end().len();
        at += word.len();
        if range.is_empty() {
            continue;
        }
        let joined = words.last_mut().filter(|before| {
            let gap = &text[before.end..range.start];
            matches!(gap, "\u{a0}" | "\u{202f}")
                || gap == " " && continues_number(&text[(*before).clone()], &text[range.clone()])
        });
        match joined {
            Some(before) => before.end = range.end,
            None => words.push(range),
        }
    }
    words.into_iter().map(|range| &text[range]).collect()
}

/// Whether a word continues the number that the previous one ends with: a group of three digits, or its sign.
fn continues_number(before: &str, word: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let ends = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let is_group = (1..=3).contains(&ends) && digits(word) == 3;
    ends > 0 && (is_group || word.starts_with(['$', '%']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_word() {
        assert_eq!(
            words("It costs 1 000 $ or 2 000,50 $ in 2026 1234 times"),
            ["It", "costs", "1 000 $", "or", "2 000,50 $", "in", "2026", "1234", "times"]
        );
        let reported = edits("il y en a 1 000 ici", "il y en a 3 000 ici");
        assert_eq!((reported[0].removed.as_str(), reported[0].added.as_str()), ("1 000", "3 000"));
    }

    #[test]
    fn the_words_that_changed_are_shown_with_those_around_them() {
        let reported = edits("one two three four five six", "one two three 4 five six seven");
        assert_eq!(reported.len(), 2);
        assert_eq!(
            (reported[0].before.as_str(), reported[0].removed.as_str(), reported[0].added.as_str()),
            ("one two three", "four", "4")
        );
        assert_eq!((reported[1].removed.as_str(), reported[1].added.as_str()), ("", "seven"));
    }
}
