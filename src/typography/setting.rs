//! The pass over one run: finds the signs that may need setting and applies the rule of each.

use std::ops::Range;

use super::quotes::Quotes;
use super::{address, is_space};
use crate::lang::Lang;

/// Sets the part of the text that `run` delimits; the rest is what is before and after it. Returns `None` if nothing
/// changes.
pub(super) fn set(lang: Lang, text: &str, run: Range<usize>, quotes: &mut Quotes) -> Option<String> {
    let signs = match lang {
        Lang::En => &ENGLISH,
        Lang::Fr => &FRENCH,
    };
    let mut setting = Setting { lang, text, copied: run.start, run, out: String::new(), quotes };
    let mut at = setting.run.start;
    while let Some(step) = text.as_bytes()[at..setting.run.end].iter().position(|byte| signs[usize::from(*byte)]) {
        at = setting.sign(at + step);
    }
    setting.finish()
}

/// A run that is being set.
pub(super) struct Setting<'t, 'q> {
    pub(super) lang: Lang,
    pub(super) text: &'t str,
    pub(super) run: Range<usize>,
    pub(super) quotes: &'q mut Quotes,
    /// How much of the text is in `out` already.
    copied: usize,
    out: String,
}

impl<'t> Setting<'t, '_> {
    /// Sets the sign at this place and returns where to go on.
    fn sign(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        match bytes[at] {
            b' ' | b'\n' | b'\t' => self.space(at),
            b'"' => self.straight_double(at),
            b'\'' => self.straight_single(at),
            b'-' => self.hyphens(at),
            b'.' => self.dots(at),
            b':' => self.colon(at),
            b'%' | b'$' => self.sign_after_number(at),
            b'h' => self.hour(at),
            b'm' => self.half_day(at),
            _ => {
                let sign = self.after(at).chars().next().unwrap_or_default();
                match sign {
                    '\u{a0}' | '\u{202f}' | '\u{2009}' => self.space(at),
                    '°' => self.degree(at),
                    '«' | '»' | '“' | '”' | '‘' | '’' => self.curved(at, sign),
                    _ => at + sign.len_utf8(),
                }
            }
        }
    }

    pub(super) fn before(&self, at: usize) -> &'t str {
        &self.text[..at]
    }

    pub(super) fn after(&self, at: usize) -> &'t str {
        &self.text[at..]
    }

    /// The character before this place, as it was set.
    pub(super) fn char_before(&self, at: usize) -> Option<char> {
        let set = if self.copied == at { self.out.chars().next_back() } else { None };
        set.or_else(|| self.before(at).chars().next_back())
    }

    pub(super) fn char_after(&self, at: usize) -> Option<char> {
        self.after(at).chars().next()
    }

    pub(super) fn is_in_address(&self, at: usize) -> bool {
        address::contains(self.text, at)
    }

    /// Where the spaces that begin here end; they are set together, except those of the next run.
    pub(super) fn end_of_spaces(&self, at: usize) -> usize {
        let rest = &self.text[at..self.run.end];
        self.run.end - rest.trim_start_matches(is_space).len()
    }

    /// Where the spaces that end here begin, as far as they can still be changed.
    pub(super) fn start_of_spaces(&self, at: usize) -> usize {
        self.copied.max(self.run.start)
            + self.text[self.copied.max(self.run.start)..at].trim_end_matches(is_space).len()
    }

    /// Replaces a place that is after everything changed so far.
    pub(super) fn replace(&mut self, place: Range<usize>, with: &str) {
        if &self.text[place.clone()] != with {
            if self.out.is_empty() {
                self.out.reserve(self.run.len() + ROOM);
            }
            self.out.push_str(&self.text[self.copied..place.start]);
            self.out.push_str(with);
            self.copied = place.end;
        }
    }

    fn finish(mut self) -> Option<String> {
        if self.copied == self.run.start && self.out.is_empty() {
            return None;
        }
        self.out.push_str(&self.text[self.copied..self.run.end]);
        Some(self.out)
    }
}

/// How much a run may grow before its text must be moved, in bytes.
const ROOM: usize = 8;

/// The bytes at which a rule may begin. The first byte of a longer character stands for all that share it.
const fn signs(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
}

/// `m` ends a 12-hour time.
const ENGLISH: [bool; 256] = signs(b" \n\t\"'-.m\xc2\xe2");
/// `h` divides a 24-hour time.
const FRENCH: [bool; 256] = signs(b" \n\t\"'-.:%$h\xc2\xe2");
