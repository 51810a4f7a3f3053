//! Headings that only one side has, and twins whose headings have different levels.

use super::{Difference, Rule, level};
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::{Name, Outline, Section};
use crate::pairs::twins::Twins;

type Here<'a> = PerLang<Option<&'a Section>>;

fn here<'a>(outlines: PerLang<&'a Outline>, row: &Twins) -> Here<'a> {
    PerLang::from_fn(|lang| row.at.get(lang).map(|at| &outlines.get(lang).sections[at]))
}

/// The rows of a pair in which the headings differ.
pub(super) fn odd(outlines: PerLang<&Outline>, rows: &[Twins]) -> Vec<usize> {
    let is_odd = |row: &Twins| {
        let levels = here(outlines, row).map(|_, section| section.and_then(level));
        levels.en != levels.fr
    };
    (0..rows.len()).filter(|at| is_odd(&rows[*at])).collect()
}

/// The difference that these rows make, reported once for a page.
pub(super) fn difference(outlines: PerLang<&Outline>, rows: &[Twins], odd: Vec<usize>) -> Option<Difference> {
    let first = *odd.first()?;
    let alone = |lang: Lang| {
        let levels = odd.iter().map(|at| here(outlines, &rows[*at]).map(|_, section| section.and_then(level)));
        levels.filter(|levels| levels.get(lang).is_some() && levels.get(lang.other()).is_none()).count()
    };
    // Which of several headings is missing is known only if the others can be told apart.
    let by_name = rows.iter().all(|row| row.is_sure);
    let found = PerLang::from_fn(|lang| {
        if !by_name {
            return all_levels(outlines.get(lang));
        }
        let leveled = alone(Lang::En) + alone(Lang::Fr) < odd.len();
        let sections = odd.iter().filter_map(|at| *here(outlines, &rows[*at]).get(lang));
        let names = sections.filter_map(|section| {
            let Name::Heading(text) = &section.name else { return None };
            let marks = "#".repeat(usize::from(level(section).unwrap_or_default()));
            Some(if leveled { format!("{marks} {text}") } else { text.clone() })
        });
        names.collect::<Vec<_>>().join(", ")
    });
    let at = if here(outlines, &rows[first]).en.is_some() { Lang::En } else { Lang::Fr };
    let spans = PerLang::from_fn(|lang| {
        let up_to = rows[..=first].iter().rev().filter_map(|row| *here(outlines, row).get(lang));
        let body = up_to.filter(|section| !matches!(section.name, Name::Field(_)));
        body.map(|section| section.span).next().unwrap_or(Span::START)
    });
    Some(Difference { rows: odd, ..Difference::new(Rule::Headings, 0, at, spans, found) })
}

/// How many headings a side has, and of which levels.
fn all_levels(outline: &Outline) -> String {
    let levels: Vec<String> = outline.sections.iter().filter_map(level).map(|level| level.to_string()).collect();
    let more = if levels.len() > 12 { " …" } else { "" };
    format!("{} ({}{more})", levels.len(), levels.iter().take(12).cloned().collect::<Vec<_>>().join(" "))
}
