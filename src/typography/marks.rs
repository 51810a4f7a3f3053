//! Dashes and ellipses typed with several keys, telephone numbers, and signs that need a space.

use super::setting::Setting;
use super::{is_space, is_word};
use crate::lang::Lang;

impl Setting<'_, '_> {
    /// Sets one hyphen or several.
    ///
    /// `--` is an en dash between digits and between spaces and an em dash between words, `---` an em dash; if only one
    /// side is a word (`--option`), it may not be a dash.
    pub(super) fn hyphens(&mut self, at: usize) -> usize {
        let count = self.after(at).bytes().take_while(|b| *b == b'-').count();
        let end = (at + count).min(self.run.end);
        if count == 1 {
            if is_in_phone_number(self.text, at) && !self.is_in_address(at) {
                self.replace(at..end, "\u{2011}");
            }
            return end;
        }
        let (Some(before), Some(after)) = (self.char_before(at), self.char_after(at + count)) else { return end };
        let is_between = |belongs: fn(char) -> bool| belongs(before) && belongs(after);
        // A no-break space belongs to the mark after it.
        let is_spaced = is_between(is_space) && after != '\u{a0}';
        let dash = match count {
            2 if is_between(|c| c.is_ascii_digit()) || is_spaced => "–",
            2 if is_between(is_word) => "—",
            3 if is_between(is_word) || is_spaced => "—",
            _ => return end,
        };
        if end == at + count && !self.is_in_address(at) {
            self.replace(at..end, dash);
        }
        end
    }

    /// Sets three dots as one sign. Between digits (`1...5`) and beside a slash, they are a notation.
    pub(super) fn dots(&mut self, at: usize) -> usize {
        let count = self.after(at).bytes().take_while(|b| *b == b'.').count();
        let end = (at + count).min(self.run.end);
        if count != 3 || end != at + 3 {
            return end;
        }
        let (before, after) = (self.char_before(at), self.char_after(end));
        let is_notation = before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit())
            || before == Some('/')
            || before == Some('.')
            || after == Some('/');
        if !is_notation && !self.is_in_address(at) {
            self.replace(at..end, "…");
        }
        end
    }

    /// Sets the space that French has before a colon that ends a word; in `16:30` and `https:` it ends none.
    pub(super) fn colon(&mut self, at: usize) -> usize {
        let ends_word = self.char_before(at).is_some_and(|c| {
            is_word(c) || matches!(c, ')' | ']' | '»' | '”' | '’' | '"' | '\'' | '%' | '$' | '°' | '…' | '.')
        });
        let is_end = |c| is_space(c) || matches!(c, '«' | '»' | '“' | '”') || c == '"' && !self.is_in_address(at);
        if ends_word && self.char_after(at + 1).is_none_or(is_end) {
            self.replace(at..at, NO_BREAK);
        }
        at + 1
    }

    /// Sets the space that French has between a number and `%` or `$`.
    pub(super) fn sign_after_number(&mut self, at: usize) -> usize {
        let is_after_number = self.char_before(at).is_some_and(|c| c.is_ascii_digit());
        if is_after_number && !self.char_after(at + 1).is_some_and(is_word) && !self.is_in_address(at) {
            self.replace(at..at, NO_BREAK);
        }
        at + 1
    }

    /// Sets the space that French has in `20°C`.
    pub(super) fn degree(&mut self, at: usize) -> usize {
        let end = at + '°'.len_utf8();
        let is_after_number = self.char_before(at).is_some_and(|c| c.is_ascii_digit());
        let is_scale = self.after(end).starts_with(['C', 'F']);
        if self.lang == Lang::Fr && is_after_number && is_scale && !self.is_in_address(at) {
            self.replace(at..at, NO_BREAK);
        }
        end
    }

    /// Sets the spaces around the `h` of `16h30`.
    pub(super) fn hour(&mut self, at: usize) -> usize {
        let end = at + 1;
        let start = self.before(at).trim_end_matches(is_space);
        if !is_number_up_to(start, 24) || at - start.len() > 2 {
            return end;
        }
        let after = self.after(end);
        let has_minutes =
            matches!(after.as_bytes(), [b'0'..=b'5', b'0'..=b'9', ..]) && !continues_number_after(&after[2..]);
        if self.is_in_address(at) || !has_minutes && is_numbering(start, after) {
            return end;
        }
        if start.len() == at {
            self.replace(at..at, NO_BREAK);
        }
        if has_minutes {
            self.replace(end..end, NO_BREAK);
        }
        end
    }

    /// Sets the space before `am` or `pm`.
    pub(super) fn half_day(&mut self, at: usize) -> usize {
        let end = at + 1;
        let bytes = self.text.as_bytes();
        if at > self.run.start + 1 && matches!(bytes[at - 1], b'a' | b'p') && bytes[at - 2].is_ascii_digit() {
            let number = self.before(at - 1);
            let minutes = number.len().checked_sub(3).and_then(|start| number.split_at_checked(start));
            let hours = minutes.filter(|(_, minutes)| has_shape(minutes, ":dd")).map_or(number, |(hours, _)| hours);
            let is_time = is_number_up_to(hours, 12);
            if is_time && !continues_number_after(self.after(end)) && !self.is_in_address(at) {
                self.replace(at - 1..at - 1, NO_BREAK);
            }
        }
        end
    }
}

const NO_BREAK: &str = "\u{a0}";

/// Whether the text ends in a whole number of one or two digits that is not larger than this.
pub(super) fn is_number_up_to(text: &str, max: u8) -> bool {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (rest, number) = text.split_at(text.len() - digits);
    (1..=2).contains(&digits) && !continues_number(rest) && number.parse::<u8>().is_ok_and(|number| number <= max)
}

/// Whether a letter between these texts is the label of a paragraph, as in « alinéa 5h) » or `5h.1)`.
fn is_numbering(before: &str, after: &str) -> bool {
    let word = before.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(is_space);
    continues_number_after(after)
        || after.starts_with([')', '('])
        || after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || ["alinéa", "alinéas", "paragraphe", "paragraphes", "article", "articles", "al.", "par.", "art."]
            .iter()
            .any(|name| word.ends_with(name))
}

/// Whether the hyphen at this place divides the groups of a telephone number: `1-800-622-6232`, `613-992-4211`,
/// `(613) 992-4211`.
fn is_in_phone_number(text: &str, at: usize) -> bool {
    let belongs = |byte: &&u8| byte.is_ascii_digit() || **byte == b'-';
    // Anything longer is not a number.
    let before = text.as_bytes()[..at].iter().rev().take(LONGEST_PHONE).take_while(belongs).count();
    let after = text.as_bytes()[at..].iter().take(LONGEST_PHONE).take_while(belongs).count();
    let (head, tail) = (&text[at - before..at], &text[at..at + after]);
    // One hyphen more makes it an identifier; several are a dash.
    let head = head.rsplit("--").next().unwrap_or(head);
    let tail = tail.split("--").next().unwrap_or(tail);
    let (before, rest) = text.split_at(at - head.len());
    let (number, after) = rest.split_at(head.len() + tail.len());
    if continues_number(before) || continues_number_after(after) {
        return false;
    }
    match number.len() {
        14 => number.starts_with("1-") && has_shape(&number[2..], "ddd-ddd-dddd"),
        12 => has_shape(number, "ddd-ddd-dddd"),
        8 => has_shape(number, "ddd-dddd") && ends_in_area_code(before.trim_end_matches(is_space)),
        _ => false,
    }
}

/// Longer than any telephone number with its hyphens, in bytes.
const LONGEST_PHONE: usize = 16;

/// Whether a number after this text is part of something longer.
pub(super) fn continues_number(before: &str) -> bool {
    let is_fraction =
        before.strip_suffix(['.', ',', ':']).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    is_fraction
        || before.ends_with(|c: char| is_word(c) || matches!(c, '_' | '/' | '-' | '\u{2011}'))
            && !before.ends_with("--")
}

pub(super) fn continues_number_after(after: &str) -> bool {
    after.starts_with(|c: char| is_word(c) || matches!(c, '_' | '/' | '-' | '\u{2011}')) && !after.starts_with("--")
}

/// Whether the text ends in `(613)`.
pub(super) fn ends_in_area_code(text: &str) -> bool {
    text.len() >= 5 && text.is_char_boundary(text.len() - 5) && has_shape(&text[text.len() - 5..], "(ddd)")
}

/// Whether the text has the shape, in which `d` stands for a digit and everything else for itself.
pub(super) fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, like)| if like == b'd' { byte.is_ascii_digit() } else { byte == like })
}
