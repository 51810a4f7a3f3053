//! The words of a text as a glossary compares them: [`tokens`] of a text, [`key`] of a word.

use std::ops::Range;

use crate::lang::Lang;

/// A word of a text and what is between it and the previous word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) word: &'t str,
    pub(super) range: Range<usize>,
    pub(super) before: Gap<'t>,
}

/// What is between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap<'t> {
    /// Spaces of whatever kind, or the end of a line.
    Space,
    Hyphen,
    Apostrophe,
    /// Signs that join two words into one, as in an address.
    Joint(&'t str),
    /// Anything else, and the beginning of a text.
    Other(&'t str),
}

impl<'t> Gap<'t> {
    fn of(between: &'t str) -> Self {
        let mut signs = between.chars();
        match (signs.next(), signs.next()) {
            (Some('-' | '\u{2010}' | '\u{2011}'), None) => Self::Hyphen,
            (Some('\'' | '’'), None) => Self::Apostrophe,
            (Some(_), _) if between.chars().all(char::is_whitespace) => Self::Space,
            (Some('.' | '@' | '_' | '#' | '&' | '+' | '=' | ':' | '\\'), None) => Self::Joint(between),
            _ => Self::Other(between),
        }
    }

    /// Its normal form, the same for all ways of writing it.
    pub(super) fn written(self) -> &'t str {
        match self {
            Self::Space => " ",
            Self::Hyphen => "-",
            Self::Apostrophe => "’",
            Self::Joint(signs) | Self::Other(signs) => signs,
        }
    }
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(char::is_alphanumeric).map(|at| rest + at) {
        let length = text[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - start);
        let range = start..start + length;
        let before = if tokens.is_empty() { Gap::Other(&text[..start]) } else { Gap::of(&text[rest..start]) };
        tokens.push(Token { word: &text[range.clone()], range, before });
        rest = start + length;
    }
    tokens
}

/// Whether a word is written in capitals for its letters, as `CSC` and `MoU` are: its case counts, and French gives it no
/// plural.
pub(super) fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// Writes the key of a word, the same for singular and plural and for capitals and small letters.
pub(super) fn key(word: &str, lang: Lang, key: &mut String) {
    key.clear();
    let is_acronym = is_acronym(word);
    let word = if is_acronym && lang == Lang::En { word.strip_suffix('s').unwrap_or(word) } else { word };
    key.extend(word.chars().flat_map(char::to_lowercase));
    // Short words have no plural here: « de » is not « des ».
    if is_acronym || key.chars().count() < 4 {
        return;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| key.ends_with(ending));
    let (cut, add) = match lang {
        Lang::En if ends(&["ies"]) => (3, "y"),
        Lang::En if ends(&["sses", "shes", "ches", "xes", "zes"]) => (2, ""),
        Lang::En if ends(&["ss", "us", "is"]) => (0, ""),
        Lang::Fr if ends(&["eaux"]) => (1, ""),
        Lang::Fr if ends(&["aux", "ail"]) => (2, "l"),
        Lang::Fr if ends(&["ails"]) => (3, "l"),
        Lang::En | Lang::Fr if ends(&["s"]) => (1, ""),
        Lang::Fr if ends(&["x"]) => (1, ""),
        _ => (0, ""),
    };
    key.truncate(key.len() - cut);
    key.push_str(add);
}

/// Whether two words that have the same key are written with the same capitals; `free` lets the first letter be either.
pub(super) fn same_case(word: &str, other: &str, free: bool) -> bool {
    for (at, (a, b)) in word.chars().zip(other.chars()).enumerate() {
        if a != b {
            let is_case = a.to_lowercase().eq(b.to_lowercase());
            if is_case && !(free && at == 0) {
                return false;
            }
            if !is_case {
                // From here on, one is in the plural.
                break;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(lang: Lang, one: &str, other: &str) -> bool {
        let (mut a, mut b) = (String::new(), String::new());
        key(one, lang, &mut a);
        key(other, lang, &mut b);
        a == b
    }

    #[test]
    fn singular_and_plural_have_one_key_in_each_language() {
        for (one, other) in
            [("agreement", "Agreements"), ("party", "parties"), ("process", "processes"), ("MOU", "MOUs")]
        {
            assert!(same(Lang::En, one, other), "{one}, {other}");
        }
        for (one, other) in [
            ("entente", "ententes"),
            ("travail", "travaux"),
            ("tribunal", "tribunaux"),
            ("bureau", "bureaux"),
            ("jeu", "jeux"),
        ] {
            assert!(same(Lang::Fr, one, other), "{one}, {other}");
        }
        assert!(!same(Lang::Fr, "de", "des") && !same(Lang::Fr, "ETI", "ETIs") && !same(Lang::En, "status", "statu"));
    }

    #[test]
    fn what_is_between_words_counts() {
        let gaps = |text: &'static str| tokens(text).into_iter().map(|token| token.before).collect::<Vec<_>>();
        assert_eq!(gaps("a\u{a0}\n b-c’d")[1..], [Gap::Space, Gap::Hyphen, Gap::Apostrophe]);
        assert_eq!(gaps("csc.gc (x)")[1..], [Gap::Joint("."), Gap::Other(" (")]);
    }

    #[test]
    fn capitals_count_but_for_the_letter_that_is_free() {
        assert!(same_case("Entente", "ententes", true) && !same_case("Entente", "ententes", false));
        assert!(!same_case("ENTENTE", "entente", true) && same_case("parties", "party", false));
    }
}
