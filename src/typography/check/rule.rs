//! The rules by name, and their messages.

use crate::lang::PerLang;

/// What is wrong with a place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A capital letter without its accent.
    Accent,
    /// A day that its month does not have, and the last one that it has. In facts, the same mistake is an error.
    Calendar {
        /// The last day of the month; `None` if there is no such month.
        last: Option<u8>,
    },
    /// A date in the order of the other language, with one capital too many or too few, or without its « er »; in figures,
    /// one that may be two days.
    Date,
    /// A decimal sign of the other language.
    Decimal,
    /// A raised letter o instead of a degree sign.
    Degree,
    /// An abbreviation or a word of the other language beside a number.
    Foreign,
    /// A dollar sign on the side of the other language.
    Money,
    /// Digits grouped as in the other language.
    Number,
    /// An ordinal with too many letters.
    Ordinal,
    /// A time as in the other language.
    Time,
    /// A symbol of the other language for the size of a file.
    Unit,
}

impl Rule {
    /// All rules of typography, in the order of their names.
    pub const ALL: [Self; 10] = [
        Self::Accent,
        Self::Date,
        Self::Decimal,
        Self::Degree,
        Self::Foreign,
        Self::Money,
        Self::Number,
        Self::Ordinal,
        Self::Time,
        Self::Unit,
    ];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accent => "typography-accent",
            Self::Calendar { .. } => "impossible-date",
            Self::Date => "typography-date",
            Self::Decimal => "typography-decimal",
            Self::Degree => "typography-degree",
            Self::Foreign => "typography-foreign",
            Self::Money => "typography-money",
            Self::Number => "typography-number",
            Self::Ordinal => "typography-ordinal",
            Self::Time => "typography-time",
            Self::Unit => "typography-unit",
        }
    }

    /// The message, in both languages of messages.
    pub const fn message(self) -> PerLang<&'static str> {
        match self {
            Self::Accent => PerLang {
                en: "French capital letters keep their accents: « À l’étranger »",
                fr: "les majuscules gardent leurs accents : « À l’étranger »",
            },
            Self::Calendar { .. } => PerLang { en: "there is no such day", fr: "ce jour n’existe pas" },
            Self::Date => PerLang {
                en: "the date is not written as this language writes it: “July 31, 2016”, « 31 juillet 2016 », « 1er juillet 2016 »",
                fr: "la date n’est pas écrite comme dans cette langue : « 31 juillet 2016 », « 1er juillet 2016 », “July 31, 2016”",
            },
            Self::Decimal => PerLang {
                en: "the decimal sign is a point in English and a comma in French: “3.5%”, « 3,5 % »",
                fr: "le signe décimal est la virgule en français et le point en anglais : « 3,5 % », “3.5%”",
            },
            Self::Degree => PerLang {
                en: "this sign is a raised letter o, not a degree sign (°)",
                fr: "ce signe est une lettre o supérieure et non le symbole du degré (°)",
            },
            Self::Foreign => PerLang {
                en: "this is how the other language writes it: “No. 5”, “25 per cent” in English, « n° 5 », « 25 % » in French",
                fr: "c’est ainsi que l’autre langue l’écrit : « n° 5 », « 25 % » en français, “No. 5”, “25 per cent” en anglais",
            },
            Self::Money => PerLang {
                en: "the dollar sign comes before the amount in English and after it in French: “$1,234.50”, « 1 234,50 $ »",
                fr: "le symbole du dollar suit le montant en français et le précède en anglais : « 1 234,50 $ », “$1,234.50”",
            },
            Self::Number => PerLang {
                en: "the number is grouped as in the other language: “1,234.56” in English, « 1 234,56 » in French",
                fr: "le nombre est écrit comme dans l’autre langue : « 1 234,56 » en français, “1,234.56” en anglais",
            },
            Self::Ordinal => PerLang {
                en: "French ordinals are short: « 1er », « 1re », « 2e »",
                fr: "les ordinaux s’abrègent ainsi : « 1er », « 1re », « 2e »",
            },
            Self::Time => PerLang {
                en: "the time is written as in the other language: “4:30 pm” in English, « 16 h 30 » in French",
                fr: "l’heure est indiquée comme dans l’autre langue : « 16 h 30 » en français, “4:30 pm” en anglais",
            },
            Self::Unit => PerLang {
                en: "the size has the symbol of the other language: “MB” in English, « Mo » in French",
                fr: "la taille porte le symbole de l’autre langue : « Mo » en français, “MB” en anglais",
            },
        }
    }
}
