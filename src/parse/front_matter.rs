//! The block between two lines `---` at the top of a page: [`parse`].

use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::path::ContentPath;
use crate::yaml::{self, Node};

/// The front matter of a page, and the byte at which its Markdown begins.
pub fn parse(file: &ContentPath, text: &str) -> (Option<(Node, usize)>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if first.trim_end() != "---" {
        diagnostics.push(catalog::front_matter_missing(Place::new(file, Span::new(0..first.trim_end().len()))));
        return (None, diagnostics);
    }
    let start = first.len();
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            let front = diagnostics.absorb(yaml::parse(file, &text[start..end], Span::new(start..end).start));
            return (front.map(|front| (front, end + line.len())), diagnostics);
        }
        end += line.len();
    }
    diagnostics.push(catalog::front_matter_unclosed(Place::new(file, Span::new(0..3))));
    (None, diagnostics)
}
