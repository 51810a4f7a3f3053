//! What numbers count and which money is meant: "30 days", « 30 mois »; "US$100", « 100 $ CA ».

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::figures::{Said, place};
use super::numerals::What;
use super::spelled::Said as Spelled;
use super::values::{Value, skip_join, skip_space, word};
use super::{Difference, Rule};
use crate::lang::{Lang, PerLang};
use crate::pairs::outline;

/// What is counted, under one name for both languages.
type Unit = &'static str;

/// Reports numbers, in figures or in words, that the two sides give for different things. What appears anywhere without
/// a unit is not compared with what has one.
pub(super) fn compare(
    at: usize,
    said: &mut PerLang<Vec<Said<'_>>>,
    words: &PerLang<Vec<Spelled<'_>>>,
    differences: &mut Vec<Difference>,
) {
    let uses = PerLang::from_fn(|lang| uses(lang, said.get(lang), words.get(lang)));
    let mut reported = BTreeSet::new();
    for (number, en) in &uses.en {
        let Some(fr) = uses.fr.get(number) else { continue };
        let Some((is_money, own, twin)) = odd(en, fr) else { continue };
        if !reported.insert(is_money) {
            continue;
        }
        let place = |lang, used: &Used<'_>| {
            let range = in_full(lang, used);
            (place(used.unit, &range), used.unit.content.text[range].to_owned())
        };
        // They are reported here, even if they are nowhere on the other side.
        for (lang, used) in [(Lang::En, own), (Lang::Fr, twin)] {
            if let Some(figure) = used.figure {
                said.get_mut(lang)[figure].matched = true;
            }
        }
        let (own, twin) = (place(Lang::En, own), place(Lang::Fr, twin));
        let spans = PerLang { en: own.0, fr: twin.0 };
        let found = PerLang { en: own.1, fr: twin.1 };
        let rule = if is_money { Rule::Money } else { Rule::Numbers };
        differences.push(Difference::new(rule, at, Lang::En, spans, found));
    }
}

/// What one side gives a number for.
#[derive(Default)]
struct Uses<'a> {
    /// Whether it is anywhere without a unit.
    is_bare: bool,
    /// Its units, with the first place of each.
    units: BTreeMap<Unit, Used<'a>>,
}

struct Used<'a> {
    unit: &'a outline::Unit,
    range: Range<usize>,
    is_money: bool,
    /// Which of the figures it is, if it is one.
    figure: Option<usize>,
}

/// Two places in which a number has a unit that the other side does not give it.
fn odd<'u, 'a>(en: &'u Uses<'a>, fr: &'u Uses<'a>) -> Option<(bool, &'u Used<'a>, &'u Used<'a>)> {
    let only = |own: &'u Uses<'a>, twin: &'u Uses<'a>, is_money: bool| {
        let is_there = |unit: Unit| twin.units.keys().any(|other| are_one(unit, other));
        own.units.iter().find(|(unit, used)| used.is_money == is_money && !is_there(unit)).map(|(_, used)| used)
    };
    let is_bare = en.is_bare || fr.is_bare;
    let of_kind = |is_money: bool| Some((is_money, only(en, fr, is_money)?, only(fr, en, is_money)?));
    let alike = if is_bare { None } else { of_kind(false) }.or_else(|| of_kind(true));
    // Money here and something else there: if both are in figures, each is missing on the other side.
    let across = || {
        let only = |uses: &'u Uses<'a>, is_money: bool| {
            let is_all = !uses.units.is_empty() && uses.units.values().all(|used| used.is_money == is_money);
            uses.units.values().next().filter(|_| is_all)
        };
        let pair = |is_money: bool| Some((true, only(en, is_money)?, only(fr, !is_money)?));
        let found = pair(true).or_else(|| pair(false)).filter(|_| !is_bare);
        found.filter(|(_, own, twin)| own.figure.is_none() || twin.figure.is_none())
    };
    alike.or_else(across)
}

fn uses<'a>(lang: Lang, said: &[Said<'a>], words: &[Spelled<'a>]) -> BTreeMap<String, Uses<'a>> {
    let mut all = BTreeMap::<String, Uses<'a>>::new();
    let mut add = |number: String, unit: Option<Unit>, used: Used<'a>| {
        let uses = all.entry(number).or_default();
        match unit {
            Some(unit) => {
                uses.units.entry(unit).or_insert(used);
            }
            None => uses.is_bare |= !used.is_money,
        }
    };
    for (at, said) in said.iter().enumerate() {
        let (number, unit, is_money) = match &said.found.value {
            Value::Number(number) => (number.clone(), of(said), false),
            // « 2 heures » is a time of day or a length of time.
            Value::Time(hour, 0) if lang == Lang::Fr => (hour.to_string(), Some("hour"), false),
            Value::Money(amount) => (amount.clone(), currency(&said.unit.content.text, &said.found.range), true),
            _ => continue,
        };
        let used = Used { unit: said.unit, range: said.found.range.clone(), is_money, figure: Some(at) };
        add(number, unit, used);
    }
    for said in words {
        let What::Number(number) = said.what else { continue };
        let unit = of_words(lang, said);
        let is_money = unit.is_some_and(is_currency);
        let used = Used { unit: said.unit, range: said.range.clone(), is_money, figure: None };
        add(number.to_string(), unit, used);
    }
    all
}

/// What a number in words counts.
fn of_words(lang: Lang, said: &Spelled<'_>) -> Option<Unit> {
    let text = said.unit.content.text.as_str();
    let own = behind(lang, text, &said.range);
    own.or_else(|| currency(text, &said.range).filter(|_| !text[said.range.clone()].ends_with("cents")))
}

fn is_currency(unit: Unit) -> bool {
    unit.starts_with(['$', '€', '£'])
}

/// Whether a side that says a number in words says it of other things only.
pub(super) fn is_of_something_else(own: &Said<'_>, number: &str, words: &BTreeMap<u64, Vec<&Spelled<'_>>>) -> bool {
    let unit = match &own.found.value {
        Value::Money(_) => currency(&own.unit.content.text, &own.found.range),
        _ => of(own),
    };
    let Some(unit) = unit else { return false };
    let others = number.parse().ok().and_then(|number: u64| words.get(&number));
    let is_other = |said: &&Spelled<'_>| of_words(own.lang.other(), said).is_some_and(|other| !are_one(unit, other));
    others.is_some_and(|others| others.iter().all(is_other))
}

/// Whether two units may be one: a dollar is that of any country that is named elsewhere.
fn are_one(own: Unit, other: Unit) -> bool {
    own == other || own.starts_with('$') && other.starts_with('$') && (own == "$" || other == "$")
}

/// A number with its unit, as it is written.
fn in_full(lang: Lang, used: &Used<'_>) -> Range<usize> {
    let Range { start, end } = used.range.clone();
    let text = used.unit.content.text.as_str();
    let signs = ['$', '€', '£', '-', '−', '–', '\u{2011}'];
    let before = text[..start].trim_end_matches(|c: char| signs.contains(&c) || c.is_ascii_uppercase());
    let start = if start - before.len() <= LONGEST { before.len() } else { start };
    let (sign, length) = if used.is_money { (skip_space(&text[end..]), 1) } else { (skip_join(&text[end..]), 0) };
    let rest = sign.strip_prefix(['$', '€', '£', '°', 'º']).filter(|_| length == 1 || sign.starts_with(['°', 'º']));
    let after = rest.map_or(sign, skip_space);
    let name = word(after).0;
    let is_named = if used.is_money {
        currency_named(name).is_some() || matches!(name, "dollar" | "dollars")
    } else {
        rest.is_some() || unit_named(lang, name).is_some()
    };
    let next = word(skip_space(&after[name.len()..])).0;
    let is_longer = !used.is_money && behind(lang, text, &used.range) != unit_named(lang, name);
    if is_longer && !next.is_empty() && rest.is_none() {
        return start
            ..text.len() - after.len()
                + name.len()
                + (after[name.len()..].find(next).unwrap_or_default() + next.len());
    }
    let end = match (is_named, rest) {
        (true, _) => text.len() - after.len() + name.len(),
        (false, Some(rest)) => text.len() - rest.len(),
        (false, None) => end,
    };
    start..end
}

/// How long the name of a currency before an amount may be, with its sign, in bytes.
const LONGEST: usize = 8;

/// What a number counts, if that is a unit of time or measure. Words added to the unit make it another one: "business
/// days", « jours ouvrables », "km/h".
pub(super) fn of(said: &Said<'_>) -> Option<Unit> {
    behind(said.lang, &said.unit.content.text, &said.found.range)
}

fn behind(lang: Lang, text: &str, number: &Range<usize>) -> Option<Unit> {
    let after = skip_join(&text[number.end..]);
    if let Some(scale) = after.strip_prefix(['°', 'º']).map(skip_space) {
        return match (word(scale).0, is_below_zero(&text[..number.start])) {
            ("C", false) => Some("°C"),
            ("C", true) => Some("-°C"),
            ("F", false) => Some("°F"),
            ("F", true) => Some("-°F"),
            _ => None,
        };
    }
    let (name, rest) = word(after);
    let next = word(skip_space(rest)).0;
    match (lang, name, next) {
        (Lang::En, "business" | "working", "day" | "days")
        | (Lang::Fr, "jour" | "jours", "ouvrable" | "ouvrables" | "ouvré" | "ouvrés") => return Some("business day"),
        (Lang::En, "calendar", "day" | "days") => return Some("day"),
        _ => {}
    }
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '²' | '³' | '\''));
    if goes_on { None } else { unit_named(lang, name) }
}

/// Whether a degree is below zero, by what is before it: a sign that is not between two degrees.
fn is_below_zero(before: &str) -> bool {
    let near = skip_space_back(before);
    let Some(start) = near.strip_suffix(['-', '−', '–', '\u{2011}']) else { return false };
    let is_joined = near.len() == before.len() && start.ends_with(char::is_alphanumeric);
    !is_joined && !start.trim_end().ends_with(|c: char| c.is_ascii_digit() || matches!(c, '°' | 'C' | 'F'))
}

fn unit_named(lang: Lang, name: &str) -> Option<Unit> {
    // Signs are written in one way, words in any case.
    let sign = match name {
        "km" => "kilometre",
        "m" => "metre",
        "cm" => "centimetre",
        "mm" => "millimetre",
        "mi" => "mile",
        "ft" | "pi" => "foot",
        "kg" => "kilogram",
        "g" => "gram",
        "mg" => "milligram",
        "lb" => "pound",
        "L" | "l" => "litre",
        "mL" | "ml" => "millilitre",
        "ha" => "hectare",
        "KB" | "kB" | "Ko" | "ko" => "kilobyte",
        "MB" | "Mo" => "megabyte",
        "GB" | "Go" => "gigabyte",
        "TB" | "To" => "terabyte",
        "min" => "minute",
        "h" => "hour",
        _ => "",
    };
    if !sign.is_empty() {
        return Some(sign);
    }
    let lower = name.to_lowercase();
    let one = lower.strip_suffix('s').filter(|_| lower != "mois").unwrap_or(&lower);
    Some(match (lang, one) {
        (_, "minute") => "minute",
        (Lang::En, "second") | (Lang::Fr, "seconde") => "second",
        (Lang::En, "hour") | (Lang::Fr, "heure") => "hour",
        (Lang::En, "day") | (Lang::Fr, "jour") => "day",
        (Lang::En, "week") | (Lang::Fr, "semaine") => "week",
        (Lang::En, "month") | (Lang::Fr, "mois") => "month",
        (Lang::En, "year") | (Lang::Fr, "an" | "année") => "year",
        (Lang::En, "kilometre" | "kilometer") | (Lang::Fr, "kilomètre") => "kilometre",
        (Lang::En, "metre" | "meter") | (Lang::Fr, "mètre") => "metre",
        (Lang::En, "mile") | (Lang::Fr, "mille" | "mile") => "mile",
        (Lang::En, "foot" | "feet") | (Lang::Fr, "pied") => "foot",
        (Lang::En, "kilogram") | (Lang::Fr, "kilogramme") => "kilogram",
        (Lang::En, "gram") | (Lang::Fr, "gramme") => "gram",
        (Lang::En, "litre" | "liter") | (Lang::Fr, "litre") => "litre",
        (_, "hectare") => "hectare",
        (_, "acre") => "acre",
        (_, "tonne") => "tonne",
        (Lang::En, "megabyte") | (Lang::Fr, "mégaoctet") => "megabyte",
        (Lang::En, "gigabyte") | (Lang::Fr, "gigaoctet") => "gigabyte",
        _ => return None,
    })
}

/// The currency of an amount: `$` if the text does not say whose dollars they are.
pub(super) fn currency(text: &str, amount: &Range<usize>) -> Option<Unit> {
    let before = skip_space_back(&text[..amount.start]);
    let after = skip_space(&text[amount.end..]);
    for (sign, money) in [('€', "€"), ('£', "£")] {
        if before.ends_with(sign) || after.starts_with(sign) {
            return Some(money);
        }
    }
    let is_before = before.ends_with('$');
    let name_before = name_at_end(skip_space_back(before.trim_end_matches('$')));
    // « 5 millions de dollars », « d’euros »
    let of = ["de ", "de\u{a0}", "d’", "d'"].iter().find_map(|join| after.strip_prefix(join)).unwrap_or(after);
    let rest = of.strip_prefix('$').map_or(of, skip_space);
    let (name, left) = word(rest);
    let (is_dollar, whose) = match name {
        "dollar" | "dollars" => (true, word(skip_space(left)).0),
        "É" if rest.starts_with("É.-U.") || rest.starts_with("É.‑U.") => (false, "US"),
        _ => (false, name),
    };
    let known = currency_named(name_before).or_else(|| currency_named(whose)).or_else(|| currency_named(name));
    known.or_else(|| (is_dollar || is_before || of.starts_with('$')).then_some("$"))
}

fn currency_named(name: &str) -> Option<Unit> {
    Some(match name {
        "US" | "USD" | "EU" | "American" | "américain" | "américains" => "$ US",
        "C" | "CA" | "CAN" | "CAD" | "CDN" | "Canadian" | "canadien" | "canadiens" => "$ CA",
        "EUR" | "euro" | "euros" => "€",
        "GBP" | "pounds" | "livres" => "£",
        _ => return None,
    })
}

/// The capital letters that a text ends with.
fn name_at_end(text: &str) -> &str {
    let start = text.trim_end_matches(|c: char| c.is_ascii_uppercase());
    if start.ends_with(char::is_alphanumeric) { "" } else { &text[start.len()..] }
}

fn skip_space_back(text: &str) -> &str {
    text.strip_suffix([' ', '\u{a0}', '\u{202f}']).unwrap_or(text)
}

/// A length of time that one side writes as hours and minutes: "90 minutes", "2.5 hours", « 1 h 30 ».
pub(super) fn as_hours(said: &Said<'_>) -> Option<(u8, u8)> {
    let Value::Number(number) = &said.found.value else { return None };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let whole: u16 = whole.parse().ok().filter(|whole| *whole < 1000)?;
    let minutes = match (of(said)?, decimals) {
        ("minute", "") => whole,
        ("hour", "") => whole * 60,
        ("hour", "5") => whole * 60 + 30,
        ("hour", "25") => whole * 60 + 15,
        ("hour", "75") => whole * 60 + 45,
        _ => return None,
    };
    Some((u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?))
}
