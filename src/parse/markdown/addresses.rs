//! Addresses among the words that lead there without a sign: `https://…`, `www.…`, `name@example.org`.

use super::{Inlines, Reader};
use crate::diagnostic::Span;
use crate::document::{Inline, InlineKind, RawLink};

impl Reader<'_, '_, '_> {
    /// The same inlines with the addresses in their texts as links of their own, and no room to grow: of all words of a
    /// site, half of the memory would be such room.
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
    // With an escape or an entity in it, a text does not stand in the file as it is.
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

/// `https://…`, whose colon stands at `sign`.
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
    let end = sign + "://".len() + length(rest);
    Some((start, end, text[start..end].to_owned()))
}

/// `www.…`, whose first full stop stands at `sign`.
fn host(text: &str, sign: usize) -> Option<(usize, usize, String)> {
    let start = sign.checked_sub("www".len())?;
    text.get(start..sign).filter(|www| www.eq_ignore_ascii_case("www"))?;
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '@')) {
        return None;
    }
    // Of a long text only as much as a name can take is looked at: each of its parts may begin like one.
    let rest = &text[start..];
    let name_end = rest
        .char_indices()
        .take(LONGEST_HOST + 1)
        .find(|(_, c)| matches!(c, '/' | '?' | '#') || ends(*c))
        .map(|(at, _)| at);
    let name_end = name_end.or_else(|| (rest.len() <= LONGEST_HOST).then_some(rest.len()))?;
    let name = if rest[name_end..].starts_with('/') { &rest[..name_end] } else { &rest[..length(&rest[..name_end])] };
    let is_whole = name.matches('.').count() >= 2 && name.split('.').all(|part| !part.is_empty());
    is_whole.then(|| {
        let end = start + length(rest);
        (start, end, format!("https://{}", &text[start..end]))
    })
}

/// `name@example.org`, whose sign stands at `sign`.
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

/// The most characters that are taken for the name of a host, with the marks of the sentence behind it.
const LONGEST_HOST: usize = 300;

/// What cannot stand in an address.
fn ends(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '|' | '…' | '’' | '`')
}

/// How long an address is: up to what cannot stand in one, without the marks of the sentence it stands in.
fn length(text: &str) -> usize {
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    let count = |sign: char| address.matches(sign).count();
    // How many more of each bracket are closed than opened: those belong to the sentence.
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    loop {
        address = address.trim_end_matches(['?', '!', '.', ',', ';', ':', '*', '_', '~', '\'']);
        let left = match address.as_bytes().last() {
            Some(b')') => &mut round,
            Some(b']') => &mut square,
            _ => return address.len(),
        };
        if *left == 0 {
            return address.len();
        }
        *left -= 1;
        address = &address[..address.len() - 1];
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
    fn brackets_that_the_address_opened_belong_to_it() {
        same("https://a.org/(b)).)", "https://a.org/(b)");
        same("https://a.org/[b]])", "https://a.org/[b]");
        same("[https://a.org/b(c]", "https://a.org/b(c");
        same("https://a.org/)", "https://a.org/");
        assert_eq!(found("www.a.org... ")[0].0, "www.a.org");
        assert_eq!(found("www.a.org/...")[0].0, "www.a.org/");
        assert_eq!(found("www.a.org.?")[0].0, "www.a.org");
        assert_eq!(found(&format!("www.a.org?q={}", "x".repeat(500)))[0].0.len(), 512);
        assert!(found("(www.a..(www.b../").is_empty());
    }

    #[test]
    fn each_sign_of_a_long_text_is_looked_at_a_few_times() {
        let began = std::time::Instant::now();
        let brackets = format!("https://x.org/{}", ").".repeat(200_000));
        assert_eq!(found(&brackets)[0].0, "https://x.org/");
        assert!(found(&"(www.a..".repeat(50_000)).is_empty());
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
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
