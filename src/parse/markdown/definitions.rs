//! Which lines that begin with a colon define a term: [`prepare`].
//!
//! A definition follows its term, which is short and has a line to itself. A French sentence that was broken before its
//! colon, and blocks of other tools that begin with `:::`, look the same to the parser; here they stay what they are.

use std::borrow::Cow;

/// Terms are short; lines that an editor breaks are not. In characters.
const LONGEST_TERM: usize = 60;

/// The text for the parser: of the same length, with the colon replaced at the beginning of every line that defines
/// nothing.
pub(super) fn prepare(text: &str) -> Cow<'_, str> {
    if !text.contains(':') {
        return Cow::Borrowed(text);
    }
    let mut hidden = Vec::new();
    let mut above = Above::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let quote = line.len() - line.trim_start_matches(['>', ' ', '\t']).len();
        let words = &line[quote..];
        let indent = quote + list_marker(words);
        match words.strip_prefix(':') {
            Some(rest) if !above.takes_definition(indent, rest) => {
                hidden.push(at + quote);
                above.line(indent, words);
            }
            Some(_) => above = Above { defines: true, is_over: false, ..above },
            None => above.line(indent, words),
        }
        at += line.len();
    }
    if hidden.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut prepared = text.to_owned().into_bytes();
    for at in hidden {
        prepared[at] = b';';
    }
    String::from_utf8(prepared).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The length of the list item's sign at the beginning of a line, with the space after it.
fn list_marker(words: &str) -> usize {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let signs: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '*', '+'] };
    match words[digits..].strip_prefix(signs) {
        Some(rest) if rest.starts_with(' ') => words.len() - rest.trim_start_matches(' ').len(),
        _ => 0,
    }
}

/// What is above a line, as far as it may be a term.
#[derive(Clone, Default)]
struct Above {
    /// How many lines are together.
    lines: usize,
    /// How far the first of them is indented.
    indent: usize,
    /// Whether it is short and not a whole sentence.
    is_short: bool,
    /// Whether they have a definition already.
    defines: bool,
    /// Whether a blank line follows them.
    is_over: bool,
}

impl Above {
    fn line(&mut self, indent: usize, words: &str) {
        let words = words.trim_end();
        if words.is_empty() {
            self.is_over = true;
            return;
        }
        if self.is_over || self.lines == 0 {
            let is_short = words.chars().count() <= LONGEST_TERM && !words.contains(". ") && !words.ends_with('.');
            // What belongs to a definition is indented below it.
            let belongs = self.defines && indent > self.indent;
            if !belongs {
                *self = Self { lines: 1, indent, is_short, defines: false, is_over: false };
            }
        } else if !self.defines {
            self.lines += 1;
        }
        self.is_over = false;
    }

    fn takes_definition(&self, indent: usize, rest: &str) -> bool {
        let is_marker = rest.starts_with([' ', '\t']) && !rest.trim_start().starts_with(['«', '\n', '\r']);
        is_marker && self.lines == 1 && self.is_short && indent == self.indent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> usize {
        prepare(text).matches(';').count()
    }

    #[test]
    fn a_short_term_with_a_colon_below_it_is_defined() {
        assert_eq!(hidden("Term\n: What it means.\n: And more.\n\n: And more.\n"), 0);
        assert_eq!(hidden("- Term\n  : What it means.\n"), 0);
        assert_eq!(hidden("> Term\n> : What it means.\n"), 0);
        assert_eq!(hidden("Term\n\n:   What it means,\n    at length.\n\nOther term\n: What it means.\n"), 0);
    }

    #[test]
    fn a_sentence_that_was_broken_before_its_colon_stays_one() {
        assert_eq!(hidden("Le ministère publie ceci\n : la liste des ententes.\n"), 1);
        assert_eq!(hidden("Le ministère a signé, le 30 juin 2015, les ententes suivantes\n: la liste.\n"), 1);
        assert_eq!(hidden("Le nom est\n: « Entente ».\n"), 1);
        assert_eq!(hidden("Une ligne\nqui continue\n: la liste.\n"), 1);
    }

    #[test]
    fn blocks_of_other_tools_define_nothing() {
        assert_eq!(hidden("Text\n:::note\nWords\n:::\n"), 2);
    }
}
