//! Rewrites the Markdown of other tools as `CommonMark` with HTML in it: [`plain`].
//!
//! Notes (`!!!`, `:::`, `?>`), tabs (`===`), lists of attributes ([`attributes`]), abbreviations (`*[HTML]: …`), tables of
//! contents (`[TOC]`) and spaces in the names of files. Code is left alone.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{attributes, pattern};

/// Text that is `CommonMark`, and what was left out of it.
pub(super) struct Plain {
    /// The Markdown.
    pub text: String,
    /// What was left out, as it was.
    pub left_out: Vec<String>,
}

static NOTE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^(!!!|\?\?\?\+?)\s+([\w-]+)([^"]*)(?:"([^"]*)")?\s*$"#));
static TAB: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^===[!+]?\s+"([^"]*)"\s*$"#));
static FENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^:::+\s*(?:\{\s*\.?([\w-]+)?([^}]*)\}|([\w-]+))?\s*(.*)$"));
/// The name of a file with a space in it.
static SPACED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"\]\(([^()<>\s"'][^()<>"'\n]* [^()<>"'\n]*\.[A-Za-z]\w{1,4})\)"#));
static ABBREVIATION: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\*\[[^\]]+\]:\s*.+$"));

/// Rewrites a page.
pub(super) fn plain(source: &str) -> Plain {
    let mut left_out = Vec::new();
    let lines: Vec<&str> = source.lines().collect();
    let mut out = Vec::with_capacity(lines.len());
    block(&lines, &mut out, &mut left_out, 0);
    let mut text = out.join("\n");
    text.push('\n');
    Plain { text, left_out }
}

/// Notes are nested no deeper.
const DEEPEST: usize = 20;

fn block(lines: &[&str], out: &mut Vec<String>, left_out: &mut Vec<String>, depth: usize) {
    let (mut at, mut fence, mut open) = (0, None::<String>, 0_usize);
    while let Some(line) = lines.get(at) {
        at += 1;
        let trimmed = line.trim_start();
        if let Some(mark) = &fence {
            if trimmed.starts_with(mark.as_str()) && trimmed.trim_end().chars().all(|c| mark.starts_with(c)) {
                fence = None;
            }
            out.push((*line).to_owned());
            continue;
        }
        if let Some(mark) = ['`', '~'].into_iter().find(|mark| trimmed.starts_with(&mark.to_string().repeat(3))) {
            fence = Some(trimmed.chars().take_while(|c| *c == mark).collect());
            out.push((*line).to_owned());
            continue;
        }
        if depth < DEEPEST
            && let Some(found) = NOTE.captures(line)
        {
            let title = found.get(4).map_or("", |title| title.as_str());
            leave_out(&found[3], left_out);
            open_note(&found[2], title, out);
            let inner = indented(&lines[at..]);
            at += inner.len();
            block(&inner, out, left_out, depth + 1);
            close_note(out);
        } else if depth < DEEPEST
            && let Some(found) = TAB.captures(line)
        {
            out.extend([String::new(), format!("**{}**", &found[1]), String::new()]);
            let inner = indented(&lines[at..]);
            at += inner.len();
            block(&inner, out, left_out, depth + 1);
            out.push(String::new());
        } else if line.starts_with(":::") {
            let kind = FENCE.captures(line).and_then(|found| {
                let kind = found.get(1).or_else(|| found.get(3))?.as_str().to_owned();
                leave_out(found.get(2).map_or("", |more| more.as_str()), left_out);
                Some((kind, found[4].to_owned()))
            });
            match kind {
                Some((kind, title)) => {
                    let title =
                        title.trim().strip_prefix('[').and_then(|title| title.strip_suffix(']')).unwrap_or(&title);
                    open += 1;
                    open_note(&kind, title, out);
                }
                None if open > 0 => {
                    open -= 1;
                    close_note(out);
                }
                None => left_out.push((*line).to_owned()),
            }
        } else if let Some(words) = line.strip_prefix("?> ").or_else(|| line.strip_prefix("!> ")) {
            let kind = if line.starts_with('!') { "warning" } else { "tip" };
            open_note(kind, "", out);
            out.push(words.to_owned());
            close_note(out);
        } else if ABBREVIATION.is_match(line)
            || matches!(trimmed.trim_end(), "[TOC]" | "[[toc]]" | "[[TOC]]" | "{:toc}")
        {
            left_out.push((*line).to_owned());
        } else if let Some(next) = lines.get(at).filter(|next| next.trim() == "{:toc}" || next.trim() == "{: toc}") {
            left_out.extend([(*line).to_owned(), (*next).to_owned()]);
            at += 1;
        } else {
            push_line(line, out, left_out);
        }
    }
    for _ in 0..open {
        close_note(out);
    }
}

/// Begins a note as an HTML element around Markdown.
fn open_note(kind: &str, title: &str, out: &mut Vec<String>) {
    out.extend([String::new(), format!("<div class=\"admonition {kind}\">"), String::new()]);
    if !title.is_empty() {
        out.extend([format!("**{title}**"), String::new()]);
    }
}

fn close_note(out: &mut Vec<String>) {
    out.extend([String::new(), "</div>".to_owned(), String::new()]);
}

/// Notes that words beside the name of a note were left out.
fn leave_out(words: &str, left_out: &mut Vec<String>) {
    if !words.trim().is_empty() {
        left_out.push(words.trim().to_owned());
    }
}

fn push_line(line: &str, out: &mut Vec<String>, left_out: &mut Vec<String>) {
    // French has a space before a colon: such a line does not begin a definition.
    let line = match line.strip_prefix(": «") {
        Some(rest) => format!("\\: «{rest}"),
        None => line.to_owned(),
    };
    let line = outside_code(&SPACED, &line, |found| format!("](<{}>)", &found[1]));
    let Some(without) = attributes::take(&line, out, left_out) else { return };
    let is_open = without.contains("markdown=") && without.trim_start().starts_with('<');
    let is_close = without.trim_start().starts_with("</div>") || without.trim_start().starts_with("</section>");
    if is_close {
        out.push(String::new());
    }
    out.push(without);
    if is_open {
        out.push(String::new());
    }
}

/// A line in which the matches of a pattern are rewritten, except between backquotes.
pub(super) fn outside_code(pattern: &Regex, line: &str, mut written: impl FnMut(&Captures<'_>) -> String) -> String {
    let (mut counted, mut is_code) = (0, false);
    let whole = pattern.replace_all(line, |found: &Captures<'_>| {
        // A pattern may begin with the end of code.
        let at = found.get(0).map_or(0, |whole| whole.start() + usize::from(whole.as_str().starts_with('`')));
        is_code ^= line[counted..at].matches('`').count() % 2 == 1;
        counted = at;
        if is_code { found[0].to_owned() } else { written(found) }
    });
    whole.into_owned()
}

/// The lines of a note, which are indented further, without that indentation.
fn indented<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let inner =
        lines.iter().take_while(|line| line.trim().is_empty() || line.starts_with("    ") || line.starts_with('\t'));
    inner.map(|line| line.strip_prefix("    ").or_else(|| line.strip_prefix('\t')).unwrap_or(line.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_other_tools_are_parts_that_html_can_name() {
        let note = plain("!!! warning \"Mind\"\n    Words.\n\nAfter.").text;
        assert!(note.contains("<div class=\"admonition warning\">\n\n**Mind**\n\nWords."), "{note}");
        let note = plain("::: tip Title\nWords.\n:::\nAfter.").text;
        assert!(note.contains("<div class=\"admonition tip\">\n\n**Title**\n\nWords.\n\n</div>"), "{note}");
        assert!(plain(":::note[Title]\n\nWords.\n\n:::").text.contains("**Title**"));
    }

    #[test]
    fn what_has_no_words_for_readers_is_left_out_and_named() {
        let Plain { text, left_out } = plain("# A\n{: .no_toc }\n\n* TOC\n{:toc}\n\nB {: .c }\n*[HTML]: Hyper\n");
        assert_eq!(text.trim(), "# A\n\n\nB");
        assert_eq!(left_out, ["{: .no_toc }", "* TOC", "{:toc}", "{: .c }", "*[HTML]: Hyper"]);
    }

    #[test]
    fn attributes_without_a_colon_are_known_behind_a_link_and_alone_on_a_line() {
        let Plain { text, left_out } = plain("![A](a.png){ width=\"300\" }, [b](c.md){ .button }\n{.table}\n{x}\n");
        assert_eq!(text, "![A](a.png), [b](c.md)\n{x}\n");
        assert_eq!(left_out, ["{ width=\"300\" }", "{ .button }", "{.table}"]);
    }

    #[test]
    fn the_name_of_a_file_may_have_spaces() {
        let written = plain("[a](img/chart one.png) [b](see here) [c](x \"a t.png\")\n").text;
        assert_eq!(written, "[a](<img/chart one.png>) [b](see here) [c](x \"a t.png\")\n");
    }

    #[test]
    fn code_is_left_alone() {
        for source in ["```\n!!! note\n    x\n```\n", "`![a](b){ .c }` and `{: .d }`\n"] {
            assert_eq!(plain(source).text, source);
        }
    }
}
