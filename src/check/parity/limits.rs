//! What is said right at a value of its limits: "at least 5", "before March 3", "up by 5%". Sides are compared only where both
//! say something of the same value.

use std::collections::BTreeMap;
use std::ops::Range;

use super::figures::{Said, place, rule};
use super::numerals::What;
use super::spelled::Said as Spelled;
use super::values::{MONEY_SIGNS, Value};
use super::{Difference, in_words};
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::Unit;

/// On which side of a value something is. Each has an opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Limit {
    Least,
    Most,
    Before,
    After,
    Up,
    Down,
}

impl Limit {
    fn opposite(self) -> Self {
        match self {
            Self::Least => Self::Most,
            Self::Most => Self::Least,
            Self::Before => Self::After,
            Self::After => Self::Before,
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

/// Words before a value, in small letters. Of two that end alike, the longer one is first.
const BEFORE: PerLang<&[(&str, Limit)]> = PerLang {
    en: &[
        ("no less than", Limit::Least),
        ("not less than", Limit::Least),
        ("no fewer than", Limit::Least),
        ("not fewer than", Limit::Least),
        ("no more than", Limit::Most),
        ("not more than", Limit::Most),
        ("no greater than", Limit::Most),
        ("not greater than", Limit::Most),
        ("not exceeding", Limit::Most),
        ("not over", Limit::Most),
        ("not under", Limit::Least),
        ("at least", Limit::Least),
        ("minimum of", Limit::Least),
        ("more than", Limit::Least),
        ("greater than", Limit::Least),
        ("older than", Limit::Least),
        ("exceeding", Limit::Least),
        ("in excess of", Limit::Least),
        ("over", Limit::Least),
        ("above", Limit::Least),
        ("at most", Limit::Most),
        ("maximum of", Limit::Most),
        ("up to", Limit::Most),
        ("less than", Limit::Most),
        ("fewer than", Limit::Most),
        ("younger than", Limit::Most),
        ("under", Limit::Most),
        ("below", Limit::Most),
        ("no later than", Limit::Before),
        ("not later than", Limit::Before),
        ("not after", Limit::Before),
        ("no earlier than", Limit::After),
        ("not earlier than", Limit::After),
        ("not before", Limit::After),
        ("earlier than", Limit::Before),
        ("later than", Limit::After),
        ("before", Limit::Before),
        ("prior to", Limit::Before),
        ("after", Limit::After),
        ("increased by", Limit::Up),
        ("increases by", Limit::Up),
        ("increase of", Limit::Up),
        ("rose by", Limit::Up),
        ("grew by", Limit::Up),
        ("decreased by", Limit::Down),
        ("decreases by", Limit::Down),
        ("decrease of", Limit::Down),
        ("reduced by", Limit::Down),
        ("reduction of", Limit::Down),
        ("declined by", Limit::Down),
        ("dropped by", Limit::Down),
        ("fell by", Limit::Down),
    ],
    fr: &[
        ("pas moins de", Limit::Least),
        ("pas plus de", Limit::Most),
        ("ne dépassant pas", Limit::Most),
        ("non supérieur à", Limit::Most),
        ("au moins", Limit::Least),
        ("au minimum", Limit::Least),
        ("minimum de", Limit::Least),
        ("plus de", Limit::Least),
        ("supérieur à", Limit::Least),
        ("supérieure à", Limit::Least),
        ("supérieurs à", Limit::Least),
        ("supérieures à", Limit::Least),
        ("au plus", Limit::Most),
        ("au maximum", Limit::Most),
        ("maximum de", Limit::Most),
        ("jusqu’à", Limit::Most),
        ("jusqu'à", Limit::Most),
        ("moins de", Limit::Most),
        ("inférieur à", Limit::Most),
        ("inférieure à", Limit::Most),
        ("inférieurs à", Limit::Most),
        ("inférieures à", Limit::Most),
        ("au plus tard", Limit::Before),
        ("pas plus tard que", Limit::Before),
        ("pas après", Limit::Before),
        ("au plus tôt", Limit::After),
        ("pas avant", Limit::After),
        ("avant", Limit::Before),
        ("après", Limit::After),
        ("augmenté de", Limit::Up),
        ("augmentée de", Limit::Up),
        ("augmentation de", Limit::Up),
        ("hausse de", Limit::Up),
        ("progressé de", Limit::Up),
        ("diminué de", Limit::Down),
        ("diminuée de", Limit::Down),
        ("diminution de", Limit::Down),
        ("baisse de", Limit::Down),
        ("baissé de", Limit::Down),
        ("réduit de", Limit::Down),
        ("réduite de", Limit::Down),
        ("réduction de", Limit::Down),
        ("reculé de", Limit::Down),
        ("chuté de", Limit::Down),
    ],
};

/// Words behind a value, or behind the word that it counts.
const BEHIND: PerLang<&[(&str, Limit)]> = PerLang {
    en: &[
        ("or more", Limit::Least),
        ("and more", Limit::Least),
        ("or over", Limit::Least),
        ("and over", Limit::Least),
        ("or older", Limit::Least),
        ("and older", Limit::Least),
        ("or less", Limit::Most),
        ("and less", Limit::Most),
        ("or fewer", Limit::Most),
        ("or under", Limit::Most),
        ("and under", Limit::Most),
        ("or younger", Limit::Most),
        ("and younger", Limit::Most),
    ],
    fr: &[
        ("ou plus", Limit::Least),
        ("et plus", Limit::Least),
        ("au moins", Limit::Least),
        ("ou moins", Limit::Most),
        ("et moins", Limit::Most),
        ("au plus", Limit::Most),
    ],
};

/// A limit, and where it is with its value.
struct Limited<'a> {
    limit: Limit,
    unit: &'a Unit,
    range: Range<usize>,
}

/// Reports values of which the two sides say the opposite.
pub(super) fn compare(
    at: usize,
    said: &PerLang<Vec<Said<'_>>>,
    words: &PerLang<Vec<Spelled<'_>>>,
    differences: &mut Vec<Difference>,
) {
    let en = limited(Lang::En, &said.en, &words.en);
    if en.is_empty() {
        return;
    }
    let fr = limited(Lang::Fr, &said.fr, &words.fr);
    for (value, all_own) in &en {
        let Some(all_twin) = fr.get(value) else { continue };
        let has = |all: &[Limited<'_>], limit: Limit| all.iter().any(|limited| limited.limit == limit);
        let is_turned = |one: &&Limited<'_>| {
            let other = one.limit.opposite();
            !has(all_own, other) && has(all_twin, other) && !has(all_twin, one.limit)
        };
        let Some(own) = all_own.iter().find(is_turned) else { continue };
        let Some(twin) = all_twin.iter().find(|twin| twin.limit == own.limit.opposite()) else { continue };
        let limited = PerLang { en: all_own.as_slice(), fr: all_twin.as_slice() };
        let is_clear = |lang: Lang| {
            let all = *limited.get(lang);
            count(value, said.get(lang), words.get(lang)) == all.len()
                && !all.iter().any(|one| denies(lang, &around(one)))
        };
        if !is_clear(Lang::En) || !is_clear(Lang::Fr) {
            continue;
        }
        let spans = PerLang { en: place(own.unit, &own.range), fr: place(twin.unit, &twin.range) };
        let written = |limited: &Limited<'_>| limited.unit.content.text[limited.range.clone()].to_owned();
        let found = PerLang { en: written(own), fr: written(twin) };
        differences.push(Difference::new(rule(value), at, Lang::En, spans, found));
    }
}

fn limited<'a>(lang: Lang, said: &[Said<'a>], words: &[Spelled<'a>]) -> BTreeMap<Value, Vec<Limited<'a>>> {
    let mut all = BTreeMap::<Value, Vec<Limited<'a>>>::new();
    for said in said {
        if let Some(limited) = limit(lang, said.unit, &said.found.range) {
            all.entry(said.found.value.clone()).or_default().push(limited);
        }
    }
    for said in words {
        if let What::Number(number) = said.what
            && let Some(limited) = limit(lang, said.unit, &said.range)
        {
            all.entry(Value::Number(number.to_string())).or_default().push(limited);
        }
    }
    all
}

/// How often a side says a value. If one of its places has no limit, it is said for something else too.
fn count(value: &Value, said: &[Said<'_>], words: &[Spelled<'_>]) -> usize {
    let in_words = |number: &str| {
        let is_it = |said: &&Spelled<'_>| said.what.number().is_some_and(|own| own.to_string() == number);
        words.iter().filter(is_it).count()
    };
    let in_figures = said.iter().filter(|said| said.found.value == *value).count();
    in_figures + if let Value::Number(number) = value { in_words(number) } else { 0 }
}

/// The text around a limit and its value, which may hold a denial itself: "no more than 5".
fn around(limited: &Limited<'_>) -> String {
    let text = limited.unit.content.text.as_str();
    [&text[..limited.range.start], &text[limited.range.end..]].join(" ")
}

/// How far to look on either side, in bytes.
const NEAR: usize = 32;

/// What is said of a value right before or behind it.
fn limit<'a>(lang: Lang, unit: &'a Unit, value: &Range<usize>) -> Option<Limited<'a>> {
    let text = unit.content.text.as_str();
    let from = text.ceil_char_boundary(value.start.saturating_sub(NEAR));
    let before = &text[from..value.start];
    let signs = |c: char| c.is_whitespace() || MONEY_SIGNS.contains(&c);
    let before = before.trim_end_matches(signs);
    let articles: &[&str] = match lang {
        Lang::En => &[" the", " age", " age of", " US"],
        Lang::Fr => &[" le", " les", " l’âge de", " la"],
    };
    let before =
        articles.iter().find_map(|article| before.strip_suffix(article)).unwrap_or(before).trim_end_matches(signs);
    if may_end(lang, before) {
        let plain = in_words::plain(before);
        let ends = |(words, _): &&(&str, Limit)| {
            let start = plain.strip_suffix(words);
            start.is_some_and(|start| !start.ends_with(char::is_alphanumeric))
        };
        if let Some((words, limit)) = BEFORE.get(lang).iter().find(ends) {
            let start = before.char_indices().rev().nth(words.chars().count() - 1).map_or(0, |(at, _)| at);
            return Some(Limited { limit: *limit, unit, range: from + start..value.end });
        }
    }
    let behind = &text[value.end..text.floor_char_boundary((value.end + NEAR).min(text.len()))];
    let behind = behind.trim_start_matches(|c: char| signs(c) || c == '%');
    let next = behind.trim_start_matches(char::is_alphabetic).trim_start_matches(signs);
    let begins = |text: &str| {
        let first = text.as_bytes().first()?;
        if !matches!(first, b'o' | b'a' | b'e') {
            return None;
        }
        let is_whole = |rest: &str| {
            !rest.starts_with(char::is_alphanumeric)
                && !rest.trim_start().starts_with("tard")
                && !rest.trim_start().starts_with("tôt")
        };
        BEHIND.get(lang).iter().find(|(words, _)| text.strip_prefix(words).is_some_and(is_whole))
    };
    let (words, limit) = begins(behind).or_else(|| begins(next))?;
    let end = value.end + text[value.end..].find(words)? + words.len();
    Some(Limited { limit: *limit, unit, range: value.start..end })
}

/// Whether a text denies or forbids something: then the opposite may be the same. « ne doit pas compter plus de 24 lettres »
/// is "no more than 24 letters", and "it is prohibited under 18" is « il faut avoir au moins 18 ans ».
fn denies(lang: Lang, text: &str) -> bool {
    const WORDS: PerLang<&[&str]> = PerLang {
        en: &[
            "not", "no", "never", "nor", "cannot", "without", "unless", "except", "other", "neither", "none",
            "nothing", "lack", "lacks", "too",
        ],
        fr: &[
            "ne", "n", "non", "pas", "sans", "ni", "jamais", "aucun", "aucune", "sauf", "autre", "autres", "hormis",
            "défendu", "trop",
        ],
    };
    const BEGINNINGS: PerLang<&[&str]> = PerLang {
        en: &["prohibit", "forbid", "refus", "exempt", "exclu", "fail", "den", "prevent"],
        fr: &["interdi", "refus", "exempt", "exclu", "exception", "dispens", "empêch"],
    };
    in_words::plain(text)
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| WORDS.get(lang).contains(&word) || BEGINNINGS.get(lang).iter().any(|begin| word.starts_with(begin)))
}

/// Whether one of the words before a value may end a text: most are ruled out by their last letters.
fn may_end(lang: Lang, before: &str) -> bool {
    let ends: &[&str] = match lang {
        Lang::En => &["han", "ast", "ost", "of", "ver", "der", "ing", "to", "ove", "low", "ter", "ore", "by"],
        Lang::Fr => &["de", "oins", "mum", "à", "lus", "ard", "que", "ôt", "près", "ant", "pas"],
    };
    ends.iter().any(|end| before.ends_with(end))
}
