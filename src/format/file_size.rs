//! Sizes of files: "4.35 MB", « 4,35 Mo ».

use super::{NO_BREAK_SPACE, Number};
use crate::lang::{Lang, PerLang};

/// The size of a file, in decimal units: kilobytes whole, larger units with at most two decimals.
pub fn file_size(bytes: u64, lang: Lang) -> String {
    let (number, unit) = match bytes {
        0..1_000 => (Number::from(bytes), &UNITS[0]),
        1_000..999_500 => (Number::from((bytes + 500) / 1_000), &UNITS[1]),
        999_500..999_995_000 => (hundredths(bytes, 1_000_000), &UNITS[2]),
        _ => (hundredths(bytes, 1_000_000_000), &UNITS[3]),
    };
    format!("{}{NO_BREAK_SPACE}{}", number.write(lang), unit.get(lang))
}

/// The bytes in a larger unit, rounded to hundredths, without zeros at the end.
fn hundredths(bytes: u64, unit: u64) -> Number {
    let rounded = bytes / unit * 100 + (bytes % unit * 100 + unit / 2) / unit;
    let (whole, rest) = (rounded / 100, rounded % 100);
    Number::from(whole).with_hundredths(rest)
}

/// The guides write KB, and in French `Ko`, for *kilooctet*.
const UNITS: [PerLang<&str>; 4] = [
    PerLang { en: "B", fr: "o" },
    PerLang { en: "KB", fr: "Ko" },
    PerLang { en: "MB", fr: "Mo" },
    PerLang { en: "GB", fr: "Go" },
];
