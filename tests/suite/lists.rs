//! Lists that people can find things in: facets with pages of their own, long lists in parts, changes, what expires.

use crate::project::{Project, Tree};

const LIST: &str = "en/agreements/index.html";

/// The minimal site with so many more agreements; every third one is signed in 2001, the others in 2002.
fn many(count: usize) -> Project {
    let project = Project::minimal();
    for nth in 0..count {
        // Titles that begin with every letter, so that a list has its whole alphabet.
        let letter = char::from(b'A' + u8::try_from(nth % 26).unwrap());
        let page = |title: &str| format!("---\ntitle: {letter} {title} {nth}\nsummary: {title}.\n---\n");
        let year = if nth % 3 == 0 { 2001 } else { 2002 };
        let status = if nth % 2 == 0 { "signed" } else { "in_force" };
        let facts =
            format!("parties: [csc]\nstatus: {status}\nsigned_on: {year}\nmodified_on: 2026-01-{:02}\n", nth % 28 + 1);
        project.write(&format!("content/agreements/a{nth}.yaml"), facts);
        project.write(&format!("content/agreements/a{nth}.en.md"), page("agreement"));
        project.write(&format!("content/agreements/a{nth}.fr.md"), page("entente"));
    }
    project.change("content/types/agreement.yaml", "signed_on: {kind: date,", "signed_on: {kind: date, facet: true,");
    project
}

fn entries(page: &str) -> usize {
    page.matches("<li class=\"entry\"").count()
}

#[test]
fn each_value_of_a_facet_has_a_page_at_an_address_in_its_own_language() {
    let site = many(9).build();
    let signed = site.text("en/agreements/status/signed/index.html");
    assert_eq!(entries(signed), 5);
    assert!(signed.contains("<h1>Agreements: Signed</h1>"), "{signed}");
    assert_eq!(entries(site.text("fr/ententes/etat/signee/index.html")), 5);
    assert_eq!(entries(site.text("fr/ententes/parties/service-correctionnel-du-canada/index.html")), 10);
    assert_eq!(entries(site.text("en/agreements/signed-on/2001/index.html")), 3);
    assert_eq!(entries(site.text("en/agreements/signed-on/2002/index.html")), 6);
    assert!(signed.contains("href=\"../../../../fr/ententes/etat/signee/\""), "the switch leads to the same part");
}

#[test]
fn a_list_leads_to_its_parts_and_says_how_much_each_holds() {
    let site = many(9).build();
    let list = site.text(LIST);
    let signed = "<a class=\"choice\" href=\"status/signed/\" data-key=\"signed\">";
    let after = list.split(signed).nth(1).unwrap_or_else(|| panic!("no link to what is signed:\n{list}"));
    assert!(after.starts_with("<span class=\"choice-label\">Signed</span> <span class=\"choice-count\">5</span>"));
    assert!(
        list.contains("data-keys=\"{&quot;parties&quot;:[&quot;partners&#x2F;csc&quot;")
            || list.contains("data-keys=\"{&quot;parties&quot;:[&quot;partners/csc&quot;"),
        "the script filters in place:\n{list}"
    );
}

#[test]
fn the_latest_year_comes_first_and_choices_in_the_order_of_the_type() {
    let site = many(9).build();
    let list = site.text(LIST);
    let at = |text: &str| list.find(text).unwrap_or_else(|| panic!("{text} is not in the list"));
    assert!(at("signed-on/2015/") < at("signed-on/2002/") && at("signed-on/2002/") < at("signed-on/2001/"));
    assert!(at("status/signed/") < at("status/in-force/"));
}

#[test]
fn few_records_have_no_filters_and_need_no_script() {
    let site = Project::minimal().build();
    let list = site.text(LIST);
    assert!(!list.contains("data-filter") && !list.contains("list-filter"), "{list}");
}

#[test]
fn up_to_fifty_records_are_in_one_list_and_more_under_letters() {
    let few = many(49).build();
    assert_eq!(entries(few.text(LIST)), 50);
    assert!(!few.text(LIST).contains("class=\"letters\""));
    let more = many(50).build();
    assert_eq!(entries(more.text(LIST)), 51);
    assert!(more.text(LIST).contains("<h2 id=\"_group-b\" class=\"letter\">B</h2>"));
}

#[test]
fn a_long_list_is_on_several_pages_that_lead_to_each_other() {
    let site = many(249).build();
    let pages =
        [LIST, "en/agreements/page/2/index.html", "en/agreements/page/3/index.html"].map(|page| site.text(page));
    assert_eq!(pages.map(entries), [100, 100, 50]);
    assert!(!site.0.contains_key("en/agreements/page/4/index.html"));
    assert!(pages[0].contains("<a rel=\"next\" href=\"page/2/\">") && !pages[0].contains("rel=\"prev\""));
    assert!(
        pages[1].contains("<a rel=\"prev\" href=\"../../\">") && pages[1].contains("<a rel=\"next\" href=\"../3/\">")
    );
    assert!(pages[0].contains("href=\"page/3/#_group-z\""), "each letter leads to the page it begins on");
    assert!(pages[1].contains("<title>Agreements – Page 2 of 3 – Partnerships</title>"));
    let data: serde_json::Value = serde_json::from_str(site.text("en/agreements/list.json")).unwrap();
    assert_eq!(data.as_array().unwrap().len(), 250, "the script can narrow all of it down");
}

#[test]
fn a_large_index_has_pages_for_each_letter() {
    let small = many(40).build();
    assert!(!small.0.contains_key("en/a-z/b/index.html"));
    let site = many(310).build();
    let index = site.text("en/a-z/index.html");
    assert!(index.contains("<a href=\"b/\">B</a>") && !index.contains("B agreement"), "{index}");
    assert!(site.text("en/a-z/b/index.html").contains("B agreement 1<"));
    assert!(site.text("fr/a-z/b/index.html").contains("B entente 1<"));
}

#[test]
fn a_list_can_be_grouped_by_what_its_type_says() {
    let project = many(9);
    project.change("content/types/agreement.yaml", "status: status", "status: status\ngroup_by: status");
    let site = project.build();
    let list = site.text(LIST);
    let (signed, in_force) = (list.find(">Signed</h2>"), list.find(">In force</h2>"));
    assert!(signed.is_some() && signed < in_force, "{list}");
    let entries = list.split("<ul class=\"entries\">").skip(1);
    assert_eq!(entries.filter(|group| group.contains("<dt>Status</dt>")).count(), 0, "the headings say it already");
}

#[test]
fn what_expires_within_twelve_months_of_the_given_day_is_a_part_of_the_list() {
    let project = many(9);
    project.change("content/agreements/a3.yaml", "parties: [csc]", "parties: [csc]\nexpires_on: 2027-03-31");
    project.change("content/agreements/a4.yaml", "parties: [csc]", "parties: [csc]\nexpires_on: 2028-03-31");
    let without = project.build();
    assert!(!without.0.contains_key("en/agreements/expiring/12-months/index.html"), "no day is known");
    let run = project.run(&["build", "--as-of", "2026-11-21"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let site = project.output();
    let soon = site.text("en/agreements/expiring/12-months/index.html");
    assert!(entries(soon) == 1 && soon.contains("agreement 3<"), "{soon}");
    assert!(site.text("fr/ententes/echeance/12-mois/index.html").contains("entente 3<"));
}

#[test]
fn changes_are_listed_by_month_and_in_a_feed_whose_ids_stay() {
    let project = many(9);
    project.change("content/site.yaml", "theme:", "base_url: https://example.org/kb/\ntheme:");
    let site = project.build();
    let page = site.text("fr/modifications/index.html");
    assert!(page.contains(">Janvier 2026</h2>") && page.contains("<time datetime=\"2026-01-09\">"), "{page}");
    let feed = site.text("en/feed.xml");
    assert!(feed.contains("<updated>2026-01-09T00:00:00Z</updated>"), "{feed}");
    assert!(feed.find("agreement 8<") < feed.find("agreement 7<"), "the latest first");
    let ids = |site: &Tree| -> Vec<String> {
        let feed = site.text("en/feed.xml").to_owned();
        feed.split("<id>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
    };
    let before = ids(&site);
    assert_eq!(before.iter().collect::<std::collections::BTreeSet<_>>().len(), before.len(), "each id once");
    project.change("content/agreements/a8.en.md", "agreement 8", "agreement renamed");
    let after = project.build();
    assert!(after.text("en/feed.xml").contains("renamed"));
    assert_eq!(ids(&after), before, "a new title and address keep the id");
}

#[test]
fn a_home_page_shows_what_was_changed_last() {
    let site = many(9).build();
    let home = site.text("en/index.html");
    assert!(home.contains("agreement 8<") && !home.contains("agreement 0<"), "{home}");
}

#[test]
fn an_old_address_never_hides_a_part_of_a_list() {
    let project = many(9);
    project.change("content/pages/about.en.md", "title:", "aliases: [en/agreements/status/in-force]\ntitle:");
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.mistakes(), ["error duplicate-address content/pages/about.en.md:2:11"]);
}
