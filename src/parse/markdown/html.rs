//! HTML as a sequence of tags, comments and text: [`tokens`]. None of it ever reaches a page.

use std::ops::Range;

/// A part of HTML, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) kind: TokenKind,
}

/// What a part of HTML is. Names are in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Text,
    Open {
        name: String,
        /// Names and values, with entities as they are.
        attributes: Vec<(String, String)>,
    },
    Close {
        name: String,
    },
    /// A comment.
    Comment,
    /// A comment that nothing closes.
    OpenComment,
    /// What a browser would run or read: a script with all its text, a declaration.
    Machine,
}

/// The parts of HTML, in order; together they are the whole text.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut text = 0;
    let mut at = 0;
    while let Some(step) = html[at..].find('<') {
        let start = at + step;
        let Some((end, kind)) = token(html, start) else {
            at = start + 1;
            continue;
        };
        if start > text {
            tokens.push(Token { range: text..start, kind: TokenKind::Text });
        }
        tokens.push(Token { range: start..end, kind });
        (at, text) = (end, end);
    }
    if html.len() > text {
        tokens.push(Token { range: text..html.len(), kind: TokenKind::Text });
    }
    tokens
}

/// What begins with the sign `<` at `start`, and where it ends; `None` if the sign is text.
fn token(html: &str, start: usize) -> Option<(usize, TokenKind)> {
    let rest = &html[start..];
    let until = |sign: &str| rest.find(sign).map(|at| start + at + sign.len());
    if let Some(comment) = rest.strip_prefix("<!--") {
        let end = comment.find("-->").map(|at| start + "<!--".len() + at + "-->".len());
        return Some(end.map_or((html.len(), TokenKind::OpenComment), |end| (end, TokenKind::Comment)));
    }
    if rest.starts_with("<![CDATA[") {
        return Some((until("]]>").unwrap_or(html.len()), TokenKind::Machine));
    }
    if rest.starts_with("<?") {
        return Some((until("?>").unwrap_or(html.len()), TokenKind::Machine));
    }
    if rest.starts_with("<!") {
        return Some((until(">").unwrap_or(html.len()), TokenKind::Machine));
    }
    let closes = rest.starts_with("</");
    let name_start = if closes { 2 } else { 1 };
    let length = rest[name_start..]
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_'))
        .count();
    let name = rest[name_start..name_start + length].to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (end, attributes) = attributes(html, start + name_start + length)?;
    if closes {
        return Some((end, TokenKind::Close { name }));
    }
    if matches!(name.as_str(), "script" | "style") {
        let closes = |at: &usize| {
            html.as_bytes()[at + 2..].get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
        };
        let closing = html[end..].match_indices("</").map(|(at, _)| end + at).find(closes);
        let end = closing.map_or(html.len(), |at| html[at..].find('>').map_or(html.len(), |step| at + step + 1));
        return Some((end, TokenKind::Machine));
    }
    Some((end, TokenKind::Open { name, attributes }))
}

/// The attributes from `at` on, and where the tag ends; `None` if nothing ends it.
fn attributes(html: &str, mut at: usize) -> Option<(usize, Vec<(String, String)>)> {
    let bytes = html.as_bytes();
    let mut attributes = Vec::new();
    let skip = |mut at: usize, belongs: fn(u8) -> bool| {
        while bytes.get(at).is_some_and(|byte| belongs(*byte)) {
            at += 1;
        }
        at
    };
    loop {
        at = skip(at, |byte| byte.is_ascii_whitespace() || byte == b'/');
        if *bytes.get(at)? == b'>' {
            return Some((at + 1, attributes));
        }
        let end = skip(at, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'=' | b'<'));
        if end == at {
            return None;
        }
        let name = html.get(at..end)?.to_ascii_lowercase();
        at = skip(end, |byte| byte.is_ascii_whitespace());
        if bytes.get(at) != Some(&b'=') {
            attributes.push((name, String::new()));
            continue;
        }
        at = skip(at + 1, |byte| byte.is_ascii_whitespace());
        let (start, end, next) = match *bytes.get(at)? {
            quote @ (b'"' | b'\'') => {
                let end = at + 1 + html[at + 1..].find(char::from(quote))?;
                (at + 1, end, end + 1)
            }
            _ => {
                let end = skip(at, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'<' | b'>'));
                (at, end, end)
            }
        };
        attributes.push((name, html.get(start..end)?.to_owned()));
        at = next;
    }
}

/// Whether an element is used among words. All others separate what is before them from what is after.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// The text of an attribute's value, with its entities resolved.
pub(super) fn value(text: &str) -> String {
    let parser = pulldown_cmark::Parser::new(text);
    if !text.contains('&') {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // The parser of Markdown knows every entity; other signs of Markdown have no meaning in an attribute, and none of
    // them is part of an entity.
    let mut read = String::new();
    let mut end = 0;
    for (event, range) in parser.into_offset_iter() {
        if let pulldown_cmark::Event::Text(words) = event
            && text[range.clone()].starts_with('&')
            && *words != text[range.clone()]
        {
            read.push_str(&text[end..range.start]);
            read.push_str(&words);
            end = range.end;
        }
    }
    read.push_str(&text[end..]);
    read.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(html: &str) -> Vec<String> {
        let name = |token: Token| match token.kind {
            TokenKind::Text => format!("“{}”", &html[token.range]),
            TokenKind::Open { name, attributes } => format!("{name}{attributes:?}"),
            TokenKind::Close { name } => format!("/{name}"),
            other => format!("{other:?}"),
        };
        tokens(html).into_iter().map(name).collect()
    }

    #[test]
    fn html_is_tags_comments_and_text() {
        assert_eq!(names("a<BR/>b"), ["“a”", "br[]", "“b”"]);
        assert_eq!(
            names("<a href=\"x>y\" id=z checked>t</a >"),
            ["a[(\"href\", \"x>y\"), (\"id\", \"z\"), (\"checked\", \"\")]", "“t”", "/a"]
        );
        assert_eq!(names("<!-- <b> -->c<!-- d"), ["Comment", "“c”", "OpenComment"]);
        assert_eq!(names("<script>if (a<b) {}</script>e"), ["Machine", "“e”"]);
    }

    #[test]
    fn a_sign_that_begins_no_tag_is_text() {
        assert_eq!(names("a < b, c <= d, <3, <a"), ["“a < b, c <= d, <3, <a”"]);
    }

    #[test]
    fn the_value_of_an_attribute_is_its_text() {
        assert_eq!(value("R&amp;D &eacute; a  *b*"), "R&D é a *b*");
    }
}
