//! Letters of codes whose digits are compared as numbers: postal codes, bills, forms: "K1A 0P9", "C-11".

use std::collections::BTreeMap;
use std::ops::Range;

use super::figures::place;
use super::values::digits;
use super::{Difference, Pair, Rule};
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::Unit;

/// A code, its letters and its digits apart, and where it is.
struct Code<'a> {
    letters: String,
    digits: String,
    unit: &'a Unit,
    range: Range<usize>,
}

/// Letters that differ because the languages do: the form of each language; "Q1" and « T1 », a quarter and « trimestre ».
const OF_LANGUAGES: [(&str, &str); 3] = [("E", "F"), ("Q", "T"), ("D", "J")];

/// Reports codes with the same digits and different letters.
pub(super) fn compare(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let all = PerLang::from_fn(|lang| pair.prose(lang).flat_map(codes).collect::<Vec<_>>());
    let left = PerLang::from_fn(|lang| {
        let is_there = |own: &Code<'_>| {
            all.get(lang.other()).iter().any(|twin| (&twin.letters, &twin.digits) == (&own.letters, &own.digits))
        };
        let left = all.get(lang).iter().filter(|own| !is_there(own));
        left.map(|code| (code.digits.as_str(), code)).collect::<BTreeMap<_, _>>()
    });
    if left.en.len() != left.fr.len() {
        return;
    }
    let mut others = left.en.iter().filter_map(|(digits, en)| Some((*en, *left.fr.get(digits)?)));
    let Some((en, fr)) = others.find(|(en, fr)| !OF_LANGUAGES.contains(&(&en.letters, &fr.letters))) else { return };
    let spans = PerLang { en: place(en.unit, &en.range), fr: place(fr.unit, &fr.range) };
    let written = |code: &Code<'_>| code.unit.content.text[code.range.clone()].to_owned();
    let found = PerLang { en: written(en), fr: written(fr) };
    differences.push(Difference::new(Rule::Numbers, at, Lang::En, spans, found));
}

fn codes(unit: &Unit) -> Vec<Code<'_>> {
    let text = unit.content.text.as_str();
    let mut found = Vec::new();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return found;
    }
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let begins = c.is_ascii_uppercase() && !last.is_alphanumeric() && !matches!(last, '-' | '\u{2011}' | '.' | '/');
        last = c;
        if !begins {
            continue;
        }
        let rest = &text[at..];
        let Some(length) = postal_code(rest).or_else(|| letter_and_number(rest)) else { continue };
        let written = &rest[..length];
        found.push(Code {
            letters: written.chars().filter(char::is_ascii_alphabetic).collect(),
            digits: written.chars().filter(char::is_ascii_digit).collect(),
            unit,
            range: at..at + length,
        });
    }
    found
}

/// The length in bytes of the postal code that a text begins with.
fn postal_code(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for shape in "A9A 9A9".chars() {
        let (_, c) = chars.next()?;
        let fits = match shape {
            'A' => c.is_ascii_uppercase(),
            '9' => c.is_ascii_digit(),
            _ => matches!(c, ' ' | '\u{a0}'),
        };
        if !fits {
            return None;
        }
    }
    ends(text, chars.offset())
}

/// The length in bytes of the code of one letter and a number that a text begins with: "C-11".
fn letter_and_number(text: &str) -> Option<usize> {
    let rest = text[1..].strip_prefix(['-', '\u{2011}'])?;
    let (number, left) = digits(rest);
    if (1..=5).contains(&number.len()) { ends(text, text.len() - left.len()) } else { None }
}

/// A length, if the code ends there.
fn ends(text: &str, length: usize) -> Option<usize> {
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\u{2011}' | '/');
    (!text[length..].starts_with(goes_on)).then_some(length)
}
