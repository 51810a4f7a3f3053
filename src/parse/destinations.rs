//! The places in a text that say where its links lead: [`destinations`]. For changing a link and nothing else.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::markdown::OPTIONS;

/// The place in a text that says where a link or picture leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The link, the picture, or the definition that links refer to by a label.
    pub link: Range<usize>,
    /// The bytes that say where it leads, as they are written.
    pub range: Range<usize>,
    /// Where it leads, without the escapes of Markdown.
    pub target: String,
}

/// The destinations in a Markdown text, in order. A definition counts once, however many links refer to it.
pub fn destinations(text: &str) -> Vec<Destination> {
    let parser = Parser::new_ext(text, OPTIONS);
    let definitions = parser.reference_definitions().iter();
    let defined = definitions.filter_map(|(_, definition)| {
        let (link, target) = (definition.span.clone(), definition.dest.to_string());
        let range = find(&text[link.clone()], "]:", &target)?;
        Some(Destination { range: shifted(range, link.start), link, target })
    });
    let mut found: Vec<Destination> = defined.collect();
    for (event, link) in parser.into_offset_iter() {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event
            && let Some(range) = find(&text[link.clone()], "](", &dest_url)
        {
            found.push(Destination { range: shifted(range, link.start), link, target: dest_url.into_string() });
        }
    }
    found.sort_by_key(|found| (found.range.start, found.range.end));
    found.dedup_by(|one, other| one.range == other.range);
    found
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The last passage after `before` that means `target`: the text of a link may contain a picture with its own.
fn find(link: &str, before: &str, target: &str) -> Option<Range<usize>> {
    let mut starts: Vec<usize> = link.match_indices(before).map(|(at, _)| at + before.len()).collect();
    starts.reverse();
    starts.into_iter().find_map(|start| {
        let rest = &link[start..];
        let start = start + (rest.len() - rest.trim_start().len());
        let rest = rest.trim_start();
        let range = match rest.strip_prefix('<') {
            Some(inner) => start + 1..start + 1 + end(inner, |c, _| c == '>'),
            None => start..start + end(rest, |c, depth| c.is_whitespace() || c == ')' && depth == 0),
        };
        (!range.is_empty() && unescaped(&link[range.clone()]) == unescaped(target)).then_some(range)
    })
}

/// Where a destination ends. `ends` is called for each character that is not escaped, with the number of brackets open
/// before it.
fn end(text: &str, ends: impl Fn(char, usize) -> bool) -> usize {
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, c) in text.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        if ends(c, depth) {
            return at;
        }
        match c {
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

/// A destination without its escapes.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().filter(|next| c == '\\' && next.is_ascii_punctuation());
        plain.push(next.unwrap_or(c));
        if next.is_some() {
            chars.next();
        }
    }
    plain.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        destinations(text).into_iter().map(|found| &text[found.range]).collect()
    }

    #[test]
    fn every_way_to_write_a_link_says_where_it_leads() {
        assert_eq!(found("[a](partners/csc) and [](b/c#d \"a title\")"), ["partners/csc", "b/c#d"]);
        assert_eq!(found("[a](<b c.pdf>), [a]( x(1).pdf )"), ["b c.pdf", "x(1).pdf"]);
        assert_eq!(found("[a][one], [one] and [one][]\n\n[one]: ../x.en.md 'T'\n"), ["../x.en.md"]);
        assert_eq!(found("> - *[partners/csc](partners/csc)*\n"), ["partners/csc"]);
        assert_eq!(found("[![](logo.png)](partners/csc)"), ["logo.png", "partners/csc"]);
        assert_eq!(found("[a](b\\_c.pdf)"), ["b\\_c.pdf"]);
    }

    #[test]
    fn what_only_looks_like_a_link_has_no_destination() {
        assert!(found("`[a](b)` and \\[a](b)\n\n    [a](b)\n").is_empty());
    }
}
