//! What becomes of what pages of old sites hold, tool by tool.

use std::collections::BTreeMap;

mod links;
mod places;
mod reading;
mod words;

use super::{NewSite, OldSite, Wishes, import, is_read};
use crate::lang::Lang;

/// A site of some files.
fn moved(files: &[(&str, &str)]) -> NewSite {
    let mut old = OldSite { name: "old".to_owned(), ..OldSite::default() };
    for (path, text) in files {
        if is_read(path) {
            old.texts.insert((*path).to_owned(), (*text).to_owned());
        } else {
            old.files.insert((*path).to_owned());
        }
    }
    let page = "type: page\nfolder: pages\nname: {en: Page, fr: Page}\nplural: {en: Pages, fr: Pages}\nslug: {en: \"\", fr: \"\"}\nfields: {}\n";
    let types = BTreeMap::from([("page.yaml".to_owned(), page.to_owned())]);
    import(&old, &Wishes { pair: None, kind: None, lang: Lang::En }, &types).unwrap()
}

/// What a page of one site says, and the report.
fn page(path: &str, text: &str) -> (String, String) {
    let new = moved(&[(path, text), ("docs/img/a.png", ""), ("static/img/b.png", "")]);
    let is_page = |path: &str| path.ends_with(".en.md") && !path.ends_with("_index.en.md");
    let words = new.texts.iter().find(|(path, _)| is_page(path.as_str())).unwrap().1;
    (words.clone(), new.report)
}

/// What a page of HTML says below what is above it, and the report.
fn html(body: &str) -> (String, String) {
    let (page, report) = page("en/a.html", &format!("<html lang=\"en\"><body><h1>Page</h1>{body}</body></html>"));
    (page.split_once("\n---\n").unwrap().1.trim().to_owned(), report)
}

/// What a page of Docusaurus says below what is above it, and the report.
fn mdx(body: &str) -> (String, String) {
    let (page, report) = page("docs/en/intro.mdx", &format!("---\ntitle: Intro\nsummary: About\n---\n{body}"));
    (page.split_once("\n---\n").unwrap().1.trim().to_owned(), report)
}

/// A page of a new site.
fn page_of(new: &NewSite, path: &str) -> String {
    let found = new.texts.iter().find(|(own, _)| own.as_str() == path);
    found.unwrap_or_else(|| panic!("{path} in {:?}", new.texts.keys())).1.clone()
}

/// What the report says about a page.
fn told(new: &NewSite, page: &str) -> String {
    let after = new.report.split(&format!("\n### {page}\n")).nth(1).unwrap_or_else(|| panic!("{}", new.report));
    after.split("\n#").next().unwrap_or_default().to_owned()
}

fn has(text: &str, all: &[&str]) {
    for part in all {
        assert!(text.contains(part), "{part} in: {text}");
    }
}

fn has_not(text: &str, all: &[&str]) {
    for part in all {
        assert!(!text.contains(part), "{part} in: {text}");
    }
}

#[test]
fn imports_and_exports_are_neither_words_nor_the_summary() {
    let source = "---\ntitle: Intro\n---\nimport Tabs from '@theme/Tabs';\nimport {\n  a,\n} from './b';\n\nexport const Box = ({children}) => (\n  <span>\n\n    {children}\n  </span>\n);\n\nThese are the first words here.\n\n```js\nimport x from 'y';\n```\n";
    let (page, report) = page("docs/en/intro.mdx", source);
    has(&page, &["summary: These are the first words here.", "---\n\nThese are", "```js\nimport x from 'y';\n```"]);
    has_not(&page, &["@theme", "children", "export"]);
    has(&report, &["import Tabs from '@theme/Tabs'", "export const Box"]);
    let prose = "import duties are due.\n\nThey come from {/* no */}'abroad'.\n";
    has(&mdx(prose).0, &["import duties are due.", "They come from 'abroad'."]);
}

#[test]
fn expressions_give_their_text_or_are_places_to_look_at() {
    let (page, report) = mdx(
        "One {/* a remark */}two{' '}three `{code}` {props.count} \\{x} {\"said\"}.\n\n## Steps {#own}\n\n## More {/* #id */}\n\n$x^{2}$ and {\n  now()\n}.\n",
    );
    has(
        &page,
        &[
            "One two three `{code}` [TO FILL: `{props.count}`] {x} said.",
            "## Steps {#own}\n",
            "## More {#id}\n",
            "x^{2}",
        ],
    );
    has(&page, &["[TO FILL: `{ now() }`]"]);
    has(&report, &["a remark", "code of the old tool, now a marked place: `{props.count}`"]);
}

#[test]
fn components_leave_their_words_in_the_sentence() {
    let (page, report) = mdx(
        "Some <Highlight color=\"red\">words</Highlight>, here. See <Link to=\"https://example.org/a\">the guide</Link>.\n\nAn <Icon name=\"x\" /> icon.\n",
    );
    has(&page, &["Some words, here. See [the guide](https://example.org/a).", "An [TO FILL: `Icon`] icon."]);
    has(&report, &["left out: `<Highlight color=\"red\">`"]);
}

#[test]
fn pictures_of_components_are_taken_where_their_path_can_be_seen() {
    let (page, _) = mdx(
        "import b from '@site/static/img/b.png';\n\n<img src={require('../img/a.png').default} alt=\"An image\" />\n\nAnd <img src={b} alt=\"Two\"/>, <img src={useBaseUrl('/img/b.png')} alt={'Three'}/>, ![Four](@site/static/img/b.png), <img src={x} alt=\"Five\"/>.\n",
    );
    has(
        &page,
        &[
            "![An image](/files/docs/img/a.png)",
            "![Two](/files/static/img/b.png)",
            "![Three](/files/",
            "![Four](/files/",
        ],
    );
    has(&page, &["[TO FILL: `{x}`] Five"]);
}

#[test]
fn what_is_in_components_is_markdown_however_far_in() {
    let (page, report) = mdx(
        "<Tabs>\n  <TabItem value=\"a\" label=\"First tab\">\n\n    Words **here** too:\n\n    - one\n      - two\n\n    ```sh\n    run\n    ```\n\n  </TabItem>\n  <TabItem value=\"b\">\n    Other *words*\n  </TabItem>\n</Tabs>\n\n<Card title=\"Said\">\nIn the card.\n</Card>\n\nAfter\n- a\n  - b\n\n<DocCardList />\n",
    );
    has(
        &page,
        &[
            "**First tab**\n\nWords **here** too:\n\n- one\n  - two\n\n```sh\nrun\n```\n\n**b**\n\nOther *words*\n\nIn the card.\n\nAfter",
        ],
    );
    has(&page, &["- a\n  - b", "[TO FILL: `DocCardList`]"]);
    has(&report, &["<Card title=\"Said\">"]);
    has_not(&page, &["TabItem"]);
}

#[test]
fn an_anchor_belongs_to_the_section_that_it_is_in() {
    let (page, _) = html(
        "<p>See <a href=\"#n\">one</a>, <a href=\"#here\">two</a>, <a href=\"#t\">three</a>.</p><h2>Table</h2><p>Words.</p><p id=\"n\">A note.</p><p><a name=\"here\"></a></p><h3>Below</h3><p>Words.</p><table id=\"t\"><tr><td>a</td><td>b</td></tr></table><h2>Last</h2><p>End.</p>",
    );
    has(&page, &["See [one](#table), [two](#here), [three](#here)."]);
}

#[test]
fn raised_links_to_notes_become_footnotes() {
    let (page, report) = html(
        "<p>Words<sup id=\"r1\"><a href=\"#fn1\">1</a></sup> and more<a href=\"#fn2\"><sup>2</sup></a>.</p><h2>Table</h2><p>End.</p><p id=\"fn1\">1 The note. <a href=\"#r1\">↩</a></p><section><h3>Remarks</h3><ol><li id=\"fn2\"><p>Another. <a href=\"#r2\">Return to text</a></p></li></ol></section>",
    );
    has(&page, &["Words[^fn1] and more[^fn2].", "End.\n\n[^fn1]: The note.\n\n[^fn2]: Another."]);
    has(&report, &["left out: `Remarks", "left out: `Return to text`"]);
    // Not a note: a part of the page.
    has(&html("<p>Go<sup><a href=\"#p\">1</a></sup></p><h2 id=\"p\">Part</h2><p>End.</p>").0, &["[1](#p)"]);
}

#[test]
fn hugo_looks_for_the_page_in_the_language_of_the_link() {
    let visit = "---\ntitle: V\n---\nSee [a]({{< ref \"rules.md\" >}}), [b]({{% relref \"guide/rules.md#dress\" %}}), [c]({{< ref \"/guide/rules\" >}}), [d]({{< relref \"far.md\" >}}).\n";
    let rules = "---\ntitle: R\n---\n## Dress\n\nWords.\n";
    let new = moved(&[
        ("hugo.toml", "title = \"x\"\n"),
        ("content/guide/visit.en.md", visit),
        ("content/guide/visit.fr.md", visit),
        ("content/guide/rules.en.md", rules),
        ("content/guide/rules.fr.md", rules),
        ("content/other/far.en.md", rules),
        ("content/other/far.fr.md", rules),
    ]);
    for lang in ["en", "fr"] {
        let ending = format!("visit.{lang}.md");
        let page = new.texts.iter().find(|(path, _)| path.as_str().ends_with(&ending)).unwrap().1;
        has(page, &["[a](guide/rules), [b](guide/rules#dress), [c](guide/rules), [d](other/far)."]);
    }
    has_not(&new.report, &["a link that leads to no page"]);
}

#[test]
fn what_was_hidden_is_told_and_not_published() {
    let (page, report) =
        html("<p hidden>Hidden words</p><div style=\"Display : none\">More of them</div><p>Shown words.</p>");
    assert_eq!(page, "Shown words.");
    has(&report, &["hidden on the old page, and left out: `Hidden words`", "`More of them`"]);
}

#[test]
fn words_keep_their_language() {
    let (page, _) = html(
        "<p>Say <span lang=\"fr\">bonjour</span> and <i lang=\"fr-CA\">salut</i>, <span lang=\"en\">hello</span>.</p><blockquote lang=\"fr\"><p>Le bureau est ouvert.</p></blockquote><p lang=\"fr\">The words of this and that are here.</p><p><a href=\"https://example.org\"><span lang=\"fr\">Lien</span></a></p>",
    );
    has(&page, &["Say [bonjour](lang:fr) and [*salut*](lang:fr-CA), hello.", "> [Le bureau est ouvert.](lang:fr)"]);
    has(&page, &["\n\nThe words of this and that are here.", "[Lien](https://example.org)"]);
}

#[test]
fn lists_in_cells_are_lists_and_merged_cells_are_told() {
    let (page, report) = html(
        "<table><tr><th colspan=\"2\">Head</th></tr><tr><th>A</th><th>B</th></tr><tr><td rowspan=\"2\">Tour<ul><li>short<li>long</ul></td><td><ol><li>x<li>y</ol></td></tr><tr><td>z</td></tr></table>",
    );
    has(&page, &["| Tour<br>- short<br>- long | 1. x<br>2. y |", "|  | z |"]);
    has(&report, &["merged cells, now one cell with the words and empty ones: `Head | Tour", "`A | B`"]);
}

#[test]
fn breaks_leave_no_sign_on_the_page() {
    let (page, _) =
        html("<p>Line one<br />\nLine two<br></p><p><b>Strong<br></b>plain</p><p>A<br><br>B</p><p>Ends in C:\\</p>");
    assert_eq!(page, "Line one\\\nLine two\n\n**Strong**\\\nplain\n\nA\n\nB\n\nEnds in C:\\\\");
}

#[test]
fn a_drawing_gives_the_page_no_title() {
    let source = "<html lang=\"en\"><head></head><body><svg><title>Drawn</title></svg><p>The words of this page.</p></body></html>";
    has(&page("en/scope.html", source).0, &["title: Scope"]);
}

#[test]
fn words_of_parts_that_are_side_by_side_are_not_one() {
    let (page, report) = html(
        "<p>First words.</p><details><summary>More</summary>hidden</details><blockquote><p>Quote</p><cite>Author</cite></blockquote><label>Number</label><label>name<input value=\"x\"></label><div>one</div>two<p>pre<x-a>fix</x-a> <x-a>it</x-a>, so</p>",
    );
    has_not(&report, &["words that the new page lacks"]);
    has(&page, &["Number name", "pre fix it, so"]);
}

#[test]
fn files_that_may_be_pages_are_named_so() {
    let report = moved(&[("en/a.md", "# A\n"), ("en/about.njk", "words"), ("en/x.zip", "")]).report;
    has(&report, &["`en/about.njk`: it may be a page", "`en/x.zip`: no page"]);
}

/// The old addresses that lead to the pages of a site, by the files that the pages were made of.
fn old_addresses(settings: (&str, &str), pages: &[(&str, &str)]) -> Vec<String> {
    let whole: Vec<(&str, String)> =
        pages.iter().map(|(path, front)| (*path, format!("---\n{front}\n---\nWords to read.\n"))).collect();
    let files: Vec<(&str, &str)> = whole.iter().map(|(path, text)| (*path, text.as_str())).chain([settings]).collect();
    let new = moved(&files);
    let aliases = new.texts.values().flat_map(|text| {
        let listed = text.split_once("\naliases:\n").map_or("", |(_, listed)| listed);
        listed.lines().map_while(|line| line.strip_prefix("- ")).map(str::to_owned).collect::<Vec<_>>()
    });
    aliases.collect()
}

#[test]
fn the_addresses_that_pages_had_under_hugo_lead_to_them() {
    let settings = ("hugo.toml", "defaultContentLanguage = \"en\"\n[permalinks]\nposts = \"/:year/:month/:slug/\"\n");
    let of = |path: &str, front: &str| old_addresses(settings, &[(path, front)]);
    assert_eq!(of("content/guide/visit.en.md", "title: Visit"), ["/guide/visit/"]);
    assert_eq!(of("content/guide/rules.en.md", "title: Rules\nslug: règles-en"), ["/guide/règles-en/"]);
    assert_eq!(of("content/guide/x.fr.md", "title: X\nslug: visite-à-l-est"), ["/fr/guide/visite-à-l-est/"]);
    assert_eq!(of("content/guide/x.fr.md", "title: X\nurl: /vieux/reglements.html"), ["/vieux/reglements.html"]);
    let posts = "title: Hello, you\ndate: 2024-03-05\naliases: [/old/hello/, hello-old]";
    assert_eq!(of("content/posts/hello.en.md", posts), ["/2024/03/hello-you/", "/old/hello/", "/2024/03/hello-old/"]);
    let folders = ("hugo.yaml", "languages:\n  en: {contentDir: content/en}\n  fr: {contentDir: content/fr}\n");
    assert_eq!(old_addresses(folders, &[("content/en/sec/b.md", "title: B")]), ["/sec/b/"]);
}

#[test]
fn the_addresses_that_pages_had_under_jekyll_lead_to_them() {
    let of = |settings: &str, path: &str, front: &str| old_addresses(("_config.yml", settings), &[(path, front)]);
    assert_eq!(of("title: X", "_posts/2024-01-05-news.md", "lang: en"), ["/2024/01/05/news.html"]);
    assert_eq!(of("permalink: pretty", "fr/_posts/2024-01-05-x.md", "lang: fr"), ["/fr/2024/01/05/x/"]);
    assert_eq!(of("permalink: /:categories/:title/", "_posts/2024-01-05-x.md", "category: Updates"), ["/updates/x/"]);
    assert_eq!(of("title: X", "_posts/2024-01-05-x.md", "permalink: /n/:year/x.html"), ["/n/2024/x.html"]);
    assert_eq!(of("collections: {rules: {output: true}}", "_rules/a/b.md", "title: B"), ["/rules/a/b.html"]);
    assert_eq!(of("permalink: pretty", "en/about.md", "redirect_from: /who/"), ["/who/"]);
    let unknown =
        moved(&[("_config.yml", "permalink: /:week/:title/"), ("_posts/2024-01-05-x.md", "---\n---\nWords.\n")]);
    has(&unknown.report, &["an old address that cannot lead here: `/:week/x/`"]);
}

#[test]
fn the_addresses_that_pages_had_under_docusaurus_lead_to_them() {
    let settings = "module.exports = {i18n: {defaultLocale: 'en'}, presets: [['classic', {docs: {path: 'docs', \
                    routeBasePath: '/guides/'}, blog: {routeBasePath: 'news'}}]], plugins: [['docs', {id: 'c', path: \
                    'community', routeBasePath: 'people'}]]}";
    let of = |path: &str, front: &str| old_addresses(("docusaurus.config.js", settings), &[(path, front)]);
    assert_eq!(of("docs/guide.mdx", "title: Guide"), ["/guides/guide/"]);
    assert_eq!(of("docs/intro.md", "slug: /start"), ["/guides/start/"]);
    assert_eq!(of("docs/01-basics/02-first-step.md", "title: First"), ["/guides/basics/first-step/"]);
    assert_eq!(of("docs/basics/basics.md", "title: Basics"), ["/guides/basics/"]);
    assert_eq!(of("community/rules.md", "title: Rules"), ["/people/rules/"]);
    assert_eq!(of("blog/2024-05-06-hello.md", "title: Hello"), ["/news/2024/05/06/hello/"]);
    let docs = "i18n/fr/docusaurus-plugin-content-docs/current";
    assert_eq!(of(&format!("{docs}/01-basics/02-x.md"), "slug: étapes"), ["/fr/guides/basics/étapes/"]);
}

#[test]
fn a_page_in_the_language_without_a_folder_was_at_the_top_under_mkdocs() {
    let settings = ("mkdocs.yml", "plugins:\n- search\n- i18n: {default_language: en}\n");
    assert_eq!(old_addresses(settings, &[("docs/leave.en.md", "title: Leave")]), ["/leave/"]);
}

#[test]
fn what_other_tools_have_a_meaning_for_is_marked_and_told() {
    let body = "--8<-- \"snippets/x.md\"\n\n:material-check: Done with all of it now.\n\n[gallery ids=\"1,2\"]\n\n\
                [caption id=\"6\"]Some words[/caption]\n\nSee [1] and ==marked== words, [image](img/a b.pdf).\n";
    let (page, report) = page("docs/en/a.md", &format!("# Page\n\n{body}"));
    has(
        &page,
        &[
            "[TO FILL: `--8<-- \"snippets/x.md\"`]",
            "[TO FILL: `:material-check:`] Done",
            "summary: '[TO FILL: :material-check:] Done with all of it now.'",
        ],
    );
    has(
        &page,
        &["[TO FILL: `(gallery ids=\"1,2\")`]", "[TO FILL: `(caption id=\"6\")`]Some words\n", "and marked words"],
    );
    has(&report, &["1 needs a hand", "now a marked place: `:material-check:`", "`==marked==`"]);
    has(&report, &["left out: `[/caption]`"]);
}
