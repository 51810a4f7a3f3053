//! What is said by a name: days, months, seasons, quarters, noon and midnight, time zones, « une vingtaine », "double",
//! "Schedule B". Words that mean other things too count only where what is around them shows which is meant.

use std::ops::Range;

use super::numerals::{What, Word};
use super::values::is_one_of;
use crate::format::MONTHS;
use crate::lang::Lang;

/// What a word says by its name; `lower` is the word in small letters, as far as they are of ASCII.
pub(super) fn read(lang: Lang, text: &str, range: &Range<usize>, lower: &[u8]) -> Option<What> {
    let what = match lang {
        Lang::En => match lower {
            b"monday" | b"mondays" => What::Day(1),
            b"tuesday" | b"tuesdays" => What::Day(2),
            b"wednesday" | b"wednesdays" => What::Day(3),
            b"thursday" | b"thursdays" => What::Day(4),
            b"friday" | b"fridays" => What::Day(5),
            b"saturday" | b"saturdays" => What::Day(6),
            b"sunday" | b"sundays" => What::Day(7),
            b"noon" => What::Hour(12),
            b"midnight" => What::Hour(0),
            b"spring" => What::Season(1),
            b"summer" => What::Season(2),
            b"autumn" => What::Season(3),
            b"fall" if is_season(text, range) => What::Season(3),
            b"winter" => What::Season(4),
            b"twenties" => What::Number(1920),
            b"thirties" => What::Number(1930),
            b"forties" => What::Number(1940),
            b"fifties" => What::Number(1950),
            b"sixties" => What::Number(1960),
            b"seventies" => What::Number(1970),
            b"eighties" => What::Number(1980),
            b"nineties" => What::Number(1990),
            // A dozen people are « une dizaine » as well as « une douzaine ».
            b"tens" | b"dozen" | b"dozens" => What::About(10),
            b"hundreds" => What::About(100),
            b"thousands" => What::About(1000),
            b"double" | b"doubles" | b"doubled" | b"doubling" => What::Times(2),
            b"triple" | b"triples" | b"tripled" | b"tripling" => What::Times(3),
            b"quadruple" | b"quadrupled" => What::Times(4),
            b"pacific" if is_zone(lang, text, range) => What::Zone(1),
            b"mountain" if is_zone(lang, text, range) => What::Zone(2),
            b"central" if is_zone(lang, text, range) => What::Zone(3),
            b"eastern" if is_zone(lang, text, range) => What::Zone(4),
            b"atlantic" if is_zone(lang, text, range) => What::Zone(5),
            b"newfoundland" if is_zone(lang, text, range) => What::Zone(6),
            b"pst" | b"pdt" if is_sign(text, range) => What::Zone(1),
            b"mst" | b"mdt" if is_sign(text, range) => What::Zone(2),
            b"cst" | b"cdt" if is_sign(text, range) => What::Zone(3),
            b"est" | b"edt" if is_sign(text, range) => What::Zone(4),
            b"ast" | b"adt" if is_sign(text, range) => What::Zone(5),
            b"nst" | b"ndt" if is_sign(text, range) => What::Zone(6),
            b"january" | b"february" | b"march" | b"april" | b"may" | b"june" | b"july" | b"august" | b"september"
            | b"october" | b"november" | b"december" => month(lang, text, range)?,
            _ => return None,
        },
        Lang::Fr => match lower {
            b"lundi" | b"lundis" => What::Day(1),
            b"mardi" | b"mardis" => What::Day(2),
            b"mercredi" | b"mercredis" => What::Day(3),
            b"jeudi" | b"jeudis" => What::Day(4),
            b"vendredi" | b"vendredis" => What::Day(5),
            b"samedi" | b"samedis" => What::Day(6),
            b"dimanche" | b"dimanches" => What::Day(7),
            b"midi" if !text[..range.start].ends_with(['-', '\u{2011}']) => What::Hour(12),
            b"minuit" => What::Hour(0),
            b"printemps" => What::Season(1),
            [0xc3, 0xa9, b't', 0xc3, 0xa9] if is_season(text, range) => What::Season(2),
            b"automne" => What::Season(3),
            b"hiver" => What::Season(4),
            [b'm', b'o', b'i', b't', b'i', 0xc3, 0xa9] => What::Part(1, 2),
            b"dizaine" | b"dizaines" | b"douzaine" | b"douzaines" => What::About(10),
            b"vingtaine" => What::About(20),
            b"trentaine" => What::About(30),
            b"cinquantaine" => What::About(50),
            b"soixantaine" => What::About(60),
            b"centaine" | b"centaines" => What::About(100),
            b"millier" | b"milliers" => What::About(1000),
            b"double" | b"doubles" | b"doubler" => What::Times(2),
            b"triple" | b"triples" | b"tripler" => What::Times(3),
            b"quadruple" | b"quadrupler" => What::Times(4),
            b"pacifique" if is_zone(lang, text, range) => What::Zone(1),
            b"rocheuses" if is_zone(lang, text, range) => What::Zone(2),
            b"centre" if is_zone(lang, text, range) => What::Zone(3),
            b"est" if is_zone(lang, text, range) => What::Zone(4),
            b"atlantique" if is_zone(lang, text, range) => What::Zone(5),
            b"terre" if is_zone(lang, text, range) => What::Zone(6),
            b"hnp" | b"hap" if is_sign(text, range) => What::Zone(1),
            b"hnr" | b"har" if is_sign(text, range) => What::Zone(2),
            b"hnc" | b"hac" if is_sign(text, range) => What::Zone(3),
            b"hne" | b"hae" if is_sign(text, range) => What::Zone(4),
            b"hna" | b"haa" if is_sign(text, range) => What::Zone(5),
            b"hnt" | b"hat" if is_sign(text, range) => What::Zone(6),
            // « février », « août », « décembre »
            b"janvier"
            | b"mars"
            | b"avril"
            | b"mai"
            | b"juin"
            | b"juillet"
            | b"septembre"
            | b"octobre"
            | b"novembre"
            | [b'f' | b'd', 0xc3, ..]
            | [b'a', b'o', ..] => month(lang, text, range)?,
            _ => return None,
        },
    };
    Some(what)
}

/// The word before a place, in small letters.
fn word_before(text: &str, at: usize) -> &str {
    let before = text[..at].trim_end_matches([' ', '\u{a0}', '\n', '-', '’', '\'']);
    let start = before.rfind(|c: char| !c.is_alphabetic());
    start.map_or(before, |start| &before[text.ceil_char_boundary(start + 1).min(before.len())..])
}

/// The word after a place.
fn word_after(text: &str, at: usize) -> &str {
    let after = text[at..].trim_start_matches([' ', '\u{a0}', '\n', '-', '’', '\'']);
    &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())]
}

/// Whether three letters are all capital.
fn is_sign(text: &str, range: &Range<usize>) -> bool {
    text[range.clone()].bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A month that is not part of a date in figures.
fn month(lang: Lang, text: &str, range: &Range<usize>) -> Option<What> {
    let word = &text[range.clone()];
    let at = MONTHS.get(lang).iter().position(|month| *month == word)?;
    // "May", "March" and "August" are other words too.
    let is_sure = lang == Lang::Fr
        || !matches!(word, "May" | "March" | "August")
        || is_one_of(
            word_before(text, range.start),
            &[
                "in", "of", "by", "until", "to", "from", "since", "and", "or", "during", "early", "late", "mid",
                "through", "each", "every", "before", "after", "between", "last", "next",
            ],
        );
    let before = text[..range.start].trim_end_matches([' ', '\u{a0}', '\n']);
    let after = text[range.end..].trim_start_matches([' ', '\u{a0}', '\n', ',']);
    let is_day = before.ends_with(|c: char| c.is_ascii_digit()) || before.ends_with("1er");
    let has_figure = is_day || after.starts_with(|c: char| c.is_ascii_digit());
    (is_sure && !has_figure).then(|| u64::try_from(at + 1).ok().map(What::Month))?
}

/// Whether "fall" or « été » is a season here.
fn is_season(text: &str, range: &Range<usize>) -> bool {
    let after = text[range.end..].trim_start();
    let is_dated = after.starts_with(|c: char| c.is_ascii_digit());
    let before = word_before(text, range.start);
    is_dated
        || is_one_of(
            before,
            &["l", "d", "cet", "chaque", "in", "this", "last", "next", "every", "each", "early", "late"],
        )
        || before == "the"
            && is_one_of(word_after(text, range.start), &["fall"])
            && !is_one_of(word_after(text, range.end), &["of", "in", "from"])
        || before == "en"
}

/// Whether a region is that of a time zone here: "Pacific time", « heure du Pacifique ».
fn is_zone(lang: Lang, text: &str, range: &Range<usize>) -> bool {
    match lang {
        Lang::En => is_one_of(word_after(text, range.end), &["time", "standard", "daylight"]),
        Lang::Fr => {
            let near = &text[text.ceil_char_boundary(range.start.saturating_sub(NEAR))..range.start];
            near.contains("eure") && text[range.clone()].starts_with(|c: char| c.is_ascii_uppercase())
        }
    }
}

/// How far before the name of a time zone « heure » may be, in bytes: « heure normale de l’Est ».
const NEAR: usize = 32;

/// "Third" as an order. A third party is none, and a third of something is a part.
pub(super) fn third(text: &str, range: &Range<usize>) -> Option<Word> {
    let next = word_after(text, range.end);
    if is_one_of(next, &["party", "parties"]) {
        return None;
    }
    let is_part = is_one_of(word_before(text, range.start), &["a"]) && is_one_of(next, &["of"]);
    Some(if is_part { Word::Part(3, true) } else { Word::Order(3) })
}

/// « tiers », which is also someone else.
pub(super) fn third_part(text: &str, range: &Range<usize>) -> Word {
    let is_of = is_one_of(word_after(text, range.end), &["de", "des", "du", "d"]);
    Word::Part(3, is_of && is_one_of(word_before(text, range.start), &["le", "du", "au"]))
}

/// "Quarter", « quart »: the quarters of a year are in an order, others are parts.
pub(super) fn quarter(lang: Lang, text: &str, range: &Range<usize>) -> Option<Word> {
    let before = word_before(text, range.start);
    if lang == Lang::Fr {
        let is_of = is_one_of(word_after(text, range.end), &["de", "des", "du", "d"]);
        let is_time = is_one_of(before, &["et"]) || text[..range.start].trim_end().ends_with("moins le");
        return (!is_time).then(|| Word::Part(4, is_of && is_one_of(before, &["le", "du", "au", "un"])));
    }
    if is_one_of(before, &["first", "second", "third", "fourth"]) {
        return Some(Word::Quarter);
    }
    let is_time = is_one_of(word_after(text, range.end), &["to", "past"]);
    let is_of = is_one_of(before, &["a"]) && is_one_of(word_after(text, range.end), &["of"]);
    (!is_time).then_some(Word::Part(4, is_of))
}

/// "Half", « demi »: not those that are added to something, nor of an hour.
pub(super) fn half(text: &str, range: &Range<usize>) -> Option<Word> {
    let before = text[..range.start].trim_end();
    let is_added = before.ends_with(" et") || before.ends_with("and a");
    let next = word_after(text, range.end);
    let is_other = is_one_of(
        next,
        &["past", "hour", "heure", "day", "journée", "a", "an", "million", "dozen", "douzaine", "time", "tarif"],
    );
    (!is_added && !is_other).then_some(Word::Part(2, true))
}

/// Whether a number is the hour of a time in words, which the other side may count to twelve: "quarter to five",
/// « dix-sept heures moins le quart ».
pub(super) fn is_clock(lang: Lang, text: &str, range: &Range<usize>) -> bool {
    match lang {
        Lang::En => {
            let before = text[..range.start].trim_end();
            ["half past", "quarter past", "quarter to"].iter().any(|idiom| before.ends_with(idiom))
        }
        Lang::Fr => {
            let after = text[range.end..].trim_start().trim_start_matches("heure").trim_start_matches('s').trim_start();
            after.starts_with("moins le quart") || after.starts_with("et quart")
        }
    }
}

/// The letter of a part of a document: "Schedule B", « annexe B ».
pub(super) fn letter(lang: Lang, text: &str, range: &Range<usize>) -> Option<What> {
    // I, V and X may be numerals.
    let is_letter = |c: &char| c.is_ascii_uppercase() && !matches!(c, 'I' | 'V' | 'X');
    let letter = text[range.clone()].chars().next().filter(is_letter)?;
    let before = text[..range.start].strip_suffix([' ', '\u{a0}'])?;
    let goes_on = text[range.end..]
        .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '\u{2011}' | '’' | '\'' | '.' | '&'));
    let ends = text[range.end..].strip_prefix('.').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if goes_on && !ends {
        return None;
    }
    let name = word_before(text, before.len());
    let known: &[(&str, u64)] = match lang {
        Lang::En => &[
            ("schedule", 1),
            ("appendix", 1),
            ("annex", 1),
            ("part", 2),
            ("section", 2),
            ("division", 2),
            ("form", 3),
            ("group", 4),
            ("class", 5),
            ("category", 5),
            ("table", 6),
            ("level", 7),
            ("option", 8),
            ("column", 9),
            ("plan", 10),
            ("zone", 11),
            ("type", 12),
            ("step", 13),
            ("box", 14),
            ("hepatitis", 15),
            ("vitamin", 16),
        ],
        Lang::Fr => &[
            ("annexe", 1),
            ("appendice", 1),
            ("partie", 2),
            ("section", 2),
            ("division", 2),
            ("formulaire", 3),
            ("formule", 3),
            ("groupe", 4),
            ("classe", 5),
            ("catégorie", 5),
            ("tableau", 6),
            ("niveau", 7),
            ("option", 8),
            ("colonne", 9),
            ("plan", 10),
            ("zone", 11),
            ("type", 12),
            ("étape", 13),
            ("case", 14),
            ("hépatite", 15),
            ("vitamine", 16),
        ],
    };
    let lower = name.to_lowercase();
    known.iter().find(|(known, _)| *known == lower).map(|(_, kind)| What::Letter(*kind, letter))
}
