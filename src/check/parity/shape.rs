//! What can be counted on both sides: paragraphs, items, rows, code, links, pictures, footnotes.

use std::collections::BTreeSet;

use super::{Difference, Pair, Rule};
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang};
use crate::pairs::content::LinkTarget;
use crate::pairs::outline::{Kind, Unit};

/// Compares the shapes of two sections.
pub(super) fn compare(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let is_field = pair.units(Lang::En).chain(pair.units(Lang::Fr)).all(|unit| unit.mark.kind == Kind::Value);
    let mut count = |rule, counted: &dyn Fn(&Unit) -> usize| {
        let counts = PerLang::from_fn(|lang| pair.units(lang).map(counted).sum::<usize>());
        if counts.en != counts.fr {
            differences.push(counted_difference(at, pair, rule, counts, counted));
        }
    };
    if is_field {
        count(Rule::Lists, &|_| 1);
        return;
    }
    count(Rule::Paragraphs, &|unit| usize::from(matches!(unit.mark.kind, Kind::Paragraph | Kind::Quote | Kind::Term)));
    count(Rule::Lists, &|unit| {
        usize::from(matches!(unit.mark.kind, Kind::Item | Kind::NumberedItem | Kind::InnerItem))
    });
    count(Rule::Tables, &|unit| if unit.mark.kind == Kind::Row { unit.content.text.matches(" | ").count() } else { 0 });
    count(Rule::Footnotes, &|unit| unit.content.footnotes);
    count(Rule::Images, &|unit| linked(unit, |target| matches!(target, LinkTarget::Image(_))));
    count(Rule::Links, &|unit| linked(unit, |target| matches!(target, LinkTarget::Address(_) | LinkTarget::File(_))));
    code(at, pair, differences);
    references(at, pair, differences);
}

fn linked(unit: &Unit, is_counted: impl Fn(&LinkTarget) -> bool) -> usize {
    unit.content.links.iter().filter(|link| is_counted(&link.target)).count()
}

fn counted_difference(
    at: usize,
    pair: &Pair<'_>,
    rule: Rule,
    counts: PerLang<usize>,
    counted: &dyn Fn(&Unit) -> usize,
) -> Difference {
    let more = if counts.en > counts.fr { Lang::En } else { Lang::Fr };
    let last = pair.units(more).filter(|unit| counted(unit) > 0).last().map(|unit| unit.span);
    let mut spans = pair.spans();
    *spans.get_mut(more) = last.unwrap_or(*spans.get(more));
    let is_note =
        rule == Rule::Paragraphs || rule == Rule::Lists && pair.units(more).all(|unit| unit.mark.kind != Kind::Value);
    Difference {
        rule,
        spans,
        at: more,
        section: at,
        rows: Vec::new(),
        is_note,
        found: counts.map(|_, count| count.to_string()),
    }
}

/// Code has no language: blocks are the same, and so many pieces stand in the text.
fn code(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let blocks =
        PerLang::from_fn(|lang| pair.units(lang).filter(|unit| unit.mark.kind == Kind::Code).collect::<Vec<_>>());
    let differing = blocks.en.iter().zip(&blocks.fr).find(|(en, fr)| en.content.code != fr.content.code);
    if let (Some((en, fr)), true) = (differing, blocks.en.len() == blocks.fr.len()) {
        let line = |own: &Unit, other: &Unit| {
            let lines = own.content.code.iter();
            lines
                .zip(other.content.code.iter().map(Some).chain(std::iter::repeat(None)))
                .find(|(own, other)| Some(*own) != *other)
                .map_or_else(String::new, |(own, _)| own.trim().to_owned())
        };
        let found = PerLang { en: line(en, fr), fr: line(fr, en) };
        let spans = PerLang { en: en.span, fr: fr.span };
        differences.push(Difference {
            rule: Rule::Code,
            spans,
            at: Lang::En,
            section: at,
            rows: Vec::new(),
            is_note: false,
            found,
        });
        return;
    }
    let pieces = |unit: &Unit| if unit.mark.kind == Kind::Code { 1 } else { unit.content.code.len() };
    let counts = PerLang::from_fn(|lang| pair.units(lang).map(pieces).sum::<usize>());
    if counts.en != counts.fr {
        differences.push(counted_difference(at, pair, Rule::Code, counts, &pieces));
    }
}

/// Records that one side links to and the other does not. How often each does is a matter of style.
fn references(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let links = |lang| {
        let links = pair.units(lang).flat_map(|unit| &unit.content.links);
        links.filter_map(|link| match &link.target {
            LinkTarget::Page(id) => Some((id.as_str(), link.span)),
            _ => None,
        })
    };
    let targets = PerLang::from_fn(|lang| links(lang).map(|(id, _)| id).collect::<BTreeSet<&str>>());
    if targets.en == targets.fr {
        return;
    }
    let only = PerLang::from_fn(|lang| {
        targets.get(lang).difference(targets.get(lang.other())).copied().collect::<BTreeSet<&str>>()
    });
    let more = if only.en.is_empty() { Lang::Fr } else { Lang::En };
    let mut spans: PerLang<Span> = pair.spans();
    for lang in Lang::BOTH {
        let first = links(lang).find(|(id, _)| only.get(lang).contains(id)).map(|(_, span)| span);
        *spans.get_mut(lang) = first.unwrap_or(*spans.get(lang));
    }
    let name = |id: &str| if id.is_empty() { "#".to_owned() } else { id.to_owned() };
    let found = only.map(|_, ids| ids.into_iter().map(name).collect::<Vec<_>>().join(", "));
    differences.push(Difference {
        rule: Rule::References,
        spans,
        at: more,
        section: at,
        rows: Vec::new(),
        is_note: false,
        found,
    });
}
