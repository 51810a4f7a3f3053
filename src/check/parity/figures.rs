//! What both sides say in figures: numbers, money, percentages, dates, times, e-mail addresses, telephone numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::values::{self, Found, Value};
use super::{Difference, Pair, Rule, in_words};
use crate::diagnostic::Span;
use crate::format::MONTHS;
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::{Kind, Unit};

/// A value, where it stands, and whether the other side has it.
struct Said<'a> {
    found: Found,
    unit: &'a Unit,
    matched: bool,
}

/// Compares what two sections say in figures.
pub(super) fn compare(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let mut said = PerLang::from_fn(|lang| {
        let units = pair.units(lang).filter(|unit| unit.mark.kind != Kind::Code && !breaks_off(unit));
        units
            .flat_map(|unit| {
                let found = values::values(lang, &unit.content.text).into_iter();
                found.map(move |found| Said { found, unit, matched: false })
            })
            .collect::<Vec<_>>()
    });
    if said.en.is_empty() && said.fr.is_empty() {
        return;
    }
    equal(&mut said);
    // Mostly nothing is left, and the rest reads many texts once more.
    if said.en.iter().chain(&said.fr).all(|said| said.matched) {
        return;
    }
    // One side may write in two pieces what the other writes in one: "May 1 and 2".
    same_parts(&mut said);
    repeated(&mut said);
    in_words(pair, &mut said);
    left_out(&mut said);
    tell(at, pair, &said, differences);
}

/// Whether a text is only the beginning of one: what follows is not known.
fn breaks_off(unit: &Unit) -> bool {
    unit.content.text.trim_end().ends_with('…')
}

/// Leaves out what the other side says in words.
fn in_words(pair: &Pair<'_>, said: &mut PerLang<Vec<Said<'_>>>) {
    for lang in Lang::BOTH {
        let twin = lang.other();
        let asked: BTreeSet<String> = said.get(lang).iter().filter(|said| !said.matched).flat_map(asked_for).collect();
        if asked.is_empty() {
            continue;
        }
        let units = pair.units(twin).map(|unit| unit.content.text.as_str());
        let text = in_words::plain(&units.collect::<Vec<_>>().join("\n"));
        let heard = in_words::Heard::listen(twin, &text, asked.iter().map(String::as_str));
        let months = MONTHS.get(twin).map(|month| text.contains(&month.to_lowercase()));
        let there = |number: u16| heard.says(&number.to_string()) || heard.holds(&number.to_string());
        for said in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            said.matched = match &said.found.value {
                Value::Number(number) => heard.says(number) || in_years(said, number).is_some_and(there),
                Value::Money(number) | Value::Percentage(number) => heard.says(number),
                Value::Time(12 | 0 | 24, 0) => true,
                Value::Date(year, month, day) => {
                    months[usize::from(month - 1)]
                        && day.is_none_or(|day| there(u16::from(day)))
                        && year.is_none_or(there)
                }
                _ => false,
            };
        }
    }
}

/// The numbers by which the other side may say a value in words.
fn asked_for(said: &Said<'_>) -> Vec<String> {
    match &said.found.value {
        Value::Number(number) => {
            let years = in_years(said, number).map(|years| years.to_string());
            std::iter::once(number.clone()).chain(years).collect()
        }
        Value::Money(number) | Value::Percentage(number) => vec![number.clone()],
        Value::Date(year, _, day) => {
            let numbers = [*year, day.map(u16::from)];
            // A month alone asks for no number, but for the text.
            std::iter::once(String::new())
                .chain(numbers.into_iter().flatten().map(|number| number.to_string()))
                .collect()
        }
        Value::Time(..) => vec![String::new()],
        Value::Phone(_) | Value::Email(_) => Vec::new(),
    }
}

/// The years that so many months are: "24 months" may be « deux ans ».
fn in_years(said: &Said<'_>, number: &str) -> Option<u16> {
    let months: u16 = number.parse().ok().filter(|months: &u16| months.is_multiple_of(12))?;
    let rest = said.unit.content.text[said.found.range.end..].trim_start_matches([' ', '\u{a0}', '-']);
    (rest.starts_with("month") || rest.starts_with("mois")).then_some(months / 12)
}

/// Lets pass references to parts of a document that one side alone spells out ("under section 12", « en vertu de cet
/// article »): where the other side has another number in its place, both are told.
fn left_out(said: &mut PerLang<Vec<Said<'_>>>) {
    for lang in Lang::BOTH {
        if said.get(lang.other()).iter().any(|said| !said.matched && matches!(said.found.value, Value::Number(_))) {
            continue;
        }
        for said in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            let is_number = matches!(said.found.value, Value::Number(_));
            said.matched = is_number && values::is_reference(lang, &said.unit.content.text, said.found.range.start);
        }
    }
}

/// Matches what both sides say, as often as both say it.
fn equal(said: &mut PerLang<Vec<Said<'_>>>) {
    let sorted = |said: &[Said<'_>]| {
        let mut order: Vec<usize> = (0..said.len()).collect();
        order.sort_by(|a, b| said[*a].found.value.cmp(&said[*b].found.value));
        order
    };
    let (en, fr) = (sorted(&said.en), sorted(&said.fr));
    let (mut en, mut fr) = (en.into_iter().peekable(), fr.into_iter().peekable());
    while let (Some(own), Some(other)) = (en.peek().copied(), fr.peek().copied()) {
        let order = said.en[own].found.value.cmp(&said.fr[other].found.value);
        if order.is_eq() {
            said.en[own].matched = true;
            said.fr[other].matched = true;
        }
        if order.is_le() {
            en.next();
        }
        if order.is_ge() {
            fr.next();
        }
    }
}

/// Matches values of which both sides say all parts equally often.
fn same_parts(said: &mut PerLang<Vec<Said<'_>>>) {
    let mut counts = PerLang::<BTreeMap<String, usize>>::default();
    for lang in Lang::BOTH {
        for said in said.get(lang).iter().filter(|said| !said.matched) {
            for piece in said.found.value.parts() {
                *counts.get_mut(lang).entry(piece).or_default() += 1;
            }
        }
    }
    for lang in Lang::BOTH {
        let other = counts.get(lang.other()).clone();
        let left = counts.get_mut(lang);
        for (piece, count) in left.iter_mut() {
            *count = (*count).min(other.get(piece).copied().unwrap_or_default());
        }
        for said in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            let pieces = said.found.value.parts();
            if pieces.iter().all(|piece| left.get(piece).is_some_and(|count| *count > 0)) {
                for piece in pieces {
                    left.entry(piece).and_modify(|count| *count = count.saturating_sub(1));
                }
                said.matched = true;
            }
        }
    }
}

/// Lets pass what the other side says too, only less often: how often a number is repeated is a matter of style.
fn repeated(said: &mut PerLang<Vec<Said<'_>>>) {
    let all = PerLang::from_fn(|lang| {
        said.get(lang).iter().flat_map(|said| pieces(&said.found.value)).collect::<BTreeSet<_>>()
    });
    for lang in Lang::BOTH {
        let other = all.get(lang.other());
        for said in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            said.matched = said.found.value.parts().iter().all(|part| {
                other.contains(part) || part.contains('.') && part.split('.').all(|part| other.contains(part))
            });
        }
    }
}

/// The plain numbers in a value, and what stands before and after a point in them: « 34.3)a) » is "34(3)(a)".
fn pieces(value: &Value) -> Vec<String> {
    let parts = value.parts();
    let inner = parts.iter().filter(|part| part.contains('.')).flat_map(|part| part.split('.').map(str::to_owned));
    let inner: Vec<String> = inner.collect();
    parts.into_iter().chain(inner).collect()
}

fn rule(value: &Value) -> Rule {
    match value {
        Value::Number(_) => Rule::Numbers,
        Value::Money(_) => Rule::Money,
        Value::Percentage(_) => Rule::Percentages,
        Value::Date(..) => Rule::Dates,
        Value::Time(..) => Rule::Times,
        Value::Phone(_) => Rule::Phone,
        Value::Email(_) => Rule::Email,
    }
}

fn tell(at: usize, pair: &Pair<'_>, said: &PerLang<Vec<Said<'_>>>, differences: &mut Vec<Difference>) {
    let mut by_rule = BTreeMap::<Rule, PerLang<Vec<&Said<'_>>>>::new();
    for lang in Lang::BOTH {
        for said in said.get(lang).iter().filter(|said| !said.matched) {
            by_rule.entry(rule(&said.found.value)).or_default().get_mut(lang).push(said);
        }
    }
    for (rule, only) in by_rule {
        let more = if only.en.is_empty() { Lang::Fr } else { Lang::En };
        let mut spans = pair.spans();
        for lang in Lang::BOTH {
            if let Some(first) = only.get(lang).first() {
                *spans.get_mut(lang) = place(first);
            }
        }
        let written = |said: &&Said<'_>| said.unit.content.text[said.found.range.clone()].to_owned();
        let found = only.as_ref().map(|_, only| only.iter().map(written).collect::<Vec<_>>().join(", "));
        differences.push(Difference { rule, spans, at: more, section: at, rows: Vec::new(), is_note: false, found });
    }
}

/// Where a value stands in the file: in the piece of text that holds it, else in its unit.
fn place(said: &Said<'_>) -> Span {
    let content = &said.unit.content;
    let written = &content.text[said.found.range.clone()];
    let run = content
        .runs
        .iter()
        .find(|run| run.span.range().len() == run.range.len() && content.text_of(run).contains(written));
    match run.and_then(|run| content.text_of(run).find(written).map(|at| run.span.range().start + at)) {
        Some(start) => Span::new(start..start + written.len()),
        None => said.unit.span,
    }
}
