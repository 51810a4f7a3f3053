//! What a text says in figures, in one form for both languages: numbers, money, percentages, dates, times, telephone
//! numbers and email addresses.

use std::ops::Range;

use super::failed;
use super::moments::{date_from_day, date_from_month, iso_date, slashed_date, time};
use super::phones::phone;
use super::references::is_reference;
use super::years::{page_in_part, year_in_part};
use crate::check::unfilled;
use crate::lang::{Lang, is_letter, leading_letters};
use crate::typography::Grouped;
pub(super) use crate::typography::{is_space, skip_space, split_digits as digits};

/// A value and where in the text it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub value: Value,
    pub range: Range<usize>,
}

/// A value in one form for both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Value {
    /// A number: `1234.5`.
    Number(String),
    /// An amount of dollars.
    Money(String),
    /// A percentage.
    Percentage(String),
    /// A date as far as it is written: year, month, day.
    Date(Option<u16>, u8, Option<u8>),
    /// A date in figures that can be several days: year, month, day.
    OneOf(Vec<(u16, u8, u8)>),
    /// A time of day: hour, minute.
    Time(u8, u8),
    /// A telephone number, digits only.
    Phone(String),
    /// An email address.
    Email(String),
}

impl Value {
    /// The plain numbers in a value, for sides that divide it differently.
    pub(super) fn parts(&self) -> Vec<String> {
        match self {
            Self::Number(number) | Self::Money(number) | Self::Percentage(number) => vec![number.clone()],
            Self::Date(year, month, day) => {
                let year = year.map(|year| year.to_string());
                let day = day.map(|day| day.to_string());
                year.into_iter().chain(day).chain([format!("month {month}")]).collect()
            }
            Self::Time(hour, 0) => vec![hour.to_string()],
            Self::Time(hour, minute) => vec![hour.to_string(), minute.to_string()],
            // Only the whole of it can be found elsewhere.
            Self::OneOf(days) => vec![format!("{days:?}")],
            Self::Phone(text) | Self::Email(text) => vec![text.clone()],
        }
    }

    /// The days that it can mean, if it is one; the year is 0 if it is not written.
    pub(super) fn days(&self) -> Vec<(u16, u8, u8)> {
        match self {
            Self::OneOf(days) => days.clone(),
            Self::Date(year, month, Some(day)) => vec![(year.unwrap_or_default(), *month, *day)],
            _ => Vec::new(),
        }
    }
}

/// Every value in a text, in order.
pub(super) fn values(lang: Lang, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    // Most texts hold none, and every value has a digit or an at sign.
    if !bytes.iter().any(|byte| byte.is_ascii_digit() || *byte == b'@') {
        return found;
    }
    let has_address = text.contains('@') || text.contains("://") || text.contains("www.");
    let mut at = 0;
    let mut passage = Passage::default();
    // A link that did not work and a place still to be filled in have their own messages; the figures in them are skipped.
    let mut left_out = Vec::new();
    if text.contains('[') {
        left_out = failed::addresses(text);
        left_out.extend(unfilled::places(text));
        left_out.sort_by_key(|range| range.start);
    }
    let mut left_out = left_out.into_iter().peekable();
    // Every value begins with a letter or digit of ASCII.
    while let Some(step) = bytes[at..].iter().position(u8::is_ascii_alphanumeric) {
        at += step;
        while left_out.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = left_out.next_if(|range| range.contains(&at)) {
            at = range.end;
            continue;
        }
        let (before, rest) = text.split_at(at);
        let starts_word = !before.ends_with(char::is_alphanumeric);
        if has_address && passage.end <= at {
            passage = Passage::at(text, at);
        }
        let word =
            || if has_address { passage.address(text, at) } else { None }.or_else(|| date_from_month(lang, rest));
        let read = starts_word.then(word).flatten();
        let read = read.or_else(|| bytes[at].is_ascii_digit().then(|| from_digit(lang, before, rest)).flatten());
        at += match read {
            Some((value, length)) => {
                // The point of a decimal that has no zero before it.
                let is_decimal = matches!(value, Some(Value::Number(_) | Value::Money(_) | Value::Percentage(_)))
                    && bytes[at].is_ascii_digit()
                    && is_bare_point(lang, before);
                let start = at - usize::from(is_decimal);
                found.extend(value.map(|value| Found { value, range: start..at + length }));
                length.max(1)
            }
            // Inside a word, only a digit can begin a value.
            None => bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count().max(1),
        };
    }
    found
}

/// What was read: a value, or nothing of interest, and how many bytes it takes.
pub(super) type Read = Option<(Option<Value>, usize)>;

/// Text without spaces, and where in it the last signs of an address are. It is read once, however many words
/// begin in it.
#[derive(Default)]
struct Passage {
    end: usize,
    /// The end without the marks of the sentence around it.
    trimmed: usize,
    scheme: Option<usize>,
    /// The last `@`, and the one before it.
    signs: [Option<usize>; 2],
    dot: Option<usize>,
}

impl Passage {
    fn at(text: &str, start: usize) -> Self {
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '(' | ')' | '«' | '»' | ',' | ';');
        let rest = &text[start..];
        // The character that ends a passage counts as a passage of its own.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = first + rest[first..].find(ends).unwrap_or(rest.len() - first);
        let word = rest[..length].trim_end_matches(['.', ':', '!', '?', '’', '\'']);
        let mut signs = word.rmatch_indices('@').map(|(at, _)| start + at);
        Self {
            end: start + length,
            trimmed: start + word.len(),
            scheme: word.rfind("://").map(|at| start + at),
            signs: [signs.next(), signs.next()],
            dot: word.rfind('.').map(|at| start + at),
        }
    }

    /// An email address that begins here, or a web address, in which nothing is read.
    fn address(&self, text: &str, at: usize) -> Read {
        let word = text.get(at..self.trimmed)?;
        if self.scheme.is_some_and(|scheme| scheme >= at) || word.starts_with("www.") {
            return Some((None, word.len()));
        }
        let sign = self.signs[0].filter(|sign| *sign > at)?;
        let sound = self.signs[1].is_none_or(|other| other < at) && self.dot.is_some_and(|dot| dot > sign);
        sound.then(|| (Some(Value::Email(word.to_lowercase())), word.len()))
    }
}

/// Whatever begins with a digit here.
fn from_digit(lang: Lang, before: &str, rest: &str) -> Read {
    phone(before, rest)
        .or_else(|| always(rest))
        .or_else(|| day_of_attacks(before, rest))
        .or_else(|| iso_date(before, rest))
        .or_else(|| slashed_date(before, rest))
        .or_else(|| date_from_day(lang, rest))
        .or_else(|| time(lang, rest))
        .or_else(|| Some(number(lang, before, rest)).map(|(value, length)| (Some(value), length)))
}

/// "24/7", « 24 heures sur 24 », « 7 jours sur 7 »: always, which can be said without a number.
fn always(rest: &str) -> Read {
    if !rest.starts_with(['2', '7']) {
        return None;
    }
    let forms = [
        "24/7",
        "24-7",
        "24/24",
        "24 heures sur 24",
        "24 h sur 24",
        "24 h/24",
        "7 jours sur 7",
        "7 j/7",
        "24 hours a day",
        "7 days a week",
    ];
    let found = forms.into_iter().find(|form| {
        let mut written = rest.chars().map(|c| if is_space(c) { ' ' } else { c });
        form.chars().all(|c| written.next() == Some(c)) && !written.next().is_some_and(char::is_alphanumeric)
    })?;
    let length = rest.chars().take(found.chars().count()).map(char::len_utf8).sum();
    Some((None, length))
}

/// "9/11", the day in September.
fn day_of_attacks(before: &str, rest: &str) -> Read {
    let after = rest.strip_prefix("9/11")?;
    let goes_on = after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '%'))
        || before.ends_with(['/', '-', '.', ',', '$']);
    (!goes_on).then_some((Some(Value::Date(None, 9, Some(11))), rest.len() - after.len()))
}

/// The letter of a number that is cut short: "$5M", "500k", "2.3 bn", « 5 M$ », « 1,2 G$ », « 2,5 M de dossiers ». One letter
/// with a space before it could be a unit, but not of money or before what is counted.
fn scale(lang: Lang, left: &str, is_money: bool) -> Option<(usize, &str)> {
    let text = skip_space(left);
    let known: &[(&str, usize)] = match lang {
        Lang::En if is_money => &[("bn", 9), ("mn", 6), ("m", 6), ("k", 3), ("K", 3), ("M", 6), ("B", 9)],
        Lang::En => &[("bn", 9), ("mn", 6), ("k", 3), ("K", 3), ("M", 6), ("B", 9)],
        Lang::Fr => &[("Md", 9), ("k", 3), ("K", 3), ("M", 6), ("G", 9)],
    };
    let (sign, zeros) = known.iter().find(|(sign, _)| text.starts_with(sign))?;
    let (zeros, rest) = (*zeros, &text[sign.len()..]);
    let is_money = is_money || skip_space(rest).starts_with(MONEY_SIGNS);
    let ends = !rest.starts_with(char::is_alphanumeric);
    let counts =
        lang == Lang::Fr && *sign == "M" && ["de ", "d’", "d'"].iter().any(|join| skip_space(rest).starts_with(join));
    (ends && (is_money || text.len() == left.len() || sign.len() > 1 || counts)).then_some((zeros, rest))
}

/// A word in letters at the beginning of a text, and the rest.
pub(super) fn word(text: &str) -> (&str, &str) {
    text.split_at(leading_letters(text, is_letter))
}

/// Whether a word is one of those known, in either case.
pub(super) fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// A number with its groups and decimals, and what it counts.
fn number(lang: Lang, before: &str, rest: &str) -> (Value, usize) {
    let (whole, behind) = digits(rest);
    if let Some(year) = year_in_part(before, whole, behind).or_else(|| page_in_part(before, whole)) {
        return (Value::Number(year), whole.len());
    }
    let (mut number, mut left) = magnitude(lang, before, whole, behind);
    let leading = number.len() - number.trim_start_matches('0').len();
    if leading > 0 && leading < number.len() && !number[leading..].starts_with('.') {
        number.drain(..leading);
    }
    // The point of "$.50" comes before its digits.
    let sign = if is_bare_point(lang, before) { &before[..before.len() - 1] } else { before };
    let is_money_before = sign.trim_end_matches(is_space).ends_with(MONEY_SIGNS);
    if let Some((zeros, rest)) = scale(lang, left, is_money_before) {
        number = times_ten(&number, zeros);
        left = rest;
    }
    let mut after = skip_join(left);
    let (mut unit, mut behind) = word(after);
    let scales: [(usize, &[&str]); 4] = match lang {
        Lang::En => [
            (12, &["trillion", "trillions"]),
            (6, &["million", "millions"]),
            (9, &["billion", "billions"]),
            (3, &["thousand"]),
        ],
        Lang::Fr => [
            (12, &["billion", "billions"]),
            (6, &["million", "millions"]),
            (9, &["milliard", "milliards"]),
            (3, &["mille"]),
        ],
    };
    let zeros = scales.iter().find(|(_, names)| is_one_of(unit, names)).map_or(0, |(zeros, _)| *zeros);
    if zeros > 0 {
        number = times_ten(&number, zeros);
        left = behind;
        after = skip_join(behind);
        after = after.strip_prefix("de").filter(|rest| rest.starts_with(is_space)).map_or(after, skip_space);
        (unit, behind) = word(after);
    }
    let percentage = after.starts_with('%')
        || is_one_of(unit, &["percent"])
        || is_one_of(unit, &["per", "pour"]) && is_one_of(word(skip_join(behind)).0, &["cent"])
        || after.starts_with("p. 100")
        || after.starts_with("p.\u{a0}100");
    // "95 $1,250": in English, the sign is that of the next amount. "$0.66 2/3", « 0,66 2/3 $ ».
    let has_sign = |text: &str| {
        let rest = text.strip_prefix(MONEY_SIGNS);
        rest.is_some_and(|rest| lang == Lang::Fr || !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_of_fraction = |text: &str| {
        let (one, rest) = digits(text);
        let (two, rest) = rest.strip_prefix('/').map(digits).unwrap_or_default();
        one.len() == 1 && two.len() == 1 && has_sign(skip_space(rest))
    };
    let is_denominator = before.ends_with('/');
    let money = is_money_before
        || has_sign(after) && !is_denominator
        || is_of_fraction(after)
        || is_one_of(unit, &["dollar", "dollars", "euro", "euros"]);
    let cents = !money && (after.starts_with('¢') || is_one_of(unit, &["cent", "cents"]));
    let mut end = rest.len() - left.len();
    if let Some(hundred) = after.strip_prefix("p.").map(skip_space).and_then(|rest| rest.strip_prefix("100")) {
        end = rest.len() - hundred.len();
    }
    let value = if percentage {
        Value::Percentage(number)
    } else if cents {
        Value::Money(hundredths(&number))
    } else if money {
        Value::Money(number)
    } else {
        Value::Number(number)
    };
    (value, end)
}

/// The signs of the currencies that are compared.
pub(super) const MONEY_SIGNS: [char; 3] = ['$', '€', '£'];

/// A hundredth of a number: "75" cents are "0.75".
fn hundredths(number: &str) -> String {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let padded = format!("{whole:0>3}");
    let (units, cents) = padded.split_at(padded.len() - 2);
    format!("{units}.{cents}{decimals}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What a number says by its digits, with its groups and decimals, and what follows it.
fn magnitude<'t>(lang: Lang, before: &str, whole: &str, rest: &'t str) -> (String, &'t str) {
    let mut number = whole.to_owned();
    let mut left = rest;
    if is_bare_point(lang, before) {
        let kept = whole.trim_end_matches('0');
        return (if kept.is_empty() { "0".to_owned() } else { format!("0.{kept}") }, left);
    }
    let begins = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ','));
    if let Some(grouped) = Grouped::behind(whole, rest).filter(|grouped| begins && grouped.is_whole()) {
        return (grouped.digits, &rest[grouped.length - whole.len()..]);
    }
    let groups = whole.len() <= 3 && !before.ends_with(['.', ',']);
    let group_sign = |text: &str| -> Option<usize> {
        let sign = text.chars().next()?;
        let is_group = match lang {
            Lang::En => matches!(sign, ',' | ' ' | '\u{a0}' | '\u{202f}'),
            Lang::Fr => is_space(sign) && sign != '\n',
        };
        let (group, after) = digits(&text[sign.len_utf8()..]);
        (is_group && group.len() == 3 && !after.starts_with(|c: char| c.is_ascii_digit())).then_some(sign.len_utf8())
    };
    if groups {
        while let Some(sign) = group_sign(left) {
            let (group, after) = digits(&left[sign..]);
            number.push_str(group);
            left = after;
        }
    }
    if let Some((decimals, after)) = [("5", '½'), ("25", '¼'), ("75", '¾')]
        .into_iter()
        .find_map(|(decimals, sign)| Some((decimals, left.strip_prefix(sign)?)))
    {
        return (format!("{number}.{decimals}"), after);
    }
    let decimal = match lang {
        Lang::En => left.strip_prefix('.'),
        Lang::Fr => left.strip_prefix(',').or_else(|| left.strip_prefix('.')),
    };
    if let Some(after) = decimal {
        let (decimals, end) = digits(after);
        // Section 3.10 is not 3.1.
        let is_name = decimals.ends_with('0') && whole.len() <= 2 && is_reference(lang, before, before.len());
        let kept = if is_name { decimals } else { decimals.trim_end_matches('0') };
        if !kept.is_empty() {
            number.push('.');
            number.push_str(kept);
        }
        if !decimals.is_empty() {
            left = end;
        }
    }
    (number, left)
}

/// Whether the sign before digits begins a decimal that has no zero: "p < .05", « p < ,05 ».
fn is_bare_point(lang: Lang, before: &str) -> bool {
    let start = before.strip_suffix('.').or_else(|| before.strip_suffix(',').filter(|_| lang == Lang::Fr));
    let stands_alone = |c: char| is_space(c) || matches!(c, '(' | '[' | '<' | '>' | '=' | '≤' | '≥' | '~' | '±' | '$');
    start.is_some_and(|start| start.chars().next_back().is_none_or(stands_alone))
}

/// What follows a number, which may be joined to it: "$5-million", "a 5-dollar fee".
pub(super) fn skip_join(text: &str) -> &str {
    let joined = text.strip_prefix(['-', '\u{2010}', '\u{2011}']);
    joined.filter(|rest| rest.starts_with(char::is_alphabetic)).unwrap_or_else(|| skip_space(text))
}

/// A number with this many more zeros.
pub(super) fn times_ten(number: &str, zeros: usize) -> String {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if decimals.len() > zeros {
        return number.to_owned();
    }
    format!("{whole}{decimals:0<zeros$}").trim_start_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lang: Lang, text: &str) -> Vec<Value> {
        values(lang, text).into_iter().map(|found| found.value).collect()
    }

    #[test]
    fn each_languages_way_of_writing_is_understood() {
        let same = |en: &str, fr: &str| assert_eq!(read(Lang::En, en), read(Lang::Fr, fr), "{en} / {fr}");
        same("$1,234.56", "1 234,56 $");
        same("$100", "100\u{a0}$");
        same("5 dollars", "5 dollars");
        same("December 1, 2025", "1er décembre 2025");
        same("on July 31, 2016, and", "le 31 juillet 2016 et");
        same("July 2016", "juillet 2016");
        same("2016-07-31", "2016-07-31");
        same("4:30 pm", "16 h 30");
        same("9 am", "9\u{a0}h");
        same("11:59:59 p.m. Eastern", "23 h 59 min 59 s");
        same("12 pm", "12 h");
        same(
            "under $5M, $500k, $2K, $1.2B, 1.9M",
            "5 millions de dollars, 500 000 $, 2 k$, 1,2 milliard de dollars, 1,9 million",
        );
        same("Nov. 3, 2020 and Mar 3", "3 novembre 2020 et 3 mars");
        same("1-3pm", "13 h et 15 h");
        same("1 to 3 pm, 11-1pm", "13 h à 15 h, 11 h à 13 h");
        same("in 2017-18", "en 2017-2018");
        same("FY 23/24 and FY24", "exercice 2023-2024 et EF 2024");
        same("1999-00", "1999-2000");
        same("the $5-million fund; $2.5-billion plan", "le fonds de 5 M$; plan de 2,5 milliards de dollars");
        same("2.5M records, 2.3 bn views", "2,5 M de dossiers, 2,3 milliards de vues");
        same("a 5-dollar fee, a 5-per-cent rise", "des frais de 5 $, une hausse de 5 %");
        same("1-800-O-Canada", "1 800 O-Canada");
        same("1-800-O-CANADA or 1 800 622-6232", "1 800 622 6232 ou 1\u{2011}800\u{2011}O\u{2011}Canada");
        same("1,800 Canadians", "1 800 Canadiens");
        same("call 8-1-1", "composez le 811");
        same("p < .05 (.5)", "p < 0,05 (,5)");
        same("the end. 5 more", "la fin. 5 de plus");
        same("1:50,000 and 1:250,000", "1/50 000 et 1:250 000");
        same("1,000,000", "1.000.000");
        same("[a](form v2.pdf), 3 [TO FILL: 4 names]", "[a](x.pdf, 3");
        same("the 90s", "les années 1990");
        same("open 24/7", "ouvert en tout temps");
        same("20% and 20 per cent", "20\u{a0}% et 20 pour cent");
        same("53,000 or 53 000", "53 000 ou 53 000");
        same("56.70", "56,7");
        same("$250 million, $2.5 billion", "250 millions de dollars, 2 500 000 000 $");
        same("February, 1976", "février 1976");
        same("section 16.1(2)", "article 16.1(2)");
        same("1-800-622-6232", "1\u{2011}800\u{2011}622\u{2011}6232");
        same("(613) 992-5891 ext. 12", "613-992-5891, poste 12");
        same("Write to A.B@example.org.", "Écrivez à a.b@example.org.");
        same("the 2nd and 21st", "les 2e et 21e");
        same("see https://example.org/2015/06", "voir https://example.org/2016/07");
    }

    #[test]
    fn values_are_found_inside_and_after_words() {
        let number = |number: &str| Value::Number(number.into());
        assert_eq!(read(Lang::Fr, "évaluation2 C-41 été3"), [number("2"), number("41"), number("3")]);
        assert_eq!(read(Lang::En, "no figure, no address: nothing"), []);
        assert_eq!(read(Lang::En, "Ask a@example.org."), [Value::Email("a@example.org".into())]);
    }

    #[test]
    fn a_month_is_a_month_only_where_it_is_written_as_one() {
        assert_eq!(read(Lang::En, "it may 5"), [Value::Number("5".into())]);
        assert_eq!(read(Lang::En, "May 5"), [Value::Date(None, 5, Some(5))]);
    }
}
