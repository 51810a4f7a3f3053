//! What keeps a file from being read besides the first mistake in its YAML: [`slips`].

use std::ops::Range;

use super::one_pass;
use crate::diagnostic::Diagnostics;
use crate::path::ContentPath;

/// The most lines of one file that are reported as no YAML.
const MOST_SLIPS: usize = 20;

/// Reports what else keeps a file from being read: the parser stops at the first mistake, but a writer puts them right in one
/// go. The fact that a mistake is in is made blank, and the rest read again.
pub(super) fn slips(file: &ContentPath, text: &str, offset: u32, diagnostics: &mut Diagnostics) {
    let mut rest = text.to_owned();
    let mut last = diagnostics.iter().last().cloned();
    for _ in 1..MOST_SLIPS {
        let Some(at) = last.filter(|told| told.name == "yaml-syntax").map(|told| told.place.span.start - offset) else {
            return;
        };
        let fact = fact_around(&rest, at as usize);
        let blank: String = rest[fact.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        rest.replace_range(fact, &blank);
        // Of the facts that are sound nothing is told: only all of them together are read.
        let (node, told) = one_pass(file, &rest, offset);
        last = told.iter().last().filter(|told| node.is_none() && told.place.span.start - offset > at).cloned();
        diagnostics.extend(last.clone().filter(|told| told.name == "yaml-syntax"));
    }
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
        let (_, told) = parse(&ContentPath::new("a/x.yaml"), text, 0);
        told.iter().map(|told| text[..told.place.span.range().start].matches('\n').count() + 1).collect()
    }

    #[test]
    fn each_line_that_is_no_yaml_is_told_in_one_run() {
        assert_eq!(lines("parties = [csc]\nstatus: signed\nemail:a@b.ca\nnumber: \"AB\n"), [1, 3, 4]);
        assert_eq!(lines("title: A: B\nlist:\n• a\n• b\nsummary: C: D\n"), [1, 3, 5]);
    }

    #[test]
    fn what_is_sound_beside_a_mistake_is_not_told() {
        assert_eq!(lines("a: b: c\nsteps:\n- office: csc\n  role: x\nnote: |\n  words: more: words\n"), [1]);
        assert_eq!(lines("a: [b\nc: d\n"), [1]);
    }
}
