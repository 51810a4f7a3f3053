//! Amounts of money, as people write them in either language and as each language writes them: "$1,234.50", « 1 234,50 $ ».
//! Owns `iso_currency`.

use std::str::FromStr;

use super::number::plain;
use super::quantity::words;
use super::{NO_BREAK_SPACE, Number, Quantity};
use crate::lang::Lang;

/// A currency of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

/// An exact amount, as it is in YAML: `250000 CAD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How much.
    pub number: Number,
    /// Of what.
    pub currency: Currency,
}

/// An amount, exact or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// How much.
    pub quantity: Quantity,
    /// Of what.
    pub currency: Currency,
}

/// The text is not an amount of money, or could be two: `1.500 EUR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountError;

/// The signs of currencies before and after an amount, the longer of two first. A dollar is Canadian unless something
/// says otherwise.
const SIGNS: [(&str, &str, iso_currency::Currency); 13] = {
    use iso_currency::Currency::{AUD, CAD, EUR, GBP, HKD, JPY, NZD, USD};
    [
        ("US$", "$ US", USD),
        ("CA$", "$ CA", CAD),
        ("C$", "$ CAN", CAD),
        ("A$", "$ AU", AUD),
        ("AU$", "$ AUS", AUD),
        ("NZ$", "$ NZ", NZD),
        ("HK$", "$ HK", HKD),
        ("$", "$", CAD),
        ("$", "dollars", CAD),
        ("€", "€", EUR),
        ("€", "euros", EUR),
        ("£", "£", GBP),
        ("¥", "¥", JPY),
    ]
};

impl Currency {
    /// Its three letters: `CAD`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    fn of_code(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(&code.to_ascii_uppercase()).map(Self)
    }

    fn is_dollar(self) -> bool {
        SIGNS.iter().any(|(before, _, currency)| *currency == self.0 && before.ends_with('$'))
    }

    /// An amount of it, in digits.
    fn write(self, number: &Number, lang: Lang) -> String {
        let digits = number.with_cents().write(lang);
        let sign = SIGNS.iter().find(|(_, _, currency)| *currency == self.0);
        match (sign, lang) {
            (Some(_), Lang::En) if self.0 == iso_currency::Currency::CAD => before("$", &digits),
            (Some((sign, ..)), Lang::En) => before(sign, &digits),
            (Some(_), Lang::Fr) if self.0 == iso_currency::Currency::CAD => format!("{digits}{NO_BREAK_SPACE}$"),
            (Some((_, sign, _)), Lang::Fr) => {
                format!("{digits}{NO_BREAK_SPACE}{}", sign.replace(' ', &NO_BREAK_SPACE.to_string()))
            }
            (None, _) => format!("{digits}{NO_BREAK_SPACE}{}", self.code()),
        }
    }
}

/// The sign of a currency comes between the minus and the digits.
fn before(sign: &str, digits: &str) -> String {
    digits.strip_prefix('−').map_or_else(|| format!("{sign}{digits}"), |digits| format!("−{sign}{digits}"))
}

impl Amount {
    /// The amount as the language writes it.
    pub fn write(&self, lang: Lang) -> String {
        self.currency.write(&self.number, lang)
    }
}

impl Money {
    /// The amount in words and digits: "about $250,000", « de 1 000 à 2 000 $ ».
    pub fn write(&self, lang: Lang) -> String {
        let full = |number: &Number| self.currency.write(number, lang);
        let first = |number: &Number| match lang {
            Lang::En => full(number),
            Lang::Fr => number.with_cents().write(lang),
        };
        words(&self.quantity, lang, false, first, full)
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    /// Reads `250000 CAD`, `$250,000`, `250 000 $`, `1 234,50 $ US`, `€5.50`.
    fn from_str(text: &str) -> Result<Self, AmountError> {
        let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let (negative, text) = match text.trim().strip_prefix(['-', '−']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.trim()),
        };
        let (rest, code) = code_of(text)?;
        let (digits, sign) = sign_of(rest);
        let currency = match (code, sign) {
            (Some(code), Some(sign)) if code == sign || sign.code() == "CAD" && code.is_dollar() => code,
            (Some(_), Some(_)) | (None, None) => return Err(AmountError),
            (Some(one), None) | (None, Some(one)) => one,
        };
        let plain = plain(digits).ok_or(AmountError)?;
        let number = if negative { format!("-{plain}") } else { plain };
        Ok(Self { number: number.parse().map_err(|_| AmountError)?, currency })
    }
}

/// A text without the code of a currency at its beginning or end, and that currency.
fn code_of(text: &str) -> Result<(&str, Option<Currency>), AmountError> {
    let is_code = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let parted = |at: Option<usize>| at.map(|at| text.split_at(at));
    let first = parted(text.find(|c: char| !c.is_ascii_alphabetic())).filter(|(word, _)| is_code(word));
    let last = parted(text.rfind(|c: char| !c.is_ascii_alphabetic()).map(|at| at + last_length(text, at)));
    let last = last.filter(|(_, word)| is_code(word)).map(|(rest, word)| (word, rest));
    match first.or(last) {
        // « 5 $ CAN »: the end of a sign.
        Some((word, rest)) if Currency::of_code(word).is_none() && rest.trim_end().ends_with('$') => Ok((text, None)),
        Some((word, rest)) => Ok((rest.trim(), Some(Currency::of_code(word).ok_or(AmountError)?))),
        None => Ok((text, None)),
    }
}

fn last_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// A text without the sign of a currency before or after it, and that currency.
fn sign_of(text: &str) -> (&str, Option<Currency>) {
    for (before, after, currency) in SIGNS {
        let is_whole = |rest: &&str| rest.trim().starts_with(|c: char| c.is_ascii_digit());
        let found = text.strip_prefix(before).filter(is_whole);
        let joined = after.replace(' ', "");
        let found = found.or_else(|| text.strip_suffix(after).or_else(|| text.strip_suffix(&*joined)).filter(is_whole));
        if let Some(rest) = found.filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit() || c == ' ')) {
            return (rest.trim(), Some(Currency(currency)));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let amount = text.parse::<Amount>().ok()?;
        Some(format!("{} {}", amount.number, amount.currency.code()))
    }

    #[test]
    fn amounts_are_understood_as_people_write_them() {
        for text in [
            "250000 CAD",
            "CAD 250000",
            "$250,000",
            "250 000 $",
            "250\u{a0}000\u{a0}$",
            "250,000 cad",
            "$250,000 CAD",
            "250 000 $ CA",
            "C$250,000",
            "250'000 CAD",
        ] {
            assert_eq!(read(text).as_deref(), Some("250000 CAD"), "{text}");
        }
        for text in ["1234.50 USD", "US$1,234.50", "1 234,50 $ US", "1 234,50 $US", "$1,234.50 USD"] {
            assert_eq!(read(text).as_deref(), Some("1234.50 USD"), "{text}");
        }
        assert_eq!(read("€5,50").as_deref(), Some("5.50 EUR"));
        assert_eq!(read("5 000 €").as_deref(), Some("5000 EUR"));
        assert_eq!(read("1.234.567,89 €").as_deref(), Some("1234567.89 EUR"));
        assert_eq!(read("-$100").as_deref(), Some("-100 CAD"));
        assert_eq!(read("12 CHF").as_deref(), Some("12 CHF"));
    }

    #[test]
    fn what_is_no_amount_or_could_be_two_is_none() {
        for text in [
            "250000",
            "1.500 EUR",
            "$",
            "CAD",
            "12 XYZ",
            "5 M$",
            "$2.5 million",
            "€5 CAD",
            "12,34,567 CAD",
            "1 2 CAD",
            "$$5",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn each_language_puts_the_sign_where_it_belongs() {
        let write = |text: &str| {
            let amount: Amount = text.parse().unwrap();
            [Lang::En, Lang::Fr].map(|lang| amount.write(lang).replace(NO_BREAK_SPACE, "~"))
        };
        assert_eq!(write("250000 CAD"), ["$250,000", "250~000~$"]);
        assert_eq!(write("1234.5 USD"), ["US$1,234.50", "1~234,50~$~US"]);
        assert_eq!(write("-100 CAD"), ["−$100", "−100~$"]);
        assert_eq!(write("5 EUR"), ["€5", "5~€"]);
        assert_eq!(write("1200 CHF"), ["1,200~CHF", "1~200~CHF"]);
    }
}
