//! Dates and times of day, as each language writes them.

use super::values::{Read, Value, digits, skip_space, word};
use crate::format::MONTHS;
use crate::lang::Lang;
use crate::typography::slashed;

/// `2016-07-31`.
pub(super) fn iso_date(before: &str, rest: &str) -> Read {
    let bytes = rest.as_bytes();
    let shape = bytes.len() >= 10
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() })
        && !bytes.get(10).is_some_and(|b| b.is_ascii_digit() || *b == b'-')
        && !before.ends_with(|c: char| c.is_alphanumeric() || c == '-');
    if !shape {
        return None;
    }
    let (year, month, day) = (rest[..4].parse().ok()?, rest[5..7].parse().ok()?, rest[8..10].parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day))
        .then_some((Some(Value::Date(Some(year), month, Some(day))), 10))
}

/// A date in numbers, with all that it can mean: "2024/03/31", "31/03/2024", "5/6/2024", "3/15/24", "2024-04".
pub(super) fn slashed_date(before: &str, rest: &str) -> Read {
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | ',' | '$')) {
        return None;
    }
    if let Some(date) = slashed(rest) {
        let value = match date.readings.as_slice() {
            [] => return None,
            [(year, month, day)] => Value::Date(Some(*year), *month, Some(*day)),
            _ => Value::OneOf(date.readings),
        };
        return Some((Some(value), date.length));
    }
    // "2011-12" is a fiscal year.
    let (year, after) = digits(rest);
    let (month, left) = digits(after.strip_prefix('-')?);
    let goes_on = left.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/'))
        || left.strip_prefix('.').is_some_and(|left| left.starts_with(|c: char| c.is_ascii_digit()));
    if goes_on || (year.len(), month.len()) != (4, 2) {
        return None;
    }
    let (year, month): (u16, u8) = (year.parse().ok()?, month.parse().ok()?);
    let is_month = (1900..2100).contains(&year) && (1..=12).contains(&month) && u16::from(month) != (year + 1) % 100;
    is_month.then(|| (Some(Value::Date(Some(year), month, None)), rest.len() - left.len()))
}

/// The month that a text begins with, and the rest.
fn month(lang: Lang, text: &str) -> Option<(u8, &str)> {
    // This is asked of nearly every word, so most are ruled out by their first two bytes. English months have a
    // capital: "may" and "march" are words too.
    let first = text.as_bytes().get(..2).filter(|first| lang == Lang::Fr || first[0].is_ascii_uppercase())?;
    let begins = |month: &str| month.as_bytes()[..2].eq_ignore_ascii_case(first);
    let mut months = MONTHS.get(lang).iter().enumerate().filter(|(_, month)| begins(month)).peekable();
    months.peek()?;
    let (name, rest) = word(text);
    let name = name.to_lowercase();
    let mut short = None;
    for (at, month) in months {
        let month = month.to_lowercase();
        if month == name {
            return Some((u8::try_from(at + 1).ok()?, rest));
        }
        if short.is_none() && is_short(lang, &month, &name) {
            short = Some(at);
        }
    }
    Some((u8::try_from(short? + 1).ok()?, rest.strip_prefix('.').unwrap_or(rest)))
}

/// Whether a word is a month cut short, both in small letters: "nov", "sept", « janv », « févr ».
fn is_short(lang: Lang, month: &str, name: &str) -> bool {
    let least = match lang {
        Lang::En => 3,
        Lang::Fr => 3 + usize::from(month.starts_with("jui")),
    };
    let letters = name.chars().count();
    (least..=4.max(least)).contains(&letters) && letters < month.chars().count() && month.starts_with(name)
}

fn year(text: &str) -> Option<(u16, &str)> {
    let (year, rest) = digits(text);
    (year.len() == 4 && !year.starts_with('0')).then(|| Some((year.parse().ok()?, rest)))?
}

fn day(text: &str) -> Option<(u8, &str)> {
    let (day, rest) = digits(text);
    let number = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    (day.len() <= 2).then_some((number, rest))
}

/// "July 31, 2016", "July 2016", "July 31"; « juillet 2016 ».
pub(super) fn date_from_month(lang: Lang, rest: &str) -> Read {
    let (month, after) = month(lang, rest)?;
    let after_space = skip_space(after);
    if after_space.len() == after.len() && !after.starts_with(',') {
        return None;
    }
    let after_comma = after.strip_prefix(',').map_or(after_space, skip_space);
    if let Some((year, left)) = year(after_comma) {
        return Some((Some(Value::Date(Some(year), month, None)), rest.len() - left.len()));
    }
    if lang == Lang::Fr {
        return None;
    }
    let (day, left) = day(after_space)?;
    let left = ["st", "nd", "rd", "th"].iter().find_map(|end| left.strip_prefix(end)).unwrap_or(left);
    let with_year = left.strip_prefix(',').map_or_else(|| skip_space(left), skip_space);
    let with_year = year(with_year).filter(|_| with_year.len() < left.len());
    let (year, left) = with_year.map_or((None, left), |(year, left)| (Some(year), left));
    Some((Some(Value::Date(year, month, Some(day))), rest.len() - left.len()))
}

fn skip_hyphen(text: &str) -> &str {
    text.strip_prefix('-').unwrap_or(text)
}

/// « 1er décembre 2025 », « 31 juillet »; "31 July 2016".
pub(super) fn date_from_day(lang: Lang, rest: &str) -> Read {
    let (day, after) = day(rest)?;
    let after = if lang == Lang::Fr { after.strip_prefix("er").unwrap_or(after) } else { after };
    // "31-Mar-2024"
    let is_joined = after.starts_with('-') && word(&after[1..]).1.starts_with('-');
    let skip = if is_joined { skip_hyphen } else { skip_space };
    let (month, left) = month(lang, skip(after))?;
    let with_year = year(skip(left)).filter(|_| skip(left).len() < left.len());
    let (year, left) = with_year.map_or((None, left), |(year, left)| (Some(year), left));
    Some((Some(Value::Date(year, month, Some(day))), rest.len() - left.len()))
}

/// "4:30 pm", "9 a.m."; « 16 h 30 », « 9 h », « 9 heures ».
pub(super) fn time(lang: Lang, rest: &str) -> Read {
    let (hour_text, after) = digits(rest);
    if hour_text.len() > 2 {
        return None;
    }
    let hour: u8 = hour_text.parse().ok().filter(|hour| *hour < 25)?;
    if hour_text == "1" && after.strip_prefix(':').is_some_and(is_in_groups) {
        return None;
    }
    match lang {
        Lang::Fr => {
            // « 13:00 », as it should not be written.
            if let Some(read) = after.strip_prefix(':').and_then(|after| clock(hour, after, rest)) {
                return Some(read);
            }
            let unit = skip_space(after);
            let left = unit
                .strip_prefix("heures")
                .or_else(|| unit.strip_prefix("heure"))
                .or_else(|| unit.strip_prefix('h'))?;
            if left.starts_with(char::is_alphabetic) {
                return None;
            }
            let (minute, end) = digits(skip_space(left));
            match minute.parse::<u8>() {
                Ok(minute_value) if minute.len() == 2 && minute_value < 60 => {
                    let end = after_seconds(end);
                    Some((Some(Value::Time(hour, minute_value)), rest.len() - end.len()))
                }
                _ => Some((Some(Value::Time(hour, 0)), rest.len() - left.len())),
            }
        }
        Lang::En => {
            // "13h30", "00h".
            if let Some(left) = after.strip_prefix('h').filter(|left| !left.starts_with(char::is_alphabetic)) {
                let (minute, end) = digits(left);
                let minute_value = minute.parse().ok().filter(|value: &u8| minute.len() == 2 && *value < 60);
                let left = if minute_value.is_some() { end } else { left };
                return Some((Some(Value::Time(hour, minute_value.unwrap_or(0))), rest.len() - left.len()));
            }
            let (minute, left) = match after.strip_prefix(':') {
                Some(after) => {
                    let (minute, left) = digits(after);
                    if minute.len() != 2 {
                        return None;
                    }
                    // Seconds are not compared.
                    let left = left.strip_prefix(':').map_or(left, |seconds| digits(seconds).1);
                    (minute.parse::<u8>().ok().filter(|minute| *minute < 60)?, left)
                }
                None => (0, after),
            };
            let half = skip_space(left);
            let begins = |sign: &&str| half.get(..sign.len()).is_some_and(|half| half.eq_ignore_ascii_case(sign));
            let (is_pm, taken) = if let Some(sign) = ["a.m.", "p.m.", "am", "pm"].iter().find(|sign| begins(sign)) {
                (sign.starts_with('p'), sign.len())
            } else if after.starts_with(':') {
                return Some((Some(Value::Time(hour, minute)), rest.len() - left.len()));
            } else {
                return first_of_range(hour, minute, left, rest);
            };
            if half[taken..].starts_with(char::is_alphabetic) || hour > 12 {
                return None;
            }
            let hour = hour % 12 + if is_pm { 12 } else { 0 };
            Some((Some(Value::Time(hour, minute)), rest.len() - (half.len() - taken)))
        }
    }
}

/// Whether a text begins with a number of more than one group of digits, as that of a scale: "1:50,000".
fn is_in_groups(text: &str) -> bool {
    let rest = digits(text).1;
    let group = rest.strip_prefix([',', ' ', '\u{a0}', '\u{202f}']).map(digits);
    rest.len() < text.len() && group.is_some_and(|(group, _)| group.len() == 3)
}

/// What a time with a colon says: two digits of minutes follow.
fn clock(hour: u8, after: &str, rest: &str) -> Read {
    let (minute, left) = digits(after);
    let value = minute.parse::<u8>().ok().filter(|value| minute.len() == 2 && *value < 60)?;
    let left = left.strip_prefix(':').map_or(left, |seconds| digits(seconds).1);
    Some((Some(Value::Time(hour, value)), rest.len() - left.len()))
}

/// The first hour of a range in which only the second one says whether it is before or after noon: "1-3pm", "9 to 11
/// a.m.".
fn first_of_range(hour: u8, minute: u8, left: &str, rest: &str) -> Read {
    let gap = skip_space(left);
    let next = ["to ", "and ", "-", "–", "—"].iter().find_map(|sign| gap.strip_prefix(sign))?;
    let next = skip_space(next);
    // A third hour says nothing about the first.
    let (end_hour, after) = digits(next);
    let after = after.strip_prefix(':').map_or(after, |minutes| digits(minutes).1);
    let sign: String = skip_space(after).chars().take(3).map(|c| c.to_ascii_lowercase()).collect();
    let is_pm = sign.starts_with("pm") || sign.starts_with("p.m");
    let is_half = is_pm || sign.starts_with("am") || sign.starts_with("a.m");
    let end: u8 = end_hour.parse().ok().filter(|end| is_half && (1..=12).contains(end) && (1..=12).contains(&hour))?;
    // "11-1pm" begins in the morning.
    let is_pm = is_pm && (hour % 12 <= end % 12);
    Some((Some(Value::Time(hour % 12 + if is_pm { 12 } else { 0 }, minute)), rest.len() - left.len()))
}

/// What follows « min 59 s » after the minutes of a time.
fn after_seconds(text: &str) -> &str {
    let Some(rest) = skip_space(text).strip_prefix("min") else { return text };
    let (seconds, left) = digits(skip_space(rest));
    let sign = skip_space(left).strip_prefix('s').filter(|rest| !rest.starts_with(char::is_alphabetic));
    sign.filter(|_| !seconds.is_empty()).unwrap_or(rest)
}
