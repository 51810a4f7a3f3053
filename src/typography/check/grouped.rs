//! Numbers whose digits are grouped by the sign of the other language: « 1,500 $ », « 25.000 courriels ». By itself
//! such a number may be a decimal of three places; the other side shows which it is ([`WholeNumbers`]).

use std::collections::BTreeSet;

use super::{ends_here, skip_space, split_digits};
use crate::lang::Lang;
use crate::typography::is_space;

/// A number in groups of three digits after commas or points.
pub struct Grouped {
    /// Its digits.
    pub digits: String,
    /// Its length in bytes.
    pub length: usize,
    sign: char,
    groups: usize,
    /// Whether a group after the first is all zeros.
    is_round: bool,
}

impl Grouped {
    /// The number that begins with these digits, which the rest follows.
    pub fn behind(first: &str, rest: &str) -> Option<Self> {
        let sign = rest.chars().next().filter(|sign| matches!(sign, ',' | '.'))?;
        let mut number = Self { digits: first.to_owned(), length: first.len(), sign, groups: 0, is_round: false };
        let mut left = rest;
        while let Some((group, after)) = left.strip_prefix(sign).map(split_digits).filter(|(group, _)| group.len() == 3)
        {
            number.digits.push_str(group);
            number.groups += 1;
            number.is_round |= group == "000";
            left = after;
        }
        number.length += rest.len() - left.len();
        let is_number = (1..=3).contains(&first.len()) && !first.starts_with('0') && number.groups > 0;
        (is_number && ends_here(left)).then_some(number)
    }

    /// Whether it can only be a whole number. Points also occur in network addresses and version numbers.
    pub fn is_whole(&self) -> bool {
        self.groups > 1 && (self.sign == ',' || self.is_round)
    }

    /// Whether it is a whole number that is not grouped as its language does; `after` is what follows, and `says`
    /// whether the other side has the number.
    pub(super) fn is_foreign(&self, lang: Lang, after: &str, says: &dyn Fn(&str) -> bool) -> bool {
        let is_own = lang == Lang::En && self.sign == ',';
        !is_own && (self.is_whole() || lang == Lang::Fr && self.is_evident(after) || says(&self.digits))
    }

    /// Whether what follows shows that a French number is whole: money never has three decimals, and nothing is counted
    /// in thousandths.
    fn is_evident(&self, after: &str) -> bool {
        let after = skip_space(after);
        if let Some(rest) = after.strip_prefix(['$', '€', '£']) {
            return self.is_round || self.digits.ends_with("00") && !is_rate(rest);
        }
        let letters = after.chars().take_while(|c| c.is_lowercase()).count();
        self.sign == '.' && self.is_round && letters > 3 && !after.starts_with("mill")
    }

    /// The number as the language writes it.
    pub(super) fn write(&self, lang: Lang) -> String {
        let sign = if lang == Lang::En { ',' } else { '\u{a0}' };
        let mut out = String::new();
        for (index, digit) in self.digits.chars().enumerate() {
            if index > 0 && (self.digits.len() - index).is_multiple_of(3) {
                out.push(sign);
            }
            out.push(digit);
        }
        out
    }
}

/// Whether an amount is a rate: « 1,500 $ le litre » is a price with a tenth of a cent.
fn is_rate(after: &str) -> bool {
    let after = skip_space(after);
    ["/", "le ", "la ", "l’", "l'", "par ", "du ", "de la ", "chaque ", "chacun"]
        .iter()
        .any(|word| after.starts_with(word))
}

/// The whole numbers of a thousand or more that one side says.
#[derive(Default)]
pub struct WholeNumbers {
    whole: BTreeSet<String>,
    /// Decimals of three places, without their sign: `1.500` in English.
    decimals: BTreeSet<String>,
}

impl WholeNumbers {
    /// Those in texts of a language.
    pub fn of<'t>(lang: Lang, texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut numbers = Self::default();
        for text in texts {
            numbers.read(lang, text);
        }
        numbers
    }

    /// Whether a number is said, and not as a decimal too: then nobody knows which one is meant.
    pub fn says(&self, digits: &str) -> bool {
        self.whole.contains(digits) && !self.decimals.contains(digits)
    }

    fn read(&mut self, lang: Lang, text: &str) {
        let is_group = |sign: char| is_space(sign) || lang == Lang::En && sign == ',';
        let point = if lang == Lang::En { '.' } else { ',' };
        let mut rest = text;
        while let Some(start) = rest.bytes().position(|byte| byte.is_ascii_digit()) {
            let (first, after) = split_digits(&rest[start..]);
            let mut digits = first.to_owned();
            rest = after;
            while first.len() <= 3
                && let Some((group, after)) = rest.strip_prefix(is_group).map(split_digits)
                && group.len() == 3
            {
                digits.push_str(group);
                rest = after;
            }
            match rest.strip_prefix(point).map(split_digits) {
                Some((decimals, after)) if !decimals.is_empty() => {
                    rest = after;
                    self.decimals.insert(digits + decimals);
                }
                _ if digits.len() > 3 => {
                    self.whole.insert(digits);
                }
                _ => {}
            }
        }
    }
}
