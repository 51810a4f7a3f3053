//! Writing the signs of Markdown: some so that they have a meaning, others so that they have none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::line::In;
use super::tree::{self, Element};
use crate::lang::Lang;
use crate::parse::markdown::{self, At, Rules, Source};
use crate::path::ContentPath;

/// Whether Diptych understands an HTML element in Markdown. It asks the Markdown parser, so that the two cannot
/// disagree.
pub(super) fn understood(name: &str) -> bool {
    static KNOWN: LazyLock<BTreeMap<&str, bool>> = LazyLock::new(|| {
        let sample = |name: &str| match name {
            "br" => "a<br>b".to_owned(),
            "details" => "<details>\n<summary>a</summary>\n\nb\n\n</details>".to_owned(),
            "abbr" => "<abbr title=\"a b\">ab</abbr>".to_owned(),
            name => format!("a<{name}>b</{name}>"),
        };
        let file = ContentPath::new("sample.en.md");
        let source = Source { file: &file, at: At::Offset(0), rules: Some(Rules::default()) };
        let reads = |name: &str| markdown::parse(&source, &sample(name)).1.is_empty();
        ["br", "sub", "sup", "kbd", "abbr", "details"].into_iter().map(|name| (name, reads(name))).collect()
    });
    KNOWN.get(name).copied().unwrap_or_default()
}

/// What separates two lines of a cell.
pub(super) fn line_break() -> &'static str {
    if understood("br") { "<br>" } else { " " }
}

/// A place that somebody has to look at, in the form that `check` reports, with code in it.
pub(super) fn marked_place(lang: Lang, what: &str) -> String {
    marked(lang, &code(&in_brackets(what)))
}

/// The same outside of Markdown, with words in it.
pub(super) fn marked_words(lang: Lang, what: &str) -> String {
    marked(lang, &in_brackets(what))
}

fn marked(lang: Lang, what: &str) -> String {
    match lang {
        Lang::En => format!("[TO FILL: {what}]"),
        Lang::Fr => format!("[À REMPLIR\u{a0}: {what}]"),
    }
}

/// One line of text without brackets.
fn in_brackets(what: &str) -> String {
    what.split_whitespace().collect::<Vec<_>>().join(" ").replace(']', ")").replace('[', "(")
}

/// Whether a text has a place that somebody has to look at.
pub(super) fn has_place(text: &str) -> bool {
    text.contains("[TO FILL: ") || text.contains("[À REMPLIR\u{a0}: ")
}

/// Text to be shown as it is.
pub(super) fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

pub(super) fn code_block(element: &Element) -> String {
    let text = tree::text(&element.children);
    let inner = tree::first(&element.children, "code");
    let classes = || element.classes().chain(inner.into_iter().flat_map(Element::classes));
    let language = classes().find_map(|class| {
        class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")).or_else(|| class.strip_prefix("brush:"))
    });
    let language: String =
        language.unwrap_or_default().chars().filter(|c| c.is_alphanumeric() || "+-#_.".contains(*c)).collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default().max(2);
    let fence = "`".repeat(longest + 1);
    format!("{fence}{language}\n{}\n{fence}", text.trim_matches('\n').trim_end())
}

/// The kind of note that an element of another tool is.
pub(super) fn alert(element: &Element) -> Option<&'static str> {
    let is_note = element.classes().any(|class| {
        matches!(class, "admonition" | "alert" | "callout" | "notice" | "note" | "markdown-alert" | "custom-block")
    });
    let kind = element.classes().find_map(|class| {
        Some(match class.trim_start_matches("alert-").to_lowercase().as_str() {
            "note" | "info" | "abstract" | "question" | "quote" | "example" | "seealso" | "secondary" => "note",
            "tip" | "hint" | "success" => "tip",
            "important" | "primary" => "important",
            "warning" | "attention" => "warning",
            "caution" | "danger" | "error" | "failure" | "bug" => "caution",
            _ => return None,
        })
    });
    if is_note { Some(kind.unwrap_or("note")) } else { None }
}

pub(super) fn push_quote(kind: Option<String>, inner: &str, blocks: &mut Vec<String>) {
    if inner.is_empty() {
        return;
    }
    let quoted = |text: &str| {
        let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    };
    blocks.push(match kind {
        Some(kind) => format!("> [!{}]\n{}", kind.to_uppercase(), quoted(inner)),
        None => quoted(inner),
    });
}

/// A text whose further lines are indented below the first one.
pub(super) fn hung(text: &str, indent: &str) -> String {
    let mut lines = text.lines();
    let mut hung = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        hung.push('\n');
        if !line.is_empty() {
            hung.push_str(indent);
            hung.push_str(line);
        }
    }
    hung
}

/// Spaces as a reader sees them.
pub(super) fn folded(text: &str, within: In) -> String {
    let mut folded = String::with_capacity(text.len());
    let is_space = |c: char| c.is_ascii_whitespace();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !is_space(c) {
            folded.push(c);
            continue;
        }
        let mut has_line = c == '\n';
        while let Some(next) = chars.next_if(|next| is_space(*next)) {
            has_line |= next == '\n';
        }
        folded.push(if has_line && within == In::Paragraph { '\n' } else { ' ' });
    }
    folded
}

/// Words escaped so that their signs mean nothing in Markdown.
pub(super) fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let chars: Vec<char> = words.chars().collect();
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + 1).copied();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_sign = match c {
            '\\' => after.is_none_or(|after| after.is_ascii_punctuation()),
            '*' | '`' | '[' | ']' | '<' | '|' => true,
            '_' => !(is_word(before) && is_word(after)),
            '&' => after.is_some_and(|after| after.is_ascii_alphanumeric() || after == '#'),
            '~' => before == Some('~') || after == Some('~'),
            '(' => before.is_none() || before == Some(']'),
            ':' => before.is_none(),
            _ => false,
        };
        if is_sign {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// Text that a cell of a table can hold.
pub(super) fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Lines that begin no block of their own.
pub(super) fn at_line_starts(text: &str) -> String {
    let line = |line: &str| {
        let line = line.trim_start_matches(' ');
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let is_number = digits > 0 && digits < 10 && line[digits..].starts_with(['.', ')']);
        if is_number {
            format!("{}\\{}", &line[..digits], &line[digits..])
        } else if line.starts_with(['#', '>', '+', '=', ':', '-']) || line.starts_with("~~~") {
            format!("\\{line}")
        } else {
            line.to_owned()
        }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn destination(target: &str) -> String {
    let is_plain = target.chars().all(|c| !c.is_whitespace() && !"()<>\\".contains(c));
    if is_plain { target.to_owned() } else { format!("<{}>", target.replace(['<', '>', '\n'], "")) }
}

pub(super) fn alignment(cell: &Element) -> &'static str {
    let style = cell.get("style").or_else(|| cell.get("align")).unwrap_or_default();
    match () {
        () if style.contains("right") => "---:",
        () if style.contains("center") => ":---:",
        () if style.contains("left") => ":---",
        () => "---",
    }
}
