//! Words that are written otherwise: « A l’étranger », "in april".

use super::{Finding, Rule};
use crate::format::MONTHS;
use crate::lang::Lang;

/// Words that follow « À » at the beginning of a sentence, where « A » would be no verb.
const AFTER_A: [&str; 15] = [
    "l’", "l'", "la ", "cet ", "cette ", "ce ", "partir ", "compter ", "propos ", "titre ", "défaut ", "moins ",
    "travers ", "noter ", "venir ",
];

/// Words before a month.
const BEFORE_MONTH: [&str; 11] =
    ["in", "since", "until", "before", "after", "early", "late", "mid", "last", "next", "of"];

/// What is wrong with words, in the order of the text.
pub(super) fn check(lang: Lang, text: &str) -> Vec<Finding> {
    match lang {
        Lang::Fr => {
            let may_be = |pair: &[u8]| matches!(pair, b"A " | b"o." | b"pe" | [0xc3, 0xa8]);
            let pairs = text.as_bytes().windows(2).enumerate();
            pairs.filter(|(_, pair)| may_be(pair)).filter_map(|(at, _)| french(text, at)).collect()
        }
        Lang::En => small_months(text),
    }
}

/// What is wrong in French at a byte of a text.
fn french(text: &str, at: usize) -> Option<Finding> {
    match &text.as_bytes()[at..] {
        [b'A', b' ', ..] => bare_capital(text, at),
        [b'o', b'.', ..] => english_number(text, at),
        // « ème »
        [0xc3, 0xa8, b'm', b'e', ..] => long_century(text, at),
        [b'p', b'e', b'r', ..] => per_cent(text, at),
        _ => None,
    }
}

/// A capital without its accent, at the beginning of a sentence.
fn bare_capital(text: &str, at: usize) -> Option<Finding> {
    let before = text[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}', '«', '“', '(']);
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n']);
    let rest = &text[at + 2..];
    let follows = AFTER_A.iter().any(|word| rest.starts_with(word));
    (begins && follows).then(|| Finding { range: at..at + 1, rule: Rule::Accent, replacement: Some("À".to_owned()) })
}

/// « No. 5 », with the full stop of English.
fn english_number(text: &str, at: usize) -> Option<Finding> {
    let begin = text[..at].strip_suffix(['N', 'n'])?.len();
    let is_word = !text[..begin].ends_with(|c: char| c.is_alphanumeric());
    let number = text[at + 2..].strip_prefix([' ', '\u{a0}'])?;
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    let finding = Finding {
        range: begin..text.len() - number.len(),
        rule: Rule::Foreign,
        replacement: Some("n°\u{a0}".to_owned()),
    };
    (is_word && is_number).then_some(finding)
}

/// « `XXème` », « `XIXième` »: a numeral with the whole ending of its word.
fn long_century(text: &str, at: usize) -> Option<Finding> {
    let before = text[..at].strip_suffix('i').unwrap_or(&text[..at]);
    let numeral = before.trim_end_matches(['I', 'V', 'X', 'L', 'C']);
    let begin = numeral.len();
    let end = at + "ème".len();
    let is_word = !numeral.ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric);
    let replacement = Some(format!("{}e", &before[begin..]));
    (is_word && begin < before.len()).then_some(Finding { range: begin..end, rule: Rule::Ordinal, replacement })
}

/// « 25 per cent »
fn per_cent(text: &str, at: usize) -> Option<Finding> {
    let begin = text[..at].strip_suffix([' ', '\u{a0}'])?.len();
    let length = ["per cent", "percent"].iter().find(|word| text[at..].starts_with(**word))?.len();
    let end = at + length;
    let is_share =
        text[..begin].ends_with(|c: char| c.is_ascii_digit()) && !text[end..].starts_with(char::is_alphanumeric);
    let replacement = Some("\u{a0}%".to_owned());
    is_share.then_some(Finding { range: begin..end, rule: Rule::Foreign, replacement })
}

/// Months with a small letter. "may", "march" and "august" are words too.
fn small_months(text: &str) -> Vec<Finding> {
    let bytes = text.as_bytes();
    // Hardly another word begins as a month does.
    let may_be = |letters: &[u8]| {
        matches!(letters, b"jan" | b"feb" | b"apr" | b"jun" | b"jul" | b"sep" | b"oct" | b"nov" | b"dec")
    };
    let begins = bytes.windows(3).enumerate().filter(|(_, letters)| may_be(letters)).map(|(at, _)| at);
    begins.filter_map(|at| small_month(text, at)).collect()
}

fn small_month(text: &str, at: usize) -> Option<Finding> {
    let rest = &text[at..];
    let is_small = |month: &&&str| {
        let small = rest.get(1..month.len()).filter(|small| *small == &month[1..]);
        small.is_some() && rest.as_bytes()[0] == month.as_bytes()[0].to_ascii_lowercase()
    };
    let month = MONTHS.en.iter().find(is_small).filter(|month| !matches!(**month, "May" | "March" | "August"))?;
    let end = at + month.len();
    let is_word = !text[..at]
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '@' | '#'))
        && !text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '@'));
    let last = || text[..at].trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_date = || {
        BEFORE_MONTH.contains(&last().to_lowercase().as_str())
            || text[end..].trim_start().starts_with(|c: char| c.is_ascii_digit()) && text[end..].starts_with(' ')
    };
    let found = || Finding { range: at..end, rule: Rule::Date, replacement: Some((*month).to_owned()) };
    (is_word && is_date()).then(found)
}
