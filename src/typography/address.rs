//! Addresses of pages and people in running text, in which nothing may change.

use super::is_space;

/// Whether this place is inside an address: `https://…`, `www.…`, `name@example.org`.
pub(super) fn contains(text: &str, at: usize) -> bool {
    let head = &text[text.ceil_char_boundary(at.saturating_sub(REACH))..at];
    let tail = &text[at..text.floor_char_boundary(at + REACH)];
    let start = at - head.chars().rev().take_while(|c| !ends_address(*c)).map(char::len_utf8).sum::<usize>();
    let end = at + tail.find(ends_address).unwrap_or(tail.len());
    let word = &text[start..end];
    let begins = |sign: usize, belongs: fn(char) -> bool| sign - trailing(&word[..sign], belongs);
    let scheme = word.find("://").map(|sign| begins(sign, |c| c.is_ascii_alphanumeric()));
    let host = word.find("www.");
    let person = word
        .find('@')
        .filter(|sign| word[*sign..].contains('.'))
        .map(|sign| begins(sign, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '\'')));
    [scheme, host, person].into_iter().flatten().any(|first| at >= start + first)
}

/// How far to look for an address on either side, in bytes, so that text without spaces is as fast as any.
const REACH: usize = 512;

/// How many bytes at the end belong together.
fn trailing(text: &str, belongs: fn(char) -> bool) -> usize {
    text.len() - text.trim_end_matches(belongs).len()
}

fn ends_address(c: char) -> bool {
    is_space(c) || matches!(c, '«' | '»' | '“' | '”' | '<' | '>')
}
