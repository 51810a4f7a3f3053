//! Where the links of old pages lead: pages, places in them, and what the report says where they cannot.

use super::{has, has_not, html, moved, page_of, told};

#[test]
fn headings_keep_the_ids_that_lists_of_attributes_give_them() {
    let a = "# A\n\n## Part\n{: #p1 }\n\nText.\n\n## Other {: #p2 .x }\n\nT.\n\n## Third {#p3}\n\n## Fourth { #p4 }\n\nFifth\n-----\n{: #p5}\n\n[a](#p1) [b](#p2) [c](#p3) [d](#p4) [e](#p5)\n";
    let b = "# B\n\n[a](a.md#p1) [b](a.md#p2) [c](a.md#p3) [d](a.md#p4) [e](a.md#p5)\n";
    let new = moved(&[("en/a.md", a), ("en/b.md", b), ("fr/a.md", "# A\n\nMots.\n"), ("fr/b.md", "# B\n\nMots.\n")]);
    has(
        &page_of(&new, "pages/a.en.md"),
        &["## Part {#p1}\n", "## Other {#p2}\n", "## Third {#p3}\n", "## Fourth {#p4}\n"],
    );
    has(&page_of(&new, "pages/a.en.md"), &["## Fifth {#p5}\n", "[a](#p1) [b](#p2) [c](#p3) [d](#p4) [e](#p5)"]);
    has(
        &page_of(&new, "pages/b.en.md"),
        &["[a](pages/a#p1) [b](pages/a#p2) [c](pages/a#p3) [d](pages/a#p4) [e](pages/a#p5)"],
    );
    has(&new.report, &["4 pages are ready"]);
    has_not(&told(&new, "pages/b.en.md"), &["- "]);
}

#[test]
fn ids_of_paragraphs_tables_and_pictures_lead_to_their_section() {
    let a = "# A\n\n## One\n\nText.\n{: #text }\n\n| a | b |\n|---|---|\n| c | d |\n{: #table }\n\n## Two\n\n*Words*{ #words } and [more]{#span}.\n";
    let b = "# B\n\n[a](a.md#text) [b](a.md#table) [c](a.md#words) [d](a.md#span)\n";
    let new = moved(&[("en/a.md", a), ("en/b.md", b), ("fr/a.md", "# A\n\nMots.\n"), ("fr/b.md", "# B\n\nMots.\n")]);
    has(&page_of(&new, "pages/b.en.md"), &["[a](pages/a#one) [b](pages/a#one) [c](pages/a#two) [d](pages/a#two)"]);
    has_not(&page_of(&new, "pages/a.en.md"), &["{", "[more]"]);
}

#[test]
fn headings_keep_the_names_that_their_tool_made() {
    let season = "# Saison\n\n## Heure d’été\n\nA.\n\n## Règles\n\nB.\n\n## Règles\n\nC.\n";
    let index = "# Accueil\n\n[S](season.md#heure-dete) [U](season.md#regles_1) [V](season.md#regles)\n";
    let new = moved(&[
        ("mkdocs.yml", "site_name: Trails\n"),
        ("docs/fr/season.md", season),
        ("docs/fr/index.md", index),
        ("docs/en/season.md", "# Season\n\nWords.\n"),
        ("docs/en/index.md", "# Home\n\nWords.\n"),
    ]);
    has(&page_of(&new, "pages/season.fr.md"), &["## Heure d’été {#heure-dete}\n"]);
    has(
        &page_of(&new, "_index.fr.md"),
        &["[S](pages/season#heure-dete) [U](pages/season#regles-2) [V](pages/season#regles)"],
    );
    let hugo = moved(&[
        ("hugo.toml", "title = \"x\"\n"),
        ("content/a.en.md", "---\ntitle: A\n---\n## What’s new\n\nWords.\n\n## Rules\n\nA.\n\n## Rules\n\nB.\n"),
        ("content/b.en.md", "---\ntitle: B\n---\n[a](a.md#whats-new) [b](a.md#rules-1)\n"),
    ]);
    has(&page_of(&hugo, "pages/a.en.md"), &["## What’s new {#whats-new}\n", "## Rules {#rules-1}\n"]);
    has(&page_of(&hugo, "pages/b.en.md"), &["[a](pages/a#whats-new) [b](pages/a#rules-1)"]);
}

#[test]
fn anchors_in_and_above_a_heading_become_its_id() {
    let (page, _) = html(
        "<h2><a name=\"late\"></a>Late fees</h2><p>Ten.</p><a id=\"early\"></a><h2>Early fees</h2><p>Five.</p><section id=\"rest\"><h2>All other fees</h2><p>One.</p></section><div id=\"block-3\"><h2>More</h2><p>Two.</p></div>",
    );
    has(&page, &["## Late fees {#late}\n", "## Early fees {#early}\n", "## All other fees {#rest}\n", "## More\n"]);
}

#[test]
fn a_link_to_a_place_that_is_lost_is_told_on_the_page_that_has_the_link() {
    let a = "# A\n\n<a id=\"above\"></a>Words above.\n\n## Part\n\nText. [x](#nowhere) [y](#above) [z](#top)\n";
    let b = "# B\n\n[a](a.md#nowhere) [b](a.md#above) [c](a.md#a) [d](a.md)\n";
    let new = moved(&[("en/a.md", a), ("en/b.md", b), ("fr/a.md", "# A\n\nMots.\n"), ("fr/b.md", "# B\n\nMots.\n")]);
    has(&page_of(&new, "pages/b.en.md"), &["[a](pages/a) [b](pages/a) [c](pages/a) [d](pages/a)"]);
    let b = told(&new, "pages/b.en.md");
    has(
        &b,
        &[
            "line 3: a link to a place that the other page does not have; it leads to the page: `a.md#nowhere`",
            "a link to a place without a heading above it; it leads to the beginning of the page: `a.md#above`",
        ],
    );
    has_not(&b, &["a.md#a`", "`a.md`"]);
    has(
        &told(&new, "pages/a.en.md"),
        &[
            "a link to a place that this page does not have; its words stay: `#nowhere`",
            "a link to the beginning of its own page; its words stay: `#above`",
            "a link to the beginning of its own page; its words stay: `#top`",
        ],
    );
    has_not(&new.report, &["leads to no page"]);
}

#[test]
fn a_link_is_lost_for_the_reason_that_is_told() {
    let a = "# A\n\n[a](alone.md) [b](draft.md) [c](x.exe) [d](javascript:go) [e](gone.md)\n";
    let new = moved(&[
        ("en/a.md", a),
        ("fr/a.md", "# A\n\nMots.\n"),
        ("fr/alone.md", "# Seule\n\nMots.\n"),
        ("en/draft.md", "---\ntitle: D\ndraft: true\n---\nWords.\n"),
        ("en/x.exe", ""),
    ]);
    has(
        &told(&new, "pages/a.en.md"),
        &[
            "a link to a page that is only in the other language; its words stay: `alone.md`",
            "a link to a page that is now a draft; its words stay: `draft.md`",
            "a link to a file that is not published here; its words stay: `x.exe`",
            "a link of a kind that is not published; its words stay: `javascript:go`",
            "a link that leads to no page that was taken; its words stay: `gone.md`",
        ],
    );
}

#[test]
fn a_file_that_there_is_in_each_language_is_that_of_the_page() {
    let page = "# P\n\n![Map](map.png) [guide](guide.pdf) [both](both.pdf) [en](guide.en.pdf) ![one](one.png)\n";
    let new = moved(&[
        ("docs/a.en.md", page),
        ("docs/a.fr.md", page),
        ("docs/map.png", ""),
        ("docs/map.fr.png", ""),
        ("docs/guide.en.pdf", ""),
        ("docs/guide.fr-CA.pdf", ""),
        ("docs/both.pdf", ""),
        ("docs/one.en.png", ""),
    ]);
    has(
        &page_of(&new, "pages/a.fr.md"),
        &["![Map](/files/docs/map-fr.png) [guide](/files/docs/guide-fr-ca.pdf) [both](/files/docs/both.pdf)"],
    );
    has(&page_of(&new, "pages/a.fr.md"), &["[en](/files/docs/guide-en.pdf) ![one](/files/docs/one-en.png)"]);
    has(&page_of(&new, "pages/a.en.md"), &["![Map](/files/docs/map.png) [guide](/files/docs/guide-en.pdf)"]);
}

#[test]
fn a_file_in_the_folder_of_a_language_is_that_of_the_page() {
    let page = "# P\n\n![a](img/a.png) ![b](img/b.png) ![c](/img/c.png) ![d](../en/img/d.png)\n";
    let new = moved(&[
        ("docs/en/p.md", page),
        ("docs/fr/p.md", page),
        ("docs/en/img/a.png", ""),
        ("docs/fr/img/a.png", ""),
        ("docs/en/img/b.png", ""),
        ("docs/img/c.png", ""),
        ("docs/fr/img/c.png", ""),
        ("docs/en/img/d.png", ""),
        ("docs/fr/img/d.png", ""),
    ]);
    has(&page_of(&new, "pages/p.fr.md"), &["![a](/files/docs/fr/img/a.png) ![b](/files/docs/en/img/b.png)"]);
    has(&page_of(&new, "pages/p.fr.md"), &["![c](/files/docs/fr/img/c.png) ![d](/files/docs/en/img/d.png)"]);
    has(&page_of(&new, "pages/p.en.md"), &["![c](/files/docs/img/c.png) ![d](/files/docs/en/img/d.png)"]);
}

#[test]
fn links_to_the_host_of_the_old_site_are_links_to_its_pages() {
    let page = |name: &str, body: &str| {
        format!(
            "<html lang=\"en\"><head><title>{name}</title><link rel=\"canonical\" href=\"https://www.b.org/node/{name}\"></head><body><main><h1>{name}</h1>{body}</main></body></html>"
        )
    };
    let links = "<p><a href=\"https://b.org/node/15#gear\">a</a> <a href=\"http://www.B.org/node/15?x=1\">b</a> <a href=\"//b.org/node/15\">c</a> <a href=\"https://b.org/node/99\">d</a> <a href=\"https://b.org.net/node/15\">e</a></p>";
    let new = moved(&[
        ("node/12.html", &page("12", links)),
        ("node/15.html", &page("15", "<h2 id=\"gear\">Gear</h2><p>Nets.</p>")),
    ]);
    let first = page_of(&new, "pages/12.en.md");
    has(
        &first,
        &[
            "[a](pages/15#gear) [b](pages/15) [c](pages/15) [d](https://b.org/node/99)",
            "[e](https://b.org.net/node/15)",
        ],
    );
    has(&first, &["aliases:\n- /node/12/\n"]);
    has(
        &told(&new, "pages/12.en.md"),
        &["a page of the old site that was not taken; it still leads there: `https://b.org/node/99`"],
    );
}

#[test]
fn a_link_to_the_other_version_is_told_as_that_and_leaves_no_paragraph() {
    let a = "# A\n\n[Français](../fr/a.md)\n\nWords, and [in French](../fr/a.md).\n\n- [FR](../fr/a.md)\n- [b](b.md)\n\nEnglish | [Français](../fr/b.md)\n";
    let new = moved(&[
        ("en/a.md", a),
        ("fr/a.md", "# A\n\nMots.\n"),
        ("en/b.md", "# B\n\nWords.\n"),
        ("fr/b.md", "# B\n\nMots.\n"),
    ]);
    has(&page_of(&new, "pages/a.en.md"), &["---\n\nWords, and in French.\n\n- [b](pages/b)\n"]);
    has_not(&page_of(&new, "pages/a.en.md"), &["Français"]);
    let a = told(&new, "pages/a.en.md");
    has(
        &a,
        &[
            "line 3: a link to the other version of the page; the site has one on every page: `../fr/a.md`",
            "line 3: left out: `Français`",
        ],
    );
    has_not(&new.report, &["leads to no page"]);
}

#[test]
fn the_id_of_any_element_leads_to_the_section_that_it_is_in() {
    let (page, report) = html(
        "<p><a href=\"#row\">a</a> <a href=\"#sum\">b</a> <a href=\"#tip\">c</a></p><h2>One</h2><table><tr id=\"row\"><td><h3>x</h3><td>y</table><h2>Two</h2><details><summary id=\"sum\">More</summary>Words</details><h2>Three</h2><p>T.</p><form><select id=\"tip\"><option>o</select></form>",
    );
    has(&page, &["[a](#one) [b](#two) [c](#three)"]);
    has_not(&report, &["a link"]);
}

#[test]
fn a_link_that_leads_elsewhere_than_before_is_told() {
    let a = "# A\n\n[a](../fr/b.md) [b](x.pdf#page=2)\n";
    let new = moved(&[
        ("en/a.md", a),
        ("fr/a.md", "# A\n\nMots.\n"),
        ("en/b.md", "# B\n\nWords.\n"),
        ("fr/b.md", "# B\n\nMots.\n"),
        ("en/x.pdf", ""),
    ]);
    has(&page_of(&new, "pages/a.en.md"), &["[a](pages/b) [b](/files/en/x.pdf)"]);
    has(
        &told(&new, "pages/a.en.md"),
        &[
            "a link to a page in the other language; it leads to the page in this one: `../fr/b.md`",
            "a link to a place in a file; it leads to the file: `x.pdf#page=2`",
        ],
    );
}

#[test]
fn links_of_mkdocs_leave_out_the_language_of_the_page() {
    let settings =
        "plugins:\n  - i18n: {docs_structure: suffix, languages: [{locale: fr, default: true}, {locale: en}]}\n";
    let new = moved(&[
        ("mkdocs.yml", settings),
        ("docs/a.md", "# A\n\nMots de la page.\n"),
        ("docs/a.en.md", "# A\n\nWords. [b](b.md#part) [a](a.md) [fr](b.fr.md)\n"),
        ("docs/b.md", "# B\n\n## Partie\n\nMots de la page.\n"),
        ("docs/b.en.md", "# B\n\n## Part\n\nWords of the page.\n"),
    ]);
    has(&page_of(&new, "pages/a.en.md"), &["[b](pages/b#part) [a](pages/a)"]);
    has_not(&told(&new, "pages/a.en.md"), &["`b.md", "`a.md"]);
}
