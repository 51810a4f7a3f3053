//! Links that did not take.

use super::{Found, HIDDEN};
use crate::diagnostic::Untaken;
use crate::layout::looks_like_address;

pub(super) fn look(text: &str, found: &mut Found) {
    let mut opened = Vec::new();
    let mut read = 0;
    let mut closed = Closed::default();
    for (at, sign) in text.match_indices(['[', ']']) {
        if sign == "[" {
            opened.push(at);
            continue;
        }
        let after = at + 1;
        let rest = &text[after..];
        let Some(open) = opened.pop().filter(|_| at >= read) else {
            // `[half ] bracket](address)`.
            let is_target = |inner: &str| inner.starts_with(HIDDEN) || looks_like_address(inner);
            if at >= read
                && rest
                    .strip_prefix('(')
                    .and_then(|rest| rest.split_once(')'))
                    .is_some_and(|(inner, _)| is_target(inner))
            {
                found.push((at..at + 1, Untaken::LinkNested));
            }
            continue;
        };
        if rest.starts_with('(') {
            let holds_link = text[open..at].contains(HIDDEN);
            read = after + target(text, after, holds_link, &mut closed, found);
        } else if let Some(label) = rest.strip_prefix('[') {
            read = after + reference(&text[open + 1..at], label, after, found);
        } else if ["http://", "https://", "www.", "mailto:"].iter().any(|begin| rest.starts_with(begin)) {
            found.push((at..at + 1, Untaken::LinkWithoutParentheses));
        } else {
            parted(text, after, found);
        }
    }
    swapped(text, found);
    if text.contains("http") || text.contains("mailto:") || text.contains("<www.") {
        unclosed(text, found);
    }
}

/// Up to where nothing closes a bracket on its line, so that a line is not searched once for each bracket.
#[derive(Default)]
struct Closed {
    not_before: usize,
}

impl Closed {
    /// Where the first `)` is on the line after `at`, from there.
    fn find(&mut self, text: &str, at: usize) -> Option<usize> {
        if at < self.not_before {
            return None;
        }
        let end = text[at..].find([')', '\n']).unwrap_or(text.len() - at);
        if text[at + end..].starts_with(')') {
            return Some(end);
        }
        self.not_before = at + end;
        None
    }
}

/// `](…` that is not a link: with a space in its address, or without an end. Returns how far it was read.
fn target(text: &str, at: usize, holds_link: bool, closed: &mut Closed, found: &mut Found) -> usize {
    let Some(end) = closed.find(text, at) else {
        found.push((at..at + 1, Untaken::LinkUnclosed));
        return 1;
    };
    let inner = text[at + 1..at + end].trim_start();
    let start = at + end - inner.len();
    if inner.starts_with("{{") || inner.starts_with("{%") {
        // The template itself is reported.
    } else if let Some(space) = inner.find(char::is_whitespace) {
        let length = inner[space..].chars().next().map_or(1, char::len_utf8);
        let is_more = inner[space..].trim_start().starts_with(['“', '”', '‘', '’', '«', '"', '\'', '(', '=']);
        let is_contact = ["mailto:", "tel:"].iter().any(|begin| inner.to_ascii_lowercase().starts_with(begin));
        let untaken = if is_more { Untaken::LinkAndMore } else { Untaken::LinkSpaced { is_contact } };
        found.push((start + space..start + space + length, untaken));
    } else if holds_link {
        found.push((at..at + end + 1, Untaken::LinkNested));
    } else if !inner.contains(HIDDEN) || inner.contains("](") {
        found.push((at..at + end + 1, Untaken::LinkUnclosed));
    }
    end
}

/// `[words][label]` without a line that says where it leads.
fn reference(words: &str, label: &str, at: usize, found: &mut Found) -> usize {
    let Some(end) = label.find([']', '\n']).filter(|end| label[*end..].starts_with(']')) else { return 0 };
    let own = &label[..end];
    let name = if own.trim().is_empty() { words } else { own };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_link = looks_like_address(own);
    if is_link && !words.is_empty() {
        found.push((at..at + end + 2, Untaken::LinkWithoutParentheses));
    }
    let is_note = is_number(own) && is_number(words);
    let is_other = is_link || is_note || words.is_empty() || name.is_empty() || name.contains(HIDDEN);
    if !is_other {
        found.push((at..at + end + 2, Untaken::Reference(name.to_owned())));
    }
    end + 2
}

/// `[words] (address)`.
fn parted(text: &str, at: usize, found: &mut Found) {
    let rest = &text[at..];
    let inner = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let gap = rest.len() - inner.len();
    if gap == 0 {
        return;
    }
    let Some(inner) = inner.strip_prefix('(') else { return };
    let Some(end) = inner.find([')', '\n', '[', ']']).filter(|end| inner[*end..].starts_with(')')) else { return };
    if looks_like_address(&inner[..end]) {
        found.push((at..at + gap, Untaken::LinkParted));
    }
}

/// `(words)[address]`.
fn swapped(text: &str, found: &mut Found) {
    let mut read = 0;
    for (at, _) in text.match_indices(")[") {
        let address = at + ")[".len();
        let end = address + text[address..].find(['[', ']', '\n']).unwrap_or(text.len() - address);
        if text[end..].starts_with(']') && looks_like_address(&text[address..end]) {
            let start = text[read..at].rfind('(').map_or(at, |step| read + step);
            read = end + 1;
            found.push((start..read, Untaken::LinkSwapped));
        }
    }
}

/// `[words(https://…)`, `<https://… >`.
fn unclosed(text: &str, found: &mut Found) {
    for scheme in ["<http://", "<https://", "<mailto:", "<www."] {
        found.extend(text.match_indices(scheme).map(|(at, _)| {
            let is_closed = text[at..].find(['>', '\n']).is_some_and(|end| text[at + end..].starts_with('>'));
            (at..at + 1, if is_closed { Untaken::LinkAngled } else { Untaken::LinkUnclosed })
        }));
    }
    for scheme in ["(http://", "(https://"] {
        let mut read = 0;
        // The last bracket of the line, or its beginning.
        let mut last = None;
        for (at, _) in text.match_indices(scheme) {
            last = text[read..at].rfind(['\n', '[', ']']).map(|step| read + step).or(last);
            read = at;
            let open = last.filter(|last| text[*last..].starts_with('[') && at > last + 1);
            if let Some(open) = open.filter(|_| !text[..at].ends_with(' ')) {
                found.push((open..open + 1, Untaken::LinkUnclosed));
            }
        }
    }
}
