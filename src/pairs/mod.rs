//! Pairs that cannot drift apart: what each record's two sides said when they were last confirmed, and what changed on
//! either since.
//!
//! **The question.** Both sides of a record are equally authoritative and either may lead. Dates and commits cannot tell
//! whether they still say the same: a change of emphasis touches a file and matters to no one, and a spelling mended in
//! French hides that the English was rewritten. So Diptych remembers *what was said*, not when a file was touched.
//!
//! **The answer.** [`outline`](mod@outline) cuts a side, as its writer wrote it (before links are resolved and
//! typography is set), into sections and units and gives each unit a short fingerprint of its words, its numbers and its
//! links. White space, emphasis, the style of quotation marks, the form of links, comments, the order of keys and the
//! side's own address and keywords do not count. `diptych confirm` writes the fingerprints of both sides into
//! [`lock`](mod@lock) (`pairs.lock`). From then on [`survey`] compares each side with itself:
//!
//! | English since | French since | the record is |
//! | --- | --- | --- |
//! | as it was | as it was | equal |
//! | changed | as it was | outdated: French is behind |
//! | as it was | changed | outdated: English is behind |
//! | changed | changed | outdated: both, until someone has compared them |
//!
//! No history is needed, and no change to the other side, however late, hides one. `changes` tells what happened in each
//! section. Fingerprints alone tell even which word was misspelt, where a typing error is all that was mended
//! (`spelling`). Where a history of the files is at hand, [`history`] finds the text that was confirmed by its
//! fingerprints, whatever commit it is in, and shows the words that changed.
//!
//! Parity, which needs no confirmation, lives in `check::parity` and reads the same outlines, once, in the same pass:
//! texts are forgotten as soon as both sides of a record have been looked at.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::lang::{Lang, PerLang};
use crate::parse::{Parsed, ParsedFacts, ParsedWords};
use crate::path::ContentPath;
use crate::source::Sources;

mod alignment;
mod changes;
pub mod content;
mod fingerprint;
pub mod history;
pub mod lock;
mod matching;
pub mod outline;
mod spelling;
pub mod status;

#[cfg(test)]
mod tests;

pub use changes::{Change, What};
pub use lock::{Confirmed, Lock};
pub use outline::{Name, Outline};
pub use spelling::SpellingFix;

use lock::Line;

/// The pairs of a site, by id.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// Every record that is not a draft, the landing pages and the home page.
    pub records: BTreeMap<String, Pair>,
}

/// A record's two sides and how they stand to each other.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The files of the sides.
    pub files: PerLang<Option<ContentPath>>,
    /// The sections of the sides, without their texts; nothing where both are as they were.
    pub outlines: PerLang<Outline>,
    /// How they stand to each other.
    pub state: State,
    /// What happened on each side since they were confirmed.
    pub changes: PerLang<Vec<Change>>,
    /// The words of each side whose spelling was mended since, which is no change.
    pub mended: PerLang<Vec<SpellingFix>>,
    /// The day on which they were confirmed, where it is known.
    pub confirmed_on: Option<String>,
    /// What was confirmed, where a side has changed since or both are as they were.
    pub confirmed: Option<Confirmed>,
}

/// How the sides of a record stand to each other.
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

/// The sides of a record with all they say.
pub struct PairTexts<'a> {
    /// The record's id.
    pub id: &'a str,
    /// The pages of words.
    pub words: PerLang<Option<&'a ParsedWords>>,
    /// Their sections.
    pub outlines: PerLang<&'a Outline>,
}

/// Compares every pair with what was confirmed of it. `look` sees each whole pair, many at the same time; what it
/// returns comes back in the order of the ids.
pub fn survey<T: Send>(
    parsed: &Parsed,
    lock: &Lock,
    sources: &Sources,
    look: impl Fn(&PairTexts<'_>) -> T + Sync,
) -> (Pairs, Vec<T>) {
    let facts = by_id(&parsed.facts);
    let sides = parsed.words.iter().map(|words| (words.id.as_str(), words.lang, words));
    let looked: Vec<(String, Pair, T)> = paired(sides, &facts)
        .into_par_iter()
        .map(|(id, words)| {
            let mut outlines = PerLang::from_fn(|lang| words.get(lang).map(outline::outline).unwrap_or_default());
            let seen = {
                add_facts(&mut outlines, facts.get(id));
                look(&PairTexts { id, words, outlines: outlines.as_ref() })
            };
            let files = words.map(|_, words| words.map(|words| words.path.clone()));
            (id.to_owned(), compare(files, outlines, lock.records.get(id)), seen)
        })
        .collect();
    let (mut pairs, mut seen) = (Pairs::default(), Vec::new());
    for (id, pair, looked) in looked {
        pairs.records.insert(id, pair);
        seen.push(looked);
    }
    spelling::ignore_spelling_fixes(&mut pairs.records, sources);
    (pairs, seen)
}

/// One side, of which only the sections are known.
pub struct SideOutline {
    id: String,
    lang: Lang,
    file: ContentPath,
    outline: Outline,
}

impl SideOutline {
    /// Keeps of a page what tells whether it changes.
    pub fn new(words: &ParsedWords) -> Self {
        let mut outline = outline::outline(words);
        outline.drop_texts();
        Self { id: words.id.clone(), lang: words.lang, file: words.path.clone(), outline }
    }
}

/// Compares every pair, as [`survey`] does, from what was kept of each page.
pub fn compare_all(sketches: Vec<SideOutline>, facts: &[ParsedFacts], lock: &Lock, sources: &Sources) -> Pairs {
    let facts = by_id(facts);
    let mut sides = BTreeMap::<String, PerLang<Option<SideOutline>>>::new();
    for sketch in sketches.into_iter().filter(|sketch| !is_draft(&facts, &sketch.id)) {
        let side = sides.entry(sketch.id.clone()).or_default().get_mut(sketch.lang);
        *side = Some(sketch);
    }
    let compared = sides.into_par_iter().map(|(id, sides)| {
        let (mut files, mut outlines) = (PerLang::default(), PerLang::default());
        for sketch in [sides.en, sides.fr].into_iter().flatten() {
            *files.get_mut(sketch.lang) = Some(sketch.file);
            *outlines.get_mut(sketch.lang) = sketch.outline;
        }
        add_facts(&mut outlines, facts.get(id.as_str()));
        let pair = compare(files, outlines, lock.records.get(&id));
        (id, pair)
    });
    let mut records: BTreeMap<String, Pair> = compared.collect::<Vec<_>>().into_iter().collect();
    spelling::ignore_spelling_fixes(&mut records, sources);
    Pairs { records }
}

fn by_id(facts: &[ParsedFacts]) -> BTreeMap<&str, &ParsedFacts> {
    facts.iter().map(|facts| (facts.id.as_str(), facts)).collect()
}

fn is_draft(facts: &BTreeMap<&str, &ParsedFacts>, id: &str) -> bool {
    facts.get(id).and_then(|facts| facts.facts.get("state")?.scalar()) == Some("draft")
}

fn add_facts(outlines: &mut PerLang<Outline>, facts: Option<&&ParsedFacts>) {
    let Some(facts) = facts else { return };
    for lang in Lang::BOTH {
        outlines.get_mut(lang).add_facts(&facts.facts, lang);
    }
}

/// The sides of each record that is not a draft.
fn paired<'a, T>(
    sides: impl Iterator<Item = (&'a str, Lang, T)>,
    facts: &BTreeMap<&str, &ParsedFacts>,
) -> Vec<(&'a str, PerLang<Option<T>>)> {
    let mut paired = BTreeMap::<&str, PerLang<Option<T>>>::new();
    for (id, lang, side) in sides.filter(|(id, ..)| !is_draft(facts, id)) {
        *paired.entry(id).or_insert_with(|| PerLang { en: None, fr: None }).get_mut(lang) = Some(side);
    }
    paired.into_iter().collect()
}

fn compare(files: PerLang<Option<ContentPath>>, mut outlines: PerLang<Outline>, confirmed: Option<&Confirmed>) -> Pair {
    let mut changes = PerLang::<Vec<Change>>::default();
    let state = match (&files, confirmed) {
        (PerLang { en: None, .. }, _) => State::Missing(Lang::En),
        (PerLang { fr: None, .. }, _) => State::Missing(Lang::Fr),
        (_, None) => State::Unconfirmed,
        (_, Some(confirmed)) => {
            changes = PerLang::from_fn(|lang| changes_of(outlines.get(lang), confirmed, lang));
            state(&changes)
        }
    };
    let confirmed_on = confirmed.and_then(|confirmed| confirmed.on.clone());
    let confirmed = confirmed.filter(|_| matches!(state, State::Outdated(_) | State::Equal)).cloned();
    // Of two sides that are as they were, the confirmation tells all; of the others, texts are needed no more.
    if state == State::Equal {
        outlines = PerLang::default();
    }
    outlines.en.drop_texts();
    outlines.fr.drop_texts();
    Pair { files, outlines, state, changes, mended: PerLang::default(), confirmed_on, confirmed }
}

/// How two sides stand to each other that changed in this way.
fn state(changes: &PerLang<Vec<Change>>) -> State {
    match (changes.en.is_empty(), changes.fr.is_empty()) {
        (true, true) => State::Equal,
        (false, true) => State::Outdated(Behind::Side(Lang::Fr)),
        (true, false) => State::Outdated(Behind::Side(Lang::En)),
        (false, false) => State::Outdated(Behind::Both),
    }
}

fn changes_of(outline: &Outline, confirmed: &Confirmed, lang: Lang) -> Vec<Change> {
    let old = match lang {
        Lang::En => &confirmed.en,
        Lang::Fr => &confirmed.fr,
    };
    if *old == lock::lines(outline) {
        return Vec::new();
    }
    let old: Vec<Line> = old.iter().map(|line| Line::read(line)).collect();
    let new: Vec<Line> = outline.sections.iter().map(Line::of).collect();
    changes::changes(&old, &new)
}

impl Pair {
    /// For each section of a side, the one of the other side that says the same.
    pub fn counterparts(&self, lang: Lang) -> Vec<Option<usize>> {
        let lines = |lang| self.outlines.get(lang).sections.iter().map(Line::of).collect::<Vec<_>>();
        changes::counterparts(&lines(lang), &lines(lang.other()))
    }

    /// The confirmation of the pair as it stands; none where a side is missing.
    pub fn confirmation(&self, on: Option<String>) -> Option<Confirmed> {
        let whole = matches!(self.files, PerLang { en: Some(_), fr: Some(_) });
        whole.then(|| match &self.confirmed {
            Some(confirmed) if self.state == State::Equal && self.mended == PerLang::default() => {
                Confirmed { on: on.or_else(|| confirmed.on.clone()), ..confirmed.clone() }
            }
            _ => Confirmed::new(&self.outlines.as_ref(), on),
        })
    }
}
