//! Years and pages of which only the last digits are written.

use super::values::{digits, is_space};

/// What is between the two years of a fiscal year.
const JOINS: [char; 4] = ['-', '–', '/', '\u{2011}'];

/// The whole year whose last two digits are here: "2017-18" ends in 2018, "FY 23/24" begins in 2023, "the 90s" and «
/// les années 90 » begin in 1990.
pub(super) fn year_in_part(before: &str, written: &str, rest: &str) -> Option<String> {
    let number: u16 = written.parse().ok().filter(|_| written.len() == 2)?;
    if let Some(start) = before.strip_suffix(JOINS)
        && let Some(first) = start.len().checked_sub(4).and_then(|at| start.get(at..))
        && !start[..start.len() - 4].ends_with(|c: char| c.is_ascii_digit())
        && let Ok(first) = first.parse::<u16>()
        && (1900..2100).contains(&first)
        && !rest.starts_with('-')
    {
        if number > first % 100 && (number == first % 100 + 1 || number > 12) {
            return Some((first / 100 * 100 + number).to_string());
        }
        if (first + 1) % 100 == 0 && number == 0 {
            return Some((first + 1).to_string());
        }
    }
    if is_fiscal(before, number, rest) {
        return Some((2000 + number).to_string());
    }
    let is_decade = rest.strip_prefix('s').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        || before.trim_end_matches(is_space).ends_with("années");
    (is_decade && number.is_multiple_of(10) && number >= 20).then(|| (1900 + number).to_string())
}

/// The whole number of the last page if only its end is written: "pp. 145–7".
pub(super) fn page_in_part(before: &str, written: &str) -> Option<String> {
    let start = before.strip_suffix(JOINS)?;
    let name = start.trim_end_matches(|c: char| c.is_ascii_digit());
    let first = &start[name.len()..];
    let name = name.trim_end_matches(is_space);
    let is_page = ["p.", "pp.", "pages"]
        .iter()
        .any(|known| name.strip_suffix(known).is_some_and(|before| !before.ends_with(char::is_alphanumeric)));
    (is_page && first.len() > written.len()).then(|| format!("{}{written}", &first[..first.len() - written.len()]))
}

/// Whether two digits are a year after the name of a fiscal year: "FY 23/24", « exercice 23-24 », "FY24".
fn is_fiscal(before: &str, number: u16, rest: &str) -> bool {
    let two = |text: &str| -> Option<u16> {
        let (written, left) = digits(text);
        let ends = !left.starts_with(JOINS) && !left.starts_with(char::is_alphanumeric);
        written.parse().ok().filter(|_| written.len() == 2 && ends)
    };
    if let Some(next) = rest.strip_prefix(JOINS) {
        return two(next) == Some((number + 1) % 100) && is_named(before, &NAMES);
    }
    if let Some(first) = before.strip_suffix(JOINS)
        && let Some(at) = first.len().checked_sub(2)
        && let Some(last) = first.get(at..).and_then(two)
    {
        return (last + 1) % 100 == number && is_named(&first[..at], &NAMES);
    }
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '%')
        || rest.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !goes_on && is_named(before, &SHORT_NAMES)
}

const NAMES: [&str; 9] =
    ["FY", "AF", "EF", "fiscal year", "fiscal years", "financial year", "exercice", "exercices", "année financière"];

/// Those that only a year follows.
const SHORT_NAMES: [&str; 3] = ["FY", "AF", "EF"];

fn is_named(before: &str, names: &[&str]) -> bool {
    let before = before.trim_end_matches(|c: char| is_space(c) || matches!(c, '’' | '\''));
    let is_whole = |start: &str| !start.ends_with(char::is_alphanumeric);
    let ends = |name: &&str| {
        let at = before.len().checked_sub(name.len())?;
        let (start, end) = before.split_at_checked(at)?;
        (end.eq_ignore_ascii_case(name) && (end.chars().all(char::is_uppercase) || name.len() > 2)).then_some(start)
    };
    names.iter().filter_map(ends).any(is_whole)
}
