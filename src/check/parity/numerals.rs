//! Reads what is said in words: whole numbers and the days of the week.

use std::ops::Range;

use super::in_words;
use crate::lang::{self, Lang};

/// What is said in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Number(u64),
    /// A day of the week, Monday being 1.
    Day(u64),
}

impl What {
    /// The number that is said, if it is one.
    pub(super) fn number(self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Day(_) => None,
        }
    }
}

/// A word of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// Up to 99: what it is worth.
    Value(u64),
    /// "hundred", « cent »
    Hundred,
    /// « cents »: of dollars too
    Hundreds,
    /// A thousand or more.
    Scale(u64),
    Day(u64),
}

/// The numbers and days in a text, in order. "One" and « un » are articles and pronouns too, and mean a number only in a
/// larger one. « cinq cents » are five hundred or five cents: both are given.
pub(super) fn read(lang: Lang, text: &str) -> impl Iterator<Item = (What, Range<usize>)> {
    let words = lang::words(text).filter_map(move |range| Some((word(lang, &text[range.clone()])?, range)));
    let mut words = words.peekable();
    let mut cents = None;
    std::iter::from_fn(move || {
        if let Some(cents) = cents.take() {
            return Some(cents);
        }
        loop {
            let (first, mut range) = words.next()?;
            let mut number = match first {
                Word::Day(day) => return Some((What::Day(day), range)),
                Word::Value(value) => Growing::new(value),
                Word::Hundred if lang == Lang::Fr => Growing::new(100),
                Word::Scale(1000) if lang == Lang::Fr => Growing { whole: 1000, part: 0, room: 1000 },
                // "5 million" is in figures.
                Word::Hundred | Word::Hundreds | Word::Scale(_) => continue,
            };
            while let Some((next, there)) = words.peek() {
                let Some(more) = number.followed_by(lang, &text[range.end..there.start], *next) else { break };
                let is_of_cents = *next == Word::Hundreds && number.whole == 0;
                cents = is_of_cents.then_some((What::Number(number.part), range.start..there.end));
                number = more;
                range.end = there.end;
                words.next();
            }
            let number = number.whole + number.part;
            if number > 1 {
                return Some((What::Number(number), range));
            }
        }
    })
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

    /// The number with the next word, if that belongs to it.
    fn followed_by(self, lang: Lang, between: &str, next: Word) -> Option<Self> {
        let and = if lang == Lang::En { "and" } else { "et" };
        let joins = |c: char| matches!(c, ' ' | '-' | '\u{2010}' | '\u{2011}' | '\u{a0}' | '\n');
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
            Word::Hundred | Word::Hundreds | Word::Scale(_) | Word::Day(_) => None,
        }
    }
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

/// Bytes of the longest word of a number.
const LONGEST_WORD: usize = 10;

/// What a word means in a number.
fn word(lang: Lang, word: &str) -> Option<Word> {
    // This is asked of nearly every word: most are ruled out by their length.
    if !(2..=LONGEST_WORD).contains(&word.len()) {
        return None;
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
            b"monday" | b"mondays" => Word::Day(1),
            b"tuesday" | b"tuesdays" => Word::Day(2),
            b"wednesday" | b"wednesdays" => Word::Day(3),
            b"thursday" | b"thursdays" => Word::Day(4),
            b"friday" | b"fridays" => Word::Day(5),
            b"saturday" | b"saturdays" => Word::Day(6),
            b"sunday" | b"sundays" => Word::Day(7),
            _ => return None,
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
            b"lundi" | b"lundis" => Word::Day(1),
            b"mardi" | b"mardis" => Word::Day(2),
            b"mercredi" | b"mercredis" => Word::Day(3),
            b"jeudi" | b"jeudis" => Word::Day(4),
            b"vendredi" | b"vendredis" => Word::Day(5),
            b"samedi" | b"samedis" => Word::Day(6),
            b"dimanche" | b"dimanches" => Word::Day(7),
            _ => return None,
        },
    };
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(lang: Lang, text: &str) -> Vec<u64> {
        read(lang, text)
            .map(|(what, _)| match what {
                What::Number(number) => number,
                What::Day(day) => 1_000_000 + day,
            })
            .collect()
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
        assert_eq!(fr("le mardi"), [1_000_002]);
        assert_eq!(en("Schedule II, Part XIX, the IV drip, the I, CV and XXL"), [2, 19, 4]);
        assert_eq!(fr("le XVIIIe siècle et l’annexe XI"), [18, 11]);
    }
}
