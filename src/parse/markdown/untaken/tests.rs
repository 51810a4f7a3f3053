use crate::parse::markdown::{At, Rules, Source, parse};
use crate::path::ContentPath;

/// What is told of a text: the names without their common beginning, and the passages.
fn told(text: &str) -> String {
    let file = ContentPath::new("a.en.md");
    let source = Source { file: &file, at: At::Offset(0), rules: Some(Rules::default()) };
    let told = parse(&source, text).1.into_sorted().into_iter();
    let told =
        told.map(|told| format!("{}“{}”", told.name.trim_start_matches("markdown-"), &text[told.place.span.range()]));
    told.collect::<Vec<_>>().join(" ")
}

fn silent(texts: &[&str]) {
    for text in texts {
        assert_eq!(told(text), "", "{text:?}");
    }
}

#[test]
fn headings_need_a_space_that_is_one() {
    assert_eq!(told("##\u{a0}Title"), "heading“\u{a0}”");
    assert_eq!(told("##Title"), "heading“##”");
    assert_eq!(told("#Title of the page"), "heading“#”");
    assert_eq!(told("- ##Title"), "heading“##”");
    assert_eq!(told("> ###\u{202f}Title"), "heading“\u{202f}”");
    silent(&["#hashtag", "Treaty\n#6 and more", "\\##Title", "`##Title`", "#!", "#Canada150"]);
}

#[test]
fn items_need_a_sign_of_markdown_and_a_space() {
    assert_eq!(told("-one\n-two"), "list“-” list“-”");
    assert_eq!(told("-\u{a0}one"), "list“\u{a0}”");
    assert_eq!(told("1.First\n2.Second"), "list“1.” list“2.”");
    assert_eq!(told("1)\u{a0}First"), "list“\u{a0}”");
    assert_eq!(told("• one\n• two"), "list“•” list“•”");
    assert_eq!(told("– one\n– two"), "list“–” list“–”");
    silent(&["-5 degrees", "– a remark", "1.5 million\n2.5 million", "-one", "\\-one\n\\-two", "- one\n- two"]);
}

#[test]
fn items_inside_others_need_their_indentation() {
    assert_eq!(told("1. one\n  - inner\n2. two"), "indent“-”");
    assert_eq!(told("- one\n - inner"), "indent“-”");
    silent(&["1. one\n   - inner\n2. two", "- one\n  - inner", " 9. nine\n10. ten", "1. one\n\n- other"]);
}

#[test]
fn words_that_were_pasted_with_their_indentation_are_no_code() {
    assert_eq!(told("Text\n\n    The agreement holds for a year."), "indent“The agreement holds for a year.”");
    assert_eq!(told("Text\n\n    - an item"), "indent“- an item”");
    silent(&[
        "Run\n\n    npm install",
        "    let x = 1;",
        "- one\n\n    The same item.",
        "```\nThe code is words.\n```",
    ]);
}

#[test]
fn emphasis_that_did_not_take_is_told_once() {
    assert_eq!(told("a **not closed"), "emphasis“**”");
    assert_eq!(told("a ** spaced ** b"), "emphasis“**”");
    assert_eq!(told("a *spaced *, b"), "emphasis“*”");
    assert_eq!(told("a __not closed"), "emphasis“__”");
    assert_eq!(told("a ~~not closed"), "emphasis“~~”");
    assert_eq!(told("`not closed"), "code“`”");
    silent(&[
        "5 * 3 * 2",
        "2**3",
        "a snake_case_name, __init__",
        "Price* and tax*",
        "Total**",
        "* Required",
        "a\\*\\*b",
        "~5",
    ]);
}

#[test]
fn links_that_did_not_take_are_told_at_the_sign_that_is_wrong() {
    assert_eq!(told("[the page] (partners/csc)"), "link“ ”");
    assert_eq!(told("[s](https://example.org/a b.pdf)"), "link“ ”");
    assert_eq!(told("See [the page](partners/csc for more"), "link“(”");
    assert_eq!(told("(the page)[partners/csc]"), "link“(the page)[partners/csc]”");
    assert_eq!(told("[the page(https://example.org)"), "link“[”");
    assert_eq!(told("[the page][none]"), "reference“[none]”");
    assert_eq!(told("[the page][]"), "reference“[]”");
    assert_eq!(told("[page] : https://example.org"), "reference“ ”");
    silent(&[
        "[a](b/c), [a][r]\n\n[r]: b/c",
        "a [sic] (in French)",
        "items [1][2]",
        "\\[a\\](b c)",
        "f(x)[0]",
        "(see the [page](a/b))",
        "[x] and (https://example.org)",
    ]);
}

#[test]
fn blocks_that_did_not_take_are_told() {
    assert_eq!(told("```\ncode\n\ntext"), "fence“```”");
    assert_eq!(told("- ~~~~\n  code"), "fence“~~~~”");
    assert_eq!(told("| a | b |\n| c | d |"), "table“| a | b |”");
    assert_eq!(told("| a | b |\n|---|\n| c | d |"), "table“|---|”");
    assert_eq!(told("> [!INFO]\n> text"), "alert“[!INFO]”");
    assert_eq!(told("> [!NOTE] text"), "alert“[!NOTE]”");
    silent(&[
        "```\ncode\n```",
        "> ```\n> code\n> ```",
        "| a | b |\n|---|---|\n| c | d |",
        "a | b",
        "> [!NOTE]\n> text",
        "- ```\n  a\n  ```\n",
    ]);
}

#[test]
fn named_characters_need_their_semicolon_and_a_known_name() {
    assert_eq!(told("a &nbsp b"), "entity“&nbsp”");
    assert_eq!(told("a &eaccute; b"), "entity“&eaccute;”");
    silent(&["R&D, Q&A;", "a&nbsp;b", "https://example.org/?a=1&copy=2", "`&nbsp`"]);
}

#[test]
fn what_other_tools_have_a_meaning_for_is_told() {
    for (text, passage) in [
        (":::note\nText\n:::", ":::"),
        ("!!! note\n    Text", "!!! "),
        ("{{< youtube id >}}", "{{< youtube id >}}"),
        ("See {% include a.md %} here", "{% include a.md %}"),
        ("See [[Other page]]", "[[Other page]]"),
        ("[TOC]", "[TOC]"),
        ("[[_TOC_]]", "[[_TOC_]]"),
        ("Text {: .lead}", "{: .lead}"),
        ("## Title {.lead}", "{.lead}"),
        ("[a](a/b){target=\"_blank\"}", "{target=\"_blank\"}"),
        ("*[HTML]: a language", "*["),
        ("a ==marked== b", "==marked=="),
        ("x^2^", "^2^"),
        ("H~2~O", "~2~"),
        ("a ^[a note]", "^["),
    ] {
        assert!(told(text).starts_with(&format!("other-tool“{passage}”")), "{text:?}: {}", told(text));
    }
    silent(&[
        "## GET /a/{id}",
        "## Title {#own}",
        "a {b}",
        "`{{ x }}`",
        "2^10",
        "a = b = c",
        "$5 and $6",
        "```\n{% if %}\n```",
    ]);
}

#[test]
fn titles_are_plain_text() {
    let found = |text: &str| super::in_title(text).map(|(range, _)| text[range].to_owned());
    assert_eq!(found("A&nbsp;B").as_deref(), Some("&nbsp;"));
    assert_eq!(found("An *emphasized* word").as_deref(), Some("*emphasized*"));
    assert_eq!(found("A <strong>word</strong>").as_deref(), Some("<strong>"));
    assert_eq!(found("See [this](a/b)").as_deref(), Some("[this](a/b)"));
    for plain in ["R&D, Q&A", "5 * 3 * 2", "a < b > c", "Price* and tax*", "snake_case"] {
        assert_eq!(found(plain), None, "{plain}");
    }
}
