//! Dates in words: `juillet 31, 2016` and `1 décembre` in French, `july 31, 2016` in English.

use super::{Finding, Rule, ends_here, skip_space, split_digits};
use crate::format::MONTHS;
use crate::lang::Lang;
use crate::typography::is_space;

/// A date whose day begins here and that does not follow its language.
pub(super) fn date(lang: Lang, text: &str, start: usize) -> Option<Finding> {
    let (digits, rest) = split_digits(&text[start..]);
    let day: u8 = digits.parse().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))?;
    let end = start + digits.len();
    match lang {
        Lang::Fr => month_first(text, start, day, rest).or_else(|| day_first(text, start..end, day, rest)),
        Lang::En => english(text, start, day, rest),
    }
    .or_else(|| of_other_language(lang, text, start..end, rest))
}

/// « March 5, 2024 » in French, "5 mars 2024" and "1er mai" in English. There is no correction: it may be in a title
/// that stays as it is.
fn of_other_language(lang: Lang, text: &str, digits: std::ops::Range<usize>, rest: &str) -> Option<Finding> {
    let finding = |range| Some(Finding { range, rule: Rule::Date, replacement: None });
    if lang == Lang::Fr
        && let Some((start, _)) = month_before(Lang::En, text, digits.start)
        && let Some((_, end)) = year_after(text, rest)
    {
        return finding(start..end);
    }
    let ordinal = rest.strip_prefix("er").filter(|_| lang == Lang::En);
    let word = ordinal.unwrap_or(rest).strip_prefix(is_space)?;
    let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let (written, after) = word.split_at(length);
    let is_month = MONTHS.get(lang.other()).contains(&written);
    let is_date = ordinal.is_some() || is_year(skip_space(after));
    (is_month && is_date).then(|| finding(digits.start..text.len() - after.len()))?
}

/// « juillet 31, 2016 »
fn month_first(text: &str, start: usize, day: u8, rest: &str) -> Option<Finding> {
    let (month_start, month) = month_before(Lang::Fr, text, start)?;
    let (year, end) = year_after(text, rest.strip_prefix("er").unwrap_or(rest))?;
    let replacement = format!("{}\u{a0}{month} {year}", french_day(day));
    Some(Finding { range: month_start..end, rule: Rule::Date, replacement: Some(replacement) })
}

/// « 1 décembre », « 31 Juillet 2016 »
fn day_first(text: &str, digits: std::ops::Range<usize>, day: u8, rest: &str) -> Option<Finding> {
    let ordinal = rest.strip_prefix("er").filter(|_| day == 1);
    let word = ordinal.unwrap_or(rest).strip_prefix(is_space)?;
    let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let (written, after) = word.split_at(length);
    let month = MONTHS.fr.into_iter().find(|month| same_word(written, month))?;
    let end = text.len() - after.len();
    // Holidays are written with a capital: « le 1er Mai ».
    let is_holiday = matches!((day, month), (1, "mai") | (14, "juillet") | (11, "novembre"));
    let has_year = is_year(skip_space(after));
    let has_capital = written != month && (has_year || !is_holiday);
    let is_wrong = if day == 1 && ordinal.is_none() {
        // « l’article 1 Mars… » would be a chance; a date continues in small letters or with its year.
        written == month || has_year
    } else {
        has_capital
    };
    let replacement = format!("{}\u{a0}{month}", french_day(day));
    is_wrong.then_some(Finding { range: digits.start..end, rule: Rule::Date, replacement: Some(replacement) })
}

/// "july 31, 2016"
fn english(text: &str, start: usize, day: u8, rest: &str) -> Option<Finding> {
    let (month_start, month) = month_before(Lang::En, text, start)?;
    let (year, end) = year_after(text, rest)?;
    let is_right = text[month_start..].starts_with(month);
    let replacement = format!("{month}\u{a0}{day}, {year}");
    (!is_right).then_some(Finding { range: month_start..end, rule: Rule::Date, replacement: Some(replacement) })
}

fn french_day(day: u8) -> String {
    if day == 1 { "1er".to_owned() } else { day.to_string() }
}

/// The month that is before the day, and where it begins.
fn month_before(lang: Lang, text: &str, start: usize) -> Option<(usize, &'static str)> {
    let before = text[..start].strip_suffix(is_space)?;
    let length = before.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    let begin = before.len() - length;
    let month = MONTHS.get(lang).iter().find(|month| same_word(&before[begin..], month))?;
    Some((begin, month))
}

/// The year after a comma, and where it ends.
fn year_after<'t>(text: &'t str, rest: &'t str) -> Option<(&'t str, usize)> {
    let year = rest.strip_prefix(',')?.strip_prefix(is_space)?;
    is_year(year).then(|| (&year[..4], text.len() - year.len() + 4))
}

fn is_year(text: &str) -> bool {
    let (digits, rest) = split_digits(text);
    digits.len() == 4 && digits.starts_with(['1', '2']) && ends_here(rest)
}

fn same_word(written: &str, month: &str) -> bool {
    written.len() == month.len() && written.to_lowercase() == month.to_lowercase()
}
