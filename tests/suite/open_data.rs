//! Data to take away: tables for spreadsheets, JSON for programs, structured data for search engines.

use serde_json::{Value, json};

use crate::project::{Project, shipped};

fn with_base() -> Project {
    let project = Project::minimal();
    project.change("content/site.yaml", "theme:", "base_url: https://example.org/kb/\ntheme:");
    project
}

#[test]
fn a_table_has_a_line_for_each_record_in_the_language_it_is_for() {
    let site = with_base().build();
    let csv = site.text("data/agreements.fr.csv");
    let mut lines = csv.split("\r\n");
    assert!(lines.next().unwrap().starts_with("\u{feff}Identifiant,Titre,Résumé,Adresse,"), "{csv}");
    let line = lines.next().unwrap();
    assert!(line.starts_with("agreements/exchange-of-service,Échange de services,"), "{line}");
    assert!(line.contains("https://example.org/kb/fr/ententes/echange-de-services/"), "{line}");
    assert!(line.contains("En vigueur,Service correctionnel du Canada; Manitoba,2015-06-30"), "{line}");
    assert_eq!(lines.collect::<Vec<_>>(), [""], "every line ends, and there is one record");
}

#[test]
fn json_has_both_languages_and_keys_that_no_title_changes() {
    let site = with_base().build();
    let record: Value = serde_json::from_str(site.text("data/agreements/exchange-of-service.json")).unwrap();
    assert_eq!(record["id"], "agreements/exchange-of-service");
    assert_eq!(record["fields"]["parties"], json!(["partners/csc", "partners/manitoba"]));
    assert_eq!(record["fields"]["status"], "in_force");
    assert_eq!(record["fr"]["fields"]["services"], json!(["garde"]));
    assert_eq!(record["en"]["url"], "https://example.org/kb/en/agreements/exchange-of-service/");
    let all: Value = serde_json::from_str(site.text("data/agreements.json")).unwrap();
    assert_eq!(all["records"], json!([record]), "a type's file holds the same");
}

#[test]
fn lists_lead_to_their_data_and_say_its_form_and_size() {
    let site = with_base().build();
    let list = site.text("en/agreements/index.html");
    let link = list.split("<a href=\"../../data/agreements.en.csv\" download>").nth(1).unwrap();
    let link = link.split("</a>").next().unwrap();
    let bytes = site.text("data/agreements.en.csv").len();
    assert!(link.ends_with(&format!("CSV ({bytes}\u{a0}B)")), "{link} is of {bytes} bytes");
    assert!(site.text("en/data/index.html").contains("<code>in_force_on</code>"), "every column is explained");
}

#[test]
fn structured_data_can_be_read_and_says_what_the_page_is() {
    let mut seen = 0;
    for (path, page) in shipped().pages() {
        for data in page.split("<script type=\"application/ld+json\">").skip(1) {
            let data = data.split("</script>").next().unwrap();
            let data: Value = serde_json::from_str(data).unwrap_or_else(|error| panic!("{path}: {error}:\n{data}"));
            assert_eq!(data["@graph"][0]["@type"], "WebPage", "{path}");
            let lang = &path[..2];
            assert_eq!(data["@graph"][0]["inLanguage"], lang, "{path}");
            seen += 1;
        }
    }
    assert!(seen > 100, "only {seen} pages have structured data");
}

#[test]
fn words_in_structured_data_cannot_end_its_script() {
    let project = with_base();
    project.change("content/pages/about.en.md", "What this site is.", "\"</script><script>alert(1)</script>\"");
    let site = project.build();
    assert!(!site.text("en/about-this-site/index.html").contains("<script>alert"));
}

#[test]
fn a_contact_tells_machines_how_to_reach_it() {
    let contacts = shipped().pages().filter(|(path, _)| path.starts_with("en/contacts/"));
    let points = contacts.filter(|(_, page)| page.contains("\"@type\":\"ContactPoint\""));
    assert!(points.filter(|(_, page)| page.contains("\"email\":") || page.contains("\"telephone\":")).count() >= 3);
}
