//! What begins a line: headings, items, tables, and the blocks of other tools.

use std::ops::Range;

use super::{Found, Signs, lists};
use crate::diagnostic::Untaken;

/// A line and where it is, without what is before its first sign.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    at: usize,
    pub(super) text: &'a str,
}

impl Line<'_> {
    pub(super) fn part(self, range: Range<usize>) -> Range<usize> {
        self.at + range.start..self.at + range.end
    }
}

pub(super) fn look(text: &str, signs: Signs, found: &mut Found) {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let words = line.trim_start_matches([' ', '\t', '>']);
        lines.push(Line { at: at + line.len() - words.len(), text: words.trim_end() });
        at += line.len() + 1;
    }
    headings(&lines, found);
    lists::look(&lines, found);
    if signs.has(b"|\t") {
        table(&lines, found);
    }
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
        let Some(first) = rest.chars().next().filter(|_| count > 0) else { continue };
        if count > 6 {
            if first.is_whitespace() {
                found.push((line.part(0..count), Untaken::HeadingDeep));
            }
            continue;
        }
        let sign = "#".repeat(count);
        if first.is_whitespace() && !first.is_ascii() {
            found.push((line.part(count..count + first.len_utf8()), Untaken::Heading { sign, is_spaced: true }));
            continue;
        }
        // A single sign may be a hashtag or a number.
        let is_title = || {
            lines.len() == 1
                && first.is_uppercase()
                && rest.contains(' ')
                && !rest.contains('#')
                && !rest.ends_with('.')
        };
        if (count > 1 && first.is_alphanumeric()) || (count == 1 && is_title()) {
            found.push((line.part(0..count), Untaken::Heading { sign, is_spaced: false }));
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
    let is_dashed = |line: &Line<'_>| {
        line.text.contains(['–', '—']) && line.text.contains('|') && line.text.chars().all(|c| "–—-:| \t".contains(c))
    };
    if let Some(at) = lines.iter().position(is_dashed).filter(|at| *at > 0 && lines[at - 1].text.contains('|')) {
        found.push((lines[at].part(0..lines[at].text.len()), Untaken::TableDashes));
        return;
    }
    let is_item = |line: &Line<'_>| line.text.starts_with(|c| lists::BULLETS.contains(c));
    let tabs = |line: &Line<'_>| if is_item(line) { 0 } else { line.text.matches('\t').count() };
    if let Some(pair) = lines.windows(2).find(|pair| tabs(&pair[0]) > 0 && tabs(&pair[0]) == tabs(&pair[1])) {
        found.push((pair[0].part(0..pair[0].text.len()), Untaken::TableTabs));
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
    const KINDS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    // `[NOTE]`, `!NOTE`, `[! NOTE]`: each lacks a sign.
    let name = line.text.trim_matches(['[', ']', '!', ' ']);
    let has_both_signs = line.text.strip_prefix("[!").is_some_and(|rest| rest.starts_with(name));
    if KINDS.contains(&name) && line.text.starts_with(['[', '!']) && !has_both_signs {
        found.push((line.part(0..line.text.len()), Untaken::Alert));
        return;
    }
    let Some(rest) = line.text.strip_prefix("[!") else { return };
    let Some(end) = rest.find(']') else { return };
    if end > 0 && rest[..end].bytes().all(|byte| byte.is_ascii_alphabetic()) {
        found.push((line.part(0..end + "[!]".len()), Untaken::Alert));
    }
}

/// `[label] : address`, with a space before the colon as in French.
fn colon(line: Line<'_>, found: &mut Found) {
    if !line.text.starts_with('[') {
        return;
    }
    let Some(end) = line.text.find(']') else { return };
    let rest = &line.text[end + 1..];
    let Some(after) = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).strip_prefix(':') else { return };
    let leads = after.trim_start().starts_with(['\u{1}', '/', '#', '<']);
    let gap = rest.len() - after.len() - 1;
    // Footnotes are reported where they are read.
    if gap > 0 && leads && !line.text.starts_with("[^") {
        found.push((line.part(end + 1..end + 1 + gap), Untaken::ColonParted));
    }
}
