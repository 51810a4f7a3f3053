//! Cuts text into words: [`words`].
//!
//! A *chain* is a run of pieces held together by joiners, such as `l’avant-projet`, `17(1)(b)`, `S-14.2` or `C.S.C.`.
//! Elided articles and the English `’s` and `’ve` fall away; what remains is one word, or a compound that is indexed both in its
//! pieces and joined, so that `sous-traitant`, `sous traitant` and `soustraitant` meet.

use std::ops::Range;

use crate::lang::is_french;

/// A word as written: lower-case, accents kept, at most [`LONGEST`] characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// Lower-case text.
    pub(crate) form: &'a str,
    /// Where it is among the words of the text. A joined compound has the place of its first piece.
    pub(crate) position: u32,
    /// The bytes of the text that it was read from.
    pub(crate) from: usize,
    /// The end of those bytes.
    pub(crate) to: usize,
    /// Whether it is a whole word or a part of one.
    pub(crate) role: Role,
}

/// What a word is in its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A word of its own.
    Whole,
    /// A compound, joined; its pieces follow.
    Joined,
    /// A piece of the compound before it.
    Piece,
}

/// Characters that a word keeps: what is longer is no word that somebody types.
const LONGEST: usize = 40;
/// Pieces up to which a compound is also indexed joined.
const MOST_PIECES: usize = 6;

/// What falls away before an apostrophe, in either language: English pages name l’Assomption too.
const ELISIONS: [&str; 13] = ["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"];

/// What falls away after an apostrophe; of `don’t`, `don` is left.
const CONTRACTIONS: [&str; 7] = ["d", "ll", "m", "re", "s", "t", "ve"];

/// Calls `found` with each word of `text`, in order.
pub(crate) fn words(text: &str, mut found: impl FnMut(Word<'_>)) {
    let mut form = String::new();
    written_words(text, &mut |word| {
        lower(word.form, &mut form);
        found(Word { form: &form, ..word });
    });
}

/// Calls `found` with each word of `text`, in order, before it is made lower-case and cut to [`LONGEST`]. Once for all
/// who call it: in the engine, every copy would be downloaded.
pub(crate) fn written_words(text: &str, found: &mut dyn FnMut(Word<'_>)) {
    let mut chain = Chain::default();
    let mut joined = String::new();
    let mut position = 0;
    let mut at = 0;
    while let Some(from) = next_piece(text, at) {
        let to = end_of_piece(text, from);
        if ends_chain(text.as_bytes(), to) {
            found(Word { form: &text[from..to], position, from, to, role: Role::Whole });
            position += 1;
            at = to;
        } else {
            at = chain.read(text, from..to);
            position = emit(text, &chain, &mut joined, position, found);
        }
    }
}

/// Whether no piece can be joined to one that ends at `at`, as after nearly every word: at a space, or a sign before one.
fn ends_chain(bytes: &[u8], at: usize) -> bool {
    let is_space = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    is_space(at) || bytes[at].is_ascii() && is_space(at + 1)
}

/// The pieces of one run, and the joiner before each.
#[derive(Default)]
struct Chain {
    pieces: Vec<Range<usize>>,
    joiners: Vec<char>,
    /// Whether a joiner is no full stop.
    mixed: bool,
    digits: bool,
}

impl Chain {
    /// Reads the chain that starts with the piece `first`, and gives where it ends.
    fn read(&mut self, text: &str, first: Range<usize>) -> usize {
        self.pieces.clear();
        self.joiners.clear();
        self.mixed = false;
        let mut end = first.end;
        self.digits = has_digit(&text[first.clone()]);
        self.pieces.push(first);
        while let Some((joiner, next)) = self.joiner(text, end) {
            let stop = end_of_piece(text, next);
            self.digits |= has_digit(&text[next..stop]);
            self.pieces.push(next..stop);
            self.joiners.push(joiner);
            self.mixed |= joiner != '.';
            end = stop;
        }
        end
    }

    /// The joiner at `at` and where the piece after it starts, if the chain goes on there.
    fn joiner(&self, text: &str, at: usize) -> Option<(char, usize)> {
        let mut rest = text[at..].chars();
        let joiner = rest.next()?;
        if joiner.is_ascii_whitespace() {
            return None;
        }
        let mut next = at + joiner.len_utf8();
        // The brackets of `17(1)(b)` close and open again, and the letters of `T.-N.-L.` have two marks between them.
        let is_twofold = match joiner {
            ')' => self.digits && rest.clone().next() == Some('('),
            '.' => rest.clone().next() == Some('-'),
            _ => false,
        };
        if is_twofold {
            next += 1;
            rest.next();
        }
        let after = rest.next()?;
        if !is_letter(after) {
            return None;
        }
        let before = text[..at].chars().next_back()?;
        let both_digits = before.is_ascii_digit() && after.is_ascii_digit();
        let last = self.pieces.last()?;
        let joins = match joiner {
            '\'' | '’' | 'ʼ' | '-' | '‐' | '‑' => true,
            '.' => both_digits || self.is_acronym(text, last, next),
            ',' => both_digits,
            '/' => self.digits || after.is_ascii_digit(),
            '(' | ')' => self.digits,
            // A space that does not break, between a thousand and its hundreds.
            '\u{a0}' | '\u{202f}' => both_digits && end_of_piece(text, next) - next == 3,
            _ => false,
        };
        joins.then_some((joiner, next))
    }

    /// Whether the chain up to `last`, and the piece that starts at `next`, are single letters between full stops.
    fn is_acronym(&self, text: &str, last: &Range<usize>, next: usize) -> bool {
        let single = |piece: &str| piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic);
        !self.mixed && single(&text[last.clone()]) && single(&text[next..end_of_piece(text, next)])
    }

    /// The pieces without elided articles and the English `’s`, `’ve` and the like.
    fn kept(&self, text: &str) -> Range<usize> {
        let apostrophe = |at: usize| matches!(self.joiners.get(at), Some('\'' | '’' | 'ʼ'));
        let mut kept = 0..self.pieces.len();
        while apostrophe(kept.start) && is_elision(&text[self.pieces[kept.start].clone()]) {
            kept.start += 1;
        }
        if kept.len() > 1 && apostrophe(kept.end - 2) && is_contraction(&text[self.pieces[kept.end - 1].clone()]) {
            kept.end -= 1;
        }
        kept
    }
}

/// Hands on the words of a chain and gives the position after them.
fn emit(text: &str, chain: &Chain, joined: &mut String, mut position: u32, found: &mut dyn FnMut(Word<'_>)) -> u32 {
    let kept = chain.kept(text);
    let pieces = &chain.pieces[kept.clone()];
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return position };
    let (from, to) = (first.start, last.end);
    if pieces.len() == 1 {
        found(Word { form: &text[from..to], position, from, to, role: Role::Whole });
        return position + 1;
    }
    let acronym = chain.joiners[kept.start..kept.end - 1].iter().all(|&joiner| joiner == '.') && !chain.digits;
    if acronym || pieces.len() <= MOST_PIECES {
        joined.clear();
        for (nth, piece) in pieces.iter().enumerate() {
            if nth > 0 && chain.digits {
                joined.push('.');
            }
            joined.push_str(&text[piece.clone()]);
        }
        found(Word { form: joined, position, from, to, role: if acronym { Role::Whole } else { Role::Joined } });
    }
    if acronym {
        return position + 1;
    }
    for Range { start: from, end: to } in pieces.iter().cloned() {
        found(Word { form: &text[from..to], position, from, to, role: Role::Piece });
        position += 1;
    }
    position
}

fn next_piece(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                return Some(at);
            }
            at += 1;
        } else {
            let next = text[at..].chars().next()?;
            if next.is_alphanumeric() {
                return Some(at);
            }
            at += next.len_utf8();
        }
    }
    None
}

fn end_of_piece(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            if !byte.is_ascii_alphanumeric() {
                break;
            }
            at += 1;
        } else {
            let Some(next) = text[at..].chars().next() else { break };
            if !is_letter(next) && !is_silent(next) {
                break;
            }
            at += next.len_utf8();
        }
    }
    at
}

fn is_letter(c: char) -> bool {
    is_french(c) || c.is_alphanumeric()
}

/// Marks inside a word that are no letters: soft hyphens, joiners of no width, accents that stand alone.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{300}'..='\u{36f}')
}

fn has_digit(piece: &str) -> bool {
    piece.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_elision(piece: &str) -> bool {
    piece.len() <= 6 && ELISIONS.iter().any(|elision| elision.eq_ignore_ascii_case(piece))
}

fn is_contraction(piece: &str) -> bool {
    CONTRACTIONS.iter().any(|contraction| contraction.eq_ignore_ascii_case(piece))
}

/// Makes the form of a word from what is written.
pub(crate) fn lower(written: &str, form: &mut String) {
    form.clear();
    if written.is_ascii() {
        form.push_str(written);
        form.make_ascii_lowercase();
    } else {
        form.extend(written.chars().filter(|&c| !is_silent(c)).flat_map(char::to_lowercase));
    }
    if form.len() > LONGEST
        && let Some((at, _)) = form.char_indices().nth(LONGEST)
    {
        form.truncate(at);
    }
}
