//! Short fingerprints of words: what `pairs.lock` holds instead of a text.
//!
//! A text is a sequence of tokens: words, numbers and marks. White space, quotation marks and apostrophes are not
//! tokens, so their style does not count. Each token has a hash; a text's fingerprint is the polynomial of its tokens'
//! hashes. That makes it *linear*: the fingerprint with another word in one place can be computed without the text's
//! other words, so [`super::spelling`] can find out which word was misspelt before it was corrected.
//!
//! The functions here are a file format: every later version of Diptych must compute the same.

use crate::lang::{is_letter, leading_letters};

/// The factor between a token and the next.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many bits of a fingerprint are kept for words, and for numbers or links.
pub(super) const WORDS_BITS: u32 = 36;
const EXTRA_BITS: u32 = 24;

/// The fingerprint of a growing sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sequence {
    sum: u64,
    length: u32,
}

impl Sequence {
    /// Adds a token.
    pub(super) fn push(&mut self, token: &str) {
        self.sum = self.sum.wrapping_mul(STEP).wrapping_add(hash(token));
        self.length += 1;
    }

    /// The fingerprint of words.
    pub(super) fn words(self) -> u64 {
        self.sum & mask(WORDS_BITS)
    }

    /// The fingerprint of numbers or links; `None` if there are none.
    pub(super) fn extra(self) -> Option<u32> {
        let kept = u32::try_from(mix(self.sum) & mask(EXTRA_BITS)).unwrap_or_default();
        (self.length > 0).then_some(kept)
    }
}

/// What a fingerprint of words gains when the token that `after` others follow is `new` in place of `old`.
pub(super) fn exchanged(fingerprint: u64, after: u32, old_hash: u64, new_hash: u64) -> u64 {
    let weight = STEP.wrapping_pow(after);
    fingerprint.wrapping_add(new_hash.wrapping_sub(old_hash).wrapping_mul(weight)) & mask(WORDS_BITS)
}

/// A token's hash: FNV-1a, its bits then mixed so that all of them depend on all of the token.
pub(super) fn hash(token: &str) -> u64 {
    let fnv =
        token.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    mix(fnv)
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

const fn mask(bits: u32) -> u64 {
    (1 << bits) - 1
}

/// Sixty-four characters that may be anywhere in a plain YAML scalar.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes the lowest bits of a number, six for each character.
pub(super) fn write(number: u64, bits: u32, text: &mut String) {
    let signs = (0..bits.div_ceil(6)).rev().map(|at| SIGNS[usize::try_from((number >> (6 * at)) & 63).unwrap_or(0)]);
    text.extend(signs.map(char::from));
}

/// Writes the fingerprint of numbers or links.
pub(super) fn write_extra(number: u32, text: &mut String) {
    write(u64::from(number), EXTRA_BITS, text);
}

/// Reads what [`write()`] has written.
pub(super) fn read(text: &str) -> Option<u64> {
    text.bytes().try_fold(0, |number: u64, byte| {
        let value = SIGNS.iter().position(|sign| *sign == byte)?;
        Some((number << 6) | value as u64)
    })
}

/// A part of a text that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Letters.
    Word(&'a str),
    /// Digits.
    Number(&'a str),
    /// Any other sign.
    Mark(char),
}

/// The parts of a text that count, in order.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let first = rest.chars().next()?;
            if first.is_ascii_digit() {
                let (number, after) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
                rest = after_ordinal(after);
                return Some(Token::Number(number));
            }
            let letters = leading_letters(rest, |c| is_letter(c) || c.is_numeric());
            if letters > 0 {
                let (word, after) = rest.split_at(letters);
                rest = after;
                return Some(Token::Word(word));
            }
            rest = &rest[first.len_utf8()..];
            match first {
                '"' | '\'' | '«' | '»' | '“' | '”' | '„' | '‘' | '’' | '‚' | '‹' | '›' | '\u{ad}' | '\u{feff}' =>
                    {}
                c if c.is_whitespace() => {}
                '\u{2010}' | '\u{2011}' => return Some(Token::Mark('-')),
                c => return Some(Token::Mark(c)),
            }
        }
    })
}

/// What follows a number, without the letters that make it an ordinal: « 1er » and « 2 » differ only in their number.
fn after_ordinal(text: &str) -> &str {
    let rest = ["er", "re", "e", "es", "st", "nd", "rd", "th"].into_iter().find_map(|ending| {
        let rest = text.strip_prefix(ending)?;
        (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
    });
    rest.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> u64 {
        let mut sequence = Sequence::default();
        for token in tokens(text) {
            match token {
                Token::Word(word) => sequence.push(word),
                Token::Number(_) => sequence.push("0"),
                Token::Mark(mark) => sequence.push(mark.encode_utf8(&mut [0; 4])),
            }
        }
        sequence.words()
    }

    #[test]
    fn spaces_and_the_style_of_quotes_do_not_count() {
        assert_eq!(of("« L’accord » :  oui"), of("\"L'accord\": oui"));
        assert_eq!(of("16\u{a0}h"), of("16 h"));
        assert_ne!(of("the accord"), of("the accords"));
        assert_ne!(of("a b"), of("b a"));
        assert_ne!(of("yes, it may"), of("yes it may"));
    }

    #[test]
    fn a_fingerprint_with_another_word_follows_without_the_text() {
        let fingerprint = of("the agrement holds");
        let corrected = exchanged(fingerprint, 1, hash("agrement"), hash("agreement"));
        assert_eq!(corrected, of("the agreement holds"));
    }

    #[test]
    fn fingerprints_are_a_file_format_and_never_change() {
        let mut text = String::new();
        write(of("The agreement of 1982."), WORDS_BITS, &mut text);
        assert_eq!(text, "wsVqXQ");
        assert_eq!(read(&text), Some(of("The agreement of 1982.")));
    }
}
