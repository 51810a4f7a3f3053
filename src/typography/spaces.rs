//! What becomes of a space: it stays, becomes a no-break space, or is removed.

use super::marks::{continues_number, continues_number_after, ends_in_area_code, has_shape, is_number_up_to};
use super::setting::Setting;
use super::vocabulary::{
    follows_number, is_english_month, is_french_month, is_province, precedes_name, precedes_number,
};
use super::{is_space, is_word};
use crate::lang::Lang;

impl Setting<'_, '_> {
    /// Sets the spaces that begin at this place, all as one.
    pub(super) fn space(&mut self, at: usize) -> usize {
        if at > self.run.start && is_idle(self.text.as_bytes(), at) {
            return at + 1;
        }
        let end = self.end_of_spaces(at).max(at + 1);
        let (before, after) = (self.before(at), self.after(end));
        // The mark at the end of the previous run already set its space.
        let becomes = if at == self.run.start && self.lang == Lang::Fr && before.ends_with("«\u{a0}") {
            Some("")
        } else {
            self.char_before(at).and_then(|last| decide(self.lang, before, last, after))
        };
        if let Some(space) = becomes {
            self.replace(at..end, space);
        }
        end
    }
}

/// Whether nothing can happen here: before a small letter, only a number, a `$` or `1er` matters. That is so for almost
/// all spaces, so this check decides the speed.
fn is_idle(bytes: &[u8], at: usize) -> bool {
    let is_before_small_letter = match bytes.get(at + 1) {
        Some(b'a'..=b'z') => true,
        // à to ÿ
        Some(0xc3) => bytes.get(at + 2).is_some_and(|byte| *byte >= 0xa0),
        _ => false,
    };
    let may_be_ordinal = bytes[at - 1] == b'r' && at >= 3 && bytes[at - 3] == b'1';
    is_before_small_letter && bytes[at] < 0x80 && !matches!(bytes[at - 1], b'0'..=b'9' | b'$') && !may_be_ordinal
}

const NO_BREAK: &str = "\u{a0}";
/// The post office asks for two spaces before the code.
const TWO_NO_BREAK: &str = "\u{a0}\u{a0}";

/// What the spaces between two texts become, if they change.
fn decide(lang: Lang, before: &str, last: char, after: &str) -> Option<&'static str> {
    let next = after.chars().next()?;
    if let Some(space) = before_sign(lang, last, after, next) {
        return Some(space);
    }
    let is_held = if next.is_ascii_digit() {
        before_number(lang, before, last, after)
    } else if last.is_ascii_digit() {
        match lang {
            _ if follows_number(lang, first_word(after)) => true,
            Lang::En => after.starts_with("a.m.") || after.starts_with("p.m."),
            Lang::Fr => next == 'h' && after[1..].starts_with(|c: char| c.is_ascii_digit()),
        }
    } else if last == 'r' {
        lang == Lang::Fr && before.ends_with("1er") && is_french_month(first_word(after))
            || last_word_names(lang, before, next)
    } else if last == '$' {
        lang == Lang::Fr && is_amount(before) && matches!(first_word(after), "US" | "CA" | "CAN" | "EU")
    } else if starts_with_postal_code(after) && is_province(last_word(before)) {
        return Some(TWO_NO_BREAK);
    } else {
        last_word_names(lang, before, next)
    };
    is_held.then_some(NO_BREAK)
}

/// What becomes of spaces before a punctuation mark.
fn before_sign(lang: Lang, last: char, after: &str, next: char) -> Option<&'static str> {
    let rest = &after[next.len_utf8()..];
    let ends_sentence = |closers: &[char]| {
        let rest = rest.trim_start_matches([';', '!', '?']).chars().next();
        rest.is_none_or(|c| is_space(c) || closers.contains(&c))
    };
    let can_follow =
        !matches!(last, '(' | '[' | '{' | '«' | '“' | '‘' | '"' | '\'' | '–' | '—' | '-' | '=' | '|' | '/');
    match (lang, next) {
        (Lang::Fr, ':' | '»') => Some(NO_BREAK),
        (Lang::Fr, '%' | '$') if last.is_ascii_digit() => Some(NO_BREAK),
        (Lang::En, '%') if last.is_ascii_digit() && !rest.starts_with(is_word) => Some(""),
        (Lang::En, ':') if is_word(last) && !last.is_ascii_digit() && ends_sentence(&[]) => Some(""),
        (_, ';') if can_follow && ends_sentence(&['»', '”', '"']) => Some(""),
        (_, '!' | '?') if can_follow && ends_sentence(&['»', '”', '"', ')']) => Some(""),
        _ => None,
    }
}

/// Whether what is before keeps the number that follows on its line.
fn before_number(lang: Lang, before: &str, last: char, after: &str) -> bool {
    if last == ')' {
        return ends_in_area_code(before) && after.len() >= 8 && is_local_number(after);
    }
    if ends_in_half_postal_code(before) && is_shape_of_code(after.as_bytes(), *b"dld") {
        return true;
    }
    match lang {
        Lang::Fr if last.is_ascii_digit() => is_first_digits(before) && has_three_digits(after),
        Lang::Fr if last == 'h' => {
            let hours = before[..before.len() - 1].trim_end_matches(is_space);
            is_number_up_to(hours, 24) && after.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
        }
        Lang::En if is_english_month(last_word(before)) => {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            digits <= 2 && is_number_up_to(&after[..digits], 31)
        }
        _ => precedes_number(lang, last_word(before)),
    }
}

fn last_word_names(lang: Lang, before: &str, next: char) -> bool {
    next.is_uppercase() && precedes_name(lang, last_word(before))
}

/// The word at the end, with its full stop, without what was joined to it by a bracket, a dash or an apostrophe.
fn last_word(before: &str) -> &str {
    let word = &before[before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '°' | '-')).len()..];
    // Characters that become a dash or an ellipsis end a word like those.
    ["--", "..."].into_iter().fold(word, |word, keys| word.rfind(keys).map_or(word, |at| &word[at + keys.len()..]))
}

/// The word at the beginning; it may be a symbol.
fn first_word(after: &str) -> &str {
    let end = after.find(|c: char| !(c.is_alphanumeric() || matches!(c, '°' | '$' | '²' | '³')));
    end.map_or(after, |end| &after[..end])
}

/// Whether the text ends in an amount such as `5 $`.
fn is_amount(before: &str) -> bool {
    before.trim_end_matches('$').trim_end_matches(is_space).ends_with(|c: char| c.is_ascii_digit())
}

/// Whether the text ends in the one to three digits that can begin a grouped number, or in groups of three behind such.
fn is_first_digits(before: &str) -> bool {
    let mut before = before;
    for _ in 0..MOST_GROUPS {
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (rest, number) = before.split_at(before.len() - digits);
        if (1..=3).contains(&digits) && !number.starts_with('0') && !continues_number(rest) && !rest.ends_with(')') {
            return true;
        }
        if digits != 3 || !rest.ends_with(is_space) {
            return false;
        }
        before = rest.trim_end_matches(is_space);
    }
    false
}

/// Anything longer is a column of figures, not a number.
const MOST_GROUPS: usize = 8;

/// Whether the text begins with exactly three digits.
fn has_three_digits(after: &str) -> bool {
    after.bytes().take_while(u8::is_ascii_digit).count() == 3 && !continues_number_after(&after[3..])
}

/// Whether the text begins with seven digits in their two groups.
fn is_local_number(after: &str) -> bool {
    let digits =
        |range: std::ops::Range<usize>| after.get(range).is_some_and(|group| group.bytes().all(|b| b.is_ascii_digit()));
    digits(0..3)
        && (after.get(3..8).is_some_and(|rest| has_shape(rest, "-dddd"))
            || after[3..].starts_with('\u{2011}') && digits(6..10))
}

fn starts_with_postal_code(after: &str) -> bool {
    let bytes = after.as_bytes();
    is_shape_of_code(bytes, *b"ldl")
        && after.get(3..).is_some_and(|rest| {
            let second = rest.trim_start_matches(is_space);
            rest.len() > second.len() && is_shape_of_code(second.as_bytes(), *b"dld")
        })
}

fn ends_in_half_postal_code(before: &str) -> bool {
    let bytes = before.as_bytes();
    let Some(start) = bytes.len().checked_sub(3) else { return false };
    is_shape_of_code(&bytes[start..], *b"ldl") && !before[..start].ends_with(is_word)
}

/// Whether these bytes begin with a half of a postal code (`l` a capital letter, `d` a digit) and a word ends there.
fn is_shape_of_code(bytes: &[u8], shape: [u8; 3]) -> bool {
    bytes.len() >= 3
        && bytes.iter().zip(shape).all(|(byte, like)| match like {
            b'l' => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit(),
        })
        && !bytes.get(3).is_some_and(u8::is_ascii_alphanumeric)
}
