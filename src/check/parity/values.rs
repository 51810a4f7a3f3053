//! What a text says in figures, in one way of writing: numbers, money, percentages, dates, times, telephone numbers and
//! e-mail addresses, as each language writes them.

use std::ops::Range;

use super::moments::{date_from_day, date_from_month, iso_date, time};
use crate::lang::Lang;

/// A value and where in the text it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub value: Value,
    pub range: Range<usize>,
}

/// A value in one way of writing.
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
    /// A time of day: hour, minute.
    Time(u8, u8),
    /// A telephone number, digits only.
    Phone(String),
    /// An e-mail address.
    Email(String),
}

impl Value {
    /// The plain numbers in a value, for where the two sides do not write it in one piece.
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
            Self::Phone(text) | Self::Email(text) => vec![text.clone()],
        }
    }
}

/// Every value in a text, in order.
pub(super) fn values(lang: Lang, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut passage = Passage::default();
    while at < text.len() {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else { break };
        let before = text[..at].chars().next_back();
        if passage.end <= at {
            passage = Passage::at(text, at);
        }
        let address = || if first.is_ascii_alphanumeric() { passage.address(text, at) } else { None };
        let read = if starts_word(before) { address().or_else(|| date_from_month(lang, rest)) } else { None };
        let read = read.or_else(|| first.is_ascii_digit().then(|| from_digit(lang, &text[..at], rest)).flatten());
        match read {
            Some((value, length)) => {
                found.extend(value.map(|value| Found { value, range: at..at + length }));
                at += length.max(first.len_utf8());
            }
            None => at += first.len_utf8(),
        }
    }
    found
}

/// What was read: a value, or nothing of interest, and how many bytes it takes.
pub(super) type Read = Option<(Option<Value>, usize)>;

fn starts_word(before: Option<char>) -> bool {
    before.is_none_or(|c| !c.is_alphanumeric())
}

/// Text without spaces, and where in it the last signs of an address stand. It is gone through once, however many words
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
        // What ends a passage stands for one of its own.
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

    /// An e-mail address that begins here, or a web address, of which nothing is read.
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
        .or_else(|| iso_date(before, rest))
        .or_else(|| date_from_day(lang, rest))
        .or_else(|| time(lang, rest))
        .or_else(|| Some(number(lang, before, rest)).map(|(value, length)| (Some(value), length)))
}

pub(super) fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

pub(super) fn skip_space(text: &str) -> &str {
    text.strip_prefix(is_space).unwrap_or(text)
}

/// A word in letters at the beginning of a text, lowercase, and the rest.
fn word(text: &str) -> (String, &str) {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    (text[..end].to_lowercase(), &text[end..])
}

/// A North American telephone number: `1-800-622-6232`, `(613) 992-5891`.
fn phone(before: &str, rest: &str) -> Read {
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '/')) {
        return None;
    }
    let mut groups = Vec::new();
    let mut left = rest;
    loop {
        let (group, after) = digits(left);
        if group.is_empty() {
            break;
        }
        groups.push(group);
        left = after;
        let next = after.trim_start_matches(['-', '\u{2011}', '.', ' ', '\u{a0}', ')']);
        if groups.len() == 4 || after.len() - next.len() > 4 || next.len() == after.len() {
            break;
        }
        if next.starts_with(|c: char| c.is_ascii_digit()) {
            left = next;
        } else {
            break;
        }
    }
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let country = usize::from(groups.first() == Some(&"1") && lengths.len() == 4);
    let is_phone = lengths[country..] == [3, 3, 4];
    let separated = rest[..rest.len() - left.len()].contains(['-', '\u{2011}', '.', ')']);
    (is_phone && separated).then(|| (Some(Value::Phone(groups[country..].concat())), rest.len() - left.len()))
}

/// A number with its groups and decimals, and what it counts.
fn number(lang: Lang, before: &str, rest: &str) -> (Value, usize) {
    let (whole, mut left) = digits(rest);
    let mut number = whole.to_owned();
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
    let decimal = match lang {
        Lang::En => left.strip_prefix('.'),
        Lang::Fr => left.strip_prefix(',').or_else(|| left.strip_prefix('.')),
    };
    if let Some(after) = decimal {
        let (decimals, end) = digits(after);
        let kept = decimals.trim_end_matches('0');
        if !kept.is_empty() {
            number.push('.');
            number.push_str(kept);
        }
        if !decimals.is_empty() {
            left = end;
        }
    }
    let leading = number.len() - number.trim_start_matches('0').len();
    if leading > 0 && leading < number.len() && !number[leading..].starts_with('.') {
        number.drain(..leading);
    }
    let mut after = skip_space(left);
    let (mut unit, mut behind) = word(after);
    let zeros = match (lang, unit.as_str()) {
        (_, "million" | "millions") => 6,
        (Lang::En, "billion" | "billions") | (Lang::Fr, "milliard" | "milliards") => 9,
        (Lang::En, "thousand") | (Lang::Fr, "mille") => 3,
        _ => 0,
    };
    if zeros > 0 {
        number = times_ten(&number, zeros);
        left = behind;
        after = skip_space(behind);
        after = after.strip_prefix("de").filter(|rest| rest.starts_with(is_space)).map_or(after, skip_space);
        (unit, behind) = word(after);
    }
    let percentage = after.starts_with('%')
        || matches!(unit.as_str(), "percent")
        || unit == "per" && word(skip_space(behind)).0 == "cent"
        || unit == "pour" && matches!(word(skip_space(behind)).0.as_str(), "cent")
        || after.starts_with("p. 100")
        || after.starts_with("p.\u{a0}100");
    let before = before.trim_end_matches(is_space);
    let money = before.ends_with('$') || after.starts_with('$') || matches!(unit.as_str(), "dollar" | "dollars");
    let mut end = rest.len() - left.len();
    if let Some(hundred) = after.strip_prefix("p.").map(skip_space).and_then(|rest| rest.strip_prefix("100")) {
        end = rest.len() - hundred.len();
    }
    let value = if percentage {
        Value::Percentage(number)
    } else if money {
        Value::Money(number)
    } else {
        Value::Number(number)
    };
    (value, end)
}

/// A number with so many zeros more.
fn times_ten(number: &str, zeros: usize) -> String {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if decimals.len() > zeros {
        return number.to_owned();
    }
    format!("{whole}{decimals:0<zeros$}").trim_start_matches('0').to_owned()
}

/// Whether a number names a part of a law or document: "section 12", « l’alinéa 12a) ».
pub(super) fn is_reference(lang: Lang, text: &str, at: usize) -> bool {
    // Only so far back, or a list of figures would be gone through from its beginning for each of them.
    let text = &text[text.ceil_char_boundary(at.saturating_sub(LONGEST_LIST))..at];
    let before = text.trim_end_matches(|c: char| !c.is_alphabetic());
    let start = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let mut name = before[start..].to_lowercase();
    let joins = ["and", "or", "to", "et", "ou", "à", "a", "b", "c", "d", "e", "f", "i", "ii", "iii", "iv"];
    if joins.contains(&name.as_str()) || text.ends_with(['(', ')', '.', '-']) {
        // The end of a list or range of references.
        let clause = text.rfind([';', '\n']).map_or(text, |end| &text[end..]);
        let words = clause.rsplit(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3).map(str::to_lowercase);
        name = words.into_iter().next().unwrap_or_default();
    }
    let names: &[&str] = match lang {
        Lang::En => &[
            "section",
            "subsection",
            "paragraph",
            "subparagraph",
            "clause",
            "article",
            "part",
            "schedule",
            "item",
            "division",
            "chapter",
            "rule",
            "form",
            "column",
            "table",
            "figure",
            "annex",
            "page",
            "volume",
        ],
        Lang::Fr => &[
            "article",
            "paragraphe",
            "alinéa",
            "alinéas",
            "sous-alinéa",
            "division",
            "partie",
            "annexe",
            "point",
            "section",
            "chapitre",
            "règle",
            "formulaire",
            "colonne",
            "tableau",
            "figure",
            "page",
            "volume",
            "art",
            "numéro",
        ],
    };
    names.iter().any(|known| name.strip_prefix(known).is_some_and(|end| matches!(end, "" | "s")))
}

/// How long a list of references may be, in bytes, for its last number to be known as one.
const LONGEST_LIST: usize = 512;

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
    fn a_month_is_a_month_only_where_it_is_written_as_one() {
        assert_eq!(read(Lang::En, "it may 5"), [Value::Number("5".into())]);
        assert_eq!(read(Lang::En, "May 5"), [Value::Date(None, 5, Some(5))]);
    }
}
