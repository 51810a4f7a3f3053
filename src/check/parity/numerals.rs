//! Reads what is said in words: numbers, orders ("third"), parts ("two thirds"), and what `named` knows by its name.

use std::ops::Range;

use super::{in_words, named};
use crate::lang::{self, Lang};

/// What is said in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Number(u64),
    /// A place in an order, from the second one on.
    Order(u64),
    /// A part of a whole: two thirds are 2 and 3.
    Part(u64, u64),
    /// About so many: « une vingtaine », "hundreds".
    About(u64),
    /// So many times as much: "double".
    Times(u64),
    /// The letter of a part of a document, and which kind of part: "Schedule B".
    Letter(u64, char),
    /// A day of the week, Monday being 1.
    Day(u64),
    Month(u64),
    /// A season, spring being 1.
    Season(u64),
    /// A quarter of a year.
    Quarter(u64),
    /// Noon, or midnight, which is 0.
    Hour(u64),
    /// A time zone, from west to east.
    Zone(u64),
}

impl What {
    /// The number that is said, if it is one.
    pub(super) fn number(self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Order(_)
            | Self::Part(..)
            | Self::About(_)
            | Self::Times(_)
            | Self::Letter(..)
            | Self::Day(_)
            | Self::Month(_)
            | Self::Season(_)
            | Self::Quarter(_)
            | Self::Hour(_)
            | Self::Zone(_) => None,
        }
    }
}

/// A word of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Up to 99: what it is worth.
    Value(u64),
    /// "hundred", « cent »
    Hundred,
    /// « cents »: of dollars too
    Hundreds,
    /// A thousand or more.
    Scale(u64),
    /// "third", « troisième »
    Order(u64),
    /// "thirds", « tiers », « quart »: which part, and whether it is one where no number is before it.
    Part(u64, bool),
    /// A quarter of a year, behind its order.
    Quarter,
    /// No word of a number.
    Other(What),
}

/// What is said in a text, in order. "One" and « un » are articles and pronouns too, and mean a number only in a
/// larger one. « cinq cents » are five hundred or five cents: both are given.
pub(super) fn read(lang: Lang, text: &str) -> impl Iterator<Item = (What, Range<usize>)> {
    let words = lang::words(text).filter_map(move |range| Some((word(lang, text, &range)?, range)));
    let mut words = words.peekable();
    let mut cents = None;
    std::iter::from_fn(move || {
        if let Some(cents) = cents.take() {
            return Some(cents);
        }
        loop {
            let (first, mut range) = words.next()?;
            let mut number = match first {
                Word::Other(what) => return Some((what, range)),
                Word::Value(value) => Growing::new(value),
                Word::Hundred if lang == Lang::Fr => Growing::new(100),
                Word::Scale(1000) if lang == Lang::Fr => Growing { whole: 1000, part: 0, room: 1000 },
                Word::Order(order) if matches!(words.peek(), Some((Word::Quarter, there)) if is_join(&text[range.end..there.start])) =>
                {
                    range.end = words.next().map_or(range.end, |(_, there)| there.end);
                    return Some((What::Quarter(order), range));
                }
                Word::Order(order) if order > 1 => return Some((What::Order(order), range)),
                Word::Part(part, true) => return Some((What::Part(1, part), range)),
                // "5 million" is in figures.
                Word::Hundred | Word::Hundreds | Word::Scale(_) | Word::Order(_) | Word::Part(..) | Word::Quarter => {
                    continue;
                }
            };
            let mut what = None;
            while let Some((next, there)) = words.peek() {
                let between = &text[range.end..there.start];
                what = number.ended_by(lang, between, *next);
                if what.is_none() {
                    let Some(more) = number.followed_by(lang, between, *next) else { break };
                    let is_of_cents = *next == Word::Hundreds && number.whole == 0;
                    cents = is_of_cents.then_some((What::Number(number.part), range.start..there.end));
                    number = more;
                }
                range.end = there.end;
                words.next();
                if what.is_some() {
                    break;
                }
            }
            let number = number.whole + number.part;
            match what {
                Some(what) => return Some((what, range)),
                // « les années soixante »
                None if lang == Lang::Fr
                    && (20..100).contains(&number)
                    && number.is_multiple_of(10)
                    && is_decade(&text[..range.start]) =>
                {
                    return Some((What::Number(1900 + number), range));
                }
                None if number > 1 && !named::is_clock(lang, text, &range) => {
                    return Some((What::Number(number), range));
                }
                None => {}
            }
        }
    })
}

fn is_decade(before: &str) -> bool {
    before.trim_end_matches([' ', '\u{a0}']).ends_with("années")
}

/// A number as far as it was read.
#[derive(Clone, Copy)]
struct Growing {
    /// What is complete: the thousands, once the word was read.
    whole: u64,
    part: u64,
    /// What is added must be less than this.
    room: u64,
}

impl Growing {
    fn new(value: u64) -> Self {
        Self { whole: 0, part: 0, room: 1000 }.plus(value)
    }

    fn plus(self, value: u64) -> Self {
        let room = match value {
            100 => 100,
            // « soixante et onze », « quatre-vingt-dix-sept »
            60 | 80 => 20,
            // « dix-sept »
            10..100 if value.is_multiple_of(10) => 10,
            _ => 0,
        };
        Self { part: self.part + value, room, ..self }
    }

    /// What the number and the next word say if that is the last of them: "twenty-first", "two thirds".
    fn ended_by(self, lang: Lang, between: &str, next: Word) -> Option<What> {
        let number = self.whole + self.part;
        match next {
            Word::Order(order) => {
                let is_part = lang == Lang::En && number == 1 && order > 2 && is_join(between);
                if is_part {
                    return Some(What::Part(1, order));
                }
                let whole = self.followed_by(lang, between, Word::Value(order))?;
                Some(What::Order(whole.whole + whole.part))
            }
            Word::Part(part, _) if is_join(between) && (1..part).contains(&number) => {
                Some(if (number, part) == (2, 4) { What::Part(1, 2) } else { What::Part(number, part) })
            }
            _ => None,
        }
    }

    /// The number with the next word, if that belongs to it.
    fn followed_by(self, lang: Lang, between: &str, next: Word) -> Option<Self> {
        let and = if lang == Lang::En { "and" } else { "et" };
        let between = between.trim_matches(joins);
        let is_side_by_side = between.is_empty();
        let is_joined = is_side_by_side || between == and && (lang == Lang::Fr || self.room >= 100);
        match next {
            _ if !is_joined => None,
            Word::Value(20) if lang == Lang::Fr && self.part % 100 == 4 && is_side_by_side => {
                Some(Self { part: self.part - 4, ..self }.plus(80))
            }
            // "ten six" are two numbers, « dix-sept » is one.
            Word::Value(value) if self.part % 100 == 10 && (lang == Lang::En || value < 7) => None,
            Word::Value(value) => (value < self.room).then(|| self.plus(value)),
            Word::Hundred | Word::Hundreds if (1..10).contains(&self.part) => {
                Some(Self { part: self.part * 100, room: 100, ..self })
            }
            Word::Hundred if self.part == 0 && self.whole > 0 => Some(self.plus(100)),
            Word::Scale(scale) if self.part > 0 && is_side_by_side => {
                Some(Self { whole: self.whole + self.part * scale, part: 0, room: 1000 })
            }
            Word::Hundred
            | Word::Hundreds
            | Word::Scale(_)
            | Word::Order(_)
            | Word::Part(..)
            | Word::Quarter
            | Word::Other(_) => None,
        }
    }
}

/// Whether a character may be between two words of a number.
fn joins(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{2010}' | '\u{2011}' | '\u{a0}' | '\n')
}

fn is_join(between: &str) -> bool {
    between.chars().all(joins)
}

/// A Roman numeral of two letters or more, which may be an order: "Schedule II", « Louis XIV ».
fn roman(word: &str) -> Option<u64> {
    let numeral = word.trim_end_matches(|c: char| c.is_lowercase());
    let is_order = matches!(&word[numeral.len()..], "" | "e" | "ème" | "ième");
    if !is_order || numeral.len() < 2 || !numeral.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X')) {
        return None;
    }
    (2..30).find(|number| in_words::roman(*number).is_some_and(|known| known.eq_ignore_ascii_case(numeral)))
}

/// Bytes of the longest word that says anything.
const LONGEST_WORD: usize = 13;

/// What a word means in a number.
#[expect(clippy::too_many_lines, reason = "a list of words, one after the other")]
fn word(lang: Lang, text: &str, range: &Range<usize>) -> Option<Word> {
    let word = &text[range.clone()];
    // This is asked of every word: many are ruled out by their length.
    if !(2..=LONGEST_WORD).contains(&word.len()) {
        return named::letter(lang, text, range).map(Word::Other);
    }
    if let Some(number) = roman(word) {
        return Some(Word::Value(number));
    }
    let mut letters = [0; LONGEST_WORD];
    let lower = &mut letters[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let word = match lang {
        Lang::En => match &*lower {
            b"one" => Word::Value(1),
            b"two" => Word::Value(2),
            b"three" => Word::Value(3),
            b"four" => Word::Value(4),
            b"five" => Word::Value(5),
            b"six" => Word::Value(6),
            b"seven" => Word::Value(7),
            b"eight" => Word::Value(8),
            b"nine" => Word::Value(9),
            b"ten" => Word::Value(10),
            b"eleven" => Word::Value(11),
            b"twelve" => Word::Value(12),
            b"thirteen" => Word::Value(13),
            b"fourteen" => Word::Value(14),
            b"fifteen" => Word::Value(15),
            b"sixteen" => Word::Value(16),
            b"seventeen" => Word::Value(17),
            b"eighteen" => Word::Value(18),
            b"nineteen" => Word::Value(19),
            b"twenty" => Word::Value(20),
            b"thirty" => Word::Value(30),
            b"forty" => Word::Value(40),
            b"fifty" => Word::Value(50),
            b"sixty" => Word::Value(60),
            b"seventy" => Word::Value(70),
            b"eighty" => Word::Value(80),
            b"ninety" => Word::Value(90),
            b"hundred" => Word::Hundred,
            b"thousand" => Word::Scale(1000),
            b"million" => Word::Scale(1_000_000),
            b"billion" => Word::Scale(1_000_000_000),
            b"twice" => Word::Other(What::Number(2)),
            b"second" => Word::Order(2),
            b"third" => named::third(text, range)?,
            b"fourth" => Word::Order(4),
            b"fifth" => Word::Order(5),
            b"sixth" => Word::Order(6),
            b"seventh" => Word::Order(7),
            b"eighth" => Word::Order(8),
            b"ninth" => Word::Order(9),
            b"tenth" => Word::Order(10),
            b"eleventh" => Word::Order(11),
            b"twelfth" => Word::Order(12),
            b"thirteenth" => Word::Order(13),
            b"fourteenth" => Word::Order(14),
            b"fifteenth" => Word::Order(15),
            b"sixteenth" => Word::Order(16),
            b"seventeenth" => Word::Order(17),
            b"eighteenth" => Word::Order(18),
            b"nineteenth" => Word::Order(19),
            b"twentieth" => Word::Order(20),
            b"thirtieth" => Word::Order(30),
            b"first" => Word::Order(1),
            b"half" | b"halves" => named::half(text, range)?,
            b"thirds" => Word::Part(3, false),
            b"fourths" => Word::Part(4, false),
            b"quarter" | b"quarters" => named::quarter(lang, text, range)?,
            b"fifths" => Word::Part(5, false),
            b"tenths" => Word::Part(10, false),
            _ => return named::read(lang, text, range, lower).map(Word::Other),
        },
        Lang::Fr => match &*lower {
            b"un" | b"une" => Word::Value(1),
            b"deux" => Word::Value(2),
            b"trois" => Word::Value(3),
            b"quatre" => Word::Value(4),
            b"cinq" => Word::Value(5),
            b"six" => Word::Value(6),
            b"sept" => Word::Value(7),
            b"huit" => Word::Value(8),
            b"neuf" => Word::Value(9),
            b"dix" => Word::Value(10),
            b"onze" => Word::Value(11),
            b"douze" => Word::Value(12),
            b"treize" => Word::Value(13),
            b"quatorze" => Word::Value(14),
            b"quinze" => Word::Value(15),
            b"seize" => Word::Value(16),
            b"vingt" | b"vingts" => Word::Value(20),
            b"trente" => Word::Value(30),
            b"quarante" => Word::Value(40),
            b"cinquante" => Word::Value(50),
            b"soixante" => Word::Value(60),
            b"cent" => Word::Hundred,
            b"cents" => Word::Hundreds,
            b"mille" | b"mil" => Word::Scale(1000),
            b"million" | b"millions" => Word::Scale(1_000_000),
            b"milliard" | b"milliards" => Word::Scale(1_000_000_000),
            b"premier" => Word::Order(1),
            b"trimestre" => Word::Quarter,
            b"second" | b"seconde" => Word::Order(2),
            b"tiers" => named::third_part(text, range),
            b"quart" | b"quarts" => named::quarter(lang, text, range)?,
            b"demi" | b"demie" => named::half(text, range)?,
            [.., b'i', 0xc3, 0xa8, b'm', b'e'] => Word::Order(order(lower.strip_suffix("ième".as_bytes())?)?),
            [.., b'i', 0xc3, 0xa8, b'm', b'e', b's'] => {
                Word::Part(order(lower.strip_suffix("ièmes".as_bytes())?)?, false)
            }
            _ => return named::read(lang, text, range, lower).map(Word::Other),
        },
    };
    Some(word)
}

/// The order of a French word without its ending: « trois », « quatr », « neuv ».
fn order(stem: &[u8]) -> Option<u64> {
    Some(match stem {
        b"un" => 1,
        b"deux" => 2,
        b"trois" => 3,
        b"quatr" => 4,
        b"cinqu" => 5,
        b"six" => 6,
        b"sept" => 7,
        b"huit" => 8,
        b"neuv" => 9,
        b"dix" => 10,
        b"onz" => 11,
        b"douz" => 12,
        b"treiz" => 13,
        b"quatorz" => 14,
        b"quinz" => 15,
        b"seiz" => 16,
        b"vingt" => 20,
        b"trent" => 30,
        b"quarant" => 40,
        b"cinquant" => 50,
        b"soixant" => 60,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(lang: Lang, text: &str) -> Vec<u64> {
        read(lang, text).filter_map(|(what, _)| what.number()).collect()
    }

    #[test]
    fn numbers_are_read_as_each_language_puts_them_together() {
        let en = |text| numbers(Lang::En, text);
        assert_eq!(en("Forty-eight hours, two hundred and fifty people"), [48, 250]);
        assert_eq!(en("two three-year terms; between three and five days"), [2, 3, 3, 5]);
        assert_eq!(en("one thousand two hundred; ninety-five thousand; one of them"), [1200, 95_000]);
        assert_eq!(en("$5 million, five cents"), [5]);
        let fr = |text| numbers(Lang::Fr, text);
        assert_eq!(fr("quatre-vingt-dix-sept jours, quatre-vingts, vingt et un"), [97, 80, 21]);
        assert_eq!(fr("soixante-dix-sept, soixante et onze, cent vingt, deux cents"), [77, 71, 120, 200, 2]);
        assert_eq!(fr("mille neuf cents; trois millions; deux ou trois, vingt-quatre"), [1900, 3_000_000, 2, 3, 24]);
        assert_eq!(
            fr("mil neuf cent quatorze, mille cent, cent mille, un milliard cinq cent millions"),
            [1914, 1100, 100_000, 1_500_000_000]
        );
        assert_eq!(fr("cinq cents; cinq cent mille"), [500, 5, 500_000]);
        assert_eq!(en("Schedule II, Part XIX, the IV drip, the I, CV and XXL"), [2, 19, 4]);
        assert_eq!(fr("le XVIIIe siècle et l’annexe XI"), [18, 11]);
        assert_eq!(fr("les années soixante, quatre-vingt-dix ans"), [1960, 90]);
    }

    #[test]
    fn orders_and_parts_are_read_with_the_numbers_before_them() {
        let read = |lang, text| read(lang, text).map(|(what, _)| what).collect::<Vec<_>>();
        assert_eq!(read(Lang::En, "the twenty-first, the second, the first"), [What::Order(21), What::Order(2)]);
        assert_eq!(
            read(Lang::Fr, "le vingt et unième, la dix-huitième, la seconde"),
            [What::Order(21), What::Order(18), What::Order(2)]
        );
        let en = "two thirds, one third, a third of them, half, three quarters, two fifths";
        let fr = "les deux tiers, un tiers, le tiers des gens, la moitié, les trois quarts, deux cinquièmes";
        assert_eq!(read(Lang::En, en), read(Lang::Fr, fr));
        assert_eq!(read(Lang::En, "third parties"), []);
        assert_eq!(read(Lang::Fr, "les tiers"), []);
    }
}
