//! Adds and removes items of YAML lists, so that the rest of the list stays as it was written.

use std::ops::Range;

use super::splice::{Splice, line_break};
use crate::diagnostic::Span;
use crate::parse::front_matter;
use crate::source::lines::{line_end, line_start};
use crate::yaml::{self, Entry, Node, Value};

/// Adds a text to a list of a page's front matter, which need not exist yet.
pub(super) fn add(text: &str, front: &Node, key: &str, item: &str) -> Option<Splice> {
    let item = yaml::scalar(item);
    let Some(entry) = front.mapping()?.iter().find(|entry| entry.key == key) else {
        let end = front_matter::closing_line(text)?;
        return Some(Splice::new(end..end, format!("{key}: [{item}]{}", line_break(text))));
    };
    let written = entry.value.span.range();
    Some(match &entry.value.value {
        Value::Null => {
            let colon = entry.key_span.range().end + text[entry.key_span.range().end..].find(':')? + 1;
            Splice::new(colon..colon, format!(" [{item}]"))
        }
        Value::Sequence(items) => {
            let last = items.last().map(|last| last.span.range());
            match last {
                Some(last) if !is_in_brackets(text, &entry.value) => {
                    let indent = &text[line_start(text, last.start)..last.start];
                    let end = line_end(text, last.end.saturating_sub(1));
                    Splice::new(end..end, format!("{indent}{item}{}", line_break(text)))
                }
                Some(last) => Splice::new(last.end..last.end, format!(", {item}")),
                None => Splice::new(written, format!("[{item}]")),
            }
        }
        Value::Scalar(_) | Value::Mapping(_) => {
            let own = &text[written.clone()];
            Splice::new(written, format!("[{own}, {item}]"))
        }
    })
}

/// Removes an item from the list of an entry, and the entry with it if it was the only one.
pub(super) fn take_out(text: &str, entry: &Entry, at: usize) -> Splice {
    let items = entry.value.items();
    if items.len() < 2 {
        let start = line_start(text, entry.key_span.range().start);
        return Splice::new(start..line_end(text, entry.value.span.range().end.saturating_sub(1)), "");
    }
    let spans: Vec<Span> = items.iter().map(|item| item.span).collect();
    Splice::new(item_with_its_mark(text, is_in_brackets(text, &entry.value), &spans, at), "")
}

/// One of several items, with its comma or the line that it is on.
fn item_with_its_mark(text: &str, in_brackets: bool, items: &[Span], at: usize) -> Range<usize> {
    let own = items[at].range();
    if !in_brackets {
        return line_start(text, own.start)..line_end(text, own.end.saturating_sub(1));
    }
    match items.get(at + 1) {
        Some(next) => own.start..next.range().start,
        None => items[at - 1].range().end..own.end,
    }
}

fn is_in_brackets(text: &str, list: &Node) -> bool {
    text[list.span.range().start..].starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::super::splice::apply;
    use super::*;
    use crate::path::ContentPath;

    fn front(text: &str) -> Node {
        front_matter::parse(&ContentPath::new("a.en.md"), text).0.unwrap().0
    }

    fn added(text: &str) -> String {
        apply(text, vec![add(text, &front(text), "aliases", "/en/x/").unwrap()])
    }

    fn without(text: &str, at: usize) -> String {
        let front = front(text);
        let entry = front.mapping().unwrap().iter().find(|entry| entry.key == "aliases").unwrap();
        apply(text, vec![take_out(text, entry, at)])
    }

    #[test]
    fn an_item_is_added_in_the_way_the_list_is_written() {
        assert_eq!(added("---\ntitle: T\n---\nW\n"), "---\ntitle: T\naliases: [/en/x/]\n---\nW\n");
        assert_eq!(added("---\r\ntitle: T\r\n---\r\n"), "---\r\ntitle: T\r\naliases: [/en/x/]\r\n---\r\n");
        assert_eq!(added("---\naliases: [/a/, '/b/'] # old\n---\n"), "---\naliases: [/a/, '/b/', /en/x/] # old\n---\n");
        assert_eq!(added("---\naliases: /a/\n---\n"), "---\naliases: [/a/, /en/x/]\n---\n");
        assert_eq!(
            added("---\naliases:   # none\ntitle: T\n---\n"),
            "---\naliases: [/en/x/]   # none\ntitle: T\n---\n"
        );
        assert_eq!(added("---\naliases: []\n---\n"), "---\naliases: [/en/x/]\n---\n");
        assert_eq!(
            added("---\naliases:\n  - /a/  # the first\n  - /b/\ntitle: T\n---\n"),
            "---\naliases:\n  - /a/  # the first\n  - /b/\n  - /en/x/\ntitle: T\n---\n"
        );
    }

    #[test]
    fn an_item_is_taken_out_with_its_comma_or_its_line() {
        assert_eq!(without("---\naliases: [/a/, /b/, /c/]\n---\n", 0), "---\naliases: [/b/, /c/]\n---\n");
        assert_eq!(without("---\naliases: [/a/, /b/, /c/]\n---\n", 2), "---\naliases: [/a/, /b/]\n---\n");
        assert_eq!(without("---\naliases:\n- /a/\n- /b/\n---\n", 1), "---\naliases:\n- /a/\n---\n");
        assert_eq!(without("---\ntitle: T\naliases: [/a/]\n---\n", 0), "---\ntitle: T\n---\n");
    }
}
