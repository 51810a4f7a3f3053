//! Characters that are not what they seem, or that no page can hold: [`look`].

use std::ops::Range;

use super::encoding::{windows_1252, windows_1252_byte};
use crate::diagnostic::catalog::Hidden;
use crate::diagnostic::{Diagnostic, Place, catalog};

/// Reports each such character in a text. `place` gives the place of a range of it.
pub(super) fn look<'t>(
    text: &'t str,
    place: impl Fn(Range<usize>) -> Place + 't,
) -> impl Iterator<Item = Diagnostic> + 't {
    let mut is_flag = false;
    // Where the last garbled character ended.
    let mut garbled = 0;
    text.char_indices().filter_map(move |(at, c)| {
        if c.is_ascii() && !c.is_ascii_control() {
            is_flag = false;
            return None;
        }
        let here = || place(at..at + c.len_utf8());
        // The flag of a region is a black flag followed by the letters of its name as tags.
        is_flag = c == '\u{1f3f4}' || (is_flag && is_tag(c));
        match c {
            c if is_control(c) => Some(catalog::control_character(here(), c, meant_by_control(c))),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                Some(catalog::hidden_character(here(), c, Hidden::Direction))
            }
            '\u{fb00}'..='\u{fb06}' => Some(catalog::ligature(here(), c, ligature(c))),
            '\u{feff}' | '\u{fffc}' => Some(catalog::hidden_character(here(), c, Hidden::Invisible)),
            c if is_tag(c) && !is_flag => Some(catalog::hidden_character(here(), c, Hidden::Invisible)),
            '\u{200b}' | '\u{2060}' if begins_words(&text[..at]) => {
                Some(catalog::hidden_character(here(), c, Hidden::Invisible))
            }
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => {
                Some(catalog::hidden_character(here(), c, Hidden::OfOneFont))
            }
            char::REPLACEMENT_CHARACTER => Some(catalog::garbled_text(here(), "\u{fffd}", None)),
            'Â' | 'Ã' | 'Å' | 'â' if at >= garbled => {
                let (length, meant) = misread(&text[at..])?;
                garbled = at + length;
                Some(catalog::garbled_text(place(at..garbled), &text[at..garbled], Some(meant)))
            }
            _ => None,
        }
    })
}

/// Whether no page can hold a character: XML forbids it, or it only means something to terminals.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The character that a control character is in Windows-1252: U+0092 was an apostrophe.
pub(crate) fn meant_by_control(c: char) -> Option<char> {
    let meant = windows_1252(u8::try_from(u32::from(c)).ok()?);
    (!meant.is_control()).then_some(meant)
}

/// The letters that a ligature joins.
fn ligature(c: char) -> &'static str {
    match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        _ => "st",
    }
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// Whether a line can begin its words here: only signs of markup come before on its line.
fn begins_words(before: &str) -> bool {
    // From the end, since the character before usually decides.
    let mut line = before.chars().rev().take_while(|c| *c != '\n');
    line.all(|c| matches!(c, ' ' | '\t' | '#' | '-' | '+' | '*' | '>' | '.' | ')') || c.is_ascii_digit())
}

/// The character that a text begins with if it is UTF-8 that was read as Windows-1252, and the length of what it became:
/// `Ã©` was « é ».
fn misread(text: &str) -> Option<(usize, char)> {
    let first = windows_1252_byte(text.chars().next()?)?;
    let count = if first >= 0xe0 { 3 } else { 2 };
    let mut bytes = Vec::with_capacity(count);
    let mut length = 0;
    for c in text.chars().take(count) {
        bytes.push(windows_1252_byte(c)?);
        length += c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    // Only characters that people write in either language: others may be there by chance.
    matches!(meant, '\u{a0}'..='\u{ff}' | 'œ' | 'Œ' | 'Ÿ' | '\u{2010}'..='\u{203a}' | '€' | '™')
        .then_some((length, meant))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::path::ContentPath;

    fn reported(text: &str) -> Vec<(&'static str, &str)> {
        let file = ContentPath::new("a.en.md");
        look(text, |range| Place::new(&file, Span::new(range)))
            .map(|mistake| (mistake.name, &text[mistake.place.span.range()]))
            .collect()
    }

    #[test]
    fn what_is_not_what_it_seems_is_told() {
        assert_eq!(
            reported("a\u{202e}b\u{2066}c"),
            [("hidden-character", "\u{202e}"), ("hidden-character", "\u{2066}")]
        );
        assert_eq!(
            reported("a\u{feff}b\u{e0041}"),
            [("hidden-character", "\u{feff}"), ("hidden-character", "\u{e0041}")]
        );
        assert_eq!(reported("\u{f0b7} item"), [("hidden-character", "\u{f0b7}")]);
        assert_eq!(reported("a\n##\u{200b} b"), [("hidden-character", "\u{200b}")]);
        assert_eq!(reported("o\u{fb03}ce"), [("ligature", "\u{fb03}")]);
        assert_eq!(reported("bell\u{7}"), [("control-character", "\u{7}")]);
    }

    #[test]
    fn what_an_encoding_garbled_is_told() {
        assert_eq!(reported("CafÃ© lâ€™entente Å“uvre"), ["Ã©", "â€™", "Å“"].map(|part| ("garbled-text", part)));
        assert_eq!(reported("Caf\u{fffd}"), [("garbled-text", "\u{fffd}")]);
    }

    #[test]
    fn a_sign_of_windows_says_what_it_is() {
        let file = ContentPath::new("a.fr.md");
        let text = "l\u{92}\u{9c}uvre\u{85} \u{81}\u{7}";
        let help: Vec<String> = look(text, |range| Place::new(&file, Span::new(range)))
            .map(|mistake| mistake.fix.map_or("?".to_owned(), |fix| fix.instead))
            .collect();
        assert_eq!(help, ["’", "œ", "…", "?", "?"]);
    }

    #[test]
    fn what_people_write_is_none() {
        let sound = "« Âge », château, ÉTÉ, 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}, 👩‍👧, long\u{200b}word, שלום\u{200f}";
        assert_eq!(reported(sound), []);
    }
}
