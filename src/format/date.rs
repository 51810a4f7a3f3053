//! Dates as far as they are known: a year, a month of a year, or a day.
//!
//! [`Date`] is read strictly from the text of a YAML scalar and is always a date that exists in the calendar. Two dates
//! of different precision may overlap, so the question for dates that must follow one another is
//! [`Date::certainly_before`], not `<`.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::{Serialize, Serializer};

use super::{NO_BREAK_SPACE, capitalized};
use crate::lang::{Lang, PerLang};

/// A date that may be known only to its month or its year.
///
/// Dates sort by their first day, and among those that begin on the same day, the vaguer comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// The first day that the date can mean.
    first: civil::Date,
    precision: Precision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

/// The length in months of a calendar period that divides the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Months(i8);

impl Months {
    /// A month.
    pub const MONTH: Self = Self(1);
    /// A quarter of the year.
    pub const QUARTER: Self = Self(3);
    /// A year.
    pub const YEAR: Self = Self(12);
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not written `2015`, `2015-06` or `2015-06-30`.
    Shape,
    /// There is no such month.
    Month {
        /// The number in the month's place.
        month: u8,
    },
    /// The month does not have such a day.
    Day {
        /// The last day of that month.
        last: u8,
    },
}

impl Date {
    /// The year.
    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// The month, from 1, if it is known.
    pub fn month(self) -> Option<i8> {
        (self.precision >= Precision::Month).then(|| self.first.month())
    }

    /// The day of the month, if it is known.
    pub fn day(self) -> Option<i8> {
        (self.precision == Precision::Day).then(|| self.first.day())
    }

    /// Reads a date that is written as in a sentence, in either language, or with other signs or without zeros: `March
    /// 5, 2025`, `1er avril 2025`, `2025/3/5`, `30.06.2025`, `20250630`, `2025-06-30T12:00:00Z`. `None` if two numbers
    /// could both be the month.
    pub fn from_words(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        // The time of day is ignored.
        let text = text.split_once(['t', ' ']).filter(|(_, time)| is_time(time)).map_or(&*text, |(day, _)| day);
        let parts = text.split(|c: char| !c.is_alphanumeric());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty() && !WEEKDAYS.contains(part)).collect();
        let month = |word: &str| {
            let is_word = |month: &&str| {
                let month = month.to_lowercase();
                month == word || word.chars().count() >= 3 && month.starts_with(word)
            };
            let nth = |lang| MONTHS.get(lang).iter().position(is_word);
            Lang::BOTH.into_iter().find_map(nth).map(|nth| nth + 1)
        };
        let figures = |part: &str, most: usize| {
            let digits = part.trim_end_matches(|c: char| c.is_alphabetic());
            let is_number =
                !digits.is_empty() && digits.len() <= most && digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| digits.parse::<usize>().ok()).flatten()
        };
        let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let written = match parts[..] {
            [day, name, year] if is_year(year) && month(name).is_some() => {
                format!("{year}-{:02}-{:02}", month(name)?, figures(day, 2)?)
            }
            [name, day, year] if is_year(year) && month(name).is_some() => {
                format!("{year}-{:02}-{:02}", month(name)?, figures(day, 2)?)
            }
            [name, year] if is_year(year) => format!("{year}-{:02}", month(name)?),
            [one] if one.len() == 8 && one.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("{}-{}-{}", &one[..4], &one[4..6], &one[6..])
            }
            [first, second, year] if is_year(year) => {
                let (first, second) = (figures(first, 2)?, figures(second, 2)?);
                let (month, day) = if second > 12 || first == second { (first, second) } else { (second, first) };
                if month > 12 || day <= 12 && day != month {
                    return None;
                }
                format!("{year}-{month:02}-{day:02}")
            }
            [year, month, day] if is_year(year) => format!("{year}-{:02}-{:02}", figures(month, 2)?, figures(day, 2)?),
            [year, month] if is_year(year) => format!("{year}-{:02}", figures(month, 2)?),
            _ => return None,
        };
        written.parse().ok()
    }

    /// Whether every day that this date can mean is before every day that the other can mean.
    ///
    /// `2015` is not certainly before `2015-06-30`, nor after it.
    pub fn certainly_before(self, other: Self) -> bool {
        self.last() < other.first
    }

    /// Whether every day that this date can mean is over by the end of the calendar period (month, quarter or year)
    /// that contains the other date's first day.
    pub fn falls_by_the_end_of(self, period: Months, of: Self) -> bool {
        let months = period.0;
        let first =
            of.first.first_of_year().saturating_add(jiff::Span::new().months((of.first.month() - 1) / months * months));
        self.last() < first.saturating_add(jiff::Span::new().months(months))
    }

    /// Whether a day that this date can mean is in the months that begin with the other date's first day.
    pub fn falls_within(self, from: Self, months: i32) -> bool {
        let end = from.first.saturating_add(jiff::Span::new().months(months));
        self.last() >= from.first && self.first <= end
    }

    /// The date in words: "December 1, 2025", « 1er décembre 2025 ».
    pub fn long(self, lang: Lang) -> String {
        let year = self.year();
        match (self.month_name(lang), self.day_text(lang)) {
            (Some(month), Some(day)) => match lang {
                Lang::En => format!("{month}{NO_BREAK_SPACE}{day}, {year}"),
                Lang::Fr => format!("{day}{NO_BREAK_SPACE}{month} {year}"),
            },
            (Some(month), None) => format!("{month} {year}"),
            _ => year.to_string(),
        }
    }

    /// The month of the date as a heading, or its year if no more is known: "December 2025", « Décembre 2025 ».
    pub fn month_heading(self, lang: Lang) -> String {
        capitalized(&Self { precision: self.precision.min(Precision::Month), ..self }.long(lang))
    }

    /// The beginning of the date's first day, in UTC, as feeds write it: `2025-12-08T00:00:00Z`.
    pub fn midnight(self) -> String {
        format!("{}T00:00:00Z", self.first)
    }

    /// The last day of a month; of February, the 29th if the year is not known. `None` if there is no such month.
    pub fn last_day_of(month: u8, year: Option<u16>) -> Option<u8> {
        const LEAP: u16 = 2000;
        let year = i16::try_from(year.unwrap_or(LEAP)).ok()?;
        let first = civil::Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
        Some(first.days_in_month().unsigned_abs())
    }

    /// The last day that the date can mean, as calendars write it: `20251231`.
    pub fn last_day(self) -> String {
        self.last().strftime("%Y%m%d").to_string()
    }

    /// The beginning of the date's first day, in UTC, as calendars and cards write it: `20251208T000000Z`.
    pub fn stamp(self) -> String {
        self.first.strftime("%Y%m%dT000000Z").to_string()
    }

    /// The last day that the date can mean.
    fn last(self) -> civil::Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        }
    }

    fn month_name(self, lang: Lang) -> Option<&'static str> {
        let index = usize::try_from(self.month()? - 1).ok()?;
        MONTHS.get(lang).get(index).copied()
    }

    fn day_text(self, lang: Lang) -> Option<String> {
        match (self.day()?, lang) {
            (1, Lang::Fr) => Some("1er".to_owned()),
            (day, _) => Some(day.to_string()),
        }
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        // Word processors insert hyphens that only look like the one on the keyboard.
        let mut parts = text.split(['-', '\u{2010}', '\u{2011}', '\u{2212}']);
        let year = digits(parts.next(), 4)?.filter(|year| *year > 0).ok_or(DateError::Shape)?;
        let month = digits(parts.next(), 2)?;
        let day = digits(parts.next(), 2)?;
        if parts.next().is_some() {
            return Err(DateError::Shape);
        }
        let precision = match (month, day) {
            (None, _) => Precision::Year,
            (_, None) => Precision::Month,
            _ => Precision::Day,
        };
        let month = month.map_or(1, narrow);
        let start = civil::Date::new(year, month, 1).map_err(|_| DateError::Month { month: month.unsigned_abs() })?;
        let last = start.days_in_month();
        let first = civil::Date::new(year, month, day.map_or(1, narrow))
            .map_err(|_| DateError::Day { last: last.unsigned_abs() })?;
        Ok(Self { first, precision })
    }
}

/// Whether a text is the time of a day: `10:00`, `00:00:00z`, `12:30:00.000-05:00`.
fn is_time(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits)
        && text[digits..].starts_with(':')
        && text.bytes().all(|byte| byte.is_ascii_digit() || b":.+-z ".contains(&byte))
}

/// The number in one part of a date, if the part is there; it must have exactly `width` digits.
fn digits(part: Option<&str>, width: usize) -> Result<Option<i16>, DateError> {
    part.map(|part| {
        let is_number = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
        if is_number { part.parse().map_err(|_| DateError::Shape) } else { Err(DateError::Shape) }
    })
    .transpose()
}

/// A number of at most two digits always fits.
fn narrow(number: i16) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.first, self.precision).cmp(&(other.first, other.precision))
    }
}

/// The ISO 8601 form, as it is in YAML: `2015`, `2015-06`, `2015-06-30`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year())?;
        if let Some(month) = self.month() {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day() {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The days of the week in either language, and their short forms; none is the beginning of a month's name.
const WEEKDAYS: [&str; 21] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];

/// The names of the months, January first.
pub(crate) const MONTHS: PerLang<[&str; 12]> = PerLang {
    en: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    fr: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
};
