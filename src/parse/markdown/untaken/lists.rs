//! What begins list items elsewhere: signs of word processors, letters and numbers in other forms, boxes.

use super::Found;
use super::lines::Line;
use crate::diagnostic::Untaken;

/// The signs that word processors begin an item with.
pub(super) const BULLETS: &str = "•▪●○‣◦■□➢➤►▸▶◆◇◉⁃∙❍❖✦✓✔";

/// Signs that also begin other lines, such as those of a dialogue: two of them in a row are a list.
const DOUBTFUL: &str = "–—−·→⇒✗✘☐☑☒o";

pub(super) fn look(lines: &[Line<'_>], found: &mut Found) {
    signs(lines, found);
    doubtful(lines, found);
    boxes(lines, found);
    sequence(lines, found);
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

fn signs(lines: &[Line<'_>], found: &mut Found) {
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
            found.push((range, Untaken::Item { sign: sign.to_owned(), is_spaced: true }));
        } else if first.is_alphabetic() && is_list {
            found.push((line.part(0..sign.len()), Untaken::Item { sign: sign.to_owned(), is_spaced: false }));
        }
    }
}

fn doubtful(lines: &[Line<'_>], found: &mut Found) {
    let begins = |line: &Line<'_>| {
        let sign = line.text.chars().next().filter(|sign| DOUBTFUL.contains(*sign))?;
        line.text[sign.len_utf8()..].starts_with([' ', '\u{a0}', '\t', '\u{202f}']).then_some(sign)
    };
    for sign in lines.iter().filter_map(begins).collect::<std::collections::BTreeSet<_>>() {
        let all = || lines.iter().filter(|line| begins(line) == Some(sign));
        // A word processor writes its second bullet as a letter and a tab.
        if all().nth(1).is_some() || (sign == 'o' && all().any(|line| line.text.starts_with("o\t"))) {
            found.extend(all().map(|line| (line.part(0..sign.len_utf8()), Untaken::Bullet(sign))));
        }
    }
}

/// `[] words`, `[ ]words`, `-[x] words`.
fn boxes(lines: &[Line<'_>], found: &mut Found) {
    let length = |line: &Line<'_>| {
        let text = line.text.strip_prefix(['-', '*', '+']).unwrap_or(line.text);
        let (inner, rest) = text.strip_prefix('[')?.split_once(']')?;
        // A letter in brackets may be anything, unless a hyphen is before it.
        let is_box = matches!(inner, "" | " " | "-") || (matches!(inner, "x" | "X") && text.len() < line.text.len());
        (is_box && rest.trim_start().starts_with(char::is_alphanumeric)).then_some(line.text.len() - rest.len())
    };
    let boxes = lines.iter().filter_map(|line| Some((line.part(0..length(line)?), Untaken::Task)));
    found.extend(boxes);
}

/// How an item is numbered: the signs around its number, and what the number may be.
#[derive(PartialEq)]
struct Numbered<'t> {
    around: (&'t str, &'t str),
    is_digit: bool,
}

/// What numbers a line, with its length and the numbers that it may mean: `i` is the ninth letter and the first Roman one.
fn numbered(text: &str) -> Option<(Numbered<'_>, usize, [u32; 2])> {
    let open = usize::from(text.starts_with('('));
    let inner = &text[open..];
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let letters = inner.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (length, numbers) = match (digits, letters) {
        (1..=2, _) => (digits, [inner[..digits].parse().ok()?; 2]),
        (0, 1..=5) => {
            let word = &inner[..letters];
            let letter = if letters == 1 { u32::from(word.to_ascii_lowercase().as_bytes()[0] - b'a') + 1 } else { 0 };
            let roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
            let nth = roman.iter().zip(1..).find(|(own, _)| own.eq_ignore_ascii_case(word)).map_or(0, |(_, nth)| nth);
            (letters, [letter, nth])
        }
        _ => return None,
    };
    let rest = &inner[length..];
    let closes: &[&str] = match (open, digits) {
        (1, _) => &[")"],
        (_, 0) => &[")", "."],
        _ => &["-", "°", "º", " .", " )", " -", "/", ".", ")", ".-"],
    };
    let close = closes.iter().filter(|close| rest.starts_with(**close)).max_by_key(|close| close.len())?;
    let end = open + length + close.len();
    text[end..].starts_with([' ', '\t', '\u{a0}', '\u{202f}']).then_some(())?;
    let around = (&text[..open], &rest[..close.len()]);
    Some((Numbered { around, is_digit: digits > 0 }, end, numbers))
}

/// Lines that are numbered one after the other in a form that begins no list.
fn sequence(lines: &[Line<'_>], found: &mut Found) {
    // An item with another kind of space is reported as such.
    let is_spaced = |line: &&Line<'_>| {
        item(line.text).is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_whitespace() && !c.is_ascii()))
    };
    let all = lines.iter().filter(|line| !is_spaced(line));
    let all: Vec<_> = all.filter_map(|line| Some((line, numbered(line.text)?))).collect();
    let follows = |before: &[u32; 2], after: &[u32; 2]| {
        before.iter().zip(after).any(|(before, after)| *before > 0 && before + 1 == *after)
    };
    let first = all.windows(2).find(|pair| {
        let [(_, (own, _, number)), (_, (next, _, after))] = pair else { return false };
        own == next && follows(number, after)
    });
    if let Some([(line, (_, end, _)), ..]) = first {
        found.push((line.part(0..*end), Untaken::Numbered(line.text[..*end].to_owned())));
    }
}
