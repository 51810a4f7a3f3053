//! Addresses among the words, which are links without any markup: `https://…`, `www.…`, `name@example.org`.

use super::{Inlines, Reader};
use crate::diagnostic::Span;
use crate::document::{Inline, InlineKind, RawLink};

impl Reader<'_, '_, '_> {
    /// The same inlines with the addresses in their texts as links of their own, and without spare capacity, which
    /// would be half of the memory of a site's words.
    pub(super) fn finish(&mut self, mut inlines: Inlines) -> Inlines {
        let has = |inline: &Inline<RawLink>| matches!(&inline.kind, InlineKind::Text(text) if find(text).is_some());
        if !self.in_link && inlines.iter().any(has) {
            inlines = inlines.into_iter().fold(Inlines::new(), |mut all, inline| {
                match inline.kind {
                    InlineKind::Text(text) => split(inline.span, &text, &mut all),
                    kind => all.push(Inline { span: inline.span, kind }),
                }
                all
            });
        }
        for inline in &mut inlines {
            if let InlineKind::Text(words) = &mut inline.kind {
                words.shrink_to_fit();
            }
        }
        inlines.shrink_to_fit();
        inlines
    }
}

/// Adds a text, its addresses as links.
fn split(span: Span, text: &str, inlines: &mut Inlines) {
    // A text with an escape or an entity in it differs from the file.
    let is_exact = span.range().len() == text.len();
    let part = |from: usize, to: usize| {
        let offset = |at: usize| u32::try_from(at).unwrap_or(0);
        if is_exact { Span { start: span.start + offset(from), end: span.start + offset(to) } } else { span }
    };
    let mut at = 0;
    while let Some((start, end, target)) = find(&text[at..]) {
        let (start, end) = (at + start, at + end);
        if start > at {
            inlines.push(Inline { span: part(at, start), kind: InlineKind::Text(text[at..start].to_owned()) });
        }
        let kind = InlineKind::Address { target: RawLink(target), text: text[start..end].to_owned() };
        inlines.push(Inline { span: part(start, end), kind });
        at = end;
    }
    if at < text.len() {
        inlines.push(Inline { span: part(at, text.len()), kind: InlineKind::Text(text[at..].to_owned()) });
    }
}

/// The first address in a text: where it begins and ends, and where it leads.
fn find(text: &str) -> Option<(usize, usize, String)> {
    let mut at = 0;
    while let Some(step) = text.as_bytes()[at..].iter().position(|byte| matches!(byte, b':' | b'.' | b'@')) {
        let sign = at + step;
        let found = match text.as_bytes()[sign] {
            b':' => page(text, sign),
            b'.' => host(text, sign),
            _ => person(text, sign),
        };
        if found.is_some() {
            return found;
        }
        at = sign + 1;
    }
    None
}

/// `https://…`, whose colon is at `sign`.
fn page(text: &str, sign: usize) -> Option<(usize, usize, String)> {
    let rest = text[sign..].strip_prefix("://")?;
    let before = &text.as_bytes()[..sign];
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        before.len() >= scheme.len() && before[before.len() - scheme.len()..].eq_ignore_ascii_case(scheme.as_bytes())
    })?;
    let start = sign - scheme.len();
    if text[..start].ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let end = sign + "://".len() + length(rest)?;
    Some((start, end, text[start..end].to_owned()))
}

/// `www.…`, whose first full stop is at `sign`.
fn host(text: &str, sign: usize) -> Option<(usize, usize, String)> {
    let start = sign.checked_sub("www".len())?;
    text.get(start..sign).filter(|www| www.eq_ignore_ascii_case("www"))?;
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '@')) {
        return None;
    }
    let end = start + length(&text[start..])?;
    let name = text[start..end].split('/').next().unwrap_or_default();
    let is_whole = name.matches('.').count() >= 2 && name.split('.').all(|part| !part.is_empty());
    is_whole.then(|| (start, end, format!("https://{}", &text[start..end])))
}

/// `name@example.org`, whose sign is at `sign`.
fn person(text: &str, sign: usize) -> Option<(usize, usize, String)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let start = sign - (text[..sign].len() - text[..sign].trim_end_matches(is_name).len());
    let rest = &text[sign + 1..];
    let host = &rest
        [..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).len()];
    let host = host.trim_end_matches(['.', '-']);
    let parts = host.split('.').count();
    let sound = start < sign
        && parts >= 2
        && host.split('.').all(|part| !part.is_empty())
        && host.rsplit('.').next().is_some_and(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()))
        && text[start..].starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | ':' | '@'))
        && !rest[host.len()..].starts_with(['/', '@', ':']);
    let end = sign + 1 + host.len();
    sound.then(|| (start, end, format!("mailto:{}", &text[start..end])))
}

/// The longest address, in bytes: browsers and servers accept no more.
const LONGEST: usize = 2048;

/// The length of an address in bytes: up to what cannot be in one, without the punctuation of the sentence around it.
/// `None` if it is longer than any address.
fn length(text: &str) -> Option<usize> {
    let ends = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '|' | '…' | '’' | '`')
    };
    let reach = text.floor_char_boundary(LONGEST);
    let end = text[..reach].find(ends).or_else(|| (reach == text.len()).then_some(reach))?;
    let mut address = &text[..end];
    let mut unopened = [('(', ')'), ('[', ']')].map(|(open, close)| {
        let count = |sign| address.matches(sign).count();
        (close, count(close).saturating_sub(count(open)))
    });
    loop {
        let before = address.len();
        address = address.trim_end_matches(['?', '!', '.', ',', ';', ':', '*', '_', '~', '\'']);
        for (close, left) in unopened.iter_mut().filter(|(_, left)| *left > 0) {
            if let Some(shorter) = address.strip_suffix(*close) {
                address = shorter;
                *left -= 1;
            }
        }
        if address.len() == before {
            return Some(address.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let mut inlines = Inlines::new();
        split(Span::new(0..text.len()), text, &mut inlines);
        let all = inlines.into_iter().filter_map(|inline| match inline.kind {
            InlineKind::Address { target, text: words } => {
                assert_eq!(&text[inline.span.range()], words);
                Some((words, target.0))
            }
            _ => None,
        });
        all.collect()
    }

    fn same(text: &str, address: &str) {
        assert_eq!(found(text), [(address.to_owned(), address.to_owned())], "{text}");
    }

    #[test]
    fn an_address_ends_where_its_sentence_goes_on() {
        same("See https://example.org/a_b/c?x=1&y=2#z.", "https://example.org/a_b/c?x=1&y=2#z");
        same("(https://example.org/a_(b)), or", "https://example.org/a_(b)");
        same("« https://example.org » et", "https://example.org");
        same("l’adresse HTTPS://EXAMPLE.ORG/A!", "HTTPS://EXAMPLE.ORG/A");
    }

    #[test]
    fn hosts_and_people_are_addresses_too() {
        assert_eq!(
            found("At www.example.org/a, now."),
            [("www.example.org/a".into(), "https://www.example.org/a".into())]
        );
        assert_eq!(found("Ask desk@example.org."), [("desk@example.org".into(), "mailto:desk@example.org".into())]);
    }

    #[test]
    fn a_bracket_that_was_not_opened_closes_the_sentence() {
        same("(see [https://example.org/a[1]])).", "https://example.org/a[1]");
        same("https://example.org/(a).)),])", "https://example.org/(a)");
    }

    #[test]
    fn what_is_longer_than_any_address_is_text() {
        assert!(found(&format!("https://example.org/{}", "a".repeat(LONGEST))).is_empty());
        assert_eq!(found(&format!("https://example.org/{} b", "a".repeat(1000))).len(), 1);
    }

    #[test]
    fn what_only_looks_like_an_address_is_text() {
        for text in [
            "a:b",
            "https:// x",
            "www.",
            "www.example",
            "x@y",
            "@name",
            "a@b.c",
            "xhttps://a.b",
            "12:30",
            "user@host.x1",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
