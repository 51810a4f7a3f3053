//! The raised letters of French ordinals: `1er`, `2e`, `XXIe`, `no 5`.
//!
//! Text stays plain until HTML is written: the search index and the page share one string, and only the HTML has raised
//! letters.

use crate::lang::Lang;

/// A piece of text, as it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// On the line.
    Plain(&'a str),
    /// Raised: `<sup>` in HTML.
    Superscript(&'a str),
}

/// Splits a text into what is on the line and what is raised. Together the pieces are the whole text.
///
/// French raises the ends of ordinals and the `o` of `no` before a number; English raises nothing.
pub fn pieces(lang: Lang, text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    let mut scanned = 0;
    let mut raised: Option<&str> = None;
    std::iter::from_fn(move || {
        if let Some(letters) = raised.take() {
            return Some(Piece::Superscript(letters));
        }
        if rest.is_empty() {
            return None;
        }
        while lang == Lang::Fr
            && let Some(step) = text.as_bytes()[scanned..].windows(2).position(may_raise)
        {
            let at = scanned + step + 1;
            scanned = at;
            let Some(length) = raised_at(text, at) else { continue };
            let start = text.len() - rest.len();
            let plain = &text[start..at];
            scanned = at + length;
            rest = &text[scanned..];
            raised = Some(&text[at..scanned]);
            return Some(Piece::Plain(plain));
        }
        Some(Piece::Plain(std::mem::take(&mut rest)))
    })
}

/// Whether the second byte may begin raised letters: hardly any does, and this runs on all text.
fn may_raise(bytes: &[u8]) -> bool {
    matches!(bytes, [b'0'..=b'9' | b'I' | b'V' | b'X', b'e' | b'r'] | [b'n' | b'N', b'o'])
}

/// How many letters are raised from this byte on, if any are.
fn raised_at(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let before = *bytes.get(at.checked_sub(1)?)?;
    match bytes[at] {
        b'e' | b'r' if before.is_ascii_digit() || matches!(before, b'I' | b'V' | b'X') => {
            let length = bytes[at..].iter().take_while(|b| b.is_ascii_lowercase()).count();
            let ending = &text[at..at + length];
            let is_ordinal = if before.is_ascii_digit() {
                let digits = trailing(bytes, at, |b| b.is_ascii_digit());
                begins_word(text, at - digits)
                    && match ending {
                        "er" | "ers" | "re" | "res" => digits == 1 && before == b'1',
                        "e" | "es" => digits <= 3 && !(digits == 1 && before <= b'1'),
                        _ => false,
                    }
            } else {
                // A single letter may be the word « Ve… » or a label; two or more numerals are a century.
                let numerals = trailing(bytes, at, |b| matches!(b, b'I' | b'V' | b'X'));
                numerals >= 2 && begins_word(text, at - numerals) && matches!(ending, "e" | "es")
            };
            (is_ordinal && ends_word(text, at + length)).then_some(length)
        }
        b'o' if matches!(before, b'n' | b'N') && begins_word(text, at - 1) => {
            let length = if bytes.get(at + 1) == Some(&b's') { 2 } else { 1 };
            let number = text[at + length..].strip_prefix('\u{a0}')?;
            number.starts_with(|c: char| c.is_ascii_digit()).then_some(length)
        }
        _ => None,
    }
}

/// How many bytes of a kind come before this place.
fn trailing(bytes: &[u8], at: usize, is_kind: impl Fn(u8) -> bool) -> usize {
    bytes[..at].iter().rev().take_while(|b| is_kind(**b)).count()
}

/// Whether a word begins here; inside identifiers such as `2015-2e` or `17(1)2e` none does.
fn begins_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ')' | '.' | '/'))
}

/// Whether a word ends here; `2e)` and `2e.1` are labels of paragraphs.
fn ends_word(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    let is_label = rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !is_label && !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ')' | '('))
}
