//! The marks that an unfinished merge leaves in a text: [`merge_conflict`].

use crate::diagnostic::{Diagnostic, Place, Span, catalog};
use crate::path::ContentPath;

/// The mistake of a text that may hold two versions of some lines: a line `<<<<<<< …`, `||||||| …` or `>>>>>>> …`,
/// whether or not the others are still there. In a block of code they may be an example, unless there is one outside it
/// too.
pub fn merge_conflict(path: &ContentPath, text: &str) -> Option<Diagnostic> {
    if !["<<<<<<<", "|||||||", ">>>>>>>"].iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let (mut first, mut is_sure, mut in_code, mut at) = (None, false, false, 0);
    for line in text.split_inclusive('\n') {
        let indent = indent(line);
        let rest = line[indent..].trim_end();
        if rest.starts_with("```") || rest.starts_with("~~~") {
            in_code = !in_code;
        }
        if is_mark(rest) {
            first = first.or(Some(at + indent..at + indent + rest.len()));
            is_sure |= !in_code;
        }
        at += line.len();
    }
    first.filter(|_| is_sure).map(|range| catalog::merge_conflict(Place::new(path, Span::new(range))))
}

/// How far a line is indented: the lines of an item and of a quotation are merged too.
fn indent(line: &str) -> usize {
    let mut rest = line.trim_start_matches([' ', '\t']);
    while let Some(quoted) = rest.strip_prefix("> ") {
        rest = quoted.trim_start_matches([' ', '\t']);
    }
    line.len() - rest.len()
}

/// Whether a line is one of the marks alone, or the mark and the name of a version.
fn is_mark(line: &str) -> bool {
    let rest = ["<<<<<<<", "|||||||", ">>>>>>>"].iter().find_map(|mark| line.strip_prefix(mark));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Option<String> {
        let mistake = merge_conflict(&ContentPath::new("a.en.md"), text)?;
        Some(text[mistake.place.span.range()].to_owned())
    }

    #[test]
    fn each_mark_is_told_by_itself() {
        assert_eq!(place("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> d\n").as_deref(), Some("<<<<<<< HEAD"));
        assert_eq!(place("a\r\n>>>>>>> 3f2a1b\r\nb").as_deref(), Some(">>>>>>> 3f2a1b"));
        assert_eq!(place("- a\n  <<<<<<<\n  b").as_deref(), Some("<<<<<<<"));
        assert_eq!(place("> a\n> ||||||| base\n").as_deref(), Some("||||||| base"));
    }

    #[test]
    fn what_is_about_merges_is_none() {
        assert_eq!(place("```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```\n"), None);
        assert_eq!(place("Between `<<<<<<<` and `>>>>>>>`. <<<<<<< here\n<<<<<<<<<< ten\nTitle\n=======\n"), None);
        assert_eq!(place("```\n<<<<<<< HEAD\n```\n>>>>>>> b\n").as_deref(), Some("<<<<<<< HEAD"));
    }
}
