//! Markup in titles and summaries, which are plain text: [`in_title`].

use std::ops::Range;

use crate::diagnostic::Untaken;

/// The first piece of markup in a plain text.
pub(in crate::parse) fn in_title(text: &str) -> Option<(Range<usize>, Untaken)> {
    let entity = text.match_indices('&').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        (length > 1 && rest[length..].starts_with(';')).then(|| at..at + length + 2)
    });
    let last = text.rfind('>').unwrap_or_default();
    let tag = text[..last].match_indices('<').find_map(|(at, _)| {
        let name = text[at + 1..].trim_start_matches('/');
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
        is_tag.then(|| text[at..].find('>')).flatten().map(|length| at..at + length + 1)
    });
    let pair = |sign: &str| {
        let start = text.find(sign)?;
        let inner = &text[start + sign.len()..];
        let length = inner.find(sign).filter(|length| *length > 0)?;
        let words = &inner[..length];
        let tight = !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace);
        let before = text[..start].chars().next_back();
        let parted = before.is_none_or(|c| !c.is_alphanumeric());
        (tight && parted).then(|| start..start + length + 2 * sign.len())
    };
    let link = || {
        let middle = text.find("](")?;
        let start = text[..middle].rfind('[')?;
        let end = text[middle..].find(')')? + middle + 1;
        Some(start..end)
    };
    let template = || {
        let (open, close) = [("{{", "}}"), ("{%", "%}"), ("[[", "]]"), ("<!--", "-->")]
            .into_iter()
            .find(|(open, _)| text.contains(open))?;
        let start = text.find(open)?;
        Some(start..start + text[start..].find(close)? + close.len())
    };
    let opening = || {
        let sign = text.split_once(' ')?.0;
        let is_sign = sign == "-" || sign == "*" || (sign.starts_with('#') && sign.trim_matches('#').is_empty());
        is_sign.then_some(0..sign.len())
    };
    let found = entity.or(tag).or_else(|| pair("**")).or_else(|| pair("__")).or_else(|| pair("*"));
    let range = found.or_else(|| pair("`")).or_else(|| pair("~~")).or_else(link).or_else(template).or_else(opening)?;
    Some((range.clone(), Untaken::Title(text[range].to_owned())))
}
