//! Links that did not take.

use super::{Found, HIDDEN};
use crate::diagnostic::Untaken;

pub(super) fn look(text: &str, found: &mut Found) {
    let mut at = 0;
    while let Some(step) = text[at..].find(']') {
        let close = at + step;
        at = close + 1;
        let rest = &text[at..];
        let Some(open) = opening(text, close) else { continue };
        if rest.starts_with('(') {
            at += target(text, at, found);
        } else if let Some(label) = rest.strip_prefix('[') {
            at += reference(&text[open + 1..close], label, at, found);
        } else {
            parted(text, at, found);
        }
    }
    swapped(text, found);
    unclosed(text, found);
}

/// Where the bracket opens that closes at `close`.
fn opening(text: &str, close: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text[..close].char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' if depth == 0 => return Some(at),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `](…` that is no link: with a space in its address, or without an end. Gives how far it was read.
fn target(text: &str, at: usize, found: &mut Found) -> usize {
    let line = text[at..].split('\n').next().unwrap_or_default();
    let inner = line[1..].trim_start();
    let start = at + line.len() - inner.len();
    match inner.find(')') {
        None => {
            found.push((at..at + 1, Untaken::LinkUnclosed));
            1
        }
        Some(end) => {
            if let Some(space) = inner[..end].find(char::is_whitespace) {
                let length = inner[space..].chars().next().map_or(1, char::len_utf8);
                found.push((start + space..start + space + length, Untaken::LinkSpaced));
            } else if !inner[..end].contains(HIDDEN) || inner[..end].contains("](") {
                found.push((at..start + end + 1, Untaken::LinkUnclosed));
            }
            start + end - at
        }
    }
}

/// `[words][label]` without a line that says where it leads.
fn reference(words: &str, label: &str, at: usize, found: &mut Found) -> usize {
    let Some(end) = label.find([']', '\n']).filter(|end| label[*end..].starts_with(']')) else { return 0 };
    let own = &label[..end];
    let name = if own.trim().is_empty() { words } else { own };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_link = looks_like_address(own);
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
    let Some(end) = inner.find([')', '\n']).filter(|end| inner[*end..].starts_with(')')) else { return };
    if looks_like_address(&inner[..end]) {
        found.push((at..at + gap, Untaken::LinkParted));
    }
}

/// Whether a text is an address or the name of a page rather than a remark.
fn looks_like_address(text: &str) -> bool {
    let one = !text.contains(|c: char| c.is_whitespace());
    let begins = ["http:", "https:", "mailto:", "tel:", "www.", "#", "./", "../", "/"];
    one && (begins.iter().any(|begin| text.to_ascii_lowercase().starts_with(begin))
        || (text.contains('/')
            && text.len() > 3
            && text.starts_with(char::is_alphabetic)
            && text.is_ascii()
            && !text.contains(char::is_uppercase))
        || [".md", ".pdf", ".html", ".htm", ".docx"].iter().any(|ending| text.ends_with(ending)))
}

/// `(words)[address]`.
fn swapped(text: &str, found: &mut Found) {
    let mut at = 0;
    while let Some(step) = text[at..].find(")[") {
        let open = at + step + 1;
        at = open + 1;
        let Some(end) = text[at..].find([']', '\n']) else { continue };
        let address = &text[at..at + end];
        if text[at + end..].starts_with(']') && looks_like_address(address) {
            let start = text[..open - 1].rfind('(').unwrap_or(open - 1);
            found.push((start..at + end + 1, Untaken::LinkSwapped));
        }
    }
}

/// `[words(https://…)`, `<https://… >`.
fn unclosed(text: &str, found: &mut Found) {
    for scheme in ["(http://", "(https://", "<http://", "<https://", "<mailto:"] {
        for (at, _) in text.match_indices(scheme) {
            if scheme.starts_with('<') {
                found.push((at..at + 1, Untaken::LinkUnclosed));
                continue;
            }
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let open = text[line..at].rfind('[').filter(|open| !text[line + open..at].contains(']'));
            if let Some(open) = open.filter(|open| at > line + open + 1 && !text[..at].ends_with(' ')) {
                found.push((line + open..line + open + 1, Untaken::LinkUnclosed));
            }
        }
    }
}
