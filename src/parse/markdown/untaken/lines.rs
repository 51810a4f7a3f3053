//! What begins a line: headings, items, tables, and the blocks of other tools.

use std::ops::Range;

use super::Found;
use crate::diagnostic::Untaken;

/// A line and where it stands, without what is before its first sign.
#[derive(Clone, Copy)]
struct Line<'a> {
    at: usize,
    text: &'a str,
}

impl Line<'_> {
    fn part(self, range: Range<usize>) -> Range<usize> {
        self.at + range.start..self.at + range.end
    }
}

/// The signs that word processors begin an item with.
const BULLETS: &str = "•▪●○‣◦■□➢➤❖✓";

pub(super) fn look(text: &str, found: &mut Found) {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let words = line.trim_start_matches([' ', '\t', '>']);
        lines.push(Line { at: at + line.len() - words.len(), text: words.trim_end() });
        at += line.len() + 1;
    }
    headings(&lines, found);
    items(&lines, found);
    table(&lines, found);
    alert(lines[0], found);
    for line in &lines {
        other_tool(*line, found);
        colon(*line, found);
    }
}

fn headings(lines: &[Line<'_>], found: &mut Found) {
    for line in lines {
        let count = line.text.bytes().take_while(|byte| *byte == b'#').count();
        let rest = &line.text[count..];
        let Some(first) = rest.chars().next().filter(|_| (1..=6).contains(&count)) else { continue };
        let sign = "#".repeat(count);
        if first.is_whitespace() && !first.is_ascii() {
            found.push((line.part(count..count + first.len_utf8()), Untaken::Heading { sign, no_break: true }));
            continue;
        }
        // One sign alone may be a hash tag or a number.
        let is_title = || {
            lines.len() == 1
                && first.is_uppercase()
                && rest.contains(' ')
                && !rest.contains('#')
                && !rest.ends_with('.')
        };
        if (count > 1 && first.is_alphanumeric()) || (count == 1 && is_title()) {
            found.push((line.part(0..count), Untaken::Heading { sign, no_break: false }));
        }
    }
}

/// The sign of an item at the beginning of a line, and what follows.
fn item(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = match digits {
        0 => usize::from(text.starts_with(['-', '+', '*'])),
        1..=3 => usize::from(text[digits..].starts_with(['.', ')'])) * (digits + 1),
        _ => 0,
    };
    (length > 0).then(|| text.split_at(length))
}

fn items(lines: &[Line<'_>], found: &mut Found) {
    let close = |line: &&Line<'_>| item(line.text).is_some_and(|(_, rest)| rest.starts_with(char::is_alphabetic));
    let count = lines.iter().filter(close).count();
    for line in lines {
        if let Some(bullet) = line.text.chars().next().filter(|c| BULLETS.contains(*c)) {
            let is_item = line.text[bullet.len_utf8()..].chars().any(char::is_alphanumeric);
            if is_item {
                found.push((line.part(0..bullet.len_utf8()), Untaken::Bullet(bullet)));
            }
            continue;
        }
        let Some((sign, rest)) = item(line.text) else { continue };
        let Some(first) = rest.chars().next() else { continue };
        let is_list = count > 1 || (lines.len() == 1 && sign == "-" && rest.contains(' '));
        if first.is_whitespace() && !first.is_ascii() {
            let range = line.part(sign.len()..sign.len() + first.len_utf8());
            found.push((range, Untaken::Item { sign: sign.to_owned(), no_break: true }));
        } else if first.is_alphabetic() && is_list {
            found.push((line.part(0..sign.len()), Untaken::Item { sign: sign.to_owned(), no_break: false }));
        }
    }
    // Dashes begin lines of dialogue too; two of them in a row are a list.
    for dash in ['–', '—', '·'].into_iter().filter(|_| lines.len() > 1) {
        let begins = |line: &&Line<'_>| {
            line.text.strip_prefix(dash).is_some_and(|rest| rest.starts_with([' ', '\u{a0}', '\t', '\u{202f}']))
        };
        if lines.iter().filter(begins).count() > 1 {
            let all = lines.iter().filter(begins);
            found.extend(all.map(|line| (line.part(0..dash.len_utf8()), Untaken::Bullet(dash))));
        }
    }
}

fn table(lines: &[Line<'_>], found: &mut Found) {
    let is_rule = |line: &Line<'_>| {
        line.text.contains('-') && line.text.contains('|') && line.text.chars().all(|c| "-:| \t".contains(c))
    };
    if let Some(at) = lines.iter().position(is_rule).filter(|at| *at > 0 && lines[at - 1].text.contains('|')) {
        found.push((lines[at].part(0..lines[at].text.len()), Untaken::TableColumns));
        return;
    }
    let is_row = |line: &&Line<'_>| line.text.starts_with('|') && line.text.matches('|').count() > 1;
    let rows = lines.iter().filter(is_row).count();
    let whole = lines.iter().find(|line| is_row(line) && line.text.ends_with('|'));
    if let Some(first) = lines.iter().find(is_row).filter(|_| rows > 1).or(whole) {
        found.push((first.part(0..first.text.len()), Untaken::TableLine));
    }
}

/// The signs that begin a block of another tool.
fn other_tool(line: Line<'_>, found: &mut Found) {
    let text = line.text;
    if text.starts_with(|c: char| c.is_alphanumeric()) {
        return;
    }
    let word = |sign: &str| {
        let rest = text.strip_prefix(sign)?;
        rest.trim_start_matches('+').trim_start().starts_with(char::is_alphabetic).then_some(sign.len())
    };
    let lower = text.to_ascii_lowercase();
    let length = if text.starts_with(":::") {
        Some(text.bytes().take_while(|byte| *byte == b':').count())
    } else if ["[toc]", "[[toc]]", "[[_toc_]]", "{:toc}", "{{toc}}", "[toc2]"].contains(&lower.as_str()) {
        Some(text.len())
    } else if text.starts_with("*[") && text.contains("]: ") {
        Some(2)
    } else if matches!(text, "+++" | "$$") {
        Some(text.len())
    } else if text.starts_with("=== \"") {
        Some("===".len())
    } else if text.starts_with("--8<--") {
        Some("--8<--".len())
    } else if text.starts_with(".. ") && text.contains("::") {
        Some(2)
    } else {
        word("!!! ").or_else(|| word("???"))
    };
    if let Some(length) = length {
        found.push((line.part(0..length), Untaken::OtherTool(text[..length].to_owned())));
    }
}

/// `[!NOTE] words`, or a kind that nobody knows.
fn alert(line: Line<'_>, found: &mut Found) {
    let Some(rest) = line.text.strip_prefix("[!") else { return };
    let Some(end) = rest.find(']') else { return };
    if end > 0 && rest[..end].bytes().all(|byte| byte.is_ascii_alphabetic()) {
        found.push((line.part(0..end + "[!]".len()), Untaken::Alert));
    }
}

/// `[label] : address`, as French sets a colon.
fn colon(line: Line<'_>, found: &mut Found) {
    if !line.text.starts_with('[') {
        return;
    }
    let Some(end) = line.text.find(']') else { return };
    let rest = &line.text[end + 1..];
    let Some(after) = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).strip_prefix(':') else { return };
    let is_note = line.text.starts_with("[^");
    let leads = after.trim_start().starts_with(['\u{1}', '/', '#', '<']);
    let gap = rest.len() - after.len() - 1;
    if gap > 0 && (is_note || leads) {
        found.push((line.part(end + 1..end + 1 + gap), Untaken::ColonParted));
    }
}
