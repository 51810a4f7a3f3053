//! Pairs that cannot drift apart: what each record's two sides said when they were last confirmed, and what has changed
//! on either since.
//!
//! **The question.** Both sides of a record are equally authoritative and either may lead. Dates and commits do not
//! show whether they still say the same: a change of emphasis touches a file and matters to no one, and a corrected
//! spelling in French hides that the English was rewritten. So Diptych remembers *what was said*, not when a file was
//! touched.
//!
//! **The answer.** [`outline`](mod@outline) cuts a side, as its writer wrote it (before links are resolved and
//! typography is set), into sections and units and gives each unit a short fingerprint of its words, its numbers and its
//! links. White space, emphasis, the style of quotation marks, the form of links, comments, the order of keys and the
//! side's own address and keywords do not count. `diptych confirm` writes the fingerprints of both sides into
//! [`lock`](mod@lock) (`pairs.lock`). From then on [`compare`] compares each side with itself:
//!
//! | English since | French since | the record is |
//! | --- | --- | --- |
//! | as it was | as it was | equal |
//! | changed | as it was | outdated: French is behind |
//! | as it was | changed | outdated: English is behind |
//! | changed | changed | outdated: both, until someone has compared them |
//!
//! No history is needed, and no change to the other side, however late, hides one. `changes` says what happened in each
//! section. Fingerprints even show which word was misspelt, if a typing error is all that was corrected (`spelling`).
//! If a history of the files is available, [`history`] finds the text that was confirmed by its fingerprints, whatever
//! commit it is in, and shows the words that changed.
//!
//! Parity, which needs no confirmation, is in `check::parity` and reads the same outlines in the same pass: texts are
//! dropped as soon as both sides of a record have been compared.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::lang::{Lang, PerLang};
use crate::parse::{ParsedRecord, ParsedWords};
use crate::path::ContentPath;

mod alignment;
mod changes;
pub mod confirm;
pub mod content;
pub mod counterparts;
mod fingerprint;
pub mod history;
pub mod kept;
pub mod language;
pub mod lock;
mod matching;
pub mod outline;
pub mod sections;
pub mod spelling;
pub mod status;
pub mod twins;
pub mod worklist;

#[cfg(test)]
mod tests;

pub use changes::{Change, What};
pub use lock::{ByLines, Confirmed, ConfirmedSection, Lock};
pub use outline::{Name, Outline};
use outline::{Section, Unit};
pub use spelling::{SpellingFix, Vocabulary};

use lock::Line;

/// The pairs of a site, by id.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// Every record that is not a draft, the landing pages and the home page.
    pub records: BTreeMap<String, Arc<Pair>>,
}

/// A record's two sides and the state of the pair.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The files of the sides.
    pub files: PerLang<Option<ContentPath>>,
    /// The sections of the sides, without their texts; empty unless a side has changed.
    pub outlines: PerLang<Outline>,
    /// The state of the pair.
    pub state: State,
    /// What happened on each side since they were confirmed.
    pub changes: PerLang<Vec<Change>>,
    /// Changes that may only correct the spelling of one word, by position among the changes of the side. Whether they
    /// do depends on the words of the whole site: [`Pair::without_spelling_fixes`].
    pub spelling: PerLang<Vec<(usize, SpellingFix)>>,
    /// The day on which they were confirmed, if it is known.
    pub confirmed_on: Option<String>,
    /// What was confirmed, if a side has changed since or both are as they were.
    pub confirmed: Option<Confirmed>,
}

/// The state of a record's two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing changed since they were confirmed.
    Equal,
    /// One side, or each, changed since.
    Outdated(Behind),
    /// There is no side in this language.
    Missing(Lang),
    /// Nobody has confirmed yet that they say the same.
    Unconfirmed,
}

/// Which side is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Behind {
    /// The side that did not change while the other did.
    Side(Lang),
    /// Each side changed: someone must compare them.
    Both,
}

impl State {
    /// The state's name in machine-readable output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Outdated(_) => "outdated",
            Self::Missing(_) => "missing",
            Self::Unconfirmed => "unconfirmed",
        }
    }

    /// The side that is behind or missing, in machine-readable output.
    pub const fn side(self) -> Option<&'static str> {
        match self {
            Self::Outdated(Behind::Side(lang)) | Self::Missing(lang) => Some(lang.code()),
            Self::Outdated(Behind::Both) => Some("both"),
            Self::Equal | Self::Unconfirmed => None,
        }
    }

    /// The side whose readers should look at the other one.
    pub const fn behind(self) -> Option<Lang> {
        match self {
            Self::Outdated(Behind::Side(lang)) => Some(lang),
            _ => None,
        }
    }
}

/// The sides of a record with their texts.
pub struct PairTexts<'a> {
    /// The record's id.
    pub id: &'a str,
    /// The pages of words.
    pub words: PerLang<Option<&'a ParsedWords>>,
    /// Their sections.
    pub outlines: PerLang<&'a Outline>,
    /// The file of facts.
    facts: Option<&'a ContentPath>,
}

impl<'a> PairTexts<'a> {
    /// The sides of a record, whose sections [`outlines`] has found.
    pub fn new(id: &'a str, parsed: &'a ParsedRecord, outlines: &'a PerLang<Outline>) -> Self {
        let facts = parsed.facts.as_ref().map(|facts| &facts.path);
        Self { id, words: parsed.words.as_ref().map(|_, words| words.as_ref()), outlines: outlines.as_ref(), facts }
    }

    /// The file that a section of a side is in.
    pub fn file(&self, lang: Lang, section: &Section) -> Option<&'a ContentPath> {
        if section.in_facts { self.facts } else { self.words.get(lang).map(|words| &words.path) }
    }

    /// What a side says, each unit with the file that it is in.
    pub fn units(&self, lang: Lang) -> impl Iterator<Item = (&'a ContentPath, &'a Unit)> {
        let outline: &'a Outline = self.outlines.get(lang);
        let sections = outline.sections.iter().filter_map(move |section| Some((self.file(lang, section)?, section)));
        sections.flat_map(|(file, section)| section.units.iter().map(move |unit| (file, unit)))
    }
}

/// The sections of both sides of a record, with what its facts say in each language.
pub fn outlines(parsed: &ParsedRecord) -> PerLang<Outline> {
    PerLang::from_fn(|lang| {
        let mut outline = parsed.words.get(lang).as_ref().map(outline::outline).unwrap_or_default();
        if let Some(facts) = &parsed.facts {
            outline.add_facts(&facts.facts, lang);
        }
        outline
    })
}

/// Whether the facts of a record say that it is a draft, whose sides are not compared with anything yet.
pub fn is_draft(parsed: &ParsedRecord) -> bool {
    let state = parsed.facts.as_ref().and_then(|facts| facts.facts.get("state")?.scalar());
    state == Some("draft")
}

/// Compares the sides of a record with what was confirmed.
pub fn compare(parsed: &ParsedRecord, mut outlines: PerLang<Outline>, confirmed: Option<&Confirmed>) -> Pair {
    let confirmed = confirmed.map(|confirmed| confirmed.fitting(outlines.as_ref()));
    let confirmed = confirmed.as_deref();
    let files = parsed.words.as_ref().map(|_, words| words.as_ref().map(|words| words.path.clone()));
    let mut changes = PerLang::<Vec<Change>>::default();
    let state = match (&files, confirmed) {
        (PerLang { en: None, .. }, _) => State::Missing(Lang::En),
        (PerLang { fr: None, .. }, _) => State::Missing(Lang::Fr),
        (_, None) => State::Unconfirmed,
        (_, Some(confirmed)) => {
            changes = PerLang::from_fn(|lang| changes_of(outlines.get(lang), confirmed, lang));
            if is_only_new(&changes, &outlines, confirmed) {
                changes = PerLang::default();
                State::Unconfirmed
            } else {
                state(&changes)
            }
        }
    };
    let confirmed_on = confirmed.and_then(|confirmed| confirmed.on()).map(str::to_owned);
    let confirmed = confirmed.filter(|_| matches!(state, State::Outdated(_))).cloned();
    let mut spelling = PerLang::default();
    if let Some(confirmed) = &confirmed {
        spelling =
            PerLang::from_fn(|lang| spelling::candidates(changes.get(lang), outlines.get(lang), confirmed, lang));
        outlines.en.drop_texts();
        outlines.fr.drop_texts();
    } else {
        outlines = PerLang::default();
    }
    Pair { files, outlines, state, changes, spelling, confirmed_on, confirmed }
}

/// Whether the only changes are new sections that both sides have and nobody has confirmed yet.
fn is_only_new(changes: &PerLang<Vec<Change>>, outlines: &PerLang<Outline>, confirmed: &Confirmed) -> bool {
    let mut all = changes.en.iter().chain(&changes.fr).peekable();
    if all.peek().is_none() || !all.all(|change| change.what == [What::SectionAdded]) {
        return false;
    }
    let added =
        changes.as_ref().map(|_, changes| changes.iter().filter_map(|change| change.now).collect::<HashSet<_>>());
    let is_new = |lang, at: Option<usize>| at.is_some_and(|at| added.get(lang).contains(&at));
    twins::of(outlines.as_ref(), Some(confirmed))
        .into_iter()
        .all(|row| is_new(Lang::En, row.at.en) == is_new(Lang::Fr, row.at.fr))
}

/// The state of two sides that changed in this way.
fn state(changes: &PerLang<Vec<Change>>) -> State {
    match (changes.en.is_empty(), changes.fr.is_empty()) {
        (true, true) => State::Equal,
        (false, true) => State::Outdated(Behind::Side(Lang::Fr)),
        (true, false) => State::Outdated(Behind::Side(Lang::En)),
        (false, false) => State::Outdated(Behind::Both),
    }
}

fn changes_of(outline: &Outline, confirmed: &Confirmed, lang: Lang) -> Vec<Change> {
    let (old, new) = (confirmed.lines(lang), lock::lines(outline));
    if old == new {
        return Vec::new();
    }
    let old: Vec<Line> = old.into_iter().map(Line::read).collect();
    let new: Vec<Line> = outline.sections.iter().map(Line::of).collect();
    changes::changes(&old, &new)
}

impl Pair {
    /// Its sections side by side; empty if nothing changed.
    pub fn rows(&self) -> Vec<sections::Row> {
        sections::sections(&self.outlines, Some(self), self.confirmed.as_ref())
    }

    /// Whether a change may only correct the spelling of one word.
    pub fn has_spelling_candidates(&self) -> bool {
        !self.spelling.en.is_empty() || !self.spelling.fr.is_empty()
    }

    /// The changes that do only that, judging by the words of the site.
    pub fn spelling_fixes(&self, vocabulary: &Vocabulary) -> BTreeSet<(Lang, SpellingFix)> {
        let all = self.spelling.iter().flat_map(|(lang, own)| own.iter().map(move |(_, fix)| (lang, fix)));
        all.filter(|(lang, fix)| vocabulary.is_fix(*lang, fix)).map(|(lang, fix)| (lang, fix.clone())).collect()
    }

    /// The same pair without these changes.
    pub fn without_spelling_fixes(&self, fixes: &BTreeSet<(Lang, SpellingFix)>) -> Self {
        let mut pair = self.clone();
        for lang in Lang::BOTH {
            let fixed = |fix: &SpellingFix| fixes.contains(&(lang, fix.clone()));
            let own = self.spelling.get(lang).iter().filter(|(_, fix)| fixed(fix));
            let fixed: BTreeSet<usize> = own.map(|(at, _)| *at).collect();
            let mut at = 0;
            pair.changes.get_mut(lang).retain(|_| {
                at += 1;
                !fixed.contains(&(at - 1))
            });
        }
        pair.state = state(&pair.changes);
        pair
    }
}
