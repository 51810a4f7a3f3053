//! Lists of attributes in the Markdown of other tools: `{: #id .class }`, `{ #id }`, `{width="300"}`: [`take`].
//!
//! Their ids stay, as anchors of HTML in the same place: of the heading, the words or the block that the list is for.
//! Everything else in them is left out and named.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::dialect::outside_code;
use super::pattern;

/// The inside of a list that needs no colon: its first part shows what it is.
const LIST: &str = r#"(?:#[^\s{}#.=]+|\.[\w-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[\w%.#/-]+))(?:[\s.#][^{}\n]*)?"#;

/// One or more lists that are alone on their line, also in a quotation.
static ALONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^(\s*(?:>\s?)*)((?:\{{:[^}}\n]*\}}|\{{\s*{LIST}\s*\}}\s*)+)\s*$")));
/// A list at the end of a heading.
static OF_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(\s*(?:>\s?)*(?:[-*+]\s+|\d+[.)]\s+)*#{{1,6}}\s.*?)\s*(?:\{{:([^}}\n]*)\}}|\{{\s*({LIST})\s*\}})(\s*#*\s*)$"
    ))
});
/// Words in brackets that have a list of their own, as Pandoc writes them; what is before them shows that they are no link.
static SPAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(^|[^\]\\!])\[([^\[\]\n]+)\]\{([#.][^{}\n]+)\}"));
/// A link without words or address that only carries a list: the anchors of the extensions of `MkDocs`.
static EMPTY: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\[\]\(\)\{{:?\s*({LIST})\s*\}}")));
/// A list that says itself, by a colon, what it is.
static MARKED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*\{:([^}\n]*)\}"));
/// A list right behind words with a mark, a link or a picture.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"([)\]*_~`>])\{{\s*({LIST})\s*\}}")));
static ID: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?:^|[\s.])#([^\s{}#."'=]+)|\bid=["']?([^\s"'{}]+)"#));
static ONLY_ID: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*#[^\s{}#.=]+\s*$"));
static TABLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*\|.*\|\s*$"));
static UNDERLINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s{0,3}(?:-+|=+)\s*$"));

/// Writes a line without the lists in it; `out` holds the lines before it. Returns the line, `None` if only lists were
/// in it.
pub(super) fn take(line: &str, out: &mut Vec<String>, left_out: &mut Vec<String>) -> Option<String> {
    if !line.contains('{') {
        return Some(line.to_owned());
    }
    if let Some(found) = ALONE.captures(line) {
        let anchors = anchors(&found[2], found[2].trim(), left_out);
        if !anchors.is_empty() {
            of_block(&anchors, &found[1], out);
        }
        return None;
    }
    let mut whole = line.to_owned();
    while let Some(found) = OF_HEADING.captures(&whole) {
        let list = found.get(2).or_else(|| found.get(3)).map_or("", |list| list.as_str());
        let written = whole[found[1].len()..].trim().trim_end_matches('#').trim_end().to_owned();
        let anchors = anchors(list, &written, left_out);
        whole = format!("{}{anchors}", &found[1]);
    }
    let left_out = &mut *left_out;
    let whole = outside_code(&EMPTY, &whole, |found| anchors(&found[1], &found[0][4..], left_out));
    let whole = outside_code(&SPAN, &whole, |found| {
        let written = &found[0][found[1].len() + found[2].len() + 2..];
        format!("{}{}{}", &found[1], &found[2], anchors(&found[3], written, left_out))
    });
    let whole = outside_code(&MARKED, &whole, |found| anchors(&found[1], found[0].trim(), left_out));
    let behind = |found: &Captures<'_>| format!("{}{}", &found[1], anchors(&found[2], found[0][1..].trim(), left_out));
    Some(outside_code(&BEHIND, &whole, behind))
}

/// The ids in a list as anchors of HTML. If the list holds more than an id, it is named.
fn anchors(list: &str, written: &str, left_out: &mut Vec<String>) -> String {
    let is_only_id = ONLY_ID.is_match(list.trim().trim_start_matches(['{', ':']).trim_end_matches('}'));
    if !is_only_id {
        left_out.push(written.to_owned());
    }
    let plain = list.replace(['{', '}', ':'], " ");
    let ids = ID.captures_iter(&plain).filter_map(|found| found.get(1).or_else(|| found.get(2)).map(|id| id.as_str()));
    ids.map(|id| format!("<a id=\"{}\"></a>", id.replace('&', "&amp;").replace('<', "&lt;"))).collect()
}

/// Gives anchors to the block that ends with the last line before a list; without one, to what follows.
fn of_block(anchors: &str, indent: &str, out: &mut Vec<String>) {
    let last = out.last().map_or("", |last| last.trim());
    if last.is_empty() {
        out.extend([format!("{indent}{anchors}"), indent.trim_end().to_owned()]);
        return;
    }
    let fence = ['`', '~'].into_iter().find(|mark| last.starts_with(&mark.to_string().repeat(3)));
    let is_table = TABLE.is_match(last);
    if fence.is_none() && !is_table {
        // The words of a heading with a line below it are above that line.
        let above = out.len().checked_sub(2).filter(|above| !out[*above].trim().is_empty());
        let at = above.filter(|_| UNDERLINE.is_match(last)).unwrap_or(out.len() - 1);
        let length = out[at].trim_end().len();
        out[at].truncate(length);
        out[at].push_str(anchors);
        return;
    }
    let ends = |line: &String| match fence {
        Some(mark) => line.trim().starts_with(&mark.to_string().repeat(3)),
        None => line.trim().is_empty(),
    };
    let before = out[..out.len() - 1].iter().rposition(ends);
    let start = before.map_or(0, |at| at + usize::from(fence.is_none()));
    out.splice(start..start, [String::new(), format!("{indent}{anchors}"), String::new()]);
}

#[cfg(test)]
mod tests {
    use super::super::dialect::plain;

    fn text(source: &str) -> String {
        plain(source).text.trim().to_owned()
    }

    #[test]
    fn ids_stay_where_they_are() {
        assert_eq!(
            text("## A {: #a .b }\n\n## B { #b }\n\n## C {#c .d} ##\n"),
            "## A<a id=\"a\"></a>\n\n## B<a id=\"b\"></a>\n\n## C<a id=\"c\"></a>"
        );
        assert_eq!(text("## A\n{: #a}\n\nB\n---\n{: .x #b}\n"), "## A<a id=\"a\"></a>\n\nB<a id=\"b\"></a>\n---");
        assert_eq!(
            text("*a*{: #a } and `b`{ #b .c } and [words]{#c}.\n"),
            "*a*<a id=\"a\"></a> and `b`<a id=\"b\"></a> and words<a id=\"c\"></a>."
        );
        assert_eq!(text("[a][b]{ target=_blank } [b]{: .x }\n"), "[a][b] [b]");
        assert_eq!(text("[](){#a}\n## A\n"), "<a id=\"a\"></a>\n## A");
        assert_eq!(text("> Said\n> more\n{: #q }\n"), "> Said\n> more<a id=\"q\"></a>");
        assert_eq!(text("> Said\n> {: #q }\n"), "> Said<a id=\"q\"></a>");
        assert_eq!(text("{: #a}\nB\n"), "<a id=\"a\"></a>\n\nB");
        assert_eq!(text("```\na\n```\n{: #a}\n"), "<a id=\"a\"></a>\n\n```\na\n```");
        assert_eq!(text("| a |\n|---|\n| b |\n{: #a}\n"), "<a id=\"a\"></a>\n\n| a |\n|---|\n| b |");
    }

    #[test]
    fn other_braces_are_words() {
        for source in
            ["## GET /forms/{id}", "Use {x} and { y }.", "a {#b} c", "{id}", "f(x){ return }", "[a][b] and [b](c.md)"]
        {
            assert_eq!(text(source), source);
        }
    }
}
