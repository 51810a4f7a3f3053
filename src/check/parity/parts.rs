//! Values that the two sides divide differently: "May 1 and 2", « les 1er et 2 mai ». Two values that are both written
//! in full are compared whole; otherwise swapped hours and years would go unnoticed.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::Said;
use super::values::{Value, times_ten};
use super::{Pair, units};
use crate::lang::{Lang, PerLang};

/// What a value is and how much of it is written, as a bit.
pub(super) fn shape(value: &Value) -> u16 {
    match value {
        Value::Money(_) => MONEY,
        Value::Percentage(_) => PERCENTAGE,
        Value::Time(..) => TIME,
        Value::Date(year, _, day) => (DATE >> 3) << (u16::from(year.is_some()) + 2 * u16::from(day.is_some())),
        Value::OneOf(_) => DATE,
        Value::Number(_) | Value::Phone(_) | Value::Email(_) => NUMBER,
    }
}

const NUMBER: u16 = 1;
const MONEY: u16 = 2;
const PERCENTAGE: u16 = 4;
const TIME: u16 = 8;
/// A day with its year; a date of which less is written is a lower bit.
const DATE: u16 = 128;
const DATES: u16 = 128 | 64 | 32 | 16;
/// A number with its unit: "5 years".
const COUNTED: u16 = 256;

/// The shape of a value where it is.
fn shape_there(said: &Said<'_>) -> u16 {
    // Hours may be lengths or times.
    let is_counted = matches!(said.found.value, Value::Number(_))
        && units::of(said).is_some_and(|unit| !matches!(unit, "hour" | "minute"));
    if is_counted { COUNTED } else { shape(&said.found.value) }
}

/// The shapes on the other side whose pieces may make up a value: a value pairs only with its own kind and with bare
/// numbers that may be of it. `named` is what each side names somewhere, as in the header row of a table: there a bare
/// number may be an amount or a percentage. If both sides have ranges, each may write a different end of one in full: "Nov
/// 3-9", « du 3 au 9 novembre ».
fn lenders(said: &Said<'_>, named: PerLang<u16>, has_ranges: bool) -> u16 {
    let own = *named.get(said.lang);
    let there = *named.get(said.lang.other());
    let number_of = |kind: u16| if there & kind == 0 { 0 } else { NUMBER };
    match shape_there(said) {
        COUNTED => NUMBER | COUNTED,
        NUMBER => NUMBER | COUNTED | TIME | DATES | own,
        kind @ (MONEY | PERCENTAGE) => kind | number_of(kind),
        TIME => NUMBER,
        _ if has_ranges => NUMBER | DATES,
        date => NUMBER | DATES & !date,
    }
}

/// Whether a side speaks of money and of percentages, so that a bare number of the other side may be one. It may not if
/// both sides have some left over: then each writes its own in full.
pub(super) fn named(pair: &Pair<'_>, said: &PerLang<Vec<Said<'_>>>) -> PerLang<u16> {
    const SIGNS: [(u16, &[&str]); 2] = [
        (MONEY, &["$", "€", "£", "¢", "dollar", "euro", "cents", "livres", "pounds", "USD", "CAD", "EUR", "GBP"]),
        (PERCENTAGE, &["%", "percent", "per cent", "pour cent", "pourcentage", "p. 100", "p.\u{a0}100"]),
    ];
    let is_left =
        |lang: Lang, kind: u16| said.get(lang).iter().any(|said| !said.matched && shape(&said.found.value) == kind);
    let may_be_bare = |(kind, _): &&(u16, &[&str])| !(is_left(Lang::En, *kind) && is_left(Lang::Fr, *kind));
    PerLang::from_fn(|lang| {
        let says = |sign: &&str| pair.units(lang).any(|unit| unit.content.text.contains(*sign));
        let named = SIGNS.iter().filter(may_be_bare).filter(|(_, signs)| signs.iter().any(&says));
        named.map(|(shape, _)| shape).sum()
    })
}

/// Matches values whose parts both sides say equally often.
pub(super) fn same(named: PerLang<u16>, said: &mut PerLang<Vec<Said<'_>>>) {
    let is_bare = |said: &Said<'_>| !said.matched && matches!(said.found.value, Value::Number(_));
    let has_ranges = said.en.iter().any(is_bare) && said.fr.iter().any(is_bare);
    let mut counts = PerLang::<BTreeMap<(String, u16), usize>>::default();
    for lang in Lang::BOTH {
        for said in said.get(lang).iter().filter(|said| !said.matched) {
            let shape = shape_there(said);
            for piece in said.found.value.parts() {
                *counts.get_mut(lang).entry((piece, shape)).or_default() += 1;
            }
        }
    }
    for lang in Lang::BOTH {
        let left = counts.get_mut(lang.other());
        for said in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            let lenders = lenders(said, named, has_ranges);
            let mut taken = Vec::new();
            for piece in said.found.value.parts() {
                let free = |(of, count): &(&(String, u16), &usize)| of.1 & lenders != 0 && **count > 0;
                let all = left.range((piece.clone(), 0)..=(piece, u16::MAX));
                let Some((of, _)) = all.into_iter().find(free) else { break };
                taken.push(of.clone());
            }
            if taken.len() == said.found.value.parts().len() {
                for of in taken {
                    left.entry(of).and_modify(|count| *count = count.saturating_sub(1));
                }
                said.matched = true;
            }
        }
    }
}

/// Accepts what the other side says too, only less often: how often a number is repeated is a matter of style.
pub(super) fn repeated(named: PerLang<u16>, said: &mut PerLang<Vec<Said<'_>>>) {
    let all = PerLang::from_fn(|lang| {
        let mut shapes = BTreeMap::<String, u16>::new();
        for said in said.get(lang) {
            for piece in pieces(&said.found.value) {
                *shapes.entry(piece).or_default() |= shape_there(said);
            }
        }
        shapes
    });
    let whole =
        PerLang::from_fn(|lang| said.get(lang).iter().map(|said| said.found.value.clone()).collect::<BTreeSet<_>>());
    for lang in Lang::BOTH {
        let other = all.get(lang.other());
        for said in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            let lenders = lenders(said, named, false);
            let is_there = |part: &str| other.get(part).is_some_and(|shapes| shapes & lenders != 0);
            said.matched = whole.get(lang.other()).contains(&said.found.value)
                || said
                    .found
                    .value
                    .parts()
                    .iter()
                    .all(|part| is_there(part) || part.contains('.') && part.split('.').all(is_there));
        }
    }
}

/// The plain numbers in a value, and what is before and after a point in them: « 34.3)a) » is "34(3)(a)".
fn pieces(value: &Value) -> Vec<String> {
    let parts = value.parts();
    let inner = parts.iter().filter(|part| part.contains('.')).flat_map(|part| part.split('.').map(str::to_owned));
    let inner: Vec<String> = inner.collect();
    parts.into_iter().chain(inner).collect()
}

/// Matches the first number of a range in which only the last one says what both are: « entre 10 et 20 millions ».
pub(super) fn in_range(said: &mut PerLang<Vec<Said<'_>>>) {
    for lang in Lang::BOTH {
        let pairs = said.get(lang).windows(2).enumerate();
        let whole: Vec<(usize, Value)> =
            pairs.filter_map(|(at, two)| Some((at, of_range(lang, &two[0], &two[1])?))).collect();
        for (at, value) in whole {
            let twins = said.get_mut(lang.other());
            let same = |twin: &&mut Said<'_>| twin.found.value == value;
            if let Some(twin) = twins.iter_mut().filter(same).min_by_key(|twin| twin.matched) {
                twin.matched = true;
                said.get_mut(lang)[at].matched = true;
            }
        }
    }
}

/// What the first of two values is, if the second one says it for both.
fn of_range(lang: Lang, first: &Said<'_>, second: &Said<'_>) -> Option<Value> {
    const JOINS: [&str; 12] = ["to", "and", "or", "à", "et", "ou", "-", "–", "—", "et de", "ou de", "or to"];
    const SCALES: [(&str, usize); 8] =
        [("thousand", 3), ("mille", 3), ("million", 6), ("milliard", 9), ("M", 6), ("k", 3), ("K", 3), ("G", 9)];
    let (Value::Number(number) | Value::Money(number)) = &first.found.value else { return None };
    if first.matched || !std::ptr::eq(first.unit, second.unit) {
        return None;
    }
    let text = first.unit.content.text.as_str();
    let between = text.get(first.found.range.end..second.found.range.start)?;
    let between = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, '$' | '€' | '£'));
    let written = &text[second.found.range.clone()];
    if !JOINS.contains(&between) {
        return None;
    }
    let billion = if lang == Lang::En { 9 } else { 12 };
    let scales = SCALES.into_iter().chain([("billion", billion)]);
    let zeros = scales.filter(|(name, _)| written.contains(name)).map(|(_, zeros)| zeros).next().unwrap_or(0);
    let whole = if zeros == 0 { number.clone() } else { times_ten(number, zeros) };
    match second.found.value {
        Value::Number(_) => Some(Value::Number(whole)),
        Value::Money(_) => Some(Value::Money(whole)),
        Value::Percentage(_) => Some(Value::Percentage(whole)),
        _ => None,
    }
}

/// Matches dates in figures that can be several days with a day of the other side that they can be; with one that is
/// matched already if there is no other, since how often a date is repeated is a matter of style.
pub(super) fn one_of(said: &mut PerLang<Vec<Said<'_>>>) {
    for lang in Lang::BOTH {
        if !said.get(lang).iter().any(|said| !said.matched && matches!(said.found.value, Value::OneOf(_))) {
            continue;
        }
        // The days of the other side, and where those are that have no match yet: the last one first.
        let mut days = BTreeSet::<(u16, u8, u8)>::new();
        let mut free = BTreeMap::<(u16, u8, u8), Vec<usize>>::new();
        for (at, twin) in said.get(lang.other()).iter().enumerate().rev() {
            for day in twin.found.value.days() {
                days.insert(day);
                free.entry(day).or_default().extend(Some(at).filter(|_| !twin.matched));
            }
        }
        let mut taken = BTreeSet::new();
        for own in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            let Value::OneOf(readings) = &own.found.value else { continue };
            // A day without its year may be any of that name.
            let mut keys = readings.iter().flat_map(|(year, month, day)| [(*year, *month, *day), (0, *month, *day)]);
            let twin = keys.clone().find_map(|key| {
                let there = free.get_mut(&key)?;
                std::iter::from_fn(|| there.pop()).find(|twin| taken.insert(*twin))
            });
            own.matched = twin.is_some() || keys.any(|key| days.contains(&key));
        }
        for twin in taken {
            said.get_mut(lang.other())[twin].matched = true;
        }
    }
}
