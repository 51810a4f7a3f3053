//! Finds what the writer must fix: text that is written as in the other language, or wrong in both.
//!
//! Only what is certain is reported, since false alarms teach writers to ignore alarms. So `1,234` in French, which may
//! be a decimal of three places, is left alone unless the other side shows which it is, and `1,234.56` is not. What
//! [`apply`](super::apply) fixes is never reported.

mod calendar;
mod dates;
mod figures;
mod grouped;
mod ordinals;
mod rule;
mod times;
mod words;

use std::ops::Range;

use super::{address, is_word, skip_space, split_digits};
use crate::lang::Lang;

pub(crate) use calendar::slashed;
pub use grouped::{Grouped, WholeNumbers};
pub use rule::Rule;

/// A place in a text that does not follow the typography of its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub rule: Rule,
    /// What to write instead, if there is one answer.
    pub replacement: Option<String>,
}

/// Everything in the text that its writer must fix, in the order of the text. `says` is whether the other side has a
/// whole number, given in digits: that distinguishes thousands from decimals.
pub fn check(lang: Lang, text: &str, says: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let bytes = text.as_bytes();
    let mut findings = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + step;
        let found = if text[..start].ends_with(joins_number) { None } else { number(lang, text, start, says) };
        at = match found.filter(|finding| !address::contains(text, finding.range.start)) {
            Some(finding) => {
                let end = finding.range.end;
                findings.push(finding);
                end
            }
            None => start + text[start..].bytes().take_while(u8::is_ascii_digit).count(),
        };
    }
    for finding in words::check(lang, text) {
        let overlaps = |other: &Finding| other.range.start < finding.range.end && finding.range.start < other.range.end;
        if !findings.iter().any(overlaps) && !address::contains(text, finding.range.start) {
            findings.push(finding);
        }
    }
    findings.sort_by_key(|finding| finding.range.start);
    findings
}

/// What is wrong with the number that begins here, if anything.
fn number(lang: Lang, text: &str, start: usize, says: &dyn Fn(&str) -> bool) -> Option<Finding> {
    times::time(lang, text, start)
        .filter(|finding| !is_universal(&text[finding.range.end..]))
        .or_else(|| calendar::date(lang, text, start))
        .or_else(|| dates::date(lang, text, start))
        .or_else(|| ordinals::ordinal(lang, text, start))
        .or_else(|| figures::figure(lang, text, start, says))
}

/// Whether a time is followed by the name of a time scale that uses the 24-hour clock in every language.
fn is_universal(rest: &str) -> bool {
    ["UTC", "GMT"].iter().any(|name| skip_space(rest).starts_with(name))
}

/// Characters before a digit that make it part of something longer: numbering, a version, an identifier.
fn joins_number(c: char) -> bool {
    is_word(c) || matches!(c, '-' | '_' | '.' | ',' | '/' | ':' | '\u{2011}' | '#' | '^')
}

/// Whether a number or word ends before this text.
fn ends_here(rest: &str) -> bool {
    let mut next = rest.chars();
    match next.next() {
        Some('.' | ',' | ':') => !next.next().is_some_and(|c| c.is_ascii_digit()),
        Some('-' | '\u{2011}' | '/' | '_' | '(') => false,
        Some(c) => !is_word(c),
        None => true,
    }
}

#[cfg(test)]
mod tests;
