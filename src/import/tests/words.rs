//! The words of old pages, wherever they were: on the new page, or in the report.

use super::{has, has_not, html, mdx, moved, page, page_of};

#[test]
fn no_words_in_attributes_are_lost() {
    let elements = [
        "<p>a <span {}>b</span></p>",
        "<p>a <a href=\"b.html\" {}>b</a></p>",
        "<p>a <button {}>b</button> <input type=\"text\" {}></p>",
        "<img src=\"gone.png\" {}>",
        "<p>a <img src=\"gone.png\" {}></p>",
        "<iframe src=\"https://example.org\" {}></iframe>",
        "<video src=\"a.mp4\" {}><track {}></video>",
        "<audio><source src=\"a.ogg\" {}></audio>",
        "<object data=\"a.swf\" {}></object>",
        "<form {}><p>b</p></form>",
        "<map><area href=\"b.html\" {}></map>",
        "<table {}><tr><th {}>a<td {}>b</table>",
        "<table><tr><td>a<td><iframe src=\"https://example.org\" {}></iframe></table>",
        "<table><tr><td>a<td><form {}><input {}></form></table>",
        "<x-badge {}></x-badge>",
        "<p>a <x-badge {}></x-badge> b</p>",
        "<x-card {}><p>b</p></x-card>",
        "<h2>Part <badge {}></badge></h2><p>a</p>",
        "<ul><li {}>a</li></ul>",
        "<details {}><summary {}>a</summary>b</details>",
        "<select {}><option {}>a</select>",
        "<svg {}><text>a</text></svg>",
        "<div hidden {}>a</div>",
        "<nav {}><a href=\"b.html\" {}>a</a></nav>",
    ];
    let names =
        ["alt", "title", "label", "aria-label", "placeholder", "summary", "caption", "text", "attr", "data-title"];
    for element in elements {
        for name in names {
            let words = format!("{name}=\"Sevenfold &amp; ninefold\"");
            let (page, report) = html(&element.replace("{}", &words));
            let all = format!("{page}{report}").replace('\\', "");
            has(&all, &["Sevenfold & ninefold"]);
        }
    }
}

#[test]
fn a_place_for_an_element_is_on_the_page_with_its_words() {
    let (page, _) =
        html("<form aria-label=\"Search form\"><label>Find</label><input placeholder=\"Type here\"></form>");
    has(&page, &["[TO FILL: `form Search form`]", "Find"]);
    let (page, _) =
        html("<video src=\"v.mp4\" title=\"Film\"><track label=\"Signed words\" src=\"t.vtt\">Instead</video>");
    has(&page, &["[TO FILL: `video Film Signed words v.mp4`]", "Instead"]);
    let (page, _) = html("<p>Map: <map><area href=\"https://example.org/b\" alt=\"Area words\"></map></p>");
    has(&page, &["[Area words](https://example.org/b)"]);
    let (page, _) = mdx("## Part <Badge text=\"new words\" type=\"tip\"/>\n\nWords.\n\n[a](#part)\n");
    has(&page, &["## Part [TO FILL: `Badge new words`] {#part}", "[a](#part)"]);
}

#[test]
fn what_components_say_in_their_attributes_is_on_the_page_or_told() {
    let (page, report) = mdx(
        "<Tabs label=\"All tabs\">\n<TabItem value=\"one\" label=\"First\" hint=\"Hinted\">\nA.\n</TabItem>\n</Tabs>\n\n<Details summary=\"More\" note=\"Noted\">\nB.\n</Details>\n\n<p data-x={said(\"Computed\")}>C.</p>\n",
    );
    has(&format!("{page}{report}"), &["All tabs", "First", "Hinted", "More", "Noted", "Computed"]);
}

#[test]
fn a_figure_of_hugo_has_all_its_words_and_reads_its_caption_as_markdown() {
    let source = "---\ntitle: A\n---\n{{< figure src=\"img/a.png\" alt=\"Seen\" title=\"The title\" caption=\"The *main* dock, [map](https://q.org)\" attr=\"By Ann\" attrlink=\"https://a.org\" >}}\n";
    let (page, report) = page("docs/a.en.md", source);
    has(
        &page,
        &[
            "![Seen](/files/docs/img/a.png)\n\n**The title** The *main* dock, [map](https://q.org) [By Ann](https://a.org)",
        ],
    );
    has(&report, &["1 page is ready"]);
}

#[test]
fn fields_above_a_page_that_say_something_are_taken_or_told() {
    let front =
        "---\ntitle: A\ndescription: What it says.\nexcerpt: Other words of it.\ndate: Spring 2020\n---\nWords.\n";
    let (page, report) = page("en/a.md", front);
    has(&page, &["summary: What it says."]);
    has(&report, &["`excerpt: Other words of it.`", "`date: Spring 2020`"]);
    let head = "<html lang=\"en\"><head><title>A</title><meta property=\"og:description\" content=\"Shared words\"><meta name=\"author\" content=\"Ann Lee\"></head><body><p>Words.</p></body></html>";
    let new = moved(&[("a.html", head)]);
    has(&new.report, &["Shared words", "Ann Lee"]);
    has_not(&page_of(&new, "pages/a.en.md"), &["Ann Lee"]);
}
