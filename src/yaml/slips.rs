//! What a writer probably did if YAML cannot be read: [`find`]. The parser reports in its own terms, often a line too
//! late; people make few kinds of mistakes, and each shows in its line.

use std::ops::Range;

use super::{Entry, Value};
use crate::diagnostic::{Slip, Span};

/// What the parser's own reason means for a writer.
pub(super) fn of_parser(reason: &str) -> Slip {
    let has = |part: &str| reason.contains(part);
    match () {
        () if has("quoted scalar") => Slip::OpenQuote,
        () if has("tab") => Slip::Tab,
        () if has("mapping values are not allowed") || has("illegal placement of ':'") => Slip::ColonInText,
        () if has("simple key expect") || has("expected ':'") => Slip::NoColon,
        () if has("','") || has("flow") || has("bracket") => Slip::OpenBracket,
        () if has("indentation") || has("did not find expected") || has("block") => Slip::Misaligned,
        () if has("unexpected character") || has("scalar cannot start") => Slip::ReservedSign,
        () => Slip::Other,
    }
}

/// The mistake that shows in the line of a byte or in the one before it, and where.
pub(super) fn find(text: &str, at: usize) -> Option<(Slip, Range<usize>)> {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let mut starts = vec![0];
    starts.extend(text[..end].match_indices('\n').map(|(at, _)| at + 1));
    let line = |start: &usize| text[*start..end].lines().next().unwrap_or_default().trim_end();
    let written = |start: &&usize| !line(start).is_empty() && !line(start).trim_start().starts_with('#');
    // The parser stops before a line that begins with a tab.
    let next = end + 1;
    if let Some(tab) = text.get(next..).map(|rest| rest.len() - rest.trim_start_matches(' ').len() + next)
        && text[tab..].starts_with('\t')
        && !text[tab..].lines().next().unwrap_or_default().trim().is_empty()
    {
        return Some((Slip::Tab, tab..tab + 1));
    }
    let last: Vec<&usize> = starts.iter().rev().filter(written).take(2).collect();
    if let [second, first] = last[..]
        && let Some(range) = indented_name(line(first), line(second))
    {
        return Some((Slip::IndentedName, second + range.start..second + range.end));
    }
    last.into_iter().rev().find_map(|start| {
        // A line that is indented further than the name above it may continue a text.
        let above = starts
            .iter()
            .take_while(|other| *other < start)
            .filter(written)
            .map(line)
            .filter(|line| key(line).is_some());
        let level = above.last().map_or(0, indent);
        let (reason, range) = in_line(line(start), level)?;
        Some((reason, start + range.start..start + range.end))
    })
}

/// The bracket that opens a list on an earlier line and does not close, so that what follows is read as part of the
/// list.
pub(super) fn open_bracket(text: &str, stop: usize) -> Option<usize> {
    let before = &text[..stop];
    let (mut open, mut first, mut at) = (0_usize, None, 0);
    let is_end = text[stop..].trim().is_empty();
    let earlier = before.lines().count().saturating_sub(usize::from(!is_end));
    for line in before.split_inclusive('\n').take(earlier) {
        let said = line.split(" #").next().unwrap_or_default();
        let (_, value) = said.split_once(": ").unwrap_or(("", said));
        if open > 0 || value.trim_start().starts_with(['[', '{']) {
            if open == 0 {
                first = said.find(['[', '{']).map(|step| at + step);
            }
            let count = |brackets: [char; 2]| value.matches(brackets).count();
            open = (open + count(['[', '{'])).saturating_sub(count([']', '}']));
        }
        at += line.len();
    }
    first.filter(|_| open > 0)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Where a name and its colon end, in a line that has both; the sign of a list item may be before them.
fn key(line: &str) -> Option<usize> {
    let begin = begin(line);
    let name = name(&line[begin..]);
    let rest = line[begin + name..].strip_prefix(':')?;
    (name > 0 && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some(begin + name + 1)
}

/// The spaces before a name that should begin in the same column as the one above it, which has a value.
fn indented_name(above: &str, line: &str) -> Option<Range<usize>> {
    let value = above[key(above)?..].trim();
    let has_text = !value.is_empty() && !value.starts_with(['|', '>', '#', '&', '"', '\'', '[', '{']);
    let is_further = key(line).is_some() && begin(line) == indent(line) && indent(line) > begin(above);
    (has_text && is_further).then(|| begin(above)..indent(line))
}

/// The colon of a text between braces that is not in quotation marks: `{en: Call: 9 to 5}`.
fn colon_in_braces(value: &str) -> Option<usize> {
    let (mut names, mut quote) = (0, None);
    for (at, sign) in value.char_indices() {
        match (quote, sign) {
            (Some(open), sign) if open == sign => quote = None,
            (None, '"' | '\'') if value[..at].ends_with([' ', '{', ',']) => quote = Some(sign),
            (None, '{' | ',') => names = 0,
            (None, ':') if value[at + 1..].starts_with(' ') => {
                names += 1;
                if names > 1 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The comma of a list with nothing before it since the one before it, or since the bracket.
fn second_comma(value: &str) -> Option<usize> {
    let (mut last, mut quote) = (None, None);
    for (at, sign) in value.char_indices() {
        match (quote, sign) {
            (Some(open), sign) if open == sign => quote = None,
            (Some(_), _) | (None, ' ') => continue,
            (None, '"' | '\'') if matches!(last, Some('[' | ',')) => quote = Some(sign),
            (None, ',') if matches!(last, Some('[' | ',')) => return Some(at),
            _ => {}
        }
        last = Some(sign);
    }
    None
}

/// How comments begin in other files.
const COMMENTS: [&str; 8] = ["//", "/*", "*/", "<!--", "-->", "%", ";", "-- "];

/// Where a line begins, after its indentation and the sign of a list item.
fn begin(line: &str) -> usize {
    let inner = line.trim_start_matches(' ');
    let inner = inner.strip_prefix("- ").map_or(inner, str::trim_start);
    line.len() - inner.len()
}

/// The length of a field's name at the beginning of a text.
fn name(text: &str) -> usize {
    let is_first = text.starts_with(|c: char| c.is_ascii_lowercase());
    let end = text.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
    if is_first { end.unwrap_or(text.len()) } else { 0 }
}

fn in_line(line: &str, level: usize) -> Option<(Slip, Range<usize>)> {
    let begin = begin(line);
    if let Some(tab) = line.find('\t').filter(|tab| line[..*tab].trim_end_matches([' ', '-']).is_empty()) {
        return Some((Slip::Tab, tab..tab + 1));
    }
    let Some(colon) = key(line) else {
        let name = name(&line[begin..]);
        let rest = &line[begin + name..];
        let first = rest.chars().next()?;
        if name == 0 {
            return without_name(line, begin, level, first);
        }
        let after = begin + name;
        if first == '：' || (is_odd_space(first) && rest.trim_start_matches(is_odd_space).starts_with(['：', ':'])) {
            let reason = if first == '：' { Slip::OtherColon } else { Slip::OddSpace };
            return Some((reason, after..after + first.len_utf8()));
        }
        if let Some(odd) = rest.strip_prefix(':').and_then(|value| value.chars().next()).filter(|c| is_odd_space(*c)) {
            return Some((Slip::OddSpace, after + 1..after + 1 + odd.len_utf8()));
        }
        if indent(line) > level {
            return None;
        }
        if rest.trim_start().starts_with('=') {
            let at = after + rest.find('=')?;
            return Some((Slip::Equals, at..at + 1));
        }
        if rest.starts_with(' ') && !rest.contains(": ") && rest.split_whitespace().count() > 1 {
            return Some((Slip::StrayWords, begin..line.len()));
        }
        return match rest.strip_prefix(':') {
            Some(value) if !value.contains(": ") => Some((Slip::NoSpace, begin..begin + name + 1)),
            None if rest.starts_with(' ') && !rest.contains(": ") => Some((Slip::NoColon, begin..begin + name)),
            _ => None,
        };
    };
    if line[colon..].starts_with('\t') {
        return Some((Slip::TabAfterColon, colon..colon + 1));
    }
    let value = line[colon..].trim_start();
    let at = line.len() - value.len();
    if value.starts_with("{{") || value.starts_with("{%") {
        return Some((Slip::Template, at..line.len()));
    }
    let goes_on = |close: usize| {
        let rest = value[close + 1..].trim_start();
        (!rest.is_empty() && !rest.starts_with('#')).then_some(at + close + 1..line.len())
    };
    match value.chars().next()? {
        '"' if let Some(escape) = unknown_escape(value) => Some((Slip::Backslash, at + escape..at + escape + 1)),
        '"' if let Some(code) = no_character(value) => Some((Slip::CharacterCode, at + code.start..at + code.end)),
        '{' if let Some(colon) = colon_in_braces(value) => Some((Slip::ColonInBraces, at + colon..at + colon + 1)),
        '[' if let Some(comma) = second_comma(value) => Some((Slip::TwoCommas, at + comma..at + comma + 1)),
        quote @ ('"' | '\'') => {
            let close = closing_quote(value, quote)?;
            let is_apostrophe = quote == '\'' && value[close + 1..].starts_with(char::is_alphabetic);
            Some((if is_apostrophe { Slip::Apostrophe } else { Slip::AfterQuotes }, goes_on(close)?))
        }
        '[' => Some((Slip::AfterBrackets, goes_on(value.find(']')?)?)),
        '{' => Some((Slip::AfterBrackets, goes_on(value.find('}')?)?)),
        '-' | '?' if value[1..].starts_with(' ') => Some((Slip::ReservedSign, at..at + 1)),
        '>' | '<' if value[1..].trim_start_matches(['=', ' ']).starts_with(|c: char| c.is_ascii_digit()) => {
            Some((Slip::Comparison, at..at + 1))
        }
        '>' | '|' if value[1..].trim_start().starts_with(|c: char| !matches!(c, '#' | '-' | '+')) => {
            Some((Slip::ReservedSign, at..at + 1))
        }
        '*' | '&' | '%' | '@' | '`' | '!' => Some((Slip::ReservedSign, at..at + 1)),
        _ => None,
    }
}

/// The first backslash between quotation marks that means nothing: `"C:\docs"`.
fn unknown_escape(value: &str) -> Option<usize> {
    let inner = &value[..closing_quote(value, '"').unwrap_or(value.len())];
    let mut signs = inner.char_indices();
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' && signs.next().is_some_and(|(_, next)| !"0abtnvfre \"/\\N_LPxuU".contains(next)) {
            return Some(at);
        }
    }
    None
}

/// The first escape between quotation marks that is not a character: `"\ud83d\ude42"`, as JSON writes one in two halves.
fn no_character(value: &str) -> Option<Range<usize>> {
    let inner = &value[..closing_quote(value, '"').unwrap_or(value.len())];
    let mut signs = inner.char_indices();
    while let Some((at, sign)) = signs.next() {
        let Some((_, kind)) = (sign == '\\').then(|| signs.next()).flatten() else { continue };
        let length = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => continue,
        };
        let digits = &inner[at + 2..];
        let end = digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len()).min(length);
        let is_one = end == length && u32::from_str_radix(&digits[..end], 16).ok().and_then(char::from_u32).is_some();
        if !is_one {
            return Some(at..at + 2 + end);
        }
    }
    None
}

/// What is wrong with a line that does not begin with a name.
fn without_name(line: &str, begin: usize, level: usize, first: char) -> Option<(Slip, Range<usize>)> {
    let rest = &line[begin..];
    if begin == indent(line) && begin <= level && COMMENTS.iter().any(|sign| rest.starts_with(sign)) {
        return Some((Slip::OtherComment, begin..line.len()));
    }
    let second = rest[first.len_utf8()..].chars().next();
    let is_item = "•▪●○‣◦–—*+".contains(first) || (first == '-' && second.is_some_and(char::is_alphabetic));
    if is_item {
        return Some((Slip::ItemSign, begin..begin + first.len_utf8()));
    }
    let is_name = line.contains(": ") || line.ends_with(':');
    let is_rule = rest.len() > 3 && rest.bytes().all(|byte| byte == b'-');
    let is_words = is_rule || !"-?#[]{},\"'&!|>@`".contains(first);
    let is_stray = is_words && !is_name && indent(line) <= level && begin == indent(line);
    is_stray.then_some((Slip::StrayWords, begin..line.len()))
}

/// Where in a name, as it is `written`, the first odd space is, if the name begins or ends with one: it looks like another
/// name. The name itself has its accents composed and its escapes read, so that its positions are others.
pub(super) fn odd_space_around(name: &str, written: &str) -> Option<Range<usize>> {
    if name.trim_matches(is_odd_space) == name {
        return None;
    }
    let odd = written.char_indices().find(|(_, c)| is_odd_space(*c));
    Some(odd.map_or(0..written.len(), |(at, c)| at..at + c.len_utf8()))
}

/// The first of `en` and `fr` that follow a name without a value, in its column.
pub(super) fn languages_not_indented(entries: &[Entry]) -> Option<Span> {
    let is_empty = |entry: &Entry| entry.value.value == Value::Null;
    let is_lang = |entry: &Entry| matches!(&*entry.key, "en" | "fr");
    entries.windows(3).find_map(|three| {
        let [name, first, second] = three else { return None };
        let found =
            is_empty(name) && !is_lang(name) && [first, second].iter().all(|own| is_lang(own) && !is_empty(own));
        found.then_some(first.key_span)
    })
}

/// Whether a character looks like a space and is not the one that YAML knows.
fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{200b}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{2060}' | '\u{3000}' | '\u{feff}')
}

/// Where the quotation mark that opens a value closes.
fn closing_quote(value: &str, quote: char) -> Option<usize> {
    let mut signs = value.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' if quote == '"' => {
                signs.next();
            }
            sign if sign == quote && quote == '\'' && signs.peek().is_some_and(|(_, next)| *next == quote) => {
                signs.next();
            }
            sign if sign == quote => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, at: &str) -> Option<(Slip, &'t str)> {
        find(text, text.find(at).unwrap()).map(|(reason, range)| (reason, &text[range]))
    }

    #[test]
    fn an_odd_space_is_found_where_it_is_written() {
        assert_eq!(odd_space_around("née\u{a0}", "ne\u{301}e\u{a0}"), Some(5..7));
        assert_eq!(odd_space_around("\u{a0}x", "\"\\_x\""), Some(0..5));
        assert_eq!(odd_space_around("a\u{a0}b", "a\u{a0}b"), None);
    }

    #[test]
    fn a_missing_colon_is_found_in_its_own_line() {
        let text = "parties: [csc]\nsigned_on 2024-03-05\nbinding: true\n";
        assert_eq!(found(text, ": true"), Some((Slip::NoColon, "signed_on")));
        assert_eq!(found("signed_on:2024-03-05\nbinding: true\n", ": true"), Some((Slip::NoSpace, "signed_on:")));
        assert_eq!(found("steps:\n  - office csc\n    role: x\n", ": x"), None);
        assert_eq!(found("note: |\n  some words\nbinding: a: b\n", ": b"), None);
    }

    #[test]
    fn what_only_looks_right_is_found() {
        assert_eq!(found("title:\u{a0}T\n", "T"), Some((Slip::OddSpace, "\u{a0}")));
        assert_eq!(found("title\u{202f}: T\n", ": T"), Some((Slip::OddSpace, "\u{202f}")));
        assert_eq!(found("title：T\nkind: x\n", ": x"), Some((Slip::OtherColon, "：")));
        assert_eq!(found("title = T\nkind: x\n", ": x"), Some((Slip::Equals, "=")));
    }

    #[test]
    fn what_means_something_else_in_yaml_is_found() {
        assert_eq!(found("title: \"C:\\docs\\new\"\n", "new"), Some((Slip::Backslash, "\\")));
        assert_eq!(found("title: \"\\ud83d\\ude42 ok\"\n", "ok"), Some((Slip::CharacterCode, "\\ud83d")));
        assert_eq!(found("title: \"\\u00e9 \\U00110000\"\n", "U"), Some((Slip::CharacterCode, "\\U00110000")));
        assert_eq!(found("title: \"\\xe\"\n", "xe"), Some((Slip::CharacterCode, "\\xe")));
        assert_eq!(found("title: \"\\u00e9 \\U0001F642 \\x41\"\n", "x41"), None);
        assert_eq!(found("title:\tT\n", "T"), Some((Slip::TabAfterColon, "\t")));
        assert_eq!(found("title: {{ site.title }}\n", "site"), Some((Slip::Template, "{{ site.title }}")));
        assert_eq!(found("count: >300\n", "300"), Some((Slip::Comparison, ">")));
        assert_eq!(found("label: {en: Call: 9 to 5, fr: Appel}\n", "9"), Some((Slip::ColonInBraces, ":")));
        assert_eq!(found("label: {en: \"Call: 9 to 5\", fr: Appel}\n", "9"), None);
    }

    #[test]
    fn lines_that_go_on_are_found() {
        assert_eq!(found("title: T\n summary: S\n", ": S"), Some((Slip::IndentedName, " ")));
        assert_eq!(found("summary: S\n\tand more\n", "S"), Some((Slip::Tab, "\t")));
        assert_eq!(found("summary: goes on\nover two lines\n", "two"), Some((Slip::StrayWords, "over two lines")));
        assert_eq!(found("steps:\n  - office: csc\n    role: x\n", ": x"), None);
    }

    #[test]
    fn lines_that_begin_with_no_name_are_found() {
        assert_eq!(found("kind: a\nThis is one.\nlevel: b\n", ": b"), Some((Slip::StrayWords, "This is one.")));
        assert_eq!(found("parties:\n• a\n• b\nlevel: c\n", "• b"), Some((Slip::ItemSign, "•")));
        assert_eq!(found("parties:\n-a\n-b\n", "-b"), Some((Slip::ItemSign, "-")));
        assert_eq!(found("title: - why\n", "why"), Some((Slip::ReservedSign, "-")));
        assert_eq!(found("n: > 300\n", "300"), Some((Slip::Comparison, ">")));
        assert_eq!(found("n: >\n  300\nb: |-\n  x\na: b: c\n", ": c"), None);
    }

    #[test]
    fn languages_in_the_column_of_their_name_are_told_once() {
        let reported = |text: &str| {
            let all = super::super::parse(&crate::path::ContentPath::new("a/x.yaml"), text, 0).1;
            all.iter().map(|reported| text[reported.place.span.range()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(reported("channels:\n  - label:\n    en: Email\n    fr: Courriel\n"), ["en"]);
        assert_eq!(reported("label:\n  en: Email\n  fr: Courriel\nnote:\nkind: x\n"), [""; 0]);
    }

    #[test]
    fn a_comment_of_another_kind_of_file_is_found() {
        for comment in ["// to check", "<!-- x -->", "% x", "/* x */", "; x", "-- x"] {
            let text = format!("kind: a\n{comment}\nlevel: b\n");
            assert_eq!(found(&text, ": b"), Some((Slip::OtherComment, comment)));
        }
        assert_eq!(found("kind: a\n=> see above\nlevel: b\n", ": b"), Some((Slip::StrayWords, "=> see above")));
    }

    #[test]
    fn what_follows_quotation_marks_and_brackets_is_found() {
        assert_eq!(found("title: \"Q\" and more\n", "and"), Some((Slip::AfterQuotes, " and more")));
        assert_eq!(found("title: 'it''s' so\n", "so"), Some((Slip::AfterQuotes, " so")));
        assert_eq!(found("title: 'L'échange'\n", "échange"), Some((Slip::Apostrophe, "échange'")));
        assert_eq!(found("title: [Draft] x\n", "x"), Some((Slip::AfterBrackets, " x")));
        assert_eq!(found("title: * x\n", "x"), Some((Slip::ReservedSign, "*")));
        assert_eq!(found("title: \"Q\" # why\na: b: c\n", ": c"), None);
        assert_eq!(found("tags: [a,, b]\n", "b]"), Some((Slip::TwoCommas, ",")));
        assert_eq!(found("tags: [\"a,,\", b] x\n", "x"), Some((Slip::AfterBrackets, " x")));
    }
}
