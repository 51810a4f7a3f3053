//! Markdown that did not take: what its writer meant as markup and readers would see as characters.
//!
//! The parser has read the page; what is left as plain text is searched for the signs of markup, one block at a time
//! ([`Prose`]). Code, escaped characters and every sign that took effect are hidden, so that nothing that works is
//! reported.

use std::ops::Range;

use super::{Leaf, Reader};
use crate::diagnostic::{Untaken, catalog};

mod foreign;
mod lines;
mod links;
mod lists;
mod signs;
mod titles;

pub(in crate::parse) use titles::in_title;

/// The text of one block with everything that is not plain text made invisible; byte by byte as it is in the source.
struct Prose {
    text: String,
    /// The same with addresses made invisible, if it has any.
    words: Option<String>,
    signs: Signs,
    /// Where the text begins in the source.
    start: usize,
}

/// Which bytes a text has: most texts have hardly any sign of markup, and are not searched for each.
#[derive(Clone, Copy)]
struct Signs([u64; 4]);

impl Signs {
    fn of(text: &str) -> Self {
        let mut signs = [0; 4];
        for byte in text.bytes() {
            signs[usize::from(byte >> 6)] |= 1_u64 << (byte & 63);
        }
        Self(signs)
    }

    fn has(self, any: &[u8]) -> bool {
        any.iter().any(|sign| self.0[usize::from(sign >> 6)] & 1 << (sign & 63) != 0)
    }
}

/// Stands for a byte that is not plain text.
const HIDDEN: char = '\u{1}';

impl Prose {
    fn new(source: &str, mut plain: Vec<Range<usize>>) -> Option<Self> {
        plain.sort_by_key(|range| range.start);
        let mut start = plain.first()?.start;
        let mut text = String::new();
        // What follows an escaped sign does not begin the line.
        if let [.., b'\\', sign] = source.as_bytes()[..start]
            && sign.is_ascii_punctuation()
        {
            start -= 1;
            text.push(HIDDEN);
        }
        for range in plain {
            let at = start + text.len();
            if range.start < at {
                continue;
            }
            // The signs of quotations and the indentation before a line stay, so that its beginning is recognized.
            let gap = source.get(at..range.start)?;
            let around = gap.len() - gap.trim_start_matches([' ', '\t', '>']).len();
            text.push_str(&gap[..around]);
            text.extend(std::iter::repeat_n(HIDDEN, gap.len() - around));
            text.push_str(source.get(range)?);
        }
        let signs = Signs::of(&text);
        let words = without_addresses(&text, signs);
        Some(Self { text, words, signs, start })
    }
}

/// The text with everything from the scheme of an address to the next space made invisible; `None` if it has no
/// address.
fn without_addresses(text: &str, signs: Signs) -> Option<String> {
    let has_scheme = signs.has(b"/") && signs.has(b":");
    let may_have = has_scheme || signs.has(b"@") || signs.has(b"w") && text.contains("www.");
    if !may_have {
        return None;
    }
    let mut words = text.to_owned();
    for sign in ["://", "www.", "@"] {
        let mut at = 0;
        while let Some(step) = words[at..].find(sign) {
            let sign = at + step;
            let before = &words[at..sign];
            let start =
                sign - before.rsplit(|c: char| c.is_whitespace() || "([<".contains(c)).next().map_or(0, str::len);
            let end = sign
                + words[sign..].find(|c: char| c.is_whitespace() || ")]>".contains(c)).unwrap_or(words.len() - sign);
            words.replace_range(start..end, &HIDDEN.to_string().repeat(end - start));
            at = end;
        }
    }
    Some(words)
}

/// What was found, and where in the text of the block.
type Found = Vec<(Range<usize>, Untaken)>;

fn look(prose: &Prose, leaf: Leaf) -> Found {
    let mut found = Found::new();
    let Prose { text, signs, .. } = prose;
    let words = prose.words.as_ref().unwrap_or(text);
    if leaf == Leaf::Paragraph {
        lines::look(words, *signs, &mut found);
    }
    if signs.has(b"[](<") {
        links::look(text, &mut found);
    }
    signs::look(words, *signs, leaf, &mut found);
    foreign::look(text, *signs, &mut found);
    if signs.has(b"<>") {
        comments(text, &mut found);
    }
    told_once(found)
}

/// What was found, except inside code of another tool, which is reported as a whole.
fn told_once(mut found: Found) -> Found {
    let is_whole = |untaken: &Untaken| matches!(untaken, Untaken::OtherTool(_));
    found.sort_by_key(|(range, untaken)| (range.start, !is_whole(untaken), std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|(range, untaken)| {
        let is_part = if is_whole(untaken) { range.start < end } else { range.end <= end };
        if is_whole(untaken) && !is_part {
            end = range.end;
        }
        !is_part
    });
    found
}

/// Failed comments: their writer meant them for other writers, and readers would see them.
fn comments(text: &str, found: &mut Found) {
    for (at, _) in text.match_indices("<!") {
        let dashes =
            text[at + 2..].chars().take_while(|c| matches!(c, '-' | '–' | '—')).map(char::len_utf8).sum::<usize>();
        if dashes > 0 {
            let sign = &text[at..at + 2 + dashes];
            found.push((at..at + sign.len(), Untaken::Comment { is_sound: sign.starts_with("<!--") }));
        }
    }
    if let Some(at) = text.find("-->").filter(|_| !text.contains("<!")) {
        found.push((at..at + "-->".len(), Untaken::CommentEnd));
    }
}

/// A passage as a message shows it, without what is not part of the text.
fn shown(passage: &str) -> String {
    let mut shown = String::with_capacity(passage.len());
    for c in passage.chars() {
        match c {
            HIDDEN if shown.ends_with('…') => {}
            HIDDEN => shown.push('…'),
            c => shown.push(c),
        }
    }
    shown
}

impl Reader<'_, '_, '_> {
    /// Reports what did not take in the block that was read.
    pub(super) fn untaken(&mut self) {
        let Some(severity) = self.policy() else { return };
        let plain = std::mem::take(&mut self.plain);
        let Some(prose) = Prose::new(self.written, plain) else { return };
        for (range, untaken) in look(&prose, self.leaf) {
            // The bar between the halves of the code is reported.
            if self.has_torn_code && untaken == Untaken::Backquote {
                continue;
            }
            let range = prose.start + range.start..prose.start + range.end;
            self.report(self.span(&range), |place| catalog::markdown(place, &untaken, severity));
        }
    }

    /// Reports one thing that did not take.
    pub(super) fn did_not_take(&mut self, range: &Range<usize>, untaken: &Untaken) {
        if let Some(severity) = self.policy() {
            self.report(self.span(range), |place| catalog::markdown(place, untaken, severity));
        }
    }
}

#[cfg(test)]
mod tests;
