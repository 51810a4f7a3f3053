//! Reads the passages of the pages about to be shown and puts them in their final order: [`Reading`].
//!
//! The index knows in which section a word is, but not where in it: positions would cost a reader more bytes than
//! all the rest. The texts of the results travel anyway. So the last word on the order of one page of results is spoken
//! on the texts themselves: whether the words are side by side, whether a heading is the question, and whether a title
//! is what someone has begun to type.

use super::super::analysis::{Role, fold, words};
use super::super::texts::PageText;
use super::excerpt::Marker;
use super::parse::{Asked, Question, plain};
use super::score::Ranking;

/// What reading a page has shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    /// What it adds to the page's score.
    pub(super) bonus: f32,
    /// The section that answers best.
    pub(super) section: Option<usize>,
    /// Whether the question is the title.
    pub(super) is_title: bool,
    /// Whether it is the title in the other language.
    pub(super) is_twin: bool,
    /// The keyword that is the question.
    pub(super) keyword: Option<usize>,
    /// The words of the question that are its title, or one of its keywords, as a whole: a bit for each.
    pub(super) name: u32,
}

/// What words side by side add, by the worth of the question.
const SIDE_BY_SIDE: f32 = 4.0;
/// What a heading, or a title, adds that is the question.
const SAME_HEADING: f32 = 4.0;
const SAME_TITLE: f32 = 4.0;
const SAME_KEYWORD: f32 = 4.0;
/// What a title adds that begins with what was typed so far, and one in which another word does.
const BEGUN_TITLE: f32 = 2.5;
const BEGUN_WORD: f32 = 1.0;
/// The letters from which on that says something.
const FEWEST_TYPED: usize = 3;
/// The likeness from which on a title or keyword is the question, in whatever form.
const SAME: f32 = 0.7;
/// How sure it must be that a word of a name is meant.
const SURELY: f32 = 0.9;
/// Words between those of the question after which they are half as near.
const HALF: f32 = 120.0;
/// Words beyond which they are not near at all.
const FAR: u32 = 150;
/// The words that the end of a sentence between two of them stands for, and that of a paragraph, item or cell.
const SENTENCE: f32 = 10.0;
const PARAGRAPH: f32 = 30.0;
/// What another form of a word counts among words that are together.
const OTHER_FORM_NEAR: f32 = 0.35;

/// Reads one page.
pub(super) fn read(page: &PageText<'_>, marker: &mut Marker, question: &Question, ranking: &Ranking) -> Reading {
    let likeness = |text: &str, marker: &mut Marker| likeness(text, marker, question);
    let (titled, mut name) = likeness(page.title, marker);
    let mut called = (0.0, None);
    for (nth, keyword) in page.keywords.iter().enumerate() {
        let (like, asked) = likeness(keyword, marker);
        if asked.count_ones() > name.count_ones() {
            name = asked;
        }
        if like > called.0 {
            called = (like, Some(nth));
        }
    }
    let begun = match begun(page.title, &question.typed) {
        Some(Begun::Title) => BEGUN_TITLE,
        Some(Begun::Word) => BEGUN_WORD,
        None => 0.0,
    };
    let is_twin = !page.twin.1.is_empty() && plain(page.twin.1) == question.whole;
    let likest = if is_twin { 1.0 } else { titled };
    let named = (likest * SAME_TITLE).max(called.0 * SAME_KEYWORD).max(begun);
    let head = [page.title, page.summary].into_iter().chain(page.keywords.iter().copied());
    let head = head.map(|text| nearness(text, marker, question, ranking)).fold(0.0, f32::max);
    let mut best = (head * SIDE_BY_SIDE, None);
    for (nth, (_, heading, text)) in page.sections.iter().enumerate() {
        let (headed, _) = likeness(heading, marker);
        let mut near = |text| nearness(text, marker, question, ranking);
        let near = near(heading).max(near(text));
        let worth = headed * SAME_HEADING + near * SIDE_BY_SIDE;
        if worth > best.0 {
            best = (worth, Some(nth));
        }
    }
    Reading {
        bonus: (named + best.0) * ranking.whole,
        section: best.1,
        is_title: titled >= SAME,
        is_twin,
        keyword: called.1.filter(|_| called.0 >= SAME),
        name,
    }
}

/// Where in the question the name of each page is, if the question is nothing but names, such as `nsira nsicop`: who
/// asks so wants these pages, and not only those that say both. What names several pages, such as their type, is no name.
pub(super) fn names(readings: &[Reading], question: &Question, marker: &Marker) -> Vec<Option<u32>> {
    let names: Vec<u32> = readings
        .iter()
        .map(|reading| reading.name)
        .map(|name| if readings.iter().filter(|other| other.name == name).count() == 1 { name } else { 0 })
        .collect();
    let all = asked(question, marker);
    let is_of_names = names.iter().fold(0, |named, name| named | name) & all == all && !names.contains(&all);
    let place = |name: &u32| (is_of_names && *name != 0).then(|| name.trailing_zeros());
    names.iter().map(place).collect()
}

/// The words of a question that say what it is about and that some page has: a bit for each.
fn asked(question: &Question, marker: &Marker) -> u32 {
    let words = question.words.iter().enumerate();
    let says = |(nth, asked): &(usize, &Asked)| asked.counts() && asked.pieces == 0 && marker.is_found(*nth);
    words.filter(says).fold(0, |all, (nth, _)| all | 1 << nth)
}

/// Where a title has what was typed so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begun {
    /// It begins with it.
    Title,
    /// A further word does.
    Word,
}

fn begun(title: &str, typed: &str) -> Option<Begun> {
    if typed.len() < FEWEST_TYPED {
        return None;
    }
    let title = plain(title);
    let mut before = ' ';
    for (at, c) in title.char_indices() {
        if !before.is_alphanumeric() && title[at..].starts_with(typed) {
            return Some(if at == 0 { Begun::Title } else { Begun::Word });
        }
        before = c;
    }
    None
}

/// How close together the words of the question are: 1 for all of them, side by side. One of several is near nothing.
fn nearness(text: &str, marker: &mut Marker, question: &Question, ranking: &Ranking) -> f32 {
    let hits = marker.hits(text);
    let fewest = asked(question, marker).count_ones().min(2) as usize;
    let mut best = 0.0_f32;
    for (first, hit) in hits.iter().enumerate() {
        let mut seen = 0_u32;
        let mut worth = 0.0;
        let (mut words, mut meant) = (0_u32, 0);
        let (mut end, mut apart) = (hit.to, 0.0);
        for other in &hits[first..] {
            let between = other.position - hit.position;
            if between > FAR {
                break;
            }
            if seen & 1 << other.asked != 0 {
                continue;
            }
            seen |= 1 << other.asked;
            let passed = text.get(end..other.from).unwrap_or_default();
            apart += passed.matches(". ").count() as f32 * SENTENCE;
            apart += passed.matches('\n').count() as f32 * PARAGRAPH;
            end = other.to;
            worth += ranking.share(other.asked) * other.weight * if other.same { 1.0 } else { OTHER_FORM_NEAR };
            words += 1;
            // A compound is all of its pieces.
            meant += question.words.get(other.asked).map_or(1, |asked| asked.pieces.max(1));
            let gaps = (between + 1).saturating_sub(words) as f32 + apart;
            if meant >= fewest {
                best = best.max(worth * worth * HALF / (HALF + gaps));
            }
        }
    }
    best
}

/// How far a heading is the question: 1 if it has its words and no others, common ones and those that no page has aside. And
/// the words of the question that it is made of, if it has no others.
fn likeness(heading: &str, marker: &mut Marker, question: &Question) -> (f32, u32) {
    let asked = asked(question, marker).count_ones() as usize;
    let hits = marker.hits(heading);
    if hits.is_empty() || asked == 0 {
        return (0.0, 0);
    }
    let mut seen = 0_u32;
    let mut same = 0.0;
    let mut surely = 0;
    for hit in &hits {
        // A compound is all of its pieces.
        let said = match question.words.get(hit.asked).map_or(0, |asked| asked.pieces) {
            0 => 1 << hit.asked,
            pieces => ((1 << pieces) - 1) << (hit.asked + 1),
        };
        let new = (said & !seen).count_ones();
        seen |= said;
        same += hit.weight * new as f32;
        surely += if hit.weight >= SURELY { new as usize } else { 0 };
    }
    let mut length = 0;
    let mut says = 0;
    let mut common = question.common.clone();
    words(heading, |word| {
        // Numbers before a heading are no part of what it says.
        if word.role == Role::Joined || !word.form.chars().all(char::is_alphabetic) {
            return;
        }
        length += 1;
        let folded = fold(word.form);
        says += usize::from(!marker.is_common(&folded));
        if let Some(at) = common.iter().position(|other| *other == folded) {
            common.swap_remove(at);
            same += 1.0;
        }
    });
    let likeness = (same / length.max(asked) as f32).min(1.0);
    (likeness * likeness * likeness, if surely >= says.max(1) { seen } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_begun_at_its_beginning_or_at_that_of_a_word() {
        let begun = |title, typed| begun(title, &plain(typed));
        assert_eq!(begun("Échange de services", "ECHAN"), Some(Begun::Title));
        assert_eq!(begun("Accords d’échange de services", "d'échange de s"), Some(Begun::Word));
        assert_eq!(begun("Accords d’échange", "échange"), Some(Begun::Word));
        assert_eq!(begun("Subcommittee", "committee"), None);
        assert_eq!(begun("Heads of Corrections", "he"), None);
    }
}
