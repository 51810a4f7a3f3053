//! Signs among words: emphasis, named characters, and what other tools put between braces.

use std::ops::Range;

use super::{Found, HIDDEN, Signs, shown};
use crate::diagnostic::Untaken;
use crate::parse::markdown::Leaf;

pub(super) fn look(text: &str, signs: Signs, leaf: Leaf, found: &mut Found) {
    if !signs.has(b"*_~`&;{[^=$+<") {
        return;
    }
    if signs.has(b"*_~") {
        emphasis(text, found);
    }
    for (at, _) in text.match_indices('`') {
        let (before, after) = around(text, &(at..at + 1));
        if is_word(before) || is_word(after) {
            found.push((at..at + 1, Untaken::Backquote));
            break;
        }
    }
    if signs.has(b"<") && signs.has(b"=") {
        tags(text, found);
    }
    if signs.has(b"<") && signs.has(b":") {
        tags_of_word(text, found);
    }
    if signs.has(b"&") {
        entities(text, found);
    }
    if signs.has(b";") && text.contains(HIDDEN) {
        named_twice(text, found);
    }
    if signs.has(b"{[") {
        braces(text, leaf, found);
    }
    if signs.has(b"=^~$+") {
        pairs(text, found);
    }
}

/// What people put around a value.
const QUOTES: [char; 8] = ['"', '\'', '“', '”', '„', '«', '‘', '’'];

/// The characters before and after a range.
fn around(text: &str, range: &Range<usize>) -> (Option<char>, Option<char>) {
    (text[..range.start].chars().next_back(), text[range.end..].chars().next())
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || c == HIDDEN)
}

fn is_open(c: Option<char>) -> bool {
    c.is_none_or(|c| !c.is_alphanumeric() && c != HIDDEN)
}

/// The runs of a sign.
fn runs(text: &str, sign: char) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(sign) {
        match runs.last_mut() {
            Some(last) if last.end == at => last.end += sign.len_utf8(),
            _ => runs.push(at..at + sign.len_utf8()),
        }
    }
    runs
}

fn emphasis(text: &str, found: &mut Found) {
    let mut report =
        |range: &Range<usize>| found.push((range.clone(), Untaken::Emphasis(text[range.clone()].to_owned())));
    let (single, double): (Vec<_>, Vec<_>) =
        runs(text, '*').into_iter().filter(|run| run.len() <= 3).partition(|run| run.len() == 1);
    let begins = |run: &Range<usize>| {
        let (before, after) = around(text, run);
        is_open(before) && after.is_some_and(|c| !c.is_whitespace() && !")]»,.;:".contains(c))
    };
    let is_power = |run: &Range<usize>| {
        let (before, after) = around(text, run);
        before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric)
    };
    // A single run after a word is the mark of a note; one that opens, or occurs twice, was meant as emphasis.
    let meant: Vec<_> = double.iter().filter(|run| !is_power(run)).collect();
    if let Some(first) = meant.iter().find(|run| begins(run)).or(meant.first().filter(|_| meant.len() > 1)) {
        report(first);
    }
    let spaced = single.windows(2).find(|runs| {
        let (before, after) = around(text, &runs[1]);
        begins(&runs[0]) && before.is_some_and(char::is_whitespace) && is_open(after) && after != Some(' ')
    });
    // At the beginning of a line an asterisk is the mark of a note.
    let is_alone = |run: &&Range<usize>| {
        let (before, after) = around(text, run);
        matches!(before, Some(' ' | '\u{a0}' | '(' | '’')) && after.is_some_and(char::is_alphabetic)
    };
    let alone = || single.iter().find(is_alone).filter(|_| single.len() == 1);
    if let Some(first) = spaced.map(|runs| &runs[0]).or_else(alone) {
        report(first);
    }
    for sign in ['_', '~'] {
        let run = runs(text, sign).into_iter().find(|run| {
            let (before, after) = around(text, run);
            run.len() == 2 && (is_word(before) != is_word(after) || (sign == '~' && is_word(after)))
        });
        if let Some(run) = run {
            report(&run);
        }
    }
}

/// The named characters that writers know.
const NAMES: [&str; 30] = [
    "nbsp", "amp", "lt", "gt", "quot", "copy", "reg", "trade", "eacute", "Eacute", "egrave", "ecirc", "agrave",
    "acirc", "ccedil", "ocirc", "icirc", "ugrave", "oelig", "laquo", "raquo", "lsquo", "rsquo", "ldquo", "rdquo",
    "ndash", "mdash", "hellip", "bull", "deg",
];

fn entities(text: &str, found: &mut Found) {
    for (at, _) in text.match_indices('&') {
        let rest = &text[at + 1..];
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        let closed = rest[length..].starts_with(';');
        let name = &rest[..length];
        if (closed && length > 1) || (!closed && NAMES.contains(&name)) {
            let range = at..at + 1 + length + usize::from(closed);
            found.push((range.clone(), Untaken::Entity(text[range].to_owned())));
        }
    }
}

/// Characters that were named twice, so that readers see the name: `&amp;eacute;`.
fn named_twice(text: &str, found: &mut Found) {
    // Of the length of `&amp;`: after a backslash, the name itself is meant.
    let sign = HIDDEN.to_string().repeat("&amp;".len());
    for (at, _) in text.match_indices(HIDDEN).filter(|(at, _)| text[..=*at].ends_with(&sign)) {
        let Some((name, _)) = text[at + 1..].split_at_checked(10).or(Some((&text[at + 1..], ""))) else { continue };
        if let Some((name, _)) = name.split_once(';').filter(|(name, _)| NAMES.contains(name)) {
            found.push((at + 1..at + 2 + name.len(), Untaken::Entity(format!("&{name};"))));
        }
    }
}

/// What is in braces or double brackets.
fn braces(text: &str, leaf: Leaf, found: &mut Found) {
    let mut report = |range: Range<usize>| found.push((range.clone(), Untaken::OtherTool(shown(&text[range]))));
    let mut end = 0;
    // What nothing closes from some place on, nothing closes further on: it is searched for once.
    let mut open_for_good: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices('{') {
        let rest = &text[at..];
        let opens = ["{{", "{%", "{:", "{#", "{."];
        let is_attribute = || {
            let name = rest[1..].bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'-').count();
            name > 0 && rest[1 + name..].starts_with('=')
        };
        if at < end || !(opens.iter().any(|sign| rest.starts_with(sign)) || is_attribute()) {
            continue;
        }
        let close = if rest.starts_with("{{") {
            "}}"
        } else if rest.starts_with("{%") {
            "%}"
        } else {
            "}"
        };
        let found = if open_for_good.contains(&close) { None } else { rest.find(close) };
        if found.is_none() {
            open_for_good.push(close);
        }
        let length = found.map_or(2, |at| at + close.len());
        // An id at the end of a heading took.
        let is_id = leaf == Leaf::Heading && rest.starts_with("{#") && rest[length..].trim().is_empty();
        let took = is_id && !rest[..length].contains(char::is_whitespace);
        end = at + length;
        if !took && !rest[..length].contains('\n') {
            report(at..end);
        }
    }
    for (at, _) in text.match_indices("[[") {
        let inner = &text[at + 2..];
        let length = inner.find(['\n', '[', ']']).unwrap_or_default();
        let is_listed = inner[..length].eq_ignore_ascii_case("toc") || inner.starts_with("_TOC_");
        if length > 0 && inner[length..].starts_with("]]") && !is_listed {
            // Before the name of a file, it is shown on the page.
            let start = at - usize::from(text[..at].ends_with('!'));
            report(start..at + length + "[[]]".len());
        }
    }
    for (at, _) in text.match_indices("^[") {
        let note = text[at + 2..].split(['\n', ']', '^']).next().unwrap_or_default();
        if note.starts_with(char::is_alphabetic) && text[at + 2 + note.len()..].starts_with(']') {
            report(at..at + 2);
        }
    }
}

/// Tags with an attribute that are not read as tags: `<abbr title=“…”>`.
fn tags(text: &str, found: &mut Found) {
    fn name(text: &str) -> Option<(&str, &str)> {
        let length = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        text.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| text.split_at(length))
    }
    for (at, _) in text.match_indices('<') {
        let tag = || {
            let (tag, rest) = name(&text[at + 1..])?;
            let (_, value) = name(rest.strip_prefix([' ', '\n'])?.trim_start())?;
            let is_quoted = value.trim_start().strip_prefix('=')?.trim_start().starts_with(QUOTES);
            is_quoted.then_some(at..at + 1 + tag.len())
        };
        found.extend(tag().map(|range| (range, Untaken::Tag)));
    }
}

/// Tags with a colon in their names: `<st1:place w:st="on">`, `</o:p>`.
fn tags_of_word(text: &str, found: &mut Found) {
    for (at, _) in text.match_indices('<') {
        let name = text[at + 1..].trim_start_matches('/');
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
        let prefix = name.bytes().take_while(is_letter).count();
        let own = name[prefix..].strip_prefix(':').map_or(0, |own| own.bytes().take_while(is_letter).count());
        let is_tag = (1..=4).contains(&prefix) && own > 0 && name.starts_with(|c: char| c.is_ascii_alphabetic());
        let end = text[at..].find(['>', '\n']).map(|end| at + end).filter(|end| text[*end..].starts_with('>'));
        if let Some(end) = end.filter(|_| is_tag) {
            found.push((at..end + 1, Untaken::WordTag(shown(&text[at..=end]))));
        }
    }
}

/// Signs that have a meaning in pairs in other tools: `==marked==`, `x^2^`, `H~2~O`.
fn pairs(text: &str, found: &mut Found) {
    for (sign, length) in [("=", 2), ("^", 1), ("~", 1), ("$", 2), ("+", 2)] {
        if !text.contains(sign) {
            continue;
        }
        let sign = sign.chars().next().unwrap_or_default();
        let all = runs(text, sign);
        let pair = all.windows(2).find(|runs| {
            let (_, after) = around(text, &runs[0]);
            let (before, _) = around(text, &runs[1]);
            let inner = &text[runs[0].end..runs[1].start];
            let tight = !inner.contains(char::is_whitespace) || length > 1;
            runs.iter().all(|run| run.len() == length) && is_word(after) && is_word(before) && tight
        });
        if let Some(runs) = pair {
            let range = runs[0].start..runs[1].end;
            found.push((range.clone(), Untaken::OtherTool(shown(&text[range]))));
        }
    }
}
