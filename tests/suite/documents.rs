//! A section as one document, to read and to print; and how pages are cited.

use crate::project::Project;

const ENGLISH: &str = "en/agreements/as-one-document/index.html";
const FRENCH: &str = "fr/ententes/en-un-document/index.html";

/// A site whose agreements are one document, with a second one that links to the first.
fn with_document() -> Project {
    let project = Project::minimal();
    project.change("content/types/agreement.yaml", "folder: agreements\n", "folder: agreements\ndocument: true\n");
    project.write("content/agreements/treaty.yaml", "parties: [csc]\nmodified_on: 2026-02-01\n");
    project.write(
        "content/agreements/treaty.en.md",
        "---\ntitle: Treaty\nsummary: A treaty.\n---\n## Aim {#aim}\n\nSee [custody](agreements/exchange-of-service#custody), \
         [](agreements/exchange-of-service), [the aim](#aim) and [](partners/csc).[^1]\n\n### Part\n\nText.\n\n#### Point\n\n\
         ## End\n\nText.\n\n[^1]: A note.\n",
    );
    project.write(
        "content/agreements/treaty.fr.md",
        "---\ntitle: Traité\nsummary: Un traité.\n---\n## But {#aim}\n\nVoir [la garde](agreements/exchange-of-service#garde), \
         [](agreements/exchange-of-service), [le but](#aim) et [](partners/csc).[^1]\n\n### Partie\n\nTexte.\n\n#### Point\n\n\
         ## Fin\n\nTexte.\n\n[^1]: Une note.\n",
    );
    project
}

#[test]
fn a_document_holds_every_record_of_its_section_in_the_order_of_the_list() {
    let site = with_document().build();
    let (english, french) = (site.text(ENGLISH), site.text(FRENCH));
    let at = |page: &str, id: &str| page.find(&format!("<h2 id=\"{id}\">")).unwrap_or_else(|| panic!("{id}: {page}"));
    assert!(at(english, "exchange-of-service") < at(english, "treaty"));
    assert!(at(french, "echange-de-services") < at(french, "traite"));
    assert!(english.contains("<h2 id=\"treaty\">2&#8194;Treaty</h2>"), "{english}");
    assert!(english.contains("<meta name=\"robots\" content=\"noindex, follow\">"), "each record has a page to find");
    let list = site.text("en/agreements/index.html");
    assert!(list.contains("<a href=\"as-one-document/\">Read or print the whole section</a>"), "{list}");
    assert!(
        site.text("fr/ententes/index.html")
            .contains("<a href=\"en-un-document/\">Lire ou imprimer toute la section</a>")
    );
}

#[test]
fn headings_are_numbered_one_level_down_and_are_in_the_contents() {
    let site = with_document().build();
    let page = site.text(ENGLISH);
    for heading in [
        "<h3 id=\"treaty.aim\">2.1\u{2002}Aim</h3>",
        "<h4 id=\"treaty.part\">2.1.1\u{2002}Part</h4>",
        "<h5 id=\"treaty.point\">2.1.1.1\u{2002}Point</h5>",
        "<h3 id=\"treaty.end\">2.2\u{2002}End</h3>",
        "<h3 id=\"treaty._notes\">",
        "<a href=\"#treaty.part\">2.1.1\u{2002}Part</a>",
    ] {
        assert!(page.contains(heading), "{heading}: {page}");
    }
}

#[test]
fn links_between_records_of_a_document_stay_in_it() {
    let site = with_document().build();
    let page = site.text(ENGLISH);
    for link in [
        "<a href=\"#exchange-of-service.custody\">custody</a>",
        "<a href=\"#exchange-of-service\">Exchange of service</a>",
        "<a href=\"#treaty.aim\">the aim</a>",
        "href=\"#treaty._note-1\"",
    ] {
        assert!(page.contains(link), "{link}: {page}");
    }
    assert!(
        page.contains("<a href=\"../../partners/correctional-service-of-canada/\""),
        "others lead to their pages: {page}"
    );
    for (_, id) in
        page.match_indices(" id=\"").map(|(at, mark)| (at, page[at + mark.len()..].split('"').next().unwrap()))
    {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id} stands once");
    }
    for target in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(page.contains(&format!(" id=\"{target}\"")), "#{target} leads somewhere");
    }
}

#[test]
fn paper_shows_where_a_link_leads_once_the_site_has_an_address() {
    let project = with_document();
    let address = "data-address=\"https://example.org/en/partners/correctional-service-of-canada/\"";
    assert!(!project.build().text(ENGLISH).contains("data-address"));
    let run = project.run(&["build", "--base-url", "https://example.org/", "--out", "out"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = std::fs::read_to_string(project.path(&format!("out/{ENGLISH}"))).unwrap();
    assert!(page.contains(address), "{page}");
    assert!(page.contains("<cite>Agreements</cite>. Partnerships, <time datetime=\"2026-02-01\">"));
    assert!(page.contains("href=\"https://example.org/en/agreements/as-one-document/\""), "{page}");
    let sitemap = std::fs::read_to_string(project.path("out/sitemap.xml")).unwrap();
    assert!(!sitemap.contains("as-one-document"), "it repeats other pages");
}

#[test]
fn each_page_of_a_record_says_how_to_cite_it() {
    let site = with_document().build();
    let page = site.text("fr/ententes/traite/index.html");
    assert!(page.contains("Pour citer ce document"), "{page}");
    assert!(page.contains("<cite>Traité</cite>. Partenariats, <time datetime=\"2026-02-01\">1<sup>er</sup>"), "{page}");
}

#[test]
fn a_section_without_the_line_or_with_too_many_records_has_no_document() {
    assert!(!Project::minimal().build().0.contains_key(ENGLISH));
    let project = with_document();
    project.change("content/types/agreement.yaml", "document: true", "document: 1");
    assert!(!project.build().0.contains_key(ENGLISH));
    let mistakes = project.run(&["check", "--format", "json"]).mistakes();
    assert!(mistakes.iter().any(|line| line.contains("document-too-long")), "{mistakes:?}");
    project.change("content/types/agreement.yaml", "document: 1", "document: 2");
    assert!(project.build().0.contains_key(ENGLISH));
}

#[test]
fn the_address_of_a_document_is_kept_free() {
    let project = Project::minimal();
    project.change(
        "content/agreements/exchange-of-service.en.md",
        "title: Exchange of service\n",
        "title: Exchange of service\nslug: as-one-document\n",
    );
    let mistakes = project.run(&["check", "--format", "json"]).mistakes();
    assert!(mistakes.iter().any(|line| line.contains("duplicate-address")), "{mistakes:?}");
}
