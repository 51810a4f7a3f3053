//! Where old pages go: which are landing pages, and the addresses that led to them.

use super::{has, has_not, moved, old_addresses, page_of};

#[test]
fn in_hugo_only_a_page_of_that_name_is_a_landing_page() {
    let page = |title: &str| format!("---\ntitle: {title}\n---\nWords to read here.\n");
    let new = moved(&[
        ("hugo.toml", "defaultContentLanguage = \"en\"\n"),
        ("content/docs/_index.en.md", &page("Docs")),
        ("content/docs/one.en.md", &page("One")),
        ("content/docs/b/index.en.md", &page("B")),
    ]);
    has(&page_of(&new, "docs/_index.en.md"), &["title: Docs"]);
    has(&page_of(&new, "docs/b.en.md"), &["title: B", "- /docs/b/"]);
    has_not(&page_of(&new, "_index.en.md"), &["Words to read"]);
    let alone = moved(&[("hugo.toml", "title = \"x\"\n"), ("content/b/index.en.md", &page("B"))]);
    has(&page_of(&alone, "pages/b.en.md"), &["title: B", "- /b/"]);
}

#[test]
fn a_folder_that_holds_all_pages_is_a_section_if_the_tool_keeps_pages_above_it() {
    let new = moved(&[
        ("mkdocs.yml", "site_name: x\ndocs_dir: pages\n"),
        ("pages/guide/index.md", "# Guide\n\nWords of the guide.\n"),
        ("pages/guide/a.md", "# A\n\nWords of the page.\n"),
    ]);
    has(&page_of(&new, "guide/_index.en.md"), &["Words of the guide."]);
    let plain =
        moved(&[("www/index.html", "<h1>Home</h1><p>Words of it.</p>"), ("www/a.html", "<h1>A</h1><p>More.</p>")]);
    has(&page_of(&plain, "_index.en.md"), &["Words of it."]);
}

#[test]
fn mkdocs_has_no_folder_in_the_address_of_its_default_language() {
    let settings = (
        "mkdocs.yml",
        "plugins:\n- i18n: {docs_structure: folder, languages: [{locale: en, default: true}, {locale: fr}]}\n",
    );
    assert_eq!(old_addresses(settings, &[("docs/en/season.md", "title: Season")]), ["/season/"]);
    assert_eq!(old_addresses(settings, &[("docs/fr/a/b.md", "title: B\nslug: c")]), ["/fr/a/b/"]);
}

#[test]
fn versions_of_docusaurus_have_the_addresses_that_its_settings_give_them() {
    let of = |config: &str, path: &str| {
        let page = "---\ntitle: T\n---\nWords to read.\n";
        let new = moved(&[
            ("docusaurus.config.js", config),
            ("versions.json", "[\"2.0\", \"1.0\"]"),
            ("api_versions.json", "[\"3.0\"]"),
            (path, page),
        ]);
        let text = new.texts.iter().find(|(_, text)| text.contains("aliases:")).map_or("", |(_, text)| text);
        text.split("aliases:\n- ").nth(1).and_then(|rest| rest.lines().next()).unwrap_or_default().to_owned()
    };
    let config = "module.exports = {title: 'Well'}";
    assert_eq!(of(config, "versioned_docs/version-2.0/01-setup.md"), "/docs/setup/");
    assert_eq!(of(config, "versioned_docs/version-1.0/01-setup.md"), "/docs/1.0/setup/");
    assert_eq!(of(config, "docs/01-setup.md"), "/docs/next/setup/");
    assert_eq!(of(config, "api_versioned_docs/version-3.0/x.md"), "/api/x/");
    assert_eq!(of(config, "i18n/fr/docusaurus-plugin-content-docs/version-1.0/x.md"), "/fr/docs/1.0/x/");
    let config = "module.exports = {presets: [['classic', {docs: {lastVersion: 'current', versions: {current: {label: 'Now', path: ''}, '1.0': {path: 'old'}}}}]]}";
    assert_eq!(of(config, "docs/01-setup.md"), "/docs/setup/");
    assert_eq!(of(config, "versioned_docs/version-2.0/a.md"), "/docs/2.0/a/");
    assert_eq!(of(config, "versioned_docs/version-1.0/a.md"), "/docs/old/a/");
}
