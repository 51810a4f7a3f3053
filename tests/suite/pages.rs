//! What is on the pages: relations from both sides, states, sides, old addresses, and the pages that have no file of
//! their own.

use crate::project::{Project, shipped};

const AGREEMENT: &str = "en/agreements/exchange-of-service/index.html";

#[test]
fn a_reference_appears_on_the_other_side_under_its_inverse_label() {
    let site = Project::minimal().build();
    let english =
        between(site.text("en/partners/manitoba/index.html"), "Agreements with this partner</h2>", "</section>");
    assert!(english.contains("<a href=\"../../agreements/exchange-of-service/\">Exchange of service</a>"), "{english}");
    let french =
        between(site.text("fr/partenaires/manitoba/index.html"), "Ententes avec ce partenaire</h2>", "</section>");
    assert!(french.contains("<a href=\"../../ententes/echange-de-services/\">Échange de services</a>"), "{french}");
}

#[test]
fn a_reference_inside_a_group_appears_on_the_other_side_too() {
    let site = Project::minimal()
        .with(
            "-- content/agreements/exchange-of-service.yaml --\nparties: [csc]\nsteps:\n  - office: manitoba\n    \
             role: {en: Approves, fr: Approuve}\n",
        )
        .build();
    let manitoba = site.text("fr/partenaires/manitoba/index.html");
    assert!(between(manitoba, "Ententes qu’elle approuve</h2>", "</section>").contains("echange-de-services"));
    assert!(!manitoba.contains("Ententes avec ce partenaire"), "it is no party");
    assert!(site.text(AGREEMENT).contains("Approves") && !site.text(AGREEMENT).contains("Approuve"));
}

#[test]
fn a_page_tells_which_other_pages_mention_it() {
    let project = Project::minimal();
    project.change("content/pages/about.en.md", "an example", "an example by [](partners/manitoba)");
    let site = project.build();
    let about = site.text("en/about-this-site/index.html");
    assert!(
        about.contains("<a href=\"../partners/manitoba/\">Manitoba</a>"),
        "an empty link takes the title:\n{about}"
    );
    let manitoba = site.text("en/partners/manitoba/index.html");
    assert!(main(manitoba).contains("../../about-this-site/"), "{manitoba}");
    assert!(!main(site.text("fr/partenaires/manitoba/index.html")).contains("a-propos"), "the French page does not");
}

#[test]
fn a_name_with_an_address_is_a_link_and_with_a_telephone_number_its_label() {
    let project = Project::minimal();
    let inside = "      role: {kind: text, localized: true, label: {en: Role, fr: Rôle}}\n";
    let group = |name: &str, way: &str| {
        format!(
            "  {name}:\n    kind: group\n    label: {{en: {name}, fr: {name}}}\n    fields:\n      \
                 name: {{kind: text, label: {{en: Name, fr: Nom}}}}\n      way: {{kind: {way}, label: {{en: Way, fr: Moyen}}}}\n"
        )
    };
    let groups = group("source", "url") + &group("channel", "phone");
    project.change("content/types/agreement.yaml", inside, &(inside.to_owned() + &groups));
    let facts = "parties: [csc]\nsource: {name: Guidelines, way: \"https://example.org/guidelines\"}\n\
                 channel: {name: Front desk, way: 613-555-0123}\n";
    project.write("content/agreements/exchange-of-service.yaml", facts);
    let site = project.build();
    let page = site.text(AGREEMENT);
    assert!(page.contains("href=\"https://example.org/guidelines\">Guidelines</a>"), "{page}");
    assert!(page.contains("<dt>Front desk</dt><dd><a href=\"tel:+16135550123\">"), "{page}");
}

#[test]
fn a_page_that_many_mention_lists_them_when_asked() {
    let project = Project::minimal();
    for nth in 0..13 {
        for lang in ["en", "fr"] {
            let words = format!("---\ntitle: Word {nth}\nsummary: A word.\n---\n[](partners/manitoba)\n");
            project.write(&format!("content/pages/word{nth}.{lang}.md"), words);
        }
    }
    let manitoba = project.build();
    let mentions = between(manitoba.text("en/partners/manitoba/index.html"), "id=\"_mentions\"", "</section>");
    assert!(mentions.contains("<summary>13 pages</summary>"), "{mentions}");
}

#[test]
fn the_home_page_leads_to_every_section_those_of_the_menu_first() {
    let project = Project::minimal();
    project.change("content/site.yaml", "menu: [agreements, partners]", "menu: [partners]");
    let site = project.build();
    let home = main(site.text("en/index.html"));
    let (partners, agreements) = (home.find("href=\"partners/\""), home.rfind("href=\"agreements/\""));
    assert!(partners.is_some() && partners < agreements, "{home}");
}

#[test]
fn of_very_many_free_pages_the_footer_names_the_first_and_leads_to_all() {
    let project = Project::minimal();
    for at in 10..40 {
        for lang in ["en", "fr"] {
            let page = format!("---\ntitle: Page {at}\nsummary: A page.\n---\n");
            project.write(&format!("content/pages/page-{at}.{lang}.md"), page);
        }
    }
    let site = project.build();
    let footer = between(site.text(AGREEMENT), "<footer class=\"footer\">", "</footer>");
    let named: Vec<&str> = footer.split("<li>").skip(1).map(|item| between(item, "\">", "</a>")).collect();
    assert_eq!(&named[..3], ["About this site", "Page 10", "Page 11"]);
    assert_eq!(&named[15..18], ["Page 24", "Everything from A to Z", "Changed recently"], "{named:?}");
    assert!(site.text("en/a-z/index.html").contains("Page 39"));
}

#[test]
fn a_link_that_is_shared_elsewhere_shows_what_the_page_is() {
    let project = Project::minimal();
    assert!(!project.build().text(AGREEMENT).contains("og:"), "a card needs an address");
    project.settings("base_url: https://example.org/kb/");
    project.change("content/partners/manitoba.fr.md", "title: Manitoba", "title: \"Manitoba & « Nord »\"");
    let site = project.build();
    let path = site.paths().into_iter().find(|path| path.starts_with("fr/partenaires/manitoba-")).unwrap();
    let page = site.text(path);
    for card in [
        "<meta property=\"og:title\" content=\"Manitoba &amp; «\u{a0}Nord\u{a0}»\">",
        "<meta property=\"og:description\" content=\"Le gouvernement provincial.\">",
        "<meta property=\"og:url\" content=\"https://example.org/kb/fr/partenaires/manitoba-nord/\">",
        "<meta property=\"og:locale\" content=\"fr_CA\">",
    ] {
        assert!(page.contains(card), "{card}: {page}");
    }
}

#[test]
fn a_draft_is_nowhere_in_the_output() {
    let project = Project::minimal();
    project.write("content/pages/about.yaml", "state: draft\n");
    let site = project.build();
    for (page, text) in site.pages() {
        assert!(!text.contains("About this site</a>") && !text.contains("a-propos-de-ce-site"), "{page}");
    }
    assert!(!site.0.contains_key("en/about-this-site/index.html"));
}

#[test]
fn an_archived_record_says_so_in_the_language_of_the_page() {
    let project = Project::minimal();
    project.write("content/pages/about.yaml", "state: archived\n");
    let site = project.build();
    assert!(site.text("en/about-this-site/index.html").contains("This page is archived"));
    assert!(site.text("fr/a-propos-de-ce-site/index.html").contains("archivée"));
    assert!(!site.text(AGREEMENT).contains("This page is archived"));
}

#[test]
fn an_old_address_leads_to_the_page() {
    let project = Project::minimal();
    project.change("content/pages/about.fr.md", "title:", "aliases: [/fr/ancien/, /vieux.html]\ntitle:");
    let site = project.build();
    let folder = site.text("fr/ancien/index.html");
    assert!(folder.contains("url=../a-propos-de-ce-site/") && folder.contains("lang=\"fr\""), "{folder}");
    assert!(site.text("vieux.html").contains("url=fr/a-propos-de-ce-site/"));
}

#[test]
fn an_old_address_leads_to_a_home_page_and_to_a_section() {
    let project = Project::minimal();
    project.change("content/_index.fr.md", "title:", "aliases: [/fr/accueil.html]\ntitle:");
    let landing = "---\ntitle: Agreements\nsummary: S.\naliases: [/docs/, '/index.php?page=2']\n---\n";
    project.write("content/agreements/_index.en.md", landing);
    project.write("content/agreements/_index.fr.md", "---\ntitle: Ententes\nsummary: S.\n---\n");
    let site = project.build();
    assert!(site.text("fr/accueil.html").contains("url=./"), "{}", site.text("fr/accueil.html"));
    assert!(site.text("docs/index.html").contains("url=../en/agreements/"));
    assert!(site.text(".htaccess").contains("en/agreements/ [R=301,L,NE,QSD]"), "{}", site.text(".htaccess"));
}

#[test]
fn each_page_leads_to_the_very_same_page_in_the_other_language_and_back() {
    let site = shipped();
    let mut seen = 0;
    for (page, text) in site.pages().filter(|(page, _)| page.starts_with("en/") || page.starts_with("fr/")) {
        let Some(switch) = language_switch(text) else {
            assert!(text.contains("http-equiv=\"refresh\""), "{page} has a language switch");
            continue;
        };
        let other = resolve(page, attribute(switch, "href"));
        let back = language_switch(site.text(&other)).unwrap();
        assert_eq!(resolve(&other, attribute(back, "href")), page);
        assert_ne!(page[..2], other[..2]);
        seen += 1;
    }
    assert!(seen > 100, "{seen} pages");
}

#[test]
fn search_engines_are_told_of_both_sides_only_where_both_are_there() {
    let project = Project::minimal();
    project.settings("policies: {missing_twin: allow}\nbase_url: https://example.org/kb/");
    let project = project.with("-- content/partners/manitoba.fr.md (absent) --\n");
    let site = project.build();
    let (pair, alone) = (site.text(AGREEMENT), site.text("en/partners/manitoba/index.html"));
    let alternate = |lang: &str, url: &str| format!("hreflang=\"{lang}\" href=\"https://example.org/kb/{url}\"");
    assert!(pair.contains(&alternate("en", "en/agreements/exchange-of-service/")), "{pair}");
    assert!(pair.contains(&alternate("fr", "fr/ententes/echange-de-services/")), "{pair}");
    assert!(!alone.contains("hreflang=\"fr\" href=\"https"), "{alone}");
    let sitemap = site.text("sitemap.xml");
    assert!(sitemap.contains(&alternate("fr", "fr/ententes/echange-de-services/")));
    assert!(sitemap.contains("<loc>https://example.org/kb/en/partners/manitoba/</loc>"));
    assert!(!sitemap.contains("fr/partenaires/manitoba"), "{sitemap}");
    assert!(!site.text("fr/partenaires/index.html").contains("Manitoba</a>"), "the French list does not offer it");
}

#[test]
fn without_a_base_address_nothing_absolute_is_said() {
    let site = Project::minimal().build();
    assert!(!site.0.contains_key("sitemap.xml"));
    for (page, text) in site.pages() {
        assert!(!text.contains("rel=\"canonical\""), "{page}");
    }
}

#[test]
fn the_page_for_addresses_that_do_not_exist_speaks_both_languages_from_any_depth() {
    let project = Project::minimal();
    let at_root = project.build();
    assert!(at_root.text("404.html").contains("href=\"/en/\"") && at_root.text("404.html").contains("href=\"/fr/\""));
    assert_eq!(project.run(&["build", "--base-url", "https://example.org/kb"]).code, 0);
    let site = project.output();
    let page = site.text("404.html");
    for words in [
        "Page not found",
        "Page introuvable",
        "href=\"/kb/en/\"",
        "href=\"/kb/fr/\"",
        "lang=\"fr\"",
        "href=\"/kb/theme/",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(page.contains("noindex"));
}

#[test]
fn what_a_writer_writes_never_becomes_code() {
    let project = Project::minimal().with(
        "-- content/partners/manitoba.en.md --\n---\ntitle: \"<script>alert(1)</script> & \\\"co\\\"\"\nslug: manitoba\n\
         summary: \"</title><img src=x onerror=alert(1)>\"\nacronym: \"<i>\"\n---\n`<script>` and \\<b> here.\n",
    );
    let site = project.build();
    for (page, text) in site.pages() {
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x") && !text.contains("<i>"), "{page}");
    }
    assert!(site.text("en/partners/manitoba/index.html").contains("&lt;script&gt;"));
}

/// The part of a page between two passages.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("“{from}” stands in {text}")) + from.len();
    &text[start..start + text[start..].find(to).unwrap()]
}

/// The main part of a page, without menu and footer.
fn main(text: &str) -> &str {
    between(text, "<main", "</main>")
}

/// The link to the same page in the other language.
fn language_switch(text: &str) -> Option<&str> {
    text.split("<a ")
        .skip(1)
        .map(|link| link.split('>').next().unwrap())
        .find(|link| link.contains("rel=\"alternate\""))
}

/// The value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    between(tag, &format!("{name}=\""), "\"")
}

/// The file that a relative link in a page leads to.
fn resolve(page: &str, href: &str) -> String {
    crate::links::resolve(page, href).unwrap_or_else(|| panic!("{href} in {page} leaves the site"))
}
