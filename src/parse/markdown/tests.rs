//! What Markdown is read as, in short trees: constructs that parsers get wrong, and what is reported of them.

use std::fmt::Write as _;

use super::*;
use crate::document::{BlockKind, Element, InlineKind, Item};

fn read(text: &str) -> (Document<RawLink>, Vec<Diagnostic>) {
    let file = ContentPath::new("a.en.md");
    let source = Source { file: &file, at: At::Offset(0), rules: Some(Rules::default()) };
    let (document, diagnostics) = parse(&source, text);
    (document, diagnostics.into_sorted())
}

fn names(text: &str) -> Vec<&'static str> {
    read(text).1.into_iter().map(|mistake| mistake.name).collect()
}

#[test]
fn nesting_beyond_all_use_is_told_instead_of_ending_the_program() {
    assert_eq!(names(&format!("{}a", "> ".repeat(5_000))), ["nested-too-deep"]);
    assert_eq!(names(&format!("{}{}", "*a ".repeat(5_000), "a*".repeat(5_000))), ["nested-too-deep"]);
    assert_eq!(names(&format!("{}a{}", "<sup>".repeat(5_000), "</sup>".repeat(5_000))), ["nested-too-deep"]);
    let mixed = format!("{}a{}", "<kbd>*".repeat(2_000), "*</kbd>".repeat(2_000));
    assert!(names(&mixed).contains(&"nested-too-deep"));
    let details = "<details><summary>a</summary>\n\nb\n\n".repeat(5_000);
    assert_eq!(names(&format!("{details}{}", "</details>\n\n".repeat(5_000))), ["nested-too-deep"]);
    let unclosed = names(&details);
    assert_eq!(unclosed.iter().filter(|name| **name == "nested-too-deep").count(), 1);
    assert!(unclosed.iter().all(|name| ["nested-too-deep", "html-unclosed"].contains(name)) && unclosed.len() < 100);
    let few = "<details><summary>a</summary>\n\n> - b\n\n".repeat(20);
    assert!(names(&format!("{few}{}", "</details>\n\n".repeat(20))).is_empty());
}

#[test]
fn comments_are_notes_among_writers_and_tags_are_mistakes() {
    assert!(names("<!-- to be checked -->\n\nText <!-- here too --> text.\n").is_empty());
    assert_eq!(names("<div>Text</div>\n"), ["raw-html"]);
    assert_eq!(names("Text <b>bold</b>.\n"), ["raw-html"]);
}

/// The tree of a text in short, and the names of its mistakes.
fn tree(text: &str) -> String {
    let (document, mistakes) = read(text);
    let mut out = document.blocks.iter().map(block).collect::<Vec<_>>().join(" ");
    for note in &document.footnotes {
        let _ = write!(out, " note({})", blocks(&note.blocks));
    }
    for mistake in mistakes {
        let _ = write!(out, " !{}“{}”", mistake.name, &text[mistake.place.span.range()]);
    }
    out
}

fn blocks(all: &[Block<RawLink>]) -> String {
    all.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block<RawLink>) -> String {
    match &block.kind {
        BlockKind::Heading { level, id, inlines } => format!("h{level}#{id}({})", line(inlines)),
        BlockKind::Paragraph(inlines) => format!("p({})", line(inlines)),
        BlockKind::Plain(inlines) => line(inlines),
        BlockKind::List { start, items } => {
            let item = |item: &Item<RawLink>| {
                let done = item.done.map_or("", |done| if done { "[x]" } else { "[ ]" });
                format!("li({done}{})", blocks(&item.blocks))
            };
            let name = start.map_or("ul".to_owned(), |start| format!("ol{start}"));
            format!("{name}({})", items.iter().map(item).collect::<String>())
        }
        BlockKind::Table(table) => {
            let row =
                |row: &Vec<Vec<Block<RawLink>>>| row.iter().map(|cell| blocks(cell)).collect::<Vec<_>>().join("|");
            let rows = std::iter::once(&table.head).chain(&table.rows).map(row);
            format!("table({})", rows.collect::<Vec<_>>().join("/"))
        }
        BlockKind::Code { language, text } => format!("code:{language}({text})"),
        BlockKind::Quote(inner) => format!("quote({})", blocks(inner)),
        BlockKind::Alert { kind, blocks: inner } => format!("{}({})", kind.name(), blocks(inner)),
        BlockKind::Definitions(all) => {
            let one = |definition: &crate::document::Definition<RawLink>| {
                let details = definition.details.iter().map(|detail| blocks(detail)).collect::<Vec<_>>().join(";");
                format!("{}={details}", line(&definition.term))
            };
            format!("dl({})", all.iter().map(one).collect::<Vec<_>>().join(","))
        }
        BlockKind::Details { summary, blocks: inner } => format!("details({}: {})", line(summary), blocks(inner)),
        BlockKind::Rule => "hr".to_owned(),
    }
}

fn line(inlines: &[Inline<RawLink>]) -> String {
    let one = |inline: &Inline<RawLink>| match &inline.kind {
        InlineKind::Text(text) => text.clone(),
        InlineKind::Code(text) => format!("`{text}`"),
        InlineKind::Emphasis(inner) => format!("em({})", line(inner)),
        InlineKind::Strong(inner) => format!("strong({})", line(inner)),
        InlineKind::Strikethrough(inner) => format!("s({})", line(inner)),
        InlineKind::Element { element, inlines } => match element {
            Element::Superscript => format!("sup({})", line(inlines)),
            Element::Subscript => format!("sub({})", line(inlines)),
            Element::Keyboard => format!("kbd({})", line(inlines)),
            Element::Abbreviation { title } => format!("abbr:{title}({})", line(inlines)),
        },
        InlineKind::Address { target, text } if *text == target.0 => format!("<{text}>"),
        InlineKind::Address { target, text } => format!("<{text}={}>", target.0),
        InlineKind::Link { target, inlines } => format!("[{}]({})", line(inlines), target.0),
        InlineKind::Image { target, alt } => format!("![{alt}]({})", target.0),
        InlineKind::Foreign { lang, inlines } => format!("{lang}({})", line(inlines)),
        InlineKind::FootnoteReference(at) => format!("^{at}"),
        InlineKind::SoftBreak => "⏎".to_owned(),
        InlineKind::HardBreak => "↵".to_owned(),
    };
    inlines.iter().map(one).collect()
}

#[test]
fn small_elements_of_html_are_understood_wherever_words_are() {
    assert_eq!(tree("H<sub>2</sub>O, m<SUP>*2*</SUP>"), "p(Hsub(2)O, msup(em(2)))");
    assert_eq!(tree("a<br>b<br/>c"), "p(a↵b↵c)");
    assert_eq!(tree("## The <abbr title=\"A &amp; B\">AB</abbr>"), "h2#the-ab(The abbr:A & B(AB))");
    assert_eq!(tree("<kbd>Ctrl</kbd>\n\n- <kbd>A</kbd>"), "p(kbd(Ctrl)) ul(li(kbd(A)))");
    assert_eq!(tree("<br>\n\ntext"), "p(text)");
}

#[test]
fn elements_that_do_not_close_keep_their_words_and_are_told() {
    assert_eq!(tree("a<sup>b"), "p(ab) !html-unclosed“<sup>”");
    assert_eq!(tree("a</sub>b"), "p(ab) !html-unopened“</sub>”");
    assert_eq!(tree("*a<sup>b*c</sup>"), "p(em(ab)c) !html-unclosed“<sup>” !html-unopened“</sup>”");
    assert_eq!(tree("<kbd class=\"k\">A</kbd>"), "p(kbd(A)) !html-attribute“<kbd class=\"k\">”");
}

#[test]
fn details_hold_any_blocks_with_and_without_blank_lines() {
    let open = "<details>\n<summary>A **b**</summary>\n\n- one\n\n</details>\n\nafter";
    assert_eq!(tree(open), "details(A strong(b): ul(li(one))) p(after)");
    assert_eq!(tree("<details><summary>A</summary>\n    one *two*\n</details>"), "details(A: p(one em(two)))");
    let nested =
        "<details>\n<summary>A</summary>\n\n<details>\n<summary>B</summary>\n\nb\n\n</details>\n</details>\nafter";
    assert_eq!(tree(nested), "details(A: details(B: p(b))) p(after)");
    assert_eq!(tree("- <details>\n  <summary>A</summary>\n\n  b\n\n  </details>"), "ul(li(details(A: p(b))))");
    assert_eq!(tree("<details>\n<summary>\n\n### A\n\n</summary>\n\nb\n\n</details>"), "details(A: p(b))");
    assert_eq!(
        tree("<details>\n\nb\n"),
        "details(: p(b)) !details-without-summary“<details>” !html-unclosed“<details>”"
    );
}

#[test]
fn the_words_in_html_that_is_left_out_stay_on_the_page() {
    assert_eq!(tree("<div>one\ntwo</div>"), "p(one⏎two) !raw-html“<div>”");
    assert_eq!(
        tree("> <ul>\n>   <li>one</li>\n>   <li>[two][r]</li>\n> </ul>\n\n[r]: agreements/a"),
        "quote(p(one) p([two](agreements/a))) !raw-html“<ul>” !raw-html“<li>” !raw-html“<li>”"
    );
    assert_eq!(tree("one<p>two</p>three"), "p(one⏎two⏎three) !raw-html“<p>”");
    assert_eq!(tree("a <span>b</span>c"), "p(a bc) !raw-html“<span>”");
    assert_eq!(tree("<script>run()</script>"), " !raw-html“<script>run()</script>”");
}

#[test]
fn a_cell_holds_lines_and_lists() {
    let table = |cell: &str| tree(&format!("| a | b |\n|---|---|\n| {cell} | d |"));
    assert_eq!(table("one<br>two"), "table(a|b/one↵two|d)");
    assert_eq!(table("- one<br>- **two**"), "table(a|b/ul(li(one)li(strong(two)))|d)");
    assert_eq!(table("x:<br>1. one<br>2. two"), "table(a|b/x: ol1(li(one)li(two))|d)");
    assert_eq!(table("x<ul><li>one</li></ul>y"), "table(a|b/x ul(li(one)) y|d)");
    assert_eq!(table("<ol><li>one</li><li>two</li></ol>"), "table(a|b/ol1(li(one)li(two))|d)");
    assert_eq!(table("- 5"), "table(a|b/- 5|d)");
    assert_eq!(table("c | d | e"), "table(a|b/c|d) !cells-too-many“e | d”");
}

#[test]
fn emphasis_beside_punctuation_is_what_its_writer_meant() {
    assert_eq!(tree("d’**« accord »**et"), "p(d’strong(« accord »)et)");
    assert_eq!(tree("**Note:**text"), "p(strong(Note:)text)");
    assert_eq!(tree("a*(b)*c and **« d »**e, **f**"), "p(aem((b))c and strong(« d »)e, strong(f))");
    assert_eq!(tree("x***« y »***z"), "p(xem(strong(« y »))z)");
    assert_eq!(tree("a \\*\\*(b)\\*\\*c"), "p(a **(b)**c)");
    assert_eq!(tree("5 * 3, ** a ** b"), "p(5 * 3, ** a ** b) !markdown-emphasis“**”");
}

#[test]
fn addresses_among_words_lead_there() {
    assert_eq!(tree("See https://example.org/a."), "p(See <https://example.org/a>.)");
    assert_eq!(
        tree("<desk@example.org> or desk@example.org"),
        "p([desk@example.org](mailto:desk@example.org) or <desk@example.org=mailto:desk@example.org>)"
    );
    assert_eq!(
        tree("[https://example.org](a/b) `https://example.org`"),
        "p([https://example.org](a/b) `https://example.org`)"
    );
}

#[test]
fn braces_at_the_end_of_a_heading_are_words_unless_they_hold_an_id() {
    assert_eq!(tree("## GET /collections/{id}"), "h2#get-collections-id(GET /collections/{id})");
    assert_eq!(tree("## Words *here* {#own}"), "h2#own(Words em(here))");
    assert_eq!(tree("## Words {.class}"), "h2#words-class(Words {.class}) !markdown-other-tool“{.class}”");
}

#[test]
fn a_french_line_that_begins_with_a_colon_stays_a_paragraph() {
    assert_eq!(tree("Voici la liste\n : un"), "p(Voici la liste⏎: un)");
    assert_eq!(tree("Terme\n: sens"), "dl(Terme=sens)");
    assert_eq!(tree("```yaml\na\n: b\n```"), "code:yaml(a\n: b\n)");
}

#[test]
fn what_no_construct_shows_is_told() {
    assert_eq!(tree("x[^a]\n\n[^a]: one\n\n[^a]: two"), "p(x^0) note(p(one)) !footnote-twice“[^a]: two”");
    assert_eq!(tree("a\n\n<!-- open\n\nb"), "p(a) !comment-unclosed“<!-- open\n\nb”");
    assert_eq!(tree("a <!-- open"), "p(a <!-- open) !markdown-comment“<!--”");
    assert_eq!(tree("[a](b \"title\")"), "p([a](b)) !link-title“[a](b \"title\")”");
    assert_eq!(tree("[Note]: important"), " !reference-unused“[Note]: important”");
    assert_eq!(tree("[//]: # (a comment)"), "");
    assert_eq!(tree("[a][r]\n\n[r]: one\n[r]: two"), "p([a](one)) !reference-twice“[r]: two”");
    assert_eq!(tree("```js title=\"a\"\nx\n```"), "code:js(x\n) !code-info“```js title=\"a\"”");
}
