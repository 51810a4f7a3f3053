//! Links and pictures that did not take and are read as text: `[the form](form v2.pdf)`. They are reported where they
//! are; their addresses are not compared, and the other side is not said to lack them.

use std::ops::Range;

use crate::layout::looks_like_address;

/// How the address of a link begins and ends in Markdown.
const LINK: (&str, char) = ("](", ')');

/// The same with the mistakes that writers make. Other words may look like this, but none that look like a file or a
/// path.
const MISTAKEN: [(&str, char); 3] = [("] (", ')'), (")[", ']'), ("][", ']')];

/// The ranges of the addresses of such links and pictures in a text, in bytes.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    // If there is no bracket here, there is none further on.
    let mut is_closed = true;
    while let Some(step) = text.as_bytes()[from..].iter().position(|byte| matches!(byte, b')' | b']')) {
        let at = from + step;
        let opens = |(sign, _): &(&str, char)| text[at..].starts_with(sign);
        from = at + 1;
        if opens(&LINK) {
            let start = at + LINK.0.len();
            let end = if is_closed { text[start..].find(LINK.1) } else { None };
            is_closed = end.is_some();
            let end = end.or_else(|| text[start..].find(char::is_whitespace)).unwrap_or(text.len() - start);
            from = start + end;
            found.push(start..from);
        } else if let Some((sign, close)) = MISTAKEN.into_iter().find(|form| opens(form)) {
            let start = at + sign.len();
            let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']');
            let end = start + text[start..].find(ends).unwrap_or(text.len() - start);
            if text[end..].starts_with(close) && looks_like_address(&text[start..end]) {
                from = end;
                found.push(start..end);
            }
        }
    }
    found
}

/// How many pictures did not take.
pub(super) fn pictures(text: &str) -> usize {
    let mut from = 0;
    let found = addresses(text);
    let is_picture = |address: &Range<usize>| {
        let words = &text[std::mem::replace(&mut from, address.end)..address.start];
        words.contains("![")
    };
    found.iter().map(is_picture).filter(|is_picture| *is_picture).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_goes_up_to_its_bracket_or_the_next_space() {
        let found = |text: &'static str| addresses(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>();
        assert_eq!(found("See [a](form v2.pdf), [b](x 3.pdf)."), ["form v2.pdf", "x 3.pdf"]);
        assert_eq!(found("See [a](form2.pdf and 3 more"), ["form2.pdf"]);
        assert_eq!(found("See [a] (form2.pdf), (b)[page/3], [c][4.html]"), ["form2.pdf", "page/3", "4.html"]);
        assert_eq!(found("See [a] (3), (b)[4], [c][5.1], f(1)[2"), [""; 0]);
        assert_eq!((pictures("![a](b c.png) [d](e f.png)"), pictures("[a](b c)"), pictures("![a] b")), (1, 0, 0));
    }
}
