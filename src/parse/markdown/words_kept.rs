//! The promise that nothing is lost: every word of a page's Markdown is on the page, in a comment, or in the place of a
//! mistake that says where it went, whatever its writer did.
//!
//! Random documents are put together from everything that has a meaning in Markdown and HTML, well and badly formed.
//! Each word in them is unique, and is looked for in the result.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{At, Rules, Source};
use crate::document::Document;
use crate::path::ContentPath;

/// What a document is put together from. Each `W` becomes a unique word.
const PIECES: &[&str] = &[
    "W",
    "W",
    "W W",
    "W\nW",
    "\n",
    "\n\n",
    "\n\n\n",
    "    ",
    "  ",
    "\t",
    "\r\n",
    // Inlines.
    "*",
    "**W**",
    "**« W »**W",
    "_W_",
    "~~W~~",
    "~W~",
    "`W`",
    "`` W",
    "`",
    "\\",
    "\\*W",
    "&nbsp;W",
    "&W;",
    "&eacute;",
    "[W](a/b)",
    "[W](a/b \"W\")",
    "[W](W W)",
    "[W] (W)",
    "[W](",
    "![W](a.png)",
    "![W](a.png 'W W')",
    "(W)[W]",
    "[W][r]",
    "[W][W]",
    "[r]",
    "[W][]",
    "[[W]]",
    "<https://example.org/W>",
    "<W@example.org>",
    "https://example.org/W",
    "www.example.org/W",
    "[W](lang:fr)",
    "[W](lang:W)",
    "[^a]",
    "[^b]",
    "[^W]",
    // Lines.
    "\n# W",
    "\n## W {#id}",
    "\n## W {W}",
    "\n## W {#W .W}",
    "\n##W",
    "\n##\u{a0}W",
    "\n## ",
    "\n### W ###",
    "\nW\n===",
    "\nW\n---",
    "\n- W",
    "\n-W",
    "\n  - W",
    "\n* W",
    "\n1. W",
    "\n7) W",
    "\n- [ ] W",
    "\n- [x] W",
    "\n• W",
    "\n> W",
    "\n>W",
    "\n> > W",
    "\n> ## W",
    "\n> [!NOTE]\n> W",
    "\n> [!NOTE] W",
    "\n> [!W]\n> W",
    "\n---\n",
    "\n***\n",
    "\n    W",
    "\n\tW",
    "\n```W\nW\n```\n",
    "\n```W W\nW\n```\n",
    "\n```\nW",
    "\n~~~ W=W\nW\n~~~\n",
    "\n\n    W\n    W\n",
    "\n: W",
    "\nW\n: W\n",
    "\n\n: W",
    "\n : W",
    "\n:::W W\nW\n:::\n",
    "\n| W | W |\n|---|---|\n| W | W |\n",
    "\n| W | W |\n|---|---|\n| W | W | W | W |\n| W |\n",
    "\n| W | W |\n| W | W |\n",
    "\n| W |\n|---|\n| - W<br>- W<ul><li>W</li></ul>W |\n",
    "| W ",
    "|",
    "\n[^a]: W\n",
    "\n[^a]: W\n    W\n",
    "\n[^W]: W\n",
    "\n[^b]: W\n\n    W\n",
    "\n[r]: a/b 'W'\n",
    "\n[W]: W\n",
    "\n[r]: W (W W)\n",
    "\n\n[//]: # (W)\n\n",
    // HTML.
    "<br>",
    "<sup>W</sup>",
    "<sub>W",
    "</sub>",
    "<abbr title=\"W &amp; W\">W</abbr>",
    "<abbr title=W>",
    "</abbr>",
    "<kbd class='W'>W</kbd>",
    "<b>W</b>",
    "<span W=\"W\">",
    "</span>",
    "<a href='W'>W</a>",
    "<W>",
    "</W>",
    "< W",
    "<W W",
    "<i\n",
    "<p>W</p>",
    "<li>W",
    "\n<details>\n<summary>W</summary>\n\nW\n\n</details>\n",
    "\n<details><summary>W</summary>W</details>",
    "\n<details>",
    "</details>\n",
    "<summary>",
    "</summary>",
    "\n<details W>\n",
    "\n<div>W\nW</div>\n",
    "\n<div>\n\nW\n\n</div>\n",
    "\n<ul>\n  <li>W</li>\n    <li>[W][r]\n</ul>\n",
    "\n<h2>W</h2>\n",
    "\n<table><tr><td>W</td></tr></table>\n",
    "\n<pre>\nW\n\nW\n</pre>\n",
    "\n<pre>W",
    "\n<textarea>\n\nW",
    "\n<script>W\n\nW</script>\n",
    "\n<style>W",
    "\n<?W W?>",
    "\n<!W W>",
    "<![CDATA[W]]>",
    "\n<![CDATA[W\n\nW",
    "<!-- W -->",
    "\n<!-- W\n\nW -->\n",
    "\n<!-- W",
    "<!-- W",
    "-->",
    "\n<kbd>\nW\n</kbd>\n",
    "\n</p>\n",
    // Other letters than those of English.
    "é",
    "𑴼",
    "«\u{a0}W\u{a0}»",
    "\u{202f}:",
    "d’W",
    "\u{301}",
    "\u{feff}",
    "\0",
    // Other tools.
    "{{< W >}}",
    "{% W %}",
    "{{ W }}",
    "\n!!! W \"W\"\n    W\n",
    "[TOC]",
    "\n<<<<<<< W\n",
    "\n=======\n",
    "\n>>>>>>> W\n",
    "\n{: .W}\n",
    "$$W$$",
    "==W==",
];

fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 1..24).prop_map(|pieces| {
        let mut text = String::new();
        let mut count = 0;
        for c in pieces.concat().chars() {
            if c == 'W' {
                count += 1;
                let _ = write!(text, "w{count}q");
            } else {
                text.push(c);
            }
        }
        text
    })
}

/// The words that are nowhere.
fn lost(text: &str) -> Vec<String> {
    let file = ContentPath::new("a.en.md");
    let source = Source { file: &file, at: At::Offset(0), rules: Some(Rules::default()) };
    let (document, mistakes) = super::parse(&source, text);
    let silent = super::parse(&Source { rules: None, ..source }, text);
    assert!(silent.0 == document && silent.1.is_empty(), "it reads the same when nobody listens: {text:?}");
    let page = of_page(&document);
    let reported: Vec<_> = mistakes.iter().map(|mistake| mistake.place.span.range()).collect();
    let words = text.match_indices('w').filter_map(|(at, _)| {
        let end = at + text[at..].find('q')? + 1;
        text[at + 1..end - 1].bytes().all(|byte| byte.is_ascii_digit()).then_some(at..end)
    });
    let is_lost = |word: &std::ops::Range<usize>| {
        let in_mistake = reported.iter().any(|span| span.start <= word.start && word.end <= span.end);
        let before = &text[..word.start];
        let in_comment = before.rfind("<!--").is_some_and(|open| {
            // Part of `-->` may belong to the opening sign, as far as HTML allows.
            !before[open..].contains("-->") && text[word.end..].contains("-->")
        }) || before.lines().last().is_some_and(|line| line.starts_with("[//]: #"));
        !in_mistake && !in_comment && !page.contains(&text[word.clone()])
    };
    words.filter(is_lost).map(|word| text[word].to_owned()).collect()
}

/// Everything that a page shows or follows: its words, its addresses, the ids of its headings.
fn of_page<L: std::fmt::Debug>(document: &Document<L>) -> String {
    format!("{document:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_is_on_the_page_or_in_a_comment_or_told(text in document()) {
        let lost = lost(&text);
        prop_assert!(lost.is_empty(), "{lost:?} of {text:?}");
    }
}

#[test]
fn every_piece_alone_keeps_its_words() {
    for piece in PIECES {
        let text = piece.replace('W', "w1q");
        assert_eq!(lost(&text), [""; 0], "{text:?}");
    }
}
