//! The block between two lines `---` at the top of a page: [`parse`].

use std::ops::Range;

use crate::diagnostic::catalog::TopLine;
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::path::ContentPath;
use crate::yaml::{self, Node};

/// The front matter of a page, and the byte at which its Markdown begins.
pub fn parse(file: &ContentPath, text: &str) -> (Option<(Node, usize)>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    match split(text) {
        Ok((front, body)) => {
            let (node, reported) = yaml::parse(file, &text[front.clone()], Span::new(front.clone()).start);
            match (&node, odd_rule(text, front)) {
                // The block was meant to end there: what is below it is not YAML.
                (None, Some(rule)) => {
                    diagnostics.push(catalog::front_matter_unclosed(Place::new(file, Span::new(rule)), true));
                }
                _ => diagnostics.extend(reported),
            }
            (node.map(|node| (node, body)), diagnostics)
        }
        Err(Missing::Opening(line)) => {
            let place = Place::new(file, Span::new(0..line));
            diagnostics.push(catalog::front_matter_missing(place, top_line(text)));
            (None, diagnostics)
        }
        Err(Missing::Closing) => {
            let rule = odd_rule(text, text.split_inclusive('\n').next().unwrap_or_default().len()..text.len());
            let (place, is_odd) = rule.map_or((0..3, false), |rule| (rule, true));
            diagnostics.push(catalog::front_matter_unclosed(Place::new(file, Span::new(place)), is_odd));
            (None, diagnostics)
        }
    }
}

/// The byte at which a page's Markdown begins; `None` if the front matter is not closed.
pub fn body_start(text: &str) -> Option<usize> {
    split(text).ok().map(|(_, body)| body)
}

/// The byte at which the line `---` begins that closes the front matter.
pub fn closing_line(text: &str) -> Option<usize> {
    split(text).ok().map(|(front, _)| front.end)
}

/// The first line of hyphens or dashes that was probably meant to close the block: ` ---`, `----`, `—`.
fn odd_rule(text: &str, front: Range<usize>) -> Option<Range<usize>> {
    let mut at = front.start;
    text[front].split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let said = line.trim();
        let is_rule = said.chars().all(|c| "–—-".contains(c)) && (said.len() > 1);
        is_rule.then(|| start..start + line.trim_end().len())
    })
}

/// Whether each language has a field for itself: changing it says nothing about the other side, and it is not translated.
pub fn is_own(field: &str) -> bool {
    ["slug", "aliases", "keywords", "parity"].contains(&field)
}

/// Which line `---` is missing.
enum Missing {
    /// The first; holds the length of what is there instead, in bytes.
    Opening(usize),
    /// The second.
    Closing,
}

/// What a text without its first line `---` begins with.
fn top_line(text: &str) -> TopLine {
    let first = text.lines().next().unwrap_or_default().trim();
    if !first.is_empty() && first.chars().all(|c| "–—- ".contains(c)) {
        if first.contains(['–', '—']) { TopLine::Dash } else { TopLine::Hyphens }
    } else if text.trim_start().lines().next().is_some_and(|line| line.trim_end() == "---") {
        TopLine::Blank
    } else {
        TopLine::Other
    }
}

/// The bytes of the front matter without its two lines, and the byte at which the Markdown begins.
fn split(text: &str) -> Result<(Range<usize>, usize), Missing> {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(Missing::Opening(first.trim_end().len()));
    }
    let start = first.len();
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok((start..end, end + line.len()));
        }
        end += line.len();
    }
    Err(Missing::Closing)
}
