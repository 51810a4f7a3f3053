//! The signs of JSX: where a [`Tag`], an expression between braces, and a piece of code end.

/// A tag.
pub(super) struct Tag {
    /// Its name as it is.
    pub name: String,
    /// Whether it ends an element.
    pub closes: bool,
    /// Whether it is a whole element: `<Icon />`.
    pub is_whole: bool,
    /// The attributes, and whether the value of each is an expression.
    pub attributes: Vec<(String, String, bool)>,
    /// Where it ends.
    pub end: usize,
}

/// Where a piece of code between backquotes ends: at the same number of them, in the same paragraph.
pub(super) fn code_end(rest: &str, run: usize) -> Option<usize> {
    let paragraph = rest.find("\n\n").unwrap_or(rest.len());
    let mut at = run;
    while at < paragraph {
        let start = at + rest[at..paragraph].find('`')?;
        let length = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        if length == run {
            return Some(start + length);
        }
        at = start + length;
    }
    None
}

/// The end of what opens with a brace, after its closing brace. Braces in texts and comments do not count.
pub(super) fn braces_end(rest: &str) -> Option<usize> {
    braces_end_outside_texts(rest).or_else(|| {
        // Between tags in an expression, an apostrophe is only an apostrophe.
        let paragraph = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
        let mut depth = 0_usize;
        let mut braces = paragraph.char_indices().filter(|(_, c)| matches!(c, '{' | '}'));
        braces.find_map(|(at, c)| {
            depth = if c == '{' { depth + 1 } else { depth.checked_sub(1)? };
            (depth == 0).then_some(at + 1)
        })
    })
}

fn braces_end_outside_texts(rest: &str) -> Option<usize> {
    /// No expression in a text is longer.
    const LONGEST: usize = 10_000;
    let (mut depth, mut quote) = (0_usize, None);
    let mut chars = rest.char_indices().take(LONGEST).peekable();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                chars.next();
            }
            (Some(open), c) if open == c => quote = None,
            // An apostrophe in a line of words does not open a text.
            (Some('"' | '\''), '\n') => quote = None,
            (None, '/') if rest[at..].starts_with("/*") => {
                let end = at + rest[at..].find("*/")? + 1;
                while chars.next_if(|(at, _)| *at <= end).is_some() {}
            }
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The tag that a text begins with.
pub(super) fn tag(rest: &str) -> Option<Tag> {
    let closes = rest.starts_with("</");
    let start = if closes { 2 } else { 1 };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let length = rest[start..].find(|c: char| !is_name(c))?;
    let name = rest[start..start + length].to_owned();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = Tag { name, closes, is_whole: false, attributes: Vec::new(), end: 0 };
    let mut at = start + length;
    loop {
        let gap = rest[at..].len() - rest[at..].trim_start().len();
        if rest[at..at + gap].matches('\n').count() > 1 {
            return None;
        }
        let begins = gap > 0;
        at += gap;
        match rest[at..].chars().next()? {
            '>' => {
                tag.end = at + 1;
                return Some(tag);
            }
            '/' if rest[at..].starts_with("/>") => {
                tag.is_whole = true;
                tag.end = at + 2;
                return Some(tag);
            }
            '{' => at += braces_end(&rest[at..])?,
            c if begins && (c.is_ascii_alphabetic() || c == '_') => {
                let end = at + rest[at..].find(|c: char| !is_name(c) && c != ':')?;
                let name = rest[at..end].to_owned();
                at = end;
                let Some(value) = rest[at..].strip_prefix('=') else {
                    tag.attributes.push((name, String::new(), false));
                    continue;
                };
                at += 1;
                let (value, length, is_code) = match value.chars().next()? {
                    mark @ ('"' | '\'') => {
                        let end = 1 + value[1..].find(mark)?;
                        (&value[1..end], end + 1, false)
                    }
                    '{' => {
                        let end = braces_end(value)?;
                        (&value[1..end - 1], end, true)
                    }
                    _ => {
                        let end = value.find(|c: char| c.is_whitespace() || c == '>')?;
                        (&value[..end], end, false)
                    }
                };
                tag.attributes.push((name, value.to_owned(), is_code));
                at += length;
            }
            _ => return None,
        }
    }
}
