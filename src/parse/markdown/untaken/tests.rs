//! What is reported of Markdown that did not take, and what is not.

use crate::parse::markdown::{At, Rules, Source, parse};
use crate::path::ContentPath;

/// What is reported of a text: the names without their common beginning, and the passages.
fn reported(text: &str) -> String {
    let file = ContentPath::new("a.en.md");
    let source = Source { file: &file, at: At::Offset(0), rules: Some(Rules::default()) };
    let reported = parse(&source, text).1.into_sorted().into_iter();
    let reported = reported.map(|reported| {
        format!("{}“{}”", reported.name.trim_start_matches("markdown-"), &text[reported.place.span.range()])
    });
    reported.collect::<Vec<_>>().join(" ")
}

fn silent(texts: &[&str]) {
    for text in texts {
        assert_eq!(reported(text), "", "{text:?}");
    }
}

#[test]
fn headings_need_a_space_that_is_one() {
    assert_eq!(reported("##\u{a0}Title"), "heading“\u{a0}”");
    assert_eq!(reported("##Title"), "heading“##”");
    assert_eq!(reported("#Title of the page"), "heading“#”");
    assert_eq!(reported("- ##Title"), "heading“##”");
    assert_eq!(reported("> ###\u{202f}Title"), "heading“\u{202f}”");
    silent(&["#hashtag", "Treaty\n#6 and more", "\\##Title", "`##Title`", "#!", "#Canada150"]);
}

#[test]
fn items_need_a_sign_of_markdown_and_a_space() {
    assert_eq!(reported("-one\n-two"), "list“-” list“-”");
    assert_eq!(reported("-\u{a0}one"), "list“\u{a0}”");
    assert_eq!(reported("1.First\n2.Second"), "list“1.” list“2.”");
    assert_eq!(reported("1)\u{a0}First"), "list“\u{a0}”");
    assert_eq!(reported("• one\n• two"), "list“•” list“•”");
    assert_eq!(reported("– one\n– two"), "list“–” list“–”");
    silent(&[
        "<x>-one\n<x>-two".replace("<x>", "`x`").as_str(),
        "-5 degrees",
        "– a remark",
        "1.5 million\n2.5 million",
        "-one",
        "\\-one\n\\-two",
        "- one\n- two",
    ]);
}

#[test]
fn items_inside_others_need_their_indentation() {
    assert_eq!(reported("1. one\n  - inner\n2. two"), "indent“-”");
    assert_eq!(reported("- one\n - inner"), "indent“-”");
    silent(&["1. one\n   - inner\n2. two", "- one\n  - inner", " 9. nine\n10. ten", "1. one\n\n- other"]);
}

#[test]
fn words_that_were_pasted_with_their_indentation_are_no_code() {
    assert_eq!(reported("Text\n\n    The agreement holds for a year."), "indent“The agreement holds for a year.”");
    assert_eq!(reported("Text\n\n    - an item"), "indent“- an item”");
    silent(&[
        "Run\n\n    npm install",
        "    let x = 1;",
        "- one\n\n    The same item.",
        "```\nThe code is words.\n```",
    ]);
}

#[test]
fn emphasis_that_did_not_take_is_told_once() {
    assert_eq!(reported("a **not closed"), "emphasis“**”");
    assert_eq!(reported("a ** spaced ** b"), "emphasis“**”");
    assert_eq!(reported("a *spaced *, b"), "emphasis“*”");
    assert_eq!(reported("a __not closed"), "emphasis“__”");
    assert_eq!(reported("a ~~not closed"), "emphasis“~~”");
    assert_eq!(reported("`not closed"), "code“`”");
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
    assert_eq!(reported("[the page] (partners/csc)"), "link“ ”");
    assert_eq!(reported("[s](https://example.org/a b.pdf)"), "link“ ”");
    assert_eq!(reported("See [the page](partners/csc for more"), "link“(”");
    assert_eq!(reported("(the page)[partners/csc]"), "link“(the page)[partners/csc]”");
    assert_eq!(reported("[the page(https://example.org)"), "link“[”");
    assert_eq!(reported("[the page][none]"), "reference“[none]”");
    assert_eq!(reported("[the page][]"), "reference“[]”");
    assert_eq!(reported("[page] : https://example.org"), "reference“ ”");
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
    assert_eq!(reported("```\ncode\n\ntext"), "fence“```”");
    assert_eq!(reported("- ~~~~\n  code"), "fence“~~~~”");
    assert_eq!(reported("| a | b |\n| c | d |"), "table“| a | b |”");
    assert_eq!(reported("| a | b |\n|---|\n| c | d |"), "table“|---|”");
    assert_eq!(reported("> [!INFO]\n> text"), "alert“[!INFO]”");
    assert_eq!(reported("> [!NOTE] text"), "alert“[!NOTE]”");
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
    assert_eq!(reported("a &nbsp b"), "entity“&nbsp”");
    assert_eq!(reported("a &eaccute; b"), "entity“&eaccute;”");
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
        assert!(reported(text).starts_with(&format!("other-tool“{passage}”")), "{text:?}: {}", reported(text));
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

#[test]
fn comments_that_readers_would_see_are_told() {
    assert_eq!(reported("a <!-- x\n\ny --> b"), "comment“<!--” comment“-->”");
    assert_eq!(reported("<!– note –>"), "comment“<!–”");
    assert_eq!(reported("a <!-- b <!-- c --> d --> e"), "comment“-->”");
    silent(&["a <!-- b --> c", "`<!--`", "a \\<!-- b", "```\n<!-- x\n```\n"]);
}

#[test]
fn lists_of_other_programs_are_told_at_their_first_item() {
    for (text, sign) in [
        ("a) one\nb) two", "a)"),
        ("Steps:\nA. one\nB. two", "A."),
        ("i. one\nii. two", "i."),
        ("(1) one\n(2) two", "(1)"),
        ("1- un\n2- deux", "1-"),
        ("1° un\n2° deux", "1°"),
        ("The steps:\n2. two\n3. three", "2."),
        ("o\tone", "o"),
        ("→ one\n→ two", "→"),
        ("[] one", "[]"),
        ("- [ ]one", "[ ]"),
        ("-[x] one", "-[x]"),
    ] {
        assert!(reported(text).starts_with(&format!("list“{sign}”")), "{text:?}: {}", reported(text));
    }
    silent(&[
        "→ See the page",
        "In section\n3. This",
        "- [ ] to do\n- [x] done",
        "c) alone",
        "1-800 numbers\n2-way streets",
    ]);
}

#[test]
fn headings_that_a_line_makes_by_accident_are_told() {
    assert_eq!(reported("A whole sentence.\n---\nMore"), "heading“A whole sentence.\n---\n”");
    assert_eq!(reported("####### Seven"), "heading“#######”");
    silent(&["A heading\n---\nMore", "A sentence.\n\n---\n\nMore"]);
}

#[test]
fn columns_that_tabs_separate_are_told() {
    assert_eq!(reported("Name\tCity\nAnn\tHull"), "table“Name\tCity”");
    silent(&["Name\tCity"]);
}

#[test]
fn links_with_more_or_less_than_an_address_are_told() {
    assert_eq!(reported("[half ] bracket](https://example.org)"), "link“]”");
    assert_eq!(reported("<www.example.org>"), "link“<”");
    assert_eq!(reported("<https://example.org the words>"), "link“<”");
    assert_eq!(reported("[a](https://example.org “T”)"), "link“ ”");
    assert_eq!(reported("[a [b](https://example.org) c](https://example.com)"), "link“(https://example.com)”");
}

#[test]
fn signs_of_many_tools_are_told() {
    for text in [
        "[b]bold[/b]",
        "[url=https://example.org]words[/url]",
        "[gallery ids=\"1,2\"]",
        "[Words|https://example.org]",
        "{info}words{info}",
        "{panel:title=x}",
        "h2. Title",
        "== Title ==",
        "'''bold'''",
        "{/* note */}",
        "{props.name}",
        "import Box from './box'",
        "Button { .md-button }",
        "Done :white_check_mark: now",
        "Note %%for us%% here",
        "Press ++ctrl+alt++ now",
        "Then $x_1$ grows",
        "\\newpage",
        "{--old--}{++new++}",
        "link:https://example.org[words]",
    ] {
        assert!(reported(text).contains("other-tool“"), "{text:?}: {}", reported(text));
    }
    silent(&[
        "At 10:30:45 it ended: the end: done",
        "See [1] and [a] or [/] here",
        "GET /collections/{id}",
        "C++ and more C++",
        "It costs $5 and $10, or $a",
        "The import from Ontario rose.",
        "It isn't, it wasn't, it's \"so\".",
        "Prix : 5 $ : trop",
    ]);
}

#[test]
fn every_form_of_another_tool_can_be_looked_for() {
    assert_eq!(super::foreign::count(), 20);
}

#[test]
fn titles_hold_no_markup_of_any_kind() {
    for (title, part) in
        [("A {{ name }}", "{{ name }}"), ("See [[x]]", "[[x]]"), ("# Title", "#"), ("Old ~~name~~", "~~name~~")]
    {
        assert_eq!(super::in_title(title).map(|(range, _)| &title[range]), Some(part));
    }
    for title in ["A # of things", "Form A - draft", "#1 priority", "Rates < 5 and > 3"] {
        assert!(super::in_title(title).is_none(), "{title}");
    }
}

#[test]
fn numbers_that_readers_would_not_see_are_told() {
    assert_eq!(reported("7. Seven\n9. Nine\n8. Eight"), "list“9”");
    assert_eq!(reported("1) one\n1) two\n2) three"), "list“1”");
    silent(&["1. one\n1. two\n1. three", "0. none\n1. one", "7. seven\n8. eight", "3. three"]);
}

#[test]
fn words_below_a_table_are_no_row() {
    assert_eq!(reported("| A | B |\n|---|---|\n| 1 | 2 |\nSource: the census."), "table“Source: the census.”");
    assert_eq!(reported("| A | B |\n|---|---|\n| long\ncell | 2 |"), "table“| long” table“cell | 2 |”");
    assert_eq!(reported("| A | B |\n|---|---|\n| `a|b` | 2 |"), "table“|”");
    silent(&[
        "| A | B |\n|---|---|\n| `a` | `b` |",
        "A | B\n--|--\n1 | 2\nonly",
        "| A | B |\n|---|---|\n| 1 | 2 |\n\nSource: the census.",
    ]);
}

#[test]
fn asterisks_that_close_in_another_place_than_meant_are_told() {
    assert_eq!(reported("Unclosed *emphasis here."), "emphasis“*”");
    assert_eq!(reported("**Total: $5 *million**."), "emphasis“*”");
    assert_eq!(reported("See **(the annex)**text and more**(the other)** end."), "emphasis“**text and more**”");
    assert_eq!(reported("The value 2*3*4 is 24."), "emphasis“*”");
    assert_eq!(reported("The value a*b*c."), "emphasis“*”");
    assert_eq!(reported("Date: **/** 2026"), "emphasis“**/**”");
    silent(&[
        "*Conditions apply.",
        "Prices*",
        "re*write* and *un*do",
        "**bold *and italic* too**",
        "*a **b** c*",
        "5 * 3",
    ]);
}

#[test]
fn tags_with_curly_quotation_marks_are_told() {
    assert_eq!(reported("<abbr title=“Correctional Service”>CSC</abbr>"), "tag“<abbr”");
    assert_eq!(reported("<img src=« map.png »>"), "tag“<img”");
    silent(&["a < b = “c”", "<abbr title=\"Correctional Service\">CSC</abbr>"]);
}

#[test]
fn code_of_another_tool_is_told_once_and_as_a_whole() {
    assert_eq!(reported("See {props.name} here"), "other-tool“{props.name}”");
    assert_eq!(
        reported("The {++added++} and {~~old~>new~~} words"),
        "other-tool“{++added++}” other-tool“{~~old~>new~~}”"
    );
    assert_eq!(reported("See ![[embed.png]] here"), "other-tool“![[embed.png]]”");
    assert_eq!(
        reported("See {{< ref \"a\" >}}, :smile: and ==this=="),
        ["other-tool“{{< ref \"a\" >}}”", "other-tool“:smile:”", "other-tool“==this==”",].join(" ")
    );
}

#[test]
fn dashes_of_a_word_processor_make_no_table() {
    assert_eq!(reported("| A | B |\n|:-:|—|\n| 1 | 2 |"), "table“|:-:|—|”");
}

#[test]
fn what_word_leaves_where_a_reference_led_nowhere_is_told() {
    assert_eq!(reported("See Error! Reference source not found."), "other-tool“Error! Reference source not found.”");
    assert_eq!(reported("Voir Erreur\u{a0}! Signet non défini."), "other-tool“Erreur\u{a0}! Signet non défini.”");
    silent(&["Error! The form was not found.", "`Error! Reference source not found.`"]);
}
