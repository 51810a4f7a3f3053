//! What numbers count and which money is meant: "30 days", « 30 mois »; "US$100", « 100 $ CA ».

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::figures::{Said, place};
use super::values::{Value, skip_join, skip_space, word};
use super::{Difference, Rule};
use crate::lang::{Lang, PerLang};

/// What is counted, under one name for both languages.
type Unit = &'static str;

/// Reports numbers that the two sides give for different things. A number that appears anywhere without a unit is not
/// compared.
pub(super) fn compare(at: usize, said: &PerLang<Vec<Said<'_>>>, differences: &mut Vec<Difference>) {
    let counted = said.as_ref().map(|lang, said| counted(lang, said));
    let mut reported = BTreeSet::new();
    for (key, en) in &counted.en {
        let Some(fr) = counted.fr.get(key) else { continue };
        let (Some(en), Some(fr)) = (en, fr) else { continue };
        let is_there = |unit: Unit, others: &BTreeMap<Unit, usize>| others.keys().any(|other| are_one(unit, other));
        let own = en.iter().find(|(unit, _)| !is_there(unit, fr));
        let twin = fr.iter().find(|(unit, _)| !is_there(unit, en));
        let (Some((_, own)), Some((_, twin))) = (own, twin) else { continue };
        if !reported.insert(key.0) {
            continue;
        }
        let (own, twin) = (&said.en[*own], &said.fr[*twin]);
        let ranges = PerLang { en: in_full(Lang::En, own), fr: in_full(Lang::Fr, twin) };
        let spans = PerLang { en: place(own.unit, &ranges.en), fr: place(twin.unit, &ranges.fr) };
        let found = PerLang {
            en: own.unit.content.text[ranges.en].to_owned(),
            fr: twin.unit.content.text[ranges.fr].to_owned(),
        };
        let rule = if key.0 { Rule::Money } else { Rule::Numbers };
        differences.push(Difference::new(rule, at, Lang::En, spans, found));
    }
}

/// The units of each number and amount, with the first place of each; `None` for one that appears anywhere without a
/// unit.
type Counted = BTreeMap<(bool, String), Option<BTreeMap<Unit, usize>>>;

fn counted(lang: Lang, said: &[Said<'_>]) -> Counted {
    let mut counted = Counted::new();
    for (at, said) in said.iter().enumerate() {
        let (key, unit) = match &said.found.value {
            Value::Number(number) => ((false, number.clone()), unit(lang, said)),
            // « 2 heures » is a time of day or a length of time.
            Value::Time(hour, 0) if lang == Lang::Fr => ((false, hour.to_string()), Some("hour")),
            Value::Money(amount) => ((true, amount.clone()), currency(&said.unit.content.text, &said.found.range)),
            _ => continue,
        };
        let units = counted.entry(key).or_insert_with(|| Some(BTreeMap::new()));
        match unit {
            Some(unit) => {
                if let Some(units) = units {
                    units.entry(unit).or_insert(at);
                }
            }
            None => *units = None,
        }
    }
    counted
}

/// Whether two units may be one: a dollar is that of any country that is named elsewhere.
fn are_one(own: Unit, other: Unit) -> bool {
    own == other || own.starts_with('$') && other.starts_with('$') && (own == "$" || other == "$")
}

/// A number with its unit, as it is written.
fn in_full(lang: Lang, said: &Said<'_>) -> Range<usize> {
    let Range { start, end } = said.found.range.clone();
    let text = said.unit.content.text.as_str();
    let signs = ['$', '€', '£', '-', '−', '–', '\u{2011}'];
    let before = text[..start].trim_end_matches(|c: char| signs.contains(&c) || c.is_ascii_uppercase());
    let start = if start - before.len() <= LONGEST { before.len() } else { start };
    let (sign, length) = match said.found.value {
        Value::Money(_) => (skip_space(&text[end..]), 1),
        _ => (skip_join(&text[end..]), 0),
    };
    let rest = sign.strip_prefix(['$', '€', '£', '°', 'º']).filter(|_| length == 1 || sign.starts_with(['°', 'º']));
    let after = rest.map_or(sign, skip_space);
    let name = word(after).0;
    let is_named = match said.found.value {
        Value::Money(_) => currency_named(name).is_some(),
        _ => rest.is_some() || unit_named(lang, name).is_some(),
    };
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
/// days", "km/h".
fn unit(lang: Lang, said: &Said<'_>) -> Option<Unit> {
    let text = said.unit.content.text.as_str();
    let after = skip_join(&text[said.found.range.end..]);
    if let Some(scale) = after.strip_prefix(['°', 'º']).map(skip_space) {
        return match (word(scale).0, is_below_zero(&text[..said.found.range.start])) {
            ("C", false) => Some("°C"),
            ("C", true) => Some("-°C"),
            ("F", false) => Some("°F"),
            ("F", true) => Some("-°F"),
            _ => None,
        };
    }
    let (name, rest) = word(after);
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
pub(super) fn as_hours(lang: Lang, said: &Said<'_>) -> Option<(u8, u8)> {
    let Value::Number(number) = &said.found.value else { return None };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let whole: u16 = whole.parse().ok().filter(|whole| *whole < 1000)?;
    let minutes = match (unit(lang, said)?, decimals) {
        ("minute", "") => whole,
        ("hour", "") => whole * 60,
        ("hour", "5") => whole * 60 + 30,
        ("hour", "25") => whole * 60 + 15,
        ("hour", "75") => whole * 60 + 45,
        _ => return None,
    };
    Some((u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?))
}
