//! Ordinals with letters that French does not write: `2ème`, `2nd`.

use super::{Finding, Rule, ends_here, split_digits};
use crate::lang::Lang;

/// A French ordinal with the whole ending of its word: « 1ère », « 2ème », « 3ième ».
pub(super) fn ordinal(lang: Lang, text: &str, start: usize) -> Option<Finding> {
    let (digits, rest) = split_digits(&text[start..]);
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let ending = match (digits, &rest[..length]) {
        _ if lang == Lang::En => return None,
        // « 1er » or « 1re »: the word that follows decides.
        ("1", "ème" | "ième" | "eme" | "ieme" | "èmes" | "ièmes" | "emes" | "iemes")
        | (_, "st" | "nd" | "rd" | "th") => "",
        ("1", "ère" | "iere" | "ière") => "re",
        ("1", "ères" | "ieres" | "ières") => "res",
        (_, "ème" | "ième" | "eme" | "ieme") => "e",
        (_, "èmes" | "ièmes" | "emes" | "iemes") => "es",
        _ => return None,
    };
    let end = start + digits.len() + length;
    let replacement = (!ending.is_empty()).then(|| format!("{digits}{ending}"));
    ends_here(&text[end..]).then_some(Finding { range: start..end, rule: Rule::Ordinal, replacement })
}
