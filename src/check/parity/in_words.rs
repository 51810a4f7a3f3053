//! Whole numbers written in words: "forty-eight", « quarante-huit », "the ninth", « cent vingtième ».

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::numerals::{self, What};
use crate::lang::{self, Lang, PerLang};

/// What a text says of the numbers that it is asked for. The text is gone through once, however many they are.
pub(super) struct Heard<'t> {
    lang: Lang,
    /// The numbers that it says.
    numbers: HashSet<u64>,
    /// How else each number may be said, and whether it is.
    phrases: HashMap<String, bool>,
    /// What is in figures.
    figures: HashSet<&'t str>,
}

impl<'t> Heard<'t> {
    /// Asks a text, as [`plain`] makes it, for numbers.
    pub(super) fn listen<'n>(lang: Lang, plain_text: &'t str, numbers: impl IntoIterator<Item = &'n str>) -> Self {
        let mut phrases = HashMap::new();
        let (mut words, mut longest) = (HashSet::new(), 0);
        for phrase in numbers.into_iter().flat_map(|number| phrases_of(lang, number)) {
            longest = longest.max(phrase.split(' ').count());
            words.extend(phrase.split(' ').map(str::to_owned));
            phrases.insert(phrase, false);
        }
        let said: Vec<Range<usize>> = lang::words(plain_text).collect();
        for first in 0..said.len() {
            for last in first..said.len().min(first + longest) {
                let apart = last > first && &plain_text[said[last - 1].end..said[last].start] != " ";
                if apart {
                    break;
                }
                hear(&plain_text[said[first].start..said[last].end], &mut phrases);
                if !words.contains(&plain_text[said[last].clone()]) {
                    break;
                }
            }
        }
        let figures = plain_text.split(|c: char| !c.is_ascii_digit()).filter(|figures| !figures.is_empty());
        let numbers = numerals::read(lang, plain_text).filter_map(|(what, _)| match what {
            What::Number(number) | What::Order(number) => Some(number),
            _ => None,
        });
        Self { lang, numbers: numbers.collect(), phrases, figures: figures.collect() }
    }

    /// Whether the text says one of the numbers, as a number, in its order or, for the smallest, in some other way.
    pub(super) fn says(&self, number: &str) -> bool {
        number.parse().is_ok_and(|number| self.numbers.contains(&number)) || self.says_otherwise(number)
    }

    /// Whether the text says one of the numbers other than as a number.
    pub(super) fn says_otherwise(&self, number: &str) -> bool {
        phrases_of(self.lang, number).iter().any(|phrase| self.phrases.get(phrase) == Some(&true))
    }

    /// Whether the text has a number in figures.
    pub(super) fn holds(&self, number: &str) -> bool {
        self.figures.contains(number)
    }
}

/// The same length of time in longer units, and how the other side calls those: "24 months" may be « deux ans », "14 days"
/// « deux semaines ». `after` is what follows the number.
pub(super) fn in_other_units(twin: Lang, after: &str, number: u64) -> impl Iterator<Item = (u64, &'static str)> {
    type Unit = (&'static [&'static str], u64, PerLang<&'static str>);
    // « quinze jours » are two weeks, « huit jours » are one.
    const IDIOMS: [(&str, u64, PerLang<&str>, u64); 5] = [
        ("jour", 15, PerLang { en: "week", fr: "" }, 2),
        ("jour", 15, PerLang { en: "fortnight", fr: "" }, 1),
        ("jour", 8, PerLang { en: "week", fr: "" }, 1),
        ("week", 2, PerLang { en: "", fr: "jour" }, 15),
        ("week", 1, PerLang { en: "", fr: "jour" }, 8),
    ];
    const UNITS: [Unit; 5] = [
        (&["month", "mois"], 12, PerLang { en: "year", fr: "an" }),
        (&["day", "jour"], 7, PerLang { en: "week", fr: "semaine" }),
        (&["day", "jour"], 30, PerLang { en: "month", fr: "mois" }),
        (&["hour", "heure"], 24, PerLang { en: "day", fr: "jour" }),
        (&["minute"], 60, PerLang { en: "hour", fr: "heure" }),
    ];
    let rest = after.trim_start_matches([' ', '\u{a0}', '-']);
    // What is said of business days is no week.
    let of = move |(names, size, unit): Unit| {
        let is_unit = names.iter().any(|name| rest.starts_with(name));
        (is_unit && number > 0 && number.is_multiple_of(size)).then_some((number / size, *unit.get(twin)))
    };
    let months = rest.starts_with("month") || rest.starts_with("mois");
    let half = (months && number % 12 == 6 && number > 6).then_some((number / 12, *HALF.get(twin)));
    let idiom = move |(name, own, unit, count): (&str, u64, PerLang<&'static str>, u64)| {
        (own == number && rest.starts_with(name) && !unit.get(twin).is_empty()).then_some((count, *unit.get(twin)))
    };
    UNITS.into_iter().filter_map(of).chain(half).chain(IDIOMS.into_iter().filter_map(idiom))
}

/// What is said of half a year more, and of half of anything.
pub(super) const HALF: PerLang<&str> = PerLang { en: "and a half", fr: "et demi" };

/// Notes what a passage says, be it one or many.
fn hear(passage: &str, phrases: &mut HashMap<String, bool>) {
    for phrase in ["", "s"].iter().filter_map(|ending| passage.strip_suffix(ending)) {
        if let Some(heard) = phrases.get_mut(phrase) {
            *heard = true;
        }
    }
    // « quinquennaux »
    if let Some(heard) = passage.strip_suffix("aux").and_then(|stem| phrases.get_mut(&format!("{stem}al"))) {
        *heard = true;
    }
}

/// How a whole number may be said otherwise than as a number: in its order, or, if it is small, in words of its own.
fn phrases_of(lang: Lang, number: &str) -> Vec<String> {
    if let Some(percentage) = number.strip_suffix('%') {
        return parts_of_a_whole(lang, percentage).iter().map(|word| (*word).to_owned()).collect();
    }
    let Some(number) = number.parse::<u64>().ok().filter(|number| *number <= 999_999_999_999) else {
        return Vec::new();
    };
    let cardinal = plain(&cardinal(lang, number));
    let mut phrases = match lang {
        Lang::En => vec![format!("{cardinal}th")],
        // « le XVIIIe siècle »
        Lang::Fr => {
            let numeral = roman(number).map(|numeral| format!("{numeral}e"));
            ordinal(&cardinal).into_iter().chain(numeral).chain([format!("{cardinal}ième")]).collect()
        }
    };
    phrases.extend(roman(number).filter(|numeral| numeral.len() > 1));
    phrases.extend(others(lang, number).iter().map(|word| (*word).to_owned()));
    phrases
}

/// Lower case, with spaces for hyphens, so that both spellings of French numbers are one.
pub(super) fn plain(text: &str) -> String {
    text.to_lowercase().replace(['-', '\u{2010}', '\u{2011}', '\u{a0}', '\u{202f}', '\n'], " ")
}

/// A French number in its order, where that is more than its letters and an ending.
fn ordinal(cardinal: &str) -> Option<String> {
    let changed = |end: &str, other: &str| cardinal.strip_suffix(end).map(|stem| format!("{stem}{other}"));
    changed("f", "vième").or_else(|| changed("q", "quième")).or_else(|| changed("e", "ième"))
}

/// A number in words: `125` is "one hundred twenty-five", « cent vingt-cinq ».
pub(super) fn cardinal(lang: Lang, number: u64) -> String {
    let scale: [(u64, &str, &str); 3] =
        [(1_000_000_000, "billion", "milliards"), (1_000_000, "million", "millions"), (1_000, "thousand", "mille")];
    for (size, en, fr) in scale {
        if number < size {
            continue;
        }
        let (many, rest) = (number / size, number % size);
        let word = match lang {
            Lang::En => en,
            Lang::Fr if many == 1 && size > 1000 => fr.trim_end_matches('s'),
            Lang::Fr => fr,
        };
        let count = if lang == Lang::Fr && size == 1000 && many == 1 { String::new() } else { cardinal(lang, many) };
        return joined(&[&count, word, &below(lang, rest)]);
    }
    match lang {
        Lang::En => english(number),
        Lang::Fr => french(number),
    }
}

/// What is left of a number, or nothing.
fn below(lang: Lang, rest: u64) -> String {
    if rest == 0 { String::new() } else { cardinal(lang, rest) }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn at<'a>(words: &[&'a str], number: u64) -> &'a str {
    usize::try_from(number).ok().and_then(|at| words.get(at)).copied().unwrap_or_default()
}

const ENGLISH: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn english(number: u64) -> String {
    match number {
        0..20 => at(&ENGLISH, number).to_owned(),
        20..100 if number.is_multiple_of(10) => at(&ENGLISH_TENS, number / 10).to_owned(),
        20..100 => format!("{}-{}", at(&ENGLISH_TENS, number / 10), at(&ENGLISH, number % 10)),
        _ => joined(&[at(&ENGLISH, number / 100), "hundred", &below(Lang::En, number % 100)]),
    }
}

const FRENCH: [&str; 20] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
];
const FRENCH_TENS: [&str; 10] =
    ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"];

fn french(number: u64) -> String {
    match number {
        0..20 => at(&FRENCH, number).to_owned(),
        80 => "quatre-vingt".to_owned(),
        20..100 => {
            let (tens, units) = (number / 10, number % 10);
            let units = if matches!(tens, 7 | 9) { units + 10 } else { units };
            match units {
                0 => at(&FRENCH_TENS, tens).to_owned(),
                1 | 11 if tens < 8 => format!("{} et {}", at(&FRENCH_TENS, tens), at(&FRENCH, units)),
                _ => format!("{}-{}", at(&FRENCH_TENS, tens), at(&FRENCH, units)),
            }
        }
        _ => {
            let hundreds = number / 100;
            let count = if hundreds == 1 { "" } else { at(&FRENCH, hundreds) };
            let word = if hundreds > 1 && number.is_multiple_of(100) { "cents" } else { "cent" };
            joined(&[count, word, &below(Lang::Fr, number % 100)])
        }
    }
}

/// A small number in Roman numerals.
pub(super) fn roman(number: u64) -> Option<String> {
    let tens = ["", "x", "xx"].get(usize::try_from(number / 10).ok()?)?;
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][usize::try_from(number % 10).ok()?];
    (number > 0).then(|| format!("{tens}{ones}"))
}

/// Words that say a percentage.
fn parts_of_a_whole(lang: Lang, percentage: &str) -> &'static [&'static str] {
    match (lang, percentage) {
        (Lang::En, "50") => &["half", "halves"],
        (Lang::En, "33" | "33.3" | "33.33") => &["third", "one third", "one in three"],
        (Lang::En, "66" | "67" | "66.7" | "66.67") => &["two thirds", "two third"],
        (Lang::En, "25") => &["quarter", "one in four", "fourth"],
        (Lang::En, "75") => &["three quarters", "three quarter", "three fourths"],
        (Lang::En, "20") => &["fifth", "one in five"],
        (Lang::En, "10") => &["tenth", "one in ten"],
        (Lang::En, "100") => &["all", "full", "fully", "entire", "entirely", "whole", "every"],
        (Lang::En, "0") => &["no", "none", "nil"],
        (Lang::Fr, "50") => &["moitié", "demi", "demie"],
        (Lang::Fr, "33" | "33.3" | "33.33") => &["tiers", "un tiers", "un sur trois", "une sur trois"],
        (Lang::Fr, "66" | "67" | "66.7" | "66.67") => &["deux tiers"],
        (Lang::Fr, "25") => &["quart", "un sur quatre", "une sur quatre"],
        (Lang::Fr, "75") => &["trois quarts"],
        (Lang::Fr, "20") => &["cinquième", "un sur cinq", "une sur cinq"],
        (Lang::Fr, "10") => &["dixième", "un sur dix", "une sur dix"],
        (Lang::Fr, "100") => {
            &["tous", "toutes", "tout", "totalité", "entier", "entièrement", "complet", "complètement"]
        }
        (Lang::Fr, "0") => &["aucun", "aucune", "nul"],
        _ => &[],
    }
}

/// Other words that say a small number.
fn others(lang: Lang, number: u64) -> &'static [&'static str] {
    match (lang, number) {
        (Lang::En, 0) => &["zero", "no", "nil"],
        (Lang::En, 1) => &["one", "first", "a", "an", "once", "single", "each"],
        (Lang::En, 2) => &["second", "both", "twice", "half", "two third", "couple", "biennial", "pair", "double"],
        (Lang::En, 3) => &["third", "triennial", "triple", "quarterly"],
        (Lang::En, 4) => &["quarter", "quadrennial"],
        (Lang::En, 5) => &["fifth", "quinquennial"],
        (Lang::En, 8) => &["eighth"],
        (Lang::En, 9) => &["ninth"],
        (Lang::En, 10) => &["decade", "decennial"],
        (Lang::En, 12) => &["twelfth", "noon", "dozen"],
        (Lang::En, 14) => &["fortnight"],
        (Lang::En, 24) => &["two dozen", "around the clock", "at all times", "at any time"],
        (Lang::En, 100) => &["century", "centennial", "centenary"],
        (Lang::En, 500_000) => &["half a million", "half million"],
        (Lang::En, 750_000) => &["three quarters of a million", "three quarter million"],
        (Lang::En, 250_000) => &["quarter of a million", "quarter million"],
        (Lang::En, 1_500_000) => &["million and a half", "one and a half million"],
        (Lang::En, 6) => &["half a dozen", "half dozen"],
        (Lang::En, 150) => &["sesquicentennial"],
        (Lang::En, 200) => &["bicentennial", "bicentenary"],
        (Lang::En, 20) => &["twentieth"],
        (Lang::En, 30) => &["thirtieth"],
        (Lang::Fr, 0) => &["zéro", "aucun", "aucune", "nul"],
        (Lang::Fr, 1) => &["un", "une", "premier", "première", "chaque", "seul", "seule"],
        (Lang::Fr, 2) => &[
            "second",
            "seconde",
            "demi",
            "moitié",
            "demie",
            "biennal",
            "biennale",
            "bisannuel",
            "bisannuelle",
            "double",
        ],
        (Lang::Fr, 3) => {
            &["tiers", "troisième", "triennal", "triennale", "triple", "trimestre", "trimestriel", "trimestrielle"]
        }
        (Lang::Fr, 4) => &["quart", "quatrième", "quadriennal", "quadriennale"],
        (Lang::Fr, 5) => &["cinquième", "quinquennal", "quinquennale"],
        (Lang::Fr, 6) => &["sixième", "demi douzaine", "semestre", "semestriel", "semestrielle"],
        (Lang::Fr, 7) => &["septième", "septennal", "septennale"],
        (Lang::Fr, 8) => &["huitaine"],
        (Lang::Fr, 9) => &["neuvième", "neuvaine"],
        (Lang::Fr, 10) => &["dizaine", "décennie", "décennal", "décennale"],
        (Lang::Fr, 11) => &["onzième"],
        (Lang::Fr, 12) => &["douzième", "midi", "douzaine"],
        (Lang::Fr, 15) => &["quinzième", "quinzaine"],
        (Lang::Fr, 20) => &["vingtaine"],
        (Lang::Fr, 24) => &["en tout temps", "en tout moment"],
        (Lang::Fr, 30) => &["trentième", "trentaine"],
        (Lang::Fr, 40) => &["quarantaine"],
        (Lang::Fr, 50) => &["cinquantaine", "cinquantenaire"],
        (Lang::Fr, 60) => &["soixantaine"],
        (Lang::Fr, 100) => &["centaine", "siècle", "centenaire"],
        (Lang::Fr, 500_000) => &["demi million"],
        (Lang::Fr, 750_000) => &["trois quarts de million", "trois quarts d’un million"],
        (Lang::Fr, 250_000) => &["quart de million", "quart d’un million"],
        (Lang::Fr, 1_500_000) => &["million et demi"],
        (Lang::Fr, 150) => &["cent cinquantenaire"],
        (Lang::Fr, 200) => &["bicentenaire"],
        (Lang::Fr, 1000) => &["millier"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_understood_in_both_languages() {
        let says = |lang, text: &str, number: &str| Heard::listen(lang, &plain(text), [number]).says(number);
        let en = |text: &str, number: &str| says(Lang::En, text, number);
        let fr = |text: &str, number: &str| says(Lang::Fr, text, number);
        assert!(en("Forty-eight members", "48") && fr("quarante-huit membres", "48"));
        assert!(fr("soixante-dix-sept jours", "77") && fr("soixante dix sept jours", "77"));
        assert!(fr("au plus tard le cent vingtième jour", "120") && fr("cent quatre-vingts jours", "180"));
        assert!(fr("quatre cents millions de dollars", "400000000") && en("two hundred fifty million", "250000000"));
        assert!(fr("vingt et un", "21") && en("the first day", "1") && en("the ninth day", "9"));
        assert!(fr("le dix-neuvième anniversaire", "19") && fr("le soixante-quatorzième", "74"));
        assert!(fr("un plan quinquennal", "5") && fr("des plans triennaux", "3") && en("a biennial review", "2"));
        assert!(fr("un rapport semestriel", "6") && fr("le bicentenaire", "200") && en("every fortnight", "14"));
        assert!(!fr("un plan quinquennal", "4") && !fr("des journaux", "3"));
        assert!(fr("une cinquantaine de membres", "50") && fr("des dizaines", "10") && fr("le XVIIIe siècle", "18"));
        assert!(fr("la moitié des membres", "50%") && en("a third of them", "33%") && !en("two of them", "33%"));
        assert!(!fr("cinquante membres", "5") && !en("sixty", "6") && !fr("quarante membres", "48"));
        assert!(!fr("quarante-huit membres", "40") && !en("ninety-five", "90") && !en("two hundred", "2"));
    }
}
