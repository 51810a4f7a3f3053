//! Letters that belong to the number before them: "12(3)(b)", « 12(3)c) », "12A".

use std::collections::BTreeMap;
use std::ops::Range;

use super::figures::place;
use super::values::digits;
use super::{Difference, Pair, Rule, breaks_off};
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::Unit;

/// A number with what is behind it in brackets.
struct Provision<'a> {
    number: &'a str,
    /// What is in each of its brackets.
    parts: Vec<&'a str>,
    unit: &'a Unit,
    range: Range<usize>,
}

/// Reports numbers that have other letters on each side. If other numbers differ too, those have been reported.
pub(super) fn compare(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let all = PerLang::from_fn(|lang| {
        let units = pair.prose(lang).filter(|unit| !breaks_off(unit));
        units.flat_map(|unit| provisions(lang, unit)).collect::<Vec<_>>()
    });
    let is_reported = |difference: &Difference| difference.section == at && difference.rule == Rule::Numbers;
    if all.en.is_empty() || all.fr.is_empty() || differences.iter().any(is_reported) {
        return;
    }
    let by_number = all.as_ref().map(|_, all| {
        let mut by_number = BTreeMap::<&str, BTreeMap<&[&str], &Provision<'_>>>::new();
        for provision in all {
            by_number.entry(provision.number).or_default().entry(&provision.parts).or_insert(provision);
        }
        by_number
    });
    for (number, en) in &by_number.en {
        let Some(fr) = by_number.fr.get(number) else { continue };
        let own = en.values().find(|en| !fr.keys().any(|fr| may_be_one(&en.parts, fr)));
        let twin = fr.values().find(|fr| !en.keys().any(|en| may_be_one(en, &fr.parts)));
        let (Some(own), Some(twin)) = (own, twin) else { continue };
        let spans = PerLang { en: place(own.unit, &own.range), fr: place(twin.unit, &twin.range) };
        let written = |provision: &Provision<'_>| provision.unit.content.text[provision.range.clone()].to_owned();
        let found = PerLang { en: written(own), fr: written(twin) };
        return differences.push(Difference::new(Rule::Numbers, at, Lang::En, spans, found));
    }
}

/// Whether one may be the beginning of the other: « le sous-alinéa (i) de l’alinéa 16(1)a) »; or the form of one in each
/// language: "17.2(E)", « 17.2(F) ».
fn may_be_one(en: &[&str], fr: &[&str]) -> bool {
    en.iter().zip(fr).all(|(en, fr)| en.eq_ignore_ascii_case(fr) || (*en, *fr) == ("E", "F"))
}

fn provisions(lang: Lang, unit: &Unit) -> Vec<Provision<'_>> {
    let text = unit.content.text.as_str();
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + step;
        let mut rest = digits(&text[start..]).1;
        while let Some((_, left)) = rest.strip_prefix('.').map(digits).filter(|(more, _)| !more.is_empty()) {
            rest = left;
        }
        let number = &text[start..text.len() - rest.len()];
        at = start + number.len();
        let begins = !text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '$'));
        if !begins || !rest.starts_with(|c: char| c == '(' || c.is_ascii_alphabetic()) {
            continue;
        }
        let mut parts = Vec::new();
        while let Some((part, left)) = part(lang, rest, !parts.is_empty()) {
            parts.push(part);
            rest = left;
        }
        let has_letter = parts.iter().any(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
        let end = text.len() - rest.len();
        let goes_on = rest.starts_with(|c: char| c.is_alphanumeric());
        if has_letter && !goes_on {
            found.push(Provision { number, parts, unit, range: start..end });
        }
        at = end.max(at);
    }
    found
}

/// What is in the brackets that a text begins with, and the rest; in French, letters have only one bracket. One capital letter
/// may follow the number itself.
fn part(lang: Lang, text: &str, is_inner: bool) -> Option<(&str, &str)> {
    let open = text.strip_prefix('(');
    let inner = open.unwrap_or(text);
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(inner.len());
    let (part, rest) = inner.split_at(length);
    let is_short = (1..=LONGEST).contains(&part.len());
    match rest.strip_prefix(')') {
        Some(rest) if is_short && (open.is_some() || lang == Lang::Fr) => Some((part, rest)),
        // "12A"; a million or a thousand is no letter of a provision.
        _ if open.is_none() && !is_inner && part.len() == 1 && part.contains(['A', 'C', 'D', 'E', 'F']) => {
            Some((part, rest))
        }
        _ => None,
    }
}

/// The longest number or letters in brackets: "(viii.1)".
const LONGEST: usize = 6;
