//! Times of day: `4:30 pm` in French, `16 h 30` in English.

use super::{Finding, Rule, ends_here, skip_space, split_digits};
use crate::lang::Lang;

/// A time that begins here and is told as in the other language.
pub(super) fn time(lang: Lang, text: &str, start: usize) -> Option<Finding> {
    let (hours, rest) = split_digits(&text[start..]);
    let hour: u8 = hours.parse().ok().filter(|_| hours.len() <= 2)?;
    let (length, replacement) = match lang {
        Lang::Fr => english(hour, rest),
        Lang::En => french(hour, rest),
    }?;
    let end = start + hours.len() + length;
    Some(Finding { range: start..end, rule: Rule::Time, replacement: Some(replacement) })
}

/// The rest of a time of twelve hours, as French tells it.
fn english(hour: u8, rest: &str) -> Option<(usize, String)> {
    let (minutes, after) = match rest.strip_prefix(':').map(split_digits) {
        Some((minutes, after)) if minutes.len() == 2 => (minutes, after),
        Some(_) => return None,
        None => ("", rest),
    };
    let half = skip_space(after);
    let (is_afternoon, after) = HALVES.iter().find_map(|(sign, is_afternoon)| {
        let after = half.strip_prefix(sign)?;
        ends_here(after).then_some((*is_afternoon, after))
    })?;
    let hour = match (hour, is_afternoon) {
        (12, false) => 0,
        (1..=11, true) => hour + 12,
        (1..=12, _) => hour,
        _ => return None,
    };
    let told =
        if matches!(minutes, "" | "00") { format!("{hour}\u{a0}h") } else { format!("{hour}\u{a0}h\u{a0}{minutes}") };
    Some((rest.len() - after.len(), told))
}

/// The rest of a time of twenty-four hours with its minutes, as English tells it.
fn french(hour: u8, rest: &str) -> Option<(usize, String)> {
    let (minutes, after) = split_digits(skip_space(skip_space(rest).strip_prefix('h')?));
    if minutes.len() != 2 || minutes > "59" || hour > 24 || !ends_here(after) {
        return None;
    }
    let half = if (12..24).contains(&hour) { "pm" } else { "am" };
    let hour = if matches!(hour, 0 | 24) {
        12
    } else if hour > 12 {
        hour - 12
    } else {
        hour
    };
    let told = if minutes == "00" { format!("{hour}\u{a0}{half}") } else { format!("{hour}:{minutes}\u{a0}{half}") };
    Some((rest.len() - after.len(), told))
}

/// The signs of the halves of the day, and whether each is the second.
const HALVES: [(&str, bool); 6] =
    [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true), ("AM", false), ("PM", true)];
