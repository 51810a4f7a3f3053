//! Dates in figures whose order is that of the other language or could be either, and days that no month has:
//! `25/12/2024` in English, `5/6/2024`, `February 30, 2024`. [`slashed`] gives what a date in figures can mean.

use super::{Finding, Rule, ends_here, split_digits};
use crate::format::{Date, MONTHS};
use crate::lang::Lang;
use crate::typography::is_space;

/// A year, a month and a day.
type Day = (u16, u8, u8);

/// A date in three numbers: `2024/03/31`, `31/03/2024`, `3/31/24`.
pub(crate) struct Slashed {
    /// How many bytes it takes.
    pub length: usize,
    /// The days that it can mean, in order. None if it can mean none.
    pub readings: Vec<Day>,
    /// The last day of the month that it names without having that day, if all that is wrong is the day.
    last: Option<u8>,
    /// Whether the year is first.
    is_year_first: bool,
    /// Whether the day could be first, and whether the month could.
    orders: (bool, bool),
    has_whole_year: bool,
}

/// The date in figures that a text begins with. What is before it must have been looked at.
pub(crate) fn slashed(text: &str) -> Option<Slashed> {
    let (first, after) = split_digits(text);
    let sign = after.chars().next().filter(|sign| matches!(sign, '/' | '-' | '.'))?;
    let (second, after) = split_digits(&after[1..]);
    let (third, left) = split_digits(after.strip_prefix(sign)?);
    let goes_on = left.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '%'))
        || left.strip_prefix(['.', ',']).is_some_and(|left| left.starts_with(|c: char| c.is_ascii_digit()));
    if goes_on || !(1..=2).contains(&second.len()) {
        return None;
    }
    let number = |text: &str| text.parse::<u16>().ok();
    let (one, two, three) = (number(first)?, number(second)?, number(third)?);
    // The year, the month and the day, whether the year is first, and whether the day is before the month.
    let forms: &[(u16, u16, u16, bool, bool)] = match (first.len(), third.len()) {
        (4, 1 | 2) => &[(one, two, three, true, false)],
        (1 | 2, 4) => &[(three, two, one, false, true), (three, one, two, false, false)],
        // Numbers of one digit that are side by side may be anything.
        (1 | 2, 2) if sign == '/' => &[(three, two, one, false, true), (three, one, two, false, false)],
        _ => return None,
    };
    let has_whole_year = first.len() == 4 || third.len() == 4;
    let mut date = Slashed {
        length: text.len() - left.len(),
        readings: Vec::new(),
        last: None,
        is_year_first: first.len() == 4,
        orders: (false, false),
        has_whole_year,
    };
    for (year, month, day, is_year_first, is_day_first) in forms {
        date.read(*year, *month, *day, *is_day_first && !*is_year_first);
    }
    // "24/03/14"
    if !has_whole_year && first.len() == 2 && second.len() == 2 {
        date.read(one, two, three, false);
    }
    let is_date = !date.readings.is_empty() || has_whole_year && date.last.is_some();
    date.readings.sort_unstable();
    date.readings.dedup();
    is_date.then_some(date)
}

impl Slashed {
    fn read(&mut self, year: u16, month: u16, day: u16, is_day_first: bool) {
        let (Ok(month), Ok(day)) = (u8::try_from(month), u8::try_from(day)) else { return };
        // Of two digits of a year, the century is not known.
        let years = if self.has_whole_year { year..=year } else { 1900 + year..=2000 + year };
        for year in years.step_by(100).filter(|year| (1900..2100).contains(year)) {
            let Some(last) = Date::last_day_of(month, Some(year)) else { continue };
            if (1..=last).contains(&day) {
                self.readings.push((year, month, day));
                let order = if is_day_first { &mut self.orders.0 } else { &mut self.orders.1 };
                *order = true;
            } else if (1..=31).contains(&day) {
                self.last = Some(last);
            }
        }
    }
}

/// A date that begins here and is no day, could be two, or is in the order of the other language.
pub(super) fn date(lang: Lang, text: &str, start: usize) -> Option<Finding> {
    in_figures(lang, text, start).or_else(|| in_words(text, start))
}

fn in_figures(lang: Lang, text: &str, start: usize) -> Option<Finding> {
    let date = slashed(&text[start..])?;
    let range = start..start + date.length;
    if text[..start].ends_with('$') {
        return None;
    }
    if date.readings.is_empty() {
        return Some(Finding { range, rule: Rule::Calendar { last: date.last }, replacement: None });
    }
    if date.is_year_first {
        return None;
    }
    let is_foreign = match lang {
        Lang::En => date.orders == (true, false),
        Lang::Fr => date.orders == (false, true),
    };
    let may_be_two = date.has_whole_year && date.readings.len() > 1;
    let replacement = match date.readings.as_slice() {
        [(year, month, day)] => written(lang, *year, *month, *day),
        _ => None,
    };
    (is_foreign || may_be_two).then_some(Finding { range, rule: Rule::Date, replacement })
}

/// A day in words, as a language writes it.
fn written(lang: Lang, year: u16, month: u8, day: u8) -> Option<String> {
    let date: Date = format!("{year:04}-{month:02}-{day:02}").parse().ok()?;
    Some(date.long(lang))
}

/// A day beside the name of a month that does not have it: "February 30", « 31 juin 2024 ».
fn in_words(text: &str, start: usize) -> Option<Finding> {
    let (digits, rest) = split_digits(&text[start..]);
    // Only the last days are missing anywhere.
    let day: u8 = digits.parse().ok().filter(|day| digits.len() == 2 && *day > 28)?;
    let end = start + digits.len();
    let after = rest.strip_prefix(is_space).and_then(|rest| {
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let month = month_named(&rest[..length])?;
        let left = rest[length..].strip_prefix('.').unwrap_or(&rest[length..]);
        Some((month, start..text.len() - rest.len() + length, left))
    });
    let before = || {
        let head = text[..start].strip_suffix(is_space)?;
        let name = head.strip_suffix('.').unwrap_or(head);
        let length = name.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
        let month = month_named(&name[name.len() - length..])?;
        Some((month, name.len() - length..end, rest))
    };
    let (month, range, left) = after.or_else(before)?;
    let left = left.strip_prefix(',').unwrap_or(left);
    let (year, behind) = split_digits(left.strip_prefix(is_space).unwrap_or_default());
    let year: Option<u16> = year.parse().ok().filter(|_| year.len() == 4 && ends_here(behind));
    let last = Date::last_day_of(month, year)?;
    // Numbers of more than a month's days stand beside a month by chance, unless a year follows.
    let is_day = day <= 31 || year.is_some();
    let range = range.start..if year.is_some() { text.len() - behind.len() } else { range.end };
    (day > last && is_day).then_some(Finding { range, rule: Rule::Calendar { last: Some(last) }, replacement: None })
}

/// The month of a name in either language, in full or cut short: "Feb", « févr ».
fn month_named(word: &str) -> Option<u8> {
    if word.len() < 3 || word.eq_ignore_ascii_case("jui") {
        return None;
    }
    let lower = word.to_lowercase();
    let names = MONTHS.en.iter().zip(&MONTHS.fr).position(|(en, fr)| {
        let en = en.to_lowercase();
        let is_short = |month: &str, most: usize| {
            // "mar" and « mai » are other words too.
            lower.chars().count() <= most && month.starts_with(&lower) && !matches!(month, "march" | "mars" | "mai")
        };
        lower == en || lower == *fr || is_short(&en, 4) || is_short(fr, 5)
    })?;
    u8::try_from(names + 1).ok()
}
