//! What must match between the two sides of a record without any confirmation: [`check`].
//!
//! Sides are compared section by section ([`twins`]); what cannot be told apart is compared as one. `shape` counts what
//! can be counted (paragraphs, items, rows, links …), `figures` compares what is said in figures (`values` understands
//! both languages, `units` what they count), `untranslated` finds the same words on both sides. Only what is sure is reported: writers who meet false alarms stop reading them.
//!
//! A difference that is right is allowed where it is, with the reason: `<!-- parity-numbers: reason -->` on a line
//! of its own in the section, on either side; or for a whole page in its front matter, `parity: {numbers: reason}`. An
//! allowance that allows nothing is reported too.

use std::collections::HashMap;

use crate::diagnostic::catalog::{self, Allowed};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Span};
use crate::lang::{Lang, PerLang};
use crate::pairs::confirm::Differing;
use crate::pairs::outline::{Kind, Name, Outline, Section, Unit};
use crate::pairs::twins::{self, Twins};
use crate::pairs::{ByLines, Confirmed, ConfirmedSection, PairTexts};
use crate::parse::ParsedWords;
use crate::path::ContentPath;
use crate::schema::Policies;
use crate::source::Sources;

mod allowance;
mod at_hand;
mod code;
mod codes;
mod contacts;
mod failed;
mod figures;
mod headings;
mod idioms;
mod in_words;
mod length;
mod limits;
mod links;
mod mailboxes;
mod moments;
mod named;
mod numerals;
mod parts;
mod phones;
mod provisions;
mod references;
mod shape;
mod spelled;
mod tables;
mod units;
mod untranslated;
mod values;
mod years;

pub use at_hand::{Figure, figures};

#[cfg(test)]
mod tests;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Headings and their levels.
    Headings,
    /// Paragraphs of a section.
    Paragraphs,
    /// Items of lists.
    Lists,
    /// Boxes: notes, warnings …
    Alerts,
    /// Rows of tables.
    Tables,
    /// Code.
    Code,
    /// Links out of the site and to files.
    Links,
    /// Links to the other language's version of an address.
    LinkLanguage,
    /// Links to records.
    References,
    /// Pictures.
    Images,
    /// Footnotes.
    Footnotes,
    /// Numbers.
    Numbers,
    /// Dates.
    Dates,
    /// Times of day.
    Times,
    /// Amounts of money.
    Money,
    /// Percentages.
    Percentages,
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
    /// How much is said.
    Length,
    /// Words that are the same on both sides.
    Untranslated,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 20] = [
        Self::Headings,
        Self::Paragraphs,
        Self::Lists,
        Self::Alerts,
        Self::Tables,
        Self::Code,
        Self::Links,
        Self::LinkLanguage,
        Self::References,
        Self::Images,
        Self::Footnotes,
        Self::Numbers,
        Self::Dates,
        Self::Times,
        Self::Money,
        Self::Percentages,
        Self::Email,
        Self::Phone,
        Self::Length,
        Self::Untranslated,
    ];

    /// The name of the mistake.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headings => "parity-headings",
            Self::Paragraphs => "parity-paragraphs",
            Self::Lists => "parity-lists",
            Self::Alerts => "parity-alerts",
            Self::Tables => "parity-tables",
            Self::Code => "parity-code",
            Self::Links => "parity-links",
            Self::LinkLanguage => "parity-link-language",
            Self::References => "parity-references",
            Self::Images => "parity-images",
            Self::Footnotes => "parity-footnotes",
            Self::Numbers => "parity-numbers",
            Self::Dates => "parity-dates",
            Self::Times => "parity-times",
            Self::Money => "parity-money",
            Self::Percentages => "parity-percentages",
            Self::Email => "parity-email",
            Self::Phone => "parity-phone",
            Self::Length => "parity-length",
            Self::Untranslated => "parity-untranslated",
        }
    }

    /// The rule of a name, with or without its beginning.
    fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name || rule.name().strip_prefix("parity-") == Some(name))
    }
}

/// A difference between the sides.
struct Difference {
    rule: Rule,
    /// Where it shows, in each file.
    spans: PerLang<Span>,
    /// Which side the place to point at is on.
    at: Lang,
    /// The section, by its position among those compared.
    section: usize,
    /// The rows of the pair in which it shows; all of its section where none is named.
    rows: Vec<usize>,
    /// Whether it is only a note: into how many paragraphs and items a text is cut is a matter of style.
    is_note: bool,
    /// What each side has, as it is written there.
    found: PerLang<String>,
    /// The same in words of each language of messages, where it is described.
    words: Option<PerLang<PerLang<String>>>,
}

impl Difference {
    fn new(rule: Rule, section: usize, at: Lang, spans: PerLang<Span>, found: PerLang<String>) -> Self {
        Self { rule, spans, at, section, rows: Vec::new(), is_note: false, found, words: None }
    }
}

/// Compares the sides of a record. What was accepted when its sections were confirmed as they are is not reported.
pub(super) fn check(
    full: &PairTexts<'_>,
    policies: Policies,
    confirmed: Option<&Confirmed>,
    sources: &Sources,
) -> Diagnostics {
    let Some(severity) = policies.parity else { return Diagnostics::default() };
    let confirmed = confirmed.map(|confirmed| confirmed.fitting(full.outlines));
    let (differing, mut diagnostics) = differences(full, policies, confirmed.as_deref(), true, severity, sources);
    diagnostics.extend(differing.into_iter().map(|differing| differing.reported));
    diagnostics
}

/// Everything in which the sides of a record differ and that its writers have not allowed: what is accepted when it is
/// confirmed.
pub fn acceptable(full: &PairTexts<'_>, confirmed: Option<&Confirmed>, sources: &Sources) -> Vec<Differing> {
    let confirmed = confirmed.map(|confirmed| confirmed.fitting(full.outlines));
    differences(full, Policies::default(), confirmed.as_deref(), false, Severity::Warning, sources).0
}

/// The differences of a pair, without those that were accepted when it was confirmed if it `is_reported`; and what is wrong
/// with its allowances.
fn differences(
    full: &PairTexts<'_>,
    policies: Policies,
    confirmed: Option<&Confirmed>,
    is_reported: bool,
    severity: Severity,
    sources: &Sources,
) -> (Vec<Differing>, Diagnostics) {
    let PerLang { en: Some(en), fr: Some(fr) } = full.words else { return Default::default() };
    let words = PerLang { en, fr };
    let rows = twins::of(full.outlines, confirmed);
    let by_lines = confirmed.map(Confirmed::by_lines).unwrap_or_default();
    let sections = aligned(full, &rows, &by_lines);
    let mut allowances = allowance::read(&words, full.outlines, &sections, sources);
    let is_accepted = |rule: Rule, row: usize| {
        let confirmed = || confirmed_section(&by_lines, full.outlines, rows[row].at);
        is_reported && confirmed().is_some_and(|section| section.accepted.contains(rule.name()))
    };
    let measure = length::Measure::of(full.outlines);
    let context = untranslated::Context {
        outlines: full.outlines,
        texts: words.map(|_, words| sources.text(&words.path).unwrap_or_default()),
        leaves_long: policies.unmarked_language.is_some(),
    };
    let mut differences = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        shape::compare(at, section, &mut differences);
        code::compare(at, section, &mut differences);
        links::compare(at, section, &mut differences);
        let words = PerLang::from_fn(|lang| spelled::said(lang, section));
        figures::compare(at, section, &words, &mut differences);
        codes::compare(at, section, &mut differences);
        spelled::compare(at, section, &words, &mut differences);
        provisions::compare(at, section, &mut differences);
        tables::compare(at, section, &mut differences);
        length::compare(at, section, &measure, &mut differences);
        untranslated::compare(at, section, &context, &mut differences);
        for difference in differences.iter_mut().filter(|difference| difference.rows.is_empty()) {
            difference.rows.clone_from(&section.rows);
        }
    }
    // What reads the same on both sides is no news.
    differences.retain(|difference| difference.words.is_some() || difference.found.en != difference.found.fr);
    // Allowances are looked at first: one that is accepted too is not idle.
    differences.retain(|difference| !allowances.allow(difference.rule, difference.section));
    differences.retain(|difference| !difference.rows.iter().all(|row| is_accepted(difference.rule, *row)));
    let odd = headings::odd(full.outlines, &rows);
    let rows_of =
        |(at, section): (usize, &Pair<'_>)| section.rows.iter().map(move |row| (*row, at)).collect::<Vec<_>>();
    let section_of: HashMap<usize, usize> = sections.iter().enumerate().flat_map(rows_of).collect();
    let odd = odd.into_iter().filter(|row| {
        let section = section_of.get(row).copied().unwrap_or_default();
        !allowances.allow(Rule::Headings, section) && !is_accepted(Rule::Headings, *row)
    });
    differences.extend(headings::difference(full.outlines, &rows, odd.collect()));
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(std::mem::take(&mut allowances.mistakes));
    diagnostics.extend(allowances.unused(words));
    let files = |difference: &Difference| {
        let is_heading = difference.rule == Rule::Headings;
        let sections = sections.get(difference.section).map(|pair| &pair.sections).filter(|_| !is_heading);
        let own = |lang| sections.and_then(|own| full.file(lang, own.get(lang).first()?));
        PerLang::from_fn(|lang| own(lang).unwrap_or(&words.get(lang).path))
    };
    let differing = differences.into_iter().map(|difference| Differing {
        rule: difference.rule.name(),
        reported: reported(&difference, words, &files(&difference), severity),
        rows: difference.rows,
    });
    (differing.collect(), diagnostics)
}

/// The sections of both sides as they were confirmed with each other, if they were.
fn confirmed_section<'c>(
    by_lines: &'c ByLines<'_>,
    outlines: PerLang<&Outline>,
    at: PerLang<Option<usize>>,
) -> Option<&'c ConfirmedSection> {
    let line = |lang| at.get(lang).map(|at| outlines.get(lang).sections[at].line());
    if by_lines.is_empty() { None } else { by_lines.get(&PerLang::from_fn(line)) }
}

fn reported(
    difference: &Difference,
    words: PerLang<&ParsedWords>,
    files: &PerLang<&ContentPath>,
    severity: Severity,
) -> Diagnostic {
    let place = |lang: Lang| Place::new(files.get(lang), *difference.spans.get(lang));
    let at = difference.at;
    let severity = if difference.is_note { Severity::Info } else { severity };
    let found = match &difference.words {
        Some(words) => words.clone(),
        None => difference.found.as_ref().map(|_, found| PerLang { en: found.clone(), fr: found.clone() }),
    };
    let own = *words.get(at);
    let allowed = if **files.get(at) != own.path {
        Allowed::AtTopOf(&own.path)
    } else if difference.spans.get(at).start < own.front.span.end {
        Allowed::AtTop
    } else {
        Allowed::Above
    };
    catalog::parity(difference.rule, place(at), place(at.other()), at.other(), &found, allowed, severity)
}

/// What is compared with each other: one section of each side, or several that cannot be told apart.
struct Pair<'a> {
    sections: PerLang<Vec<&'a Section>>,
    /// Which rows of the pair they are.
    rows: Vec<usize>,
}

impl<'a> Pair<'a> {
    fn units(&self, lang: Lang) -> impl Iterator<Item = &'a Unit> {
        self.sections.get(lang).iter().flat_map(|section| &section.units)
    }

    /// The units of a side except code.
    fn prose(&self, lang: Lang) -> impl Iterator<Item = &'a Unit> {
        self.units(lang).filter(|unit| unit.mark.kind != Kind::Code)
    }

    /// All that a side says, to be searched for numbers in words.
    fn plain_text(&self, lang: Lang) -> String {
        let texts = self.units(lang).map(|unit| unit.content.text.as_str());
        in_words::plain(&texts.collect::<Vec<_>>().join("\n"))
    }

    fn spans(&self) -> PerLang<Span> {
        let span = |section: &Section| match section.units.first() {
            Some(unit) if section.in_facts => unit.span,
            _ => section.span,
        };
        PerLang::from_fn(|lang| self.sections.get(lang).first().map_or(Span::START, |section| span(section)))
    }

    fn add(&mut self, row: usize, here: &PerLang<Option<&'a Section>>) {
        self.rows.push(row);
        for (lang, section) in here.iter() {
            self.sections.get_mut(lang).extend(*section);
        }
    }
}

/// Whether a text is only the beginning of one: what follows is not known.
fn breaks_off(unit: &Unit) -> bool {
    unit.content.text.trim_end().ends_with('…')
}

fn level(section: &Section) -> Option<u8> {
    match section.units.first()?.mark.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    }
}

/// Fields by name, then the words, section by section. A section that only one side has is compared together with the
/// one before it, since its heading may be all that is missing; unless that one was confirmed as it is. A section of one
/// side alone is reported by its heading.
fn aligned<'a>(full: &PairTexts<'a>, rows: &[Twins], confirmed: &ByLines<'_>) -> Vec<Pair<'a>> {
    let mut pairs = Vec::<Pair<'a>>::new();
    // Whether what follows may belong to the last one.
    let mut is_open = false;
    for (at, row) in rows.iter().enumerate() {
        let here = PerLang::from_fn(|lang| row.at.get(lang).map(|at| &full.outlines.get(lang).sections[at]));
        let is_whole = here.en.is_some() && here.fr.is_some();
        let is_field = here.iter().any(|(_, section)| section.is_some_and(|own| matches!(own.name, Name::Field(_))));
        if is_field && !is_whole {
            continue;
        }
        let known = is_whole && confirmed_section(confirmed, full.outlines, row.at).is_some();
        let begins = is_field || known || is_whole && row.is_sure;
        if begins || !is_open {
            // What is before the first heading on one side has no heading that could be missing.
            let opens = is_open && !known && pairs.last().is_some_and(|last| is_opening_alone(last));
            if !opens {
                pairs.push(Pair { sections: PerLang::default(), rows: Vec::new() });
            }
        }
        if let Some(last) = pairs.last_mut() {
            last.add(at, &here);
        }
        is_open = !is_field && !known;
    }
    pairs.retain(|pair| !pair.sections.en.is_empty() && !pair.sections.fr.is_empty() || is_opening_alone(pair));
    pairs
}

/// Whether all there is comes before the first heading, on one side.
fn is_opening_alone(pair: &Pair<'_>) -> bool {
    let sections = &pair.sections;
    let mut all = sections.en.iter().chain(&sections.fr);
    (sections.en.is_empty() || sections.fr.is_empty()) && all.all(|section| section.name == Name::Opening)
}
