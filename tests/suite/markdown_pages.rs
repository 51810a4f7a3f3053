//! Pages as Markdown beside their HTML, and the list by which programs find them (`llms.txt`).

use crate::project::{Project, Tree};

const WORDS: &str = "Opening with *emphasis*, **weight** and `a | b`.\n\n## How it works\n\n1. One\n2. Two\n   - inner\n   - [ ] open\n\n\
    > [!WARNING]\n> Mind the gap.[^a]\n\n| Year | Count |\n| :-- | --: |\n| 2025 | a \\| b |\n\n```sh\nls *\n```\n\n\
    Term\n: Meaning\n\n[^a]: Said on the [platform](https://example.org/a_(b)).\n";

fn project(words: &str) -> Project {
    let project = Project::minimal();
    project.settings("base_url: https://example.org/kb/\nmarkdown_pages: true\npolicies: {parity: allow}");
    project.write(
        "content/partners/csc.en.md",
        format!("---\ntitle: Service\nslug: csc\nsummary: It *keeps*.\n---\n\n{words}"),
    );
    project
}

/// The words of a page in HTML.
fn body(site: &Tree) -> String {
    let page = site.text("en/partners/csc/index.html");
    let from = page.find("Opening with").unwrap();
    page[from..].split("</main>").next().unwrap().to_owned()
}

#[test]
fn a_page_says_in_markdown_what_it_says_in_html() {
    let project = project(WORDS);
    let first = project.build();
    let markdown = first.text("en/partners/csc/index.html.md");
    assert!(markdown.starts_with("# Service\n\n> It \\*keeps\\*.\n"), "{markdown}");
    let from = markdown.find("Opening with").unwrap();
    let until = markdown.find("\n## Agreements with this partner").unwrap();
    let words = markdown[from..until].to_owned();
    let again = self::project(&words).build();
    assert_eq!(body(&again), body(&first), "read as a page, it makes the same page:\n{words}");
}

#[test]
fn facts_are_below_the_summary_as_the_language_writes_them_and_links_lead_to_markdown() {
    let project = Project::minimal();
    project.settings("markdown_pages: true\npolicies: {parity: allow}");
    let site = project.build();
    let pages = site.paths().into_iter().filter(|path| path.ends_with("index.html.md"));
    let records: Vec<&str> =
        pages.filter(|path| path.starts_with("fr/ententes/") && path.split('/').count() == 4).collect();
    let text = site.text(records[0]);
    assert!(text.contains("\n- **État**\u{a0}: "), "{text}");
    assert!(text.contains("](../../partenaires/") && text.contains("/index.html.md)"), "{text}");
    assert!(text.contains("\n- [English](../../../en/agreements/"), "{text}");
}

#[test]
fn a_page_names_its_markdown_and_only_one_that_is_there() {
    let site = project("Opening with words.\n").build();
    let mut named = 0;
    for (path, html) in site.pages() {
        let Some(link) = html.split("<link rel=\"alternate\" type=\"text/markdown\" href=\"").nth(1) else { continue };
        assert_eq!(link.split('"').next(), Some("index.html.md"), "{path}");
        assert!(site.0.contains_key(&format!("{path}.md")), "{path}");
        named += 1;
    }
    let markdown = site.paths().into_iter().filter(|path| path.ends_with(".md")).count();
    assert_eq!(named, markdown, "each page in Markdown is named by its page");
    assert!(site.text(".htaccess").contains("AddType text/markdown;charset=utf-8 .md"));
}

#[test]
fn every_link_of_a_list_of_pages_leads_to_a_file() {
    let site = project("Opening with words.\n").build();
    for (list, opening) in [
        ("llms.txt", "# Partnerships / Partenariats\n\n> Partners.\n>\n> Partenaires.\n"),
        ("en/llms.txt", "# Partnerships\n\n> Partners.\n"),
        ("fr/llms.txt", "# Partenariats\n\n> Partenaires.\n"),
    ] {
        let text = site.text(list);
        assert!(text.starts_with(opening), "{text}");
        let links: Vec<&str> = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
        assert!(links.len() >= 2, "{text}");
        for link in links {
            let file =
                link.strip_prefix("https://example.org/kb/").unwrap_or_else(|| panic!("{link} is no whole address"));
            assert!(site.0.contains_key(file), "{list} leads to {file}");
        }
    }
    assert!(site.text("fr/llms.txt").contains("\n## Ententes\n"), "{}", site.text("fr/llms.txt"));
    assert!(site.text("en/llms.txt").contains("Service](https://example.org/kb/en/partners/csc/index.html.md): "));
}

#[test]
fn a_site_that_does_not_ask_for_them_has_none() {
    let project = Project::minimal();
    project.settings("policies: {parity: allow}");
    let site = project.build();
    assert!(!site.paths().iter().any(|path| path.ends_with(".md") || path.ends_with("llms.txt")), "{:?}", site.paths());
    assert!(site.pages().all(|(_, html)| !html.contains("text/markdown")));
}

#[test]
fn nothing_but_what_changed_is_written_again() {
    let project = project("Opening with words.\n");
    let first = project.build();
    project.change("content/partners/csc.en.md", "Opening with words", "Opening with others");
    let second = project.build();
    let changed: Vec<&str> = second
        .paths()
        .into_iter()
        .filter(|path| path.ends_with(".md") && first.0.get(*path) != second.0.get(*path))
        .collect();
    assert_eq!(changed, ["en/partners/csc/index.html.md"]);
}
