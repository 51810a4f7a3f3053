//! Which pages answer best: [`Index::rank`].
//!
//! A word's occurrences in title, keywords, summary, headings and body are weighed and added *before* they saturate
//! (BM25F), so that no field drowns the others. Three rewards are added to the sum over the words: for holding every
//! word of the question, for holding them in one section, and for being named after them.

use super::super::layout::{Field, Place};
use super::formula::{covering, rarity, saturated};
use super::lookup::{PIECE, Sought, Variant};
use super::parse::Question;
use super::sums::{Sums, Weighed};
use super::{Index, Pause};

/// A page that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) page: u32,
    pub(super) score: f32,
    /// The section that holds most of the question, unless only the page's head does.
    pub(super) section: Option<u32>,
    /// How many words of the question it lacks.
    pub(super) lacks: u32,
    /// The part of the question, weighed by rarity, that it holds.
    pub(super) coverage: f32,
    pub(super) by_section: f32,
    pub(super) by_title: f32,
}

/// The pages found, best first.
pub(super) struct Ranking {
    pub(super) pages: Vec<Ranked>,
    /// Whether some section, or title, holds the whole question as it was typed.
    pub(super) complete: bool,
    /// What the question is worth.
    pub(super) whole: f32,
    /// What each word of it is worth.
    worths: Vec<f32>,
    /// What each word adds to each page, and by which variant.
    words: Vec<Vec<(f32, u8)>>,
}

/// How far a long page must say a word more often than a short one.
const LENGTH: f32 = 0.75;
const TITLE: f32 = 5.0;
const KEYWORDS: f32 = 5.0;
const SUMMARY: f32 = 2.0;
const HEADING: f32 = 3.0;
/// What words in one section add.
const SECTION: f32 = 1.0;
const SECTION_HEADING: f32 = 3.0;
/// What a title, and a heading, made of the words asked for adds.
const NAMED: f32 = 0.6;
const HEADED: f32 = 2.5;
/// What keywords made of the words asked for add.
const KEYED: f32 = 0.4;
/// What a word of asking counts beside one of meaning.
const LIGHT: f32 = 0.2;
/// The share from which on the question counts as covered, rounding aside.
const WHOLE: f32 = 0.99;
/// Pages that lack more than one word and hold less of the question than this, beside the best, are not results.
const ENOUGH: f32 = 0.6;
/// The share of the question that makes a page a result if its title, or its keywords, have it: it may be one of two pages
/// that were named.
const NAMED_ENOUGH: f32 = 0.3;
/// So many of the best pages are results anyway, where none has every word.
const FEWEST: usize = 10;
/// How surely a page must have a word, so that it is said to have it.
const HAS: f32 = 0.42;

impl Index {
    /// Ranks all pages that hold enough of what is sought.
    pub(super) fn rank(&self, question: &Question, sought: &[Sought]) -> Result<Ranking, Pause> {
        let lists: Vec<Vec<_>> =
            sought.iter().map(|word| word.variants.iter().map(|variant| self.hits(variant)).collect()).collect();
        let phrases: Vec<_> = question.phrases.iter().map(|phrase| self.documents_with(phrase, sought)).collect();
        let lists = lists
            .into_iter()
            .map(|word| word.into_iter().collect::<Result<Vec<_>, Pause>>())
            .collect::<Result<Vec<_>, Pause>>()?;
        let phrases = phrases.into_iter().collect::<Result<Vec<_>, Pause>>()?;

        let pages = self.boot.pages.len();
        let mut sums = Sums::new(pages, self.boot.pages.sections());
        let mut words = Vec::with_capacity(sought.len());
        for (word, lists) in sought.iter().zip(&lists) {
            let weighed = self.weigh(word, lists);
            sums.add(&weighed, word.asked.counts(), HAS);
            words.push(weighed.pages);
        }
        let allowed = self.pages_of(&phrases);
        let mut ranking = self.settle(&sums, allowed.as_deref());
        ranking.words = words;
        Ok(ranking)
    }

    /// The documents of a variant, all of its words, and how often each says it.
    fn hits(&self, variant: &Variant) -> Result<Vec<(u32, f32)>, Pause> {
        let first = self.hits_of_word(variant);
        let others: Vec<_> = variant.with.iter().map(|other| self.hits_of_word(other)).collect();
        let mut hits = first?;
        for other in others {
            let other = other?;
            hits.retain_mut(|(document, said)| {
                let there = other.binary_search_by_key(document, |&(document, _)| document);
                there.is_ok_and(|at| {
                    *said = said.min(other[at].1);
                    true
                })
            });
        }
        Ok(hits)
    }

    /// The documents of a word and how often each says it, other forms counting less.
    fn hits_of_word(&self, variant: &Variant) -> Result<Vec<(u32, f32)>, Pause> {
        let lists: Vec<_> = variant.forms.iter().map(|form| (self.postings_of(&form.info), form.nearness)).collect();
        let one = lists.len() == 1;
        let mut hits = Vec::new();
        for (list, nearness) in lists {
            hits.extend(list?.iter().map(|posting| (posting.document, posting.times as f32 * nearness)));
        }
        if !one {
            hits.sort_by_key(|&(document, _)| document);
            hits.dedup_by(|next, kept| {
                next.0 == kept.0 && {
                    kept.1 += next.1;
                    true
                }
            });
        }
        Ok(hits)
    }

    /// What one word of the question gives.
    fn weigh(&self, word: &Sought, lists: &[Vec<(u32, f32)>]) -> Weighed {
        let mut weighed = Weighed::new(self.boot.pages.len(), self.boot.pages.sections());
        let importance = match &word.asked {
            asked if asked.light => LIGHT,
            asked if asked.optional => PIECE,
            _ => 1.0,
        };
        for (nth, (variant, hits)) in word.variants.iter().zip(lists).enumerate() {
            let groups = self.group(hits);
            let rarity = rarity(self.boot.pages.len(), groups.len()) * importance;
            weighed.worth = weighed.worth.max(rarity * variant.weight);
            for group in groups {
                let page = group.page as usize;
                let length = 1.0 - LENGTH + LENGTH * self.boot.pages.relative_length(group.page);
                let said = group.title * TITLE
                    + group.keywords * KEYWORDS
                    + group.summary * SUMMARY
                    + (group.headings * HEADING + group.body) / length;
                let score = rarity * variant.weight * saturated(said);
                if score > weighed.pages[page].0 {
                    weighed.pages[page] = (score, nth as u8);
                }
                weighed.found[page] = weighed.found[page].max(variant.weight);
                if group.title > 0.0 {
                    weighed.titled[page] = weighed.titled[page].max(variant.weight);
                }
                if group.keywords > 0.0 {
                    weighed.keyed[page] = weighed.keyed[page].max(variant.weight);
                }
                let head = (group.title + group.keywords) * SECTION_HEADING + group.summary;
                if head > 0.0 {
                    weighed.heads[page].raise(rarity * variant.weight * saturated(head), variant.weight, 0.0);
                }
                for (section, heading, body) in group.sections {
                    let score = rarity * variant.weight * saturated(heading * SECTION_HEADING + body);
                    // Another form of the word counts, and the one that was typed counts more.
                    let headed = if heading > 0.0 { variant.weight * (1.0 + heading.min(1.0)) / 2.0 } else { 0.0 };
                    weighed.sections[section as usize].raise(score, variant.weight, headed);
                }
            }
        }
        weighed
    }

    /// The hits of a variant by page.
    fn group(&self, hits: &[(u32, f32)]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut page = 0;
        for &(document, said) in hits {
            let Some(Place { page: there, field, section }) = self.boot.pages.place(document, page) else { break };
            if groups.is_empty() || there != page {
                groups.push(Group { page: there, ..Group::default() });
            }
            page = there;
            let Some(group) = groups.last_mut() else { break };
            let (heading, body) = match field {
                Field::Title => {
                    group.title += said;
                    continue;
                }
                Field::Keywords => {
                    group.keywords += said;
                    continue;
                }
                Field::Summary => {
                    group.summary += said;
                    continue;
                }
                Field::Heading => (said, 0.0),
                Field::Body => (0.0, said),
            };
            group.headings += heading;
            group.body += body;
            match group.sections.last_mut().filter(|last| last.0 == section) {
                Some(last) => {
                    last.1 += heading;
                    last.2 += body;
                }
                None => group.sections.push((section, heading, body)),
            }
        }
        groups
    }

    /// The pages that hold every phrase; nothing if there is no phrase, or no page with all of them.
    fn pages_of(&self, phrases: &[Vec<u32>]) -> Option<Vec<u32>> {
        let pages = |documents: &Vec<u32>| -> Vec<u32> {
            let places = documents.iter().filter_map(|&document| self.boot.pages.place(document, 0));
            let mut pages: Vec<u32> = places.map(|place| place.page).collect();
            pages.dedup();
            pages
        };
        let (first, others) = phrases.split_first()?;
        let mut allowed = pages(first);
        for other in others {
            let other = pages(other);
            allowed.retain(|page| other.binary_search(page).is_ok());
        }
        (!allowed.is_empty()).then_some(allowed)
    }

    /// Scores the pages and sorts them.
    fn settle(&self, sums: &Sums, allowed: Option<&[u32]>) -> Ranking {
        let whole = sums.whole.max(f32::MIN_POSITIVE);
        let mut pages = Vec::new();
        let mut complete = false;
        for page in 0..self.boot.pages.len() as u32 {
            let at = page as usize;
            if sums.pages[at] <= 0.0 || allowed.is_some_and(|allowed| allowed.binary_search(&page).is_err()) {
                continue;
            }
            let coverage = sums.covered[at] / whole;
            let head = &sums.heads[at];
            let mut best = (head.score * covering(head.found / whole), None);
            complete |= head.found / whole > WHOLE;
            for section in self.boot.pages.sections_of(page) {
                let part = &sums.sections[section as usize];
                let share = part.found / whole;
                // Half of a heading says little: most headings share a word with some question.
                let by_heading = part.headed / whole;
                let headed = by_heading * by_heading;
                complete |= share > WHOLE;
                let score = part.score * covering(share) + HEADED * whole * headed * headed;
                if score > best.0 {
                    best = (score, Some(section));
                }
            }
            let titled = sums.titled[at] / whole;
            complete |= titled > WHOLE;
            let share_of_title = (sums.title_words[at] / self.boot.pages.title_words(page).max(1) as f32).min(1.0);
            let keyed = sums.keyed[at] / whole;
            let by_title =
                NAMED * whole * titled * titled * (0.5 + 0.5 * share_of_title) + KEYED * whole * keyed * keyed;
            let by_words = sums.pages[at] * covering(coverage);
            let by_section = SECTION * best.0;
            pages.push(Ranked {
                page,
                score: by_words + by_section + by_title,
                section: best.1,
                lacks: sums.required.saturating_sub(sums.had[at]),
                coverage,
                by_section,
                by_title,
            });
        }
        let most = pages.iter().map(|ranked| ranked.coverage).fold(0.0, f32::max);
        let holds_enough = |ranked: &Ranked| {
            let named = sums.keyed[ranked.page as usize].max(sums.titled[ranked.page as usize]);
            ranked.lacks <= u32::from(sums.required > 1)
                || ranked.coverage >= ENOUGH * most
                || named >= NAMED_ENOUGH * whole
        };
        // Pages with every word come before all others, and those that hold enough before the rest. Pages lie in the order
        // of their ids, which decides between equals.
        let order = |ranked: &Ranked| (ranked.lacks > 0, !holds_enough(ranked));
        pages.sort_by(|a, b| order(a).cmp(&order(b)).then(b.score.total_cmp(&a.score)).then(a.page.cmp(&b.page)));
        // Where no page has every word, the best are an answer, however little they hold.
        let sure = if pages.first().is_some_and(|ranked| ranked.lacks > 0) { FEWEST } else { 0 };
        let mut nth = 0;
        pages.retain(|ranked| {
            nth += 1;
            nth <= sure || holds_enough(ranked)
        });
        Ranking { pages, complete, whole: sums.whole, worths: sums.worths.clone(), words: Vec::new() }
    }
}

impl Ranking {
    /// A word's share of the question, by rarity.
    pub(super) fn share(&self, word: usize) -> f32 {
        // Where no page has any word that counts, the question is worth nothing, and so is each part of it.
        self.worths.get(word).filter(|_| self.whole > 0.0).map_or(0.0, |worth| worth / self.whole)
    }

    /// The variant by which a page has a word of the question.
    pub(super) fn variant_of(&self, word: usize, page: u32) -> Option<usize> {
        let &(score, variant) = self.words.get(word)?.get(page as usize)?;
        (score > 0.0).then_some(usize::from(variant))
    }

    /// What a word of the question adds to a page.
    pub(super) fn score_of(&self, word: usize, page: u32) -> f32 {
        self.words.get(word).and_then(|word| word.get(page as usize)).map_or(0.0, |&(score, _)| score)
    }
}

/// The hits of one variant on one page.
#[derive(Default)]
struct Group {
    page: u32,
    title: f32,
    keywords: f32,
    summary: f32,
    headings: f32,
    body: f32,
    /// Section, how often its heading says the word, how often its body.
    sections: Vec<(u32, f32, f32)>,
}
