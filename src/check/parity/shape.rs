//! What can be counted on both sides: paragraphs, items, boxes, rows, pictures, footnotes, links to records.

use std::collections::{BTreeMap, BTreeSet};

use super::{Difference, Pair, Rule, failed};
use crate::diagnostic::{Span, catalog};
use crate::document::AlertKind;
use crate::lang::{Lang, PerLang};
use crate::pairs::content::{LinkTarget, ListKind};
use crate::pairs::outline::{Kind, Name, Unit};
use crate::path::composed;

/// Compares the shapes of two sections.
pub(super) fn compare(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let is_field = pair.units(Lang::En).chain(pair.units(Lang::Fr)).all(|unit| unit.mark.kind == Kind::Value);
    let mut count = |rule, is_note, counted: &dyn Fn(&Unit) -> usize| {
        let counts = PerLang::from_fn(|lang| pair.units(lang).map(counted).sum::<usize>());
        if counts.en != counts.fr {
            let difference = counted_difference(at, pair, rule, counts, counted);
            differences.push(Difference { is_note, ..difference });
        }
    };
    if is_field {
        // A missing or malformed text already has its own message on the side where it is.
        if is_list(pair) {
            count(Rule::Lists, false, &|_| 1);
        }
        return;
    }
    let is_paragraph = |unit: &Unit| matches!(unit.mark.kind, Kind::Paragraph | Kind::Quote | Kind::Term);
    count(Rule::Paragraphs, true, &|unit| usize::from(is_paragraph(unit)));
    count(Rule::Tables, false, &|unit| unit.content.cells.len());
    count(Rule::Footnotes, false, &|unit| unit.content.footnotes);
    images(at, pair, differences);
    lists(at, pair, differences);
    alerts(at, pair, differences);
    references(at, pair, differences);
}

/// Whether a field has a list or group on at least one side, and is not one that holds a single text.
fn is_list(pair: &Pair<'_>) -> bool {
    const TEXTS: [&str; 4] = ["title", "summary", "short_title", "inline_title"];
    let mut names = pair.sections.en.iter().chain(&pair.sections.fr).map(|section| &section.name);
    let holds_text = names.any(|name| matches!(name, Name::Field(name) if TEXTS.contains(&name.as_str())));
    let mut units = pair.units(Lang::En).chain(pair.units(Lang::Fr));
    !holds_text && units.any(|unit| unit.content.list.is_some())
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
    Difference::new(rule, at, more, spans, counts.map(|_, count| count.to_string()))
}

/// Pictures, and those that are not written as they should be. The last one of the side that has more is named.
fn images(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    fn shown(unit: &Unit) -> impl Iterator<Item = Span> {
        unit.content.links.iter().filter(|link| matches!(link.target, LinkTarget::Image(_))).map(|link| link.span)
    }
    let counted = |unit: &Unit| shown(unit).count() + failed::pictures(&unit.content.text);
    let counts = PerLang::from_fn(|lang| pair.units(lang).map(counted).sum::<usize>());
    if counts.en == counts.fr {
        return;
    }
    let mut difference = counted_difference(at, pair, Rule::Images, counts, &counted);
    let more = difference.at;
    let last = pair.units(more).filter(|unit| counted(unit) > 0).last();
    if let Some(last) = last.and_then(|unit| shown(unit).last()) {
        *difference.spans.get_mut(more) = last;
    }
    differences.push(difference);
}

/// Items: their number is a matter of style; whether a list is numbered or has tasks, and which are done, is not.
fn lists(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let items = |lang| pair.units(lang).filter_map(|unit| Some((unit, unit.content.list?)));
    let kinds = PerLang::from_fn(|lang| {
        let mut kinds = BTreeMap::<ListKind, usize>::new();
        for (_, kind) in items(lang) {
            *kinds.entry(kind).or_default() += 1;
        }
        kinds
    });
    if kinds.en == kinds.fr {
        return;
    }
    let total = |lang| kinds.get(lang).values().sum::<usize>();
    let names = |lang| kinds.get(lang).keys().copied().collect::<BTreeSet<_>>();
    let have_items = total(Lang::En) > 0 && total(Lang::Fr) > 0;
    let odd = |lang: Lang| {
        let twin = kinds.get(lang.other());
        items(lang).find(|(_, kind)| twin.get(kind) != kinds.get(lang).get(kind)).map(|(unit, _)| unit.span)
    };
    let mut spans = pair.spans();
    for lang in Lang::BOTH {
        *spans.get_mut(lang) = odd(lang).unwrap_or(*spans.get(lang));
    }
    if have_items && (total(Lang::En) == total(Lang::Fr) || names(Lang::En).is_disjoint(&names(Lang::Fr))) {
        let found = PerLang::from_fn(|lang| catalog::list_kinds(kinds.get(lang)));
        let difference = Difference::new(Rule::Lists, at, Lang::En, spans, PerLang::default());
        differences.push(Difference { words: Some(found), ..difference });
        return;
    }
    let counts = PerLang { en: total(Lang::En), fr: total(Lang::Fr) };
    let difference =
        counted_difference(at, pair, Rule::Lists, counts, &|unit| usize::from(unit.content.list.is_some()));
    differences.push(Difference { is_note: true, ..difference });
}

/// Boxes: a warning on one side, and a note or a plain sentence on the other.
fn alerts(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    // A box that is not written as it should be is reported where it is.
    let fails = |unit: &Unit| unit.mark.kind == Kind::Quote && unit.content.text.starts_with("[!");
    if pair.units(Lang::En).chain(pair.units(Lang::Fr)).any(fails) {
        return;
    }
    let boxes = |lang| pair.units(lang).filter_map(|unit| Some((unit.content.alert?, unit.span)));
    let kinds = PerLang::from_fn(|lang| {
        let mut kinds = BTreeMap::<AlertKind, usize>::new();
        for (kind, _) in boxes(lang) {
            *kinds.entry(kind).or_default() += 1;
        }
        kinds
    });
    if kinds.en == kinds.fr {
        return;
    }
    let is_odd = |kind: &AlertKind| kinds.en.get(kind) != kinds.fr.get(kind);
    let odd = PerLang::from_fn(|lang| boxes(lang).filter(|(kind, _)| is_odd(kind)).collect::<Vec<_>>());
    let more = if odd.en.len() >= odd.fr.len() { Lang::En } else { Lang::Fr };
    let mut spans = pair.spans();
    for lang in Lang::BOTH {
        *spans.get_mut(lang) = odd.get(lang).last().map_or(*spans.get(lang), |(_, span)| *span);
    }
    let written = |(kind, _): &(AlertKind, Span)| format!("[!{}]", kind.name().to_uppercase());
    let found = odd.as_ref().map(|_, odd| odd.iter().map(written).collect::<Vec<_>>().join(", "));
    // The number of boxes of one kind that a text is divided into is a matter of style.
    let is_note = kinds.en.keys().eq(kinds.fr.keys());
    differences.push(Difference { is_note, ..Difference::new(Rule::Alerts, at, more, spans, found) });
}

/// Records that one side links to and the other does not. How often each does is a matter of style.
fn references(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let links = |lang| {
        let links = pair.units(lang).flat_map(|unit| &unit.content.links);
        links.filter_map(|link| match &link.target {
            // A link within the page is a matter of style.
            LinkTarget::Page(id) if !id.is_empty() => Some((composed(id), link.span)),
            _ => None,
        })
    };
    let targets = PerLang::from_fn(|lang| links(lang).map(|(id, _)| id).collect::<BTreeSet<_>>());
    if targets.en == targets.fr {
        return;
    }
    let only = PerLang::from_fn(|lang| {
        targets.get(lang).difference(targets.get(lang.other())).cloned().collect::<BTreeSet<_>>()
    });
    let more = if only.en.is_empty() { Lang::Fr } else { Lang::En };
    // One that did not take is reported where it is.
    let fails = |lang| pair.units(lang).any(|unit| !failed::addresses(&unit.content.text).is_empty());
    if only.get(more.other()).is_empty() && fails(more.other()) {
        return;
    }
    let mut spans: PerLang<Span> = pair.spans();
    for lang in Lang::BOTH {
        let first = links(lang).find(|(id, _)| only.get(lang).contains(id)).map(|(_, span)| span);
        *spans.get_mut(lang) = first.unwrap_or(*spans.get(lang));
    }
    let found = only.map(|_, ids| ids.into_iter().collect::<Vec<_>>().join(", "));
    differences.push(Difference::new(Rule::References, at, more, spans, found));
}
