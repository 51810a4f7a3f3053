//! What must match between the two sides of a record without any confirmation: [`check`].
//!
//! Sides are compared section by section where their headings have the same levels in the same order, else as wholes.
//! `shape` counts what can be counted (paragraphs, items, rows, links …), `figures` compares what is said in figures
//! (`values` understands both languages). Only what is sure is told: writers who meet false alarms stop reading them.
//!
//! A difference that is right is allowed where it stands, with the reason: `<!-- parity-numbers: reason -->` on a line
//! of its own in the section, on either side; or for a whole page in its front matter, `parity: {numbers: reason}`. An
//! allowance that allows nothing is told too.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::pairs::PairTexts;
use crate::pairs::outline::{Kind, Name, Section};
use crate::parse::ParsedWords;
use crate::schema::Policies;
use crate::source::Sources;

mod allowance;
mod figures;
mod in_words;
mod moments;
mod shape;
mod values;

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
    /// Rows of tables.
    Tables,
    /// Code.
    Code,
    /// Links out of the site and to files.
    Links,
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
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 16] = [
        Self::Headings,
        Self::Paragraphs,
        Self::Lists,
        Self::Tables,
        Self::Code,
        Self::Links,
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
    ];

    /// The name of the mistake.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headings => "parity-headings",
            Self::Paragraphs => "parity-paragraphs",
            Self::Lists => "parity-lists",
            Self::Tables => "parity-tables",
            Self::Code => "parity-code",
            Self::Links => "parity-links",
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
    /// What each side has, in words of the message.
    found: PerLang<String>,
}

/// Compares the sides of a record.
pub(super) fn check(full: &PairTexts<'_>, policies: Policies, sources: &Sources) -> Diagnostics {
    let PerLang { en: Some(en), fr: Some(fr) } = full.words else { return Diagnostics::default() };
    let Some(severity) = policies.parity else { return Diagnostics::default() };
    let words = PerLang { en, fr };
    let mut differences = Vec::new();
    let sections = aligned(full, &mut differences);
    for (at, section) in sections.iter().enumerate() {
        shape::compare(at, section, &mut differences);
        figures::compare(at, section, &mut differences);
    }
    let mut allowances = allowance::read(&words, full.outlines, &sections, sources);
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(std::mem::take(&mut allowances.mistakes));
    for difference in differences {
        if !allowances.allow(difference.rule, difference.section) {
            diagnostics.push(told(&difference, words, severity));
        }
    }
    diagnostics.extend(allowances.unused(words));
    diagnostics
}

fn told(difference: &Difference, words: PerLang<&ParsedWords>, severity: Severity) -> Diagnostic {
    let place = |lang: Lang| Place::new(&words.get(lang).path, *difference.spans.get(lang));
    let at = difference.at;
    catalog::parity(difference.rule, place(at), place(at.other()), at.other(), &difference.found, severity)
}

/// What is compared with each other: one section of each side, or all of them.
struct Pair<'a> {
    sections: PerLang<Vec<&'a Section>>,
}

impl<'a> Pair<'a> {
    fn units(&self, lang: Lang) -> impl Iterator<Item = &'a crate::pairs::outline::Unit> {
        self.sections.get(lang).iter().flat_map(|section| &section.units)
    }

    fn spans(&self) -> PerLang<Span> {
        PerLang::from_fn(|lang| self.sections.get(lang).first().map_or(Span::START, |section| section.span))
    }
}

/// The field that a section is.
fn field(section: &Section) -> Option<&str> {
    match &section.name {
        Name::Field(name) => Some(name),
        Name::Opening | Name::Heading(_) | Name::Footnotes => None,
    }
}

fn level(section: &Section) -> Option<u8> {
    match section.units.first()?.mark.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    }
}

/// Fields by name, then the words: section by section where the headings agree, else in one.
fn aligned<'a>(full: &PairTexts<'a>, differences: &mut Vec<Difference>) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    let twins = full.outlines.fr.sections.iter().filter_map(|twin| Some((field(twin)?, twin)));
    // The first of a name counts, should a field stand both in the words and among the facts.
    let twins: BTreeMap<&str, &Section> = twins.rev().collect();
    for own in &full.outlines.en.sections {
        if let Some(twin) = field(own).and_then(|name| twins.get(name)) {
            pairs.push(Pair { sections: PerLang { en: vec![own], fr: vec![twin] } });
        }
    }
    let outlines = full.outlines;
    let body = PerLang::from_fn(|lang| {
        let all = outlines.get(lang).sections.iter();
        all.filter(|section| !matches!(section.name, Name::Field(_))).collect::<Vec<_>>()
    });
    // The opening has no heading: where one side has none, the other's stands alone.
    let levels = |lang| body.get(lang).iter().filter_map(|section| level(section)).collect::<Vec<u8>>();
    let (en, fr) = (levels(Lang::En), levels(Lang::Fr));
    if en == fr && same_openings(&body) {
        for (en, fr) in body.en.iter().zip(&body.fr) {
            pairs.push(Pair { sections: PerLang { en: vec![*en], fr: vec![*fr] } });
        }
        return pairs;
    }
    let section = pairs.len();
    if en != fr {
        let headings =
            |lang| body.get(lang).iter().filter(|section| level(section).is_some()).copied().collect::<Vec<_>>();
        let (own, other) = (headings(Lang::En), headings(Lang::Fr));
        let split = en.iter().zip(&fr).take_while(|(en, fr)| en == fr).count();
        let span =
            |sections: &[&Section]| sections.get(split).or(sections.last()).map_or(Span::START, |section| section.span);
        let more = if en.len() < fr.len() { Lang::Fr } else { Lang::En };
        differences.push(Difference {
            rule: Rule::Headings,
            spans: PerLang { en: span(&own), fr: span(&other) },
            at: more,
            section,
            found: PerLang { en: written(&en), fr: written(&fr) },
        });
    }
    pairs.push(Pair { sections: body });
    pairs
}

fn same_openings(body: &PerLang<Vec<&Section>>) -> bool {
    let bare = |lang| body.get(lang).iter().map(|section| level(section).is_none()).collect::<Vec<_>>();
    bare(Lang::En) == bare(Lang::Fr)
}

/// The levels of headings as the message tells them.
fn written(levels: &[u8]) -> String {
    let shown: Vec<String> = levels.iter().take(12).map(u8::to_string).collect();
    let more = if levels.len() > 12 { " …" } else { "" };
    format!("{} ({}{more})", levels.len(), shown.join(" "))
}
