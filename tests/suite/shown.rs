//! Where a record's facts appear on its page, what appears in place of a missing one, and how titles are written in a
//! sentence.

use crate::project::{Project, Tree};

/// The page of the agreement, in English and in French.
const PAGE: [&str; 2] = ["en/agreements/exchange-of-service/index.html", "fr/ententes/echange-de-services/index.html"];

/// The part of a text between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("no “{from}” in {text}")).1;
    rest.split_once(to).unwrap_or_else(|| panic!("no “{to}” after “{from}” in {rest}")).0
}

fn glance(site: &Tree) -> &str {
    between(site.text(PAGE[0]), "<section class=\"glance\"", "</section>")
}

fn details(site: &Tree) -> &str {
    between(site.text(PAGE[0]), "<section class=\"more-facts\"", "</section>")
}

#[test]
fn a_field_is_shown_where_its_type_says_however_long_its_values_are() {
    let project = Project::minimal();
    let number = "    pattern: \"[A-Z]{2}-[0-9]+\"\n";
    project.change("content/types/agreement.yaml", number, "");
    for words in ["AB-1", &"a long number of many words ".repeat(20)] {
        project.write("content/agreements/exchange-of-service.yaml", format!("parties: [csc]\nnumber: {words}\n"));
        let site = project.build();
        assert!(glance(&site).contains("<dt>Number</dt>"), "a line of text is seen at a glance: {words}");
        assert!(details(&site).contains("<dt>Services</dt>"), "a list of texts is read below the words");
    }
    project.change(
        "content/types/agreement.yaml",
        "  number:\n    kind: text\n",
        "  number:\n    kind: text\n    show: page\n",
    );
    project.change("content/types/agreement.yaml", "services: {kind: text,", "services: {show: glance, kind: text,");
    let site = project.build();
    assert!(details(&site).contains("<dt>Number</dt>") && glance(&site).contains("<dt>Services</dt>"));
}

#[test]
fn what_is_data_only_is_in_the_open_data_and_not_on_the_page() {
    let project = Project::minimal();
    project.change("content/types/agreement.yaml", "signed_on: {kind: date,", "signed_on: {kind: date, show: data,");
    let site = project.build();
    for page in PAGE {
        assert!(!site.text(page).contains("2015-06-30"), "{page}");
    }
    assert!(site.0.iter().any(|(path, _)| path.ends_with(".csv") && site.text(path).contains("2015-06-30")));
}

#[test]
fn where_a_fact_is_missing_its_type_says_so_in_the_language_of_the_page() {
    let project = Project::minimal();
    let label = "in_force_on: {kind: date,";
    let said = "in_force_on: {kind: date, when_missing: {en: Not public, fr: Non publique},";
    project.change("content/types/agreement.yaml", label, said);
    let site = project.build();
    assert!(site.text(PAGE[0]).contains("<dt>In force since</dt>\n<dd>Not public</dd>"), "{}", site.text(PAGE[0]));
    assert!(site.text(PAGE[1]).contains("<dt>En vigueur depuis</dt>\n<dd>Non publique</dd>"));
    project.change("content/agreements/exchange-of-service.yaml", "signed_on", "in_force_on: 2016\nsigned_on");
    assert!(!project.build().text(PAGE[0]).contains("Not public"));
}

#[test]
fn inside_a_sentence_a_title_takes_its_inline_form() {
    let project = Project::minimal();
    project.change("content/partners/csc.fr.md", "acronym: SCC", "inline_title: service correctionnel\nacronym: SCC");
    let words = "Le [](partners/csc) agit. [](partners/csc) : *[](partners/csc)*.\n\n[](partners/csc)\n\n## Et le [](partners/csc)\n\n## Un\n\n## Deux\n";
    project.write(
        "content/pages/about.fr.md",
        format!("---\ntitle: À propos de ce site\nsummary: Ce qu’est ce site.\n---\n{words}"),
    );
    project.write(
        "content/pages/about.en.md",
        format!("---\ntitle: About this site\nsummary: What this site is.\n---\n{}", words.replace("Et le", "And")),
    );
    let site = project.build();
    let page = between(site.text("fr/a-propos-de-ce-site/index.html"), "data-words>", "</article>");
    let link = |title: &str| format!("<a href=\"../partenaires/service-correctionnel-du-canada/\">{title}</a>");
    let (inline, title) = (link("service correctionnel"), link("Service correctionnel du Canada"));
    assert!(page.contains(&format!("Le {inline} agit. {title}\u{a0}: <em>{inline}</em>.")), "{page}");
    assert!(page.contains(&format!("<p>{title}</p>")), "a paragraph begins with the title: {page}");
    assert!(page.contains(&format!("Et le {inline}</h2>")), "{page}");
    assert!(page.contains("Et le service correctionnel</a></li>"), "“On this page” says what the heading says: {page}");
}

#[test]
fn a_record_leads_to_those_before_and_after_it_in_its_list() {
    let site = Project::minimal().build();
    let csc = site.text("en/partners/correctional-service-of-canada/index.html");
    assert!(csc.contains("<a rel=\"next\" href=\"../manitoba/\">") && !csc.contains("rel=\"prev\""), "{csc}");
    let manitoba = site.text("fr/partenaires/manitoba/index.html");
    let next = "<a rel=\"next\" href=\"../service-correctionnel-du-canada/\">";
    assert!(manitoba.contains(next), "the order is the language’s: {manitoba}");
}
