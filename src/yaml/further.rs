//! What else, after the first mistake in its YAML, keeps a file from being read: [`slips`].

use std::ops::Range;

use super::one_pass;
use crate::diagnostic::Diagnostics;
use crate::path::ContentPath;

/// The most lines of one file that are reported as not being YAML.
const MOST_SLIPS: usize = 20;

/// Reports what else keeps a file from being read: the parser stops at the first mistake, but a writer wants to correct
/// them all in one go. The fact with the mistake is blanked out, and the rest is read again.
pub(super) fn slips(file: &ContentPath, text: &str, offset: u32, diagnostics: &mut Diagnostics) {
    let mut rest = text.to_owned();
    let mut last = diagnostics.iter().last().cloned();
    for _ in 1..MOST_SLIPS {
        let Some(reported) = last.filter(|reported| reported.name == "yaml-syntax") else { return };
        let at = (reported.place.span.start - offset) as usize;
        let fact = around(&rest, at);
        if rest[fact.clone()].trim().is_empty() {
            return;
        }
        let blank: String = rest[fact.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        rest.replace_range(fact, &blank);
        // Nothing is reported about the facts without such a mistake: they are only read all together.
        let (node, reported) = one_pass(file, &rest, offset);
        last = reported.iter().last().filter(|reported| node.is_none() && reported.name == "yaml-syntax").cloned();
        last = last.filter(|reported| !rest[(reported.place.span.start - offset) as usize..].trim().is_empty());
        diagnostics.extend(last.clone());
    }
}

/// What a mistake at a byte makes unreadable: its line if that has no name and belongs to no fact, otherwise the fact.
fn around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    // What follows an indented line, or an item, is part of the same list.
    let is_of_fact = line.contains(':') || line.starts_with(|c: char| " -#]}*+•▪●○‣◦–—".contains(c));
    if is_of_fact { fact_around(text, at) } else { start..start + line.len() }
}

/// The lines of the fact that a byte is in: from the name at the left edge to the next one.
fn fact_around(text: &str, at: usize) -> Range<usize> {
    let begins = |line: &str| line.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '-' | '#' | ']' | '}'));
    let starts = || std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts().take_while(|start| *start <= at).filter(|start| begins(&text[*start..])).last().unwrap_or(0);
    let is_name = |start: &usize| {
        let line = text[*start..].lines().next().unwrap_or_default();
        begins(line) && line.contains(':')
    };
    let end = starts().find(|start| *start > at && is_name(start)).unwrap_or(text.len());
    start..end
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        let (_, reported) = parse(&ContentPath::new("a/x.yaml"), text, 0);
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        reported.into_sorted().iter().map(|reported| line(reported.place.span.range().start)).collect()
    }

    #[test]
    fn each_line_that_is_no_yaml_is_told_in_one_run() {
        assert_eq!(lines("parties = [csc]\nstatus: signed\nemail:a@b.ca\nnumber: \"AB\n"), [1, 3, 4]);
        assert_eq!(lines("title: A: B\nlist:\n• a\n• b\nsummary: C: D\n"), [1, 3, 5]);
    }

    #[test]
    fn a_mistake_above_the_one_that_is_met_first_is_told_too() {
        assert_eq!(lines("title T\nsummary S\nkind: x\n"), [1, 2]);
        assert_eq!(lines("kind: a\ntitle T\n\nsummary: [a, b\nlevel: c\n"), [2, 4]);
    }

    #[test]
    fn a_line_without_a_name_is_told_once_and_the_lines_below_it_are_not() {
        for line in ["// to check", "<!-- x -->", "% x", "; x", "=> above", "To check"] {
            assert_eq!(lines(&format!("kind: a\n{line}\nlevel: b\nstatus: c\nparties: [d]\n")), [2], "{line}");
            assert_eq!(lines(&format!("{line}\nlevel: b\nstatus: c\nparties: [d]\n")), [1], "{line}");
        }
    }

    #[test]
    fn what_is_sound_beside_a_mistake_is_not_told() {
        assert_eq!(lines("a: b: c\nsteps:\n- office: csc\n  role: x\nnote: |\n  words: more: words\n"), [1]);
        assert_eq!(lines("a: [b\nc: d\n"), [1]);
    }
}
