//! Times of day: `4:30 pm` in French, `16 h 30` in English.

use super::{Finding, Rule, ends_here, skip_space, split_digits};
use crate::lang::Lang;
use crate::typography::is_space;

/// A time that begins here and is written as in the other language.
pub(super) fn time(lang: Lang, text: &str, start: usize) -> Option<Finding> {
    let (hours, rest) = split_digits(&text[start..]);
    let hour: u8 = hours.parse().ok().filter(|_| hours.len() <= 2)?;
    let (length, written) = match lang {
        Lang::Fr => english(hour, rest),
        Lang::En => french(hour, rest),
    }?;
    let end = start + hours.len() + length;
    let is_sure = lang == Lang::Fr || is_hour_of_day(&text[..start], &text[end..]);
    Some(Finding { range: start..end, rule: Rule::Time, replacement: is_sure.then_some(written) })
}

/// Whether « 2h30 » in English is certainly a time of day, and not a length of time: a word before it says so, or it is
/// one end of a range whose other end is written in the same way.
fn is_hour_of_day(before: &str, after: &str) -> bool {
    let last = last_word(before);
    if OF_DAY.contains(&&*last) {
        return true;
    }
    let is_time = |text: &str| {
        let (hours, rest) = split_digits(text);
        hours.len() <= 2 && hours.parse().is_ok_and(|hour| french(hour, rest).is_some())
    };
    let begins =
        || BETWEEN.iter().any(|word| skip_space(after).strip_prefix(word).is_some_and(|to| is_time(skip_space(to))));
    let ends = || {
        let from = before.trim_end_matches(is_space);
        let from = BETWEEN.iter().find_map(|word| from.strip_suffix(word))?.trim_end_matches(is_space);
        let at = from.char_indices().rev().find(|(_, c)| !(c.is_ascii_digit() || *c == 'h'))?;
        Some(is_time(&from[at.0 + at.1.len_utf8()..]))
    };
    // « from 2h30 to 3h05 » may be a change between two lengths, which a verb shows.
    let is_bound = || MAYBE_OF_DAY.contains(&&*last) && !is_change(before);
    is_bound() || (begins() || ends().unwrap_or_default()) && !is_change(before)
}

/// Words that come before a time of day, but not before a length of time.
const OF_DAY: [&str; 3] = ["at", "until", "till"];

/// Words that come before a time of day, but also before a length of time: « cut from 3h00 to 2h30 ».
const MAYBE_OF_DAY: [&str; 3] = ["from", "to", "by"];

/// What is between the two ends of a range.
const BETWEEN: [&str; 5] = ["to", "and", "–", "-", "until"];

/// Whether the sentence before a time says that something grows, shrinks or has a limit.
fn is_change(before: &str) -> bool {
    const SAID: [&str; 24] = [
        "up",
        "down",
        "cut",
        "cuts",
        "reduced",
        "reduces",
        "shortened",
        "extended",
        "increased",
        "increases",
        "rose",
        "fell",
        "grew",
        "went",
        "limited",
        "takes",
        "take",
        "took",
        "lasts",
        "lasted",
        "delayed",
        "late",
        "time",
        "duration",
    ];
    let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or_default();
    sentence.split(|c: char| !c.is_alphabetic()).any(|word| SAID.contains(&word.to_lowercase().as_str()))
}

fn last_word(text: &str) -> String {
    let text = text.trim_end_matches(is_space);
    let at = text
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    text[at..].to_lowercase()
}

/// The rest of a 12-hour time, and the time as French writes it.
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
    let written =
        if matches!(minutes, "" | "00") { format!("{hour}\u{a0}h") } else { format!("{hour}\u{a0}h\u{a0}{minutes}") };
    Some((rest.len() - after.len(), written))
}

/// The rest of a 24-hour time with its minutes, and the time as English writes it.
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
    let written = if minutes == "00" { format!("{hour}\u{a0}{half}") } else { format!("{hour}:{minutes}\u{a0}{half}") };
    Some((rest.len() - after.len(), written))
}

/// The signs of the halves of the day, and whether each is the second.
const HALVES: [(&str, bool); 6] =
    [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true), ("AM", false), ("PM", true)];
