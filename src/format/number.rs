//! Numbers as they were given, and percentages made of them.
//!
//! A [`Number`] keeps the digits of its text: `4.50` stays `4.50` and no number is too large. It is never used in
//! calculations, only written, compared and asked for its grammatical number.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::NO_BREAK_SPACE;
use crate::lang::Lang;

/// An integer or decimal number, as it is in YAML: `80`, `-3`, `1234.50`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    negative: bool,
    whole: String,
    fraction: Option<String>,
}

/// The text is not a number in decimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberError;

impl Number {
    /// The number in digits: "1,234.5", « 1 234,5 ».
    ///
    /// Both style guides leave the separator in four-digit numbers to the writer. It is always written here, so that
    /// the numbers of one column or sentence look alike; years are [`Date`](super::Date)s and never come here.
    pub fn write(&self, lang: Lang) -> String {
        let (group, point) = match lang {
            Lang::En => (',', '.'),
            Lang::Fr => (NO_BREAK_SPACE, ','),
        };
        let mut out = String::with_capacity(self.whole.len() * 2 + 4);
        if self.negative {
            out.push('−');
        }
        for (index, digit) in self.whole.chars().enumerate() {
            if index > 0 && (self.whole.len() - index).is_multiple_of(3) {
                out.push(group);
            }
            out.push(digit);
        }
        if let Some(fraction) = &self.fraction {
            out.push(point);
            out.push_str(fraction);
        }
        out
    }

    /// Whether what is counted is in the singular.
    ///
    /// English: after 1 alone. French: after everything nearer to zero than 2 (« 0 demande », « 1,5 million »).
    pub fn is_singular(&self, lang: Lang) -> bool {
        match lang {
            Lang::En => self.whole == "1" && self.fraction.is_none(),
            Lang::Fr => matches!(self.whole.as_str(), "0" | "1"),
        }
    }

    /// Compares the values: `1.50` and `1.5` are equal here, though they are not the same text.
    pub fn cmp_value(&self, other: &Self) -> Ordering {
        match (self.is_below_zero(), other.is_below_zero()) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.cmp_size(other),
            (true, true) => other.cmp_size(self),
        }
    }

    /// The number with this many hundredths after the point; zeros at the end are left out.
    pub(crate) fn with_hundredths(self, hundredths: u64) -> Self {
        let digits = format!("{hundredths:02}");
        let digits = digits.trim_end_matches('0');
        Self { fraction: (!digits.is_empty()).then(|| digits.to_owned()), ..self }
    }

    fn cmp_size(&self, other: &Self) -> Ordering {
        self.whole
            .len()
            .cmp(&other.whole.len())
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.significant_fraction().cmp(other.significant_fraction()))
    }

    fn significant_fraction(&self) -> &str {
        self.fraction.as_deref().unwrap_or_default().trim_end_matches('0')
    }

    fn is_below_zero(&self) -> bool {
        self.negative && (self.whole != "0" || !self.significant_fraction().is_empty())
    }

    /// The number as an amount of money, which never has a single decimal.
    pub(super) fn with_cents(&self) -> Cow<'_, Self> {
        match &self.fraction {
            Some(tenths) if tenths.len() == 1 => {
                Cow::Owned(Self { fraction: Some(format!("{tenths}0")), ..self.clone() })
            }
            _ => Cow::Borrowed(self),
        }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// Reads `1250`, `-3`, `1,250.5`, `1 250,5`.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (negative, size) = text.strip_prefix(['-', '−']).map_or((false, text), |size| (true, size));
        let is_plain = size.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let spaced = || size.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect::<String>();
        let size: Cow<'_, str> = if is_plain { size.into() } else { plain(&spaced()).ok_or(NumberError)?.into() };
        let size = &*size;
        let (whole, fraction) = size.split_once('.').map_or((size, None), |(whole, rest)| (whole, Some(rest)));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
        if !is_digits(whole) || has_leading_zero || !fraction.is_none_or(is_digits) {
            return Err(NumberError);
        }
        Ok(Self { negative, whole: whole.to_owned(), fraction: fraction.map(str::to_owned) })
    }
}

/// A number without the signs that separate its groups, with a point before its decimals; `None` if it could be two.
pub(super) fn plain(text: &str) -> Option<String> {
    let (whole, decimals) = match text.rfind(['.', ',']) {
        // Three digits after a comma are a group; after a point, English has decimals and German a group.
        Some(at) if text.len() - at == 4 && (text[at..].starts_with(',') || text[..at].contains('.')) => (text, ""),
        Some(at) if (2..=3).contains(&(text.len() - at)) => (&text[..at], &text[at + 1..]),
        Some(_) => return None,
        None => (text, ""),
    };
    let sign = whole.chars().find(|c| !c.is_ascii_digit());
    let is_sign = |c: char| Some(c) == sign && matches!(c, ' ' | ',' | '.' | '’' | '\'');
    let groups: Vec<&str> = whole.split(is_sign).collect();
    let are_groups = groups.iter().skip(1).all(|group| group.len() == 3);
    let are_digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    if !are_digits || groups.len() > 1 && (!are_groups || groups[0].len() > 3) {
        return None;
    }
    let point = if decimals.is_empty() { "" } else { "." };
    decimals.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("{}{point}{decimals}", groups.concat()))
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self { negative: false, whole: value.to_string(), fraction: None }
    }
}

/// The text that the number was read from.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        write!(f, "{sign}{}", self.whole)?;
        self.fraction.as_ref().map_or(Ok(()), |fraction| write!(f, ".{fraction}"))
    }
}

/// How many there are of something, in digits: "1,234", « 1 234 ».
pub fn count(things: usize, lang: Lang) -> String {
    Number::from(things as u64).write(lang)
}

/// The word for so many things: `one` in the singular, which in French is that of none too.
pub fn plural<'w>(things: usize, lang: Lang, one: &'w str, other: &'w str) -> &'w str {
    if Number::from(things as u64).is_singular(lang) { one } else { other }
}

/// A percentage: "20%", « 20 % ».
pub fn percent(number: &Number, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{}%", number.write(lang)),
        Lang::Fr => format!("{}{NO_BREAK_SPACE}%", number.write(lang)),
    }
}
