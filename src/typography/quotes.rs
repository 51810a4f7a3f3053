//! Quotation marks and apostrophes: which way they face, and which are open.
//!
//! French quotes with « » and a no-break space inside, and within those with “ ”; outer straight and curly marks become
//! guillemets. English quotes with “ ” and ‘ ’ and keeps guillemets, which quote a French label there. A mark without a
//! partner that could face either way stays straight: it may mean inches.

use super::setting::Setting;
use super::{is_space, is_word};
use crate::lang::Lang;

/// The quotations that are open. Writers leave many of them open, so searches for one that is not open are avoided.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// All except single ones, the innermost last.
    outer: Vec<Quote>,
    /// How many of `outer` each single one is in, the innermost last.
    singles: Vec<usize>,
    /// How many of `outer` a guillemet closes, and how many another double mark.
    guillemets: usize,
    doubles: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quote {
    /// Guillemets that the writer typed: only a guillemet closes them.
    Guillemets,
    /// Guillemets made of another mark: another mark closes them too.
    MadeGuillemets,
    /// “ ”
    Double,
}

impl Quotes {
    fn open(&mut self, quote: Quote) {
        self.guillemets += usize::from(is_guillemets(quote));
        self.doubles += usize::from(is_double(quote));
        self.outer.push(quote);
    }

    fn open_single(&mut self) {
        self.singles.push(self.outer.len());
    }

    /// Whether a straight mark or ” closes the innermost quotation; one that the writer opened with « waits for its ».
    fn awaits_double(&self) -> bool {
        self.outer.last().is_some_and(|quote| is_double(*quote))
    }

    /// Closes the innermost quotation that a guillemet closes, with all that were left open inside it.
    fn close_guillemets(&mut self) -> Option<Quote> {
        if self.guillemets > 0 { self.close(is_guillemets) } else { None }
    }

    /// The same for another double mark.
    fn close_double(&mut self) -> Option<Quote> {
        if self.doubles > 0 { self.close(is_double) } else { None }
    }

    /// There must be one: those passed on the way to it are closed with it.
    fn close(&mut self, which: fn(Quote) -> bool) -> Option<Quote> {
        while let Some(quote) = self.outer.pop() {
            self.guillemets -= usize::from(is_guillemets(quote));
            self.doubles -= usize::from(is_double(quote));
            if which(quote) {
                self.singles.truncate(self.singles.partition_point(|depth| *depth <= self.outer.len()));
                return Some(quote);
            }
        }
        None
    }

    fn close_single(&mut self) {
        let Some(depth) = self.singles.pop() else { return };
        for quote in self.outer.drain(depth..) {
            self.guillemets -= usize::from(is_guillemets(quote));
            self.doubles -= usize::from(is_double(quote));
        }
    }
}

fn is_double(quote: Quote) -> bool {
    matches!(quote, Quote::MadeGuillemets | Quote::Double)
}

fn is_guillemets(quote: Quote) -> bool {
    matches!(quote, Quote::MadeGuillemets | Quote::Guillemets)
}

impl Setting<'_, '_> {
    /// Sets a straight `"`.
    pub(super) fn straight_double(&mut self, at: usize) -> usize {
        let (before, after) = (self.char_before(at), self.char_after(at + 1));
        let is_open = self.quotes.awaits_double();
        let can_begin = match after {
            None => !is_open,
            Some(c) => !is_space(c) && (!is_open || is_word(c) || begins_after(c) || matches!(c, '$' | '…')),
        };
        let opens = before.is_none_or(begins_after) && can_begin;
        if self.is_in_address(at) {
            at + 1
        } else if opens {
            self.open_double(at, 1)
        } else if is_open {
            self.close_double(at, 1)
        } else {
            at + 1
        }
    }

    /// Sets a straight `'`.
    pub(super) fn straight_single(&mut self, at: usize) -> usize {
        let (before, after) = (self.char_before(at), self.char_after(at + 1));
        if self.is_in_address(at) {
            return at + 1;
        }
        let mark = if before.is_some_and(is_word) {
            let is_measure = before.is_some_and(|c| c.is_ascii_digit())
                && !after.is_some_and(char::is_alphabetic)
                && self.quotes.singles.is_empty();
            if is_measure { None } else { Some('’') }
        } else if after.is_some_and(|c| c.is_ascii_digit()) || begins_clipped_word(self.after(at + 1)) {
            Some('’')
        } else if before.is_none_or(begins_after) {
            if after.is_some_and(is_space) { None } else { Some('‘') }
        } else {
            Some('’')
        };
        let Some(mark) = mark else { return at + 1 };
        self.replace(at..at + 1, mark.encode_utf8(&mut [0; 4]));
        self.count_single(at, at + 1, mark)
    }

    /// Sets a mark that is already curly.
    pub(super) fn curved(&mut self, at: usize, mark: char) -> usize {
        let length = mark.len_utf8();
        match (self.lang, mark) {
            (Lang::Fr, '«') => {
                self.quotes.open(Quote::Guillemets);
                self.open_guillemets(at, length)
            }
            (Lang::Fr, '»') => {
                self.quotes.close_guillemets();
                self.close_guillemets(at, length)
            }
            (_, '“') => self.open_double(at, length),
            (_, '”') if self.quotes.awaits_double() => self.close_double(at, length),
            (_, '‘' | '’') => self.count_single(at, at + length, mark),
            _ => at + length,
        }
    }

    fn open_double(&mut self, at: usize, length: usize) -> usize {
        if self.lang == Lang::Fr && self.quotes.outer.is_empty() {
            self.quotes.open(Quote::MadeGuillemets);
            return self.open_guillemets(at, length);
        }
        self.quotes.open(Quote::Double);
        self.replace(at..at + length, "“");
        at + length
    }

    fn close_double(&mut self, at: usize, length: usize) -> usize {
        if self.quotes.close_double() == Some(Quote::MadeGuillemets) {
            return self.close_guillemets(at, length);
        }
        self.replace(at..at + length, "”");
        at + length
    }

    /// The space belongs to the mark: it is set even if the words follow in another run.
    fn open_guillemets(&mut self, at: usize, length: usize) -> usize {
        let end = self.end_of_spaces(at + length);
        self.replace(at..end, "«\u{a0}");
        end
    }

    fn close_guillemets(&mut self, at: usize, length: usize) -> usize {
        let start = self.start_of_spaces(at);
        // A space that is set already, by its own rule or with the opening mark, is not ours to change.
        let has_space = start == at && self.char_before(at).is_some_and(is_space);
        self.replace(start..at + length, if has_space { "»" } else { "\u{a0}»" });
        at + length
    }

    /// Keeps count of single quotations; most closing marks are apostrophes and close nothing.
    fn count_single(&mut self, start: usize, end: usize, mark: char) -> usize {
        if mark == '‘' {
            self.quotes.open_single();
        } else if !self.char_before(start).is_none_or(is_space) && !self.char_after(end).is_some_and(is_word) {
            self.quotes.close_single();
        }
        end
    }
}

/// Whether a quotation can begin after this character.
fn begins_after(c: char) -> bool {
    is_space(c) || matches!(c, '(' | '[' | '{' | '«' | '“' | '‘' | '\'' | '’' | '–' | '—' | '-' | '/' | '"')
}

/// Whether the word lacks its beginning, so that the mark before it is an apostrophe: 'tis, rock 'n' roll.
fn begins_clipped_word(after: &str) -> bool {
    let word = &after[..after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len())];
    ["tis", "twas", "twere", "twill", "em", "n", "til", "cause", "round"]
        .iter()
        .any(|clipped| clipped.eq_ignore_ascii_case(word))
}
