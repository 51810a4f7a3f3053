//! What readers and staff can use in other programs: feeds of a section, contacts for an address book, due dates for a
//! calendar.

use crate::project::Project;

/// A site with a type of contacts, one of whom can be reached.
fn desk(facts: &str) -> Project {
    let project = Project::minimal().with(
        "-- content/types/contact.yaml --\n\
         type: contact\nfolder: contacts\nname: {en: Contact, fr: Contact}\nplural: {en: Contacts, fr: Contacts}\n\
         slug: {en: contacts, fr: coordonnees}\nschema_org: ContactPoint\nfields:\n\
         \x20 office: {kind: reference, to: [partner], label: {en: Office, fr: Bureau}}\n\
         \x20 secret: {kind: email, show: data, label: {en: Inside, fr: Interne}}\n\
         \x20 ways:\n    kind: group\n    many: true\n    label: {en: Ways, fr: Moyens}\n    fields:\n\
         \x20     mail: {kind: email, label: {en: Mail, fr: Courriel}}\n\
         \x20     call: {kind: phone, label: {en: Call, fr: Appel}}\n\
         \x20     page: {kind: url, localized: true, label: {en: Page, fr: Page}}\n\
         \x20 languages: {kind: language, many: true, label: {en: Languages, fr: Langues}}\n\
         -- content/contacts/desk.en.md --\n---\ntitle: \"Desk, main; first\"\nsummary: Everything that anyone may ever want to ask of any of the offices of the whole service.\n---\n\
         -- content/contacts/desk.fr.md --\n---\ntitle: Bureau d'accueil\nsummary: Toutes les questions.\n---\n",
    );
    project.settings("base_url: https://example.org/kb/\npolicies: {parity: allow}");
    project.write("content/contacts/desk.yaml", facts);
    project
}

const REACHED: &str = "office: csc\nsecret: inside@example.org\nmodified_on: 2026-05-04\nlanguages: [en, fr]\nways:\n\
                       \x20 - {mail: desk@example.org}\n  - {call: 613-555-0123 ext. 7}\n\
                       \x20 - {page: {en: https://example.org/en, fr: https://example.org/fr}}\n";

#[test]
fn a_contact_is_a_card_for_an_address_book_in_each_language() {
    let site = desk(REACHED).build();
    let card = site.text("en/contacts/desk-main-first/desk-main-first.vcf");
    let lines: Vec<&str> = card.split_terminator("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains('\n')), "{card}");
    assert_eq!((lines[0], lines[1], lines.last().copied()), ("BEGIN:VCARD", "VERSION:4.0", Some("END:VCARD")));
    let card = card.replace("\r\n ", "");
    for line in [
        "FN:Desk\\, main\\; first",
        "ORG:Correctional Service of Canada",
        "EMAIL;PREF=1:desk@example.org",
        "TEL;VALUE=uri;PREF=1:tel:+16135550123;ext=7",
        "URL:https://example.org/en",
        "URL:https://example.org/kb/en/contacts/desk-main-first/",
        "LANG;PREF=2:fr",
        "REV:20260504T000000Z",
    ] {
        assert!(card.contains(&format!("\r\n{line}\r\n")), "{line}: {card}");
    }
    assert!(!card.contains("inside@example.org"), "what the page does not show is in no address book");
    let page = site.text("fr/coordonnees/bureau-d-accueil/index.html");
    assert!(page.contains("href=\"bureau-d-accueil.vcf\" type=\"text/vcard\" download>"), "{page}");
    let card = site.text("fr/coordonnees/bureau-d-accueil/bureau-d-accueil.vcf");
    assert!(card.contains("FN:Bureau d’accueil\r\n") && card.contains("URL:https://example.org/fr\r\n"), "{card}");
    assert!(site.text(".htaccess").contains("AddType text/vcard;charset=utf-8 .vcf"));
}

#[test]
fn whoever_cannot_be_reached_has_no_card() {
    let site = desk("office: csc\nsecret: inside@example.org\n").build();
    assert!(!site.paths().iter().any(|path| path.ends_with(".vcf")), "{:?}", site.paths());
    assert!(!site.text("en/contacts/desk-main-first/index.html").contains(".vcf"));
}

#[test]
fn a_section_has_a_feed_of_its_own_in_each_language() {
    let project = desk(REACHED);
    project.write("content/partners/csc.yaml", "modified_on: 2026-06-07\n");
    let site = project.build();
    let feed = site.text("fr/coordonnees/feed.xml");
    assert!(feed.contains("Bureau d’accueil") && !feed.contains("Service correctionnel du Canada</title>"), "{feed}");
    assert!(feed.contains("<updated>2026-05-04T00:00:00Z</updated>"), "{feed}");
    assert!(feed.contains("href=\"https://example.org/kb/fr/coordonnees/feed.xml\""), "{feed}");
    assert!(site.text("en/partners/index.html").contains("href=\"feed.xml\" type=\"application/atom+xml\""));
    let id = |feed: &str| feed.split("<id>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let ids = ["en/feed.xml", "en/contacts/feed.xml", "en/partners/feed.xml", "fr/partners/feed.xml"];
    let ids: std::collections::BTreeSet<String> =
        ids.iter().filter(|path| site.0.contains_key(**path)).map(|path| id(site.text(path))).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
}

#[test]
fn both_languages_list_the_same_changes_of_a_day_each_in_its_order() {
    let project = Project::minimal();
    for (at, (en, fr)) in
        [("A", "Z"), ("B", "Y"), ("C", "X"), ("D", "W"), ("E", "V"), ("F", "U"), ("G", "T")].into_iter().enumerate()
    {
        let id = format!("content/partners/partner-{at}");
        project.write(&format!("{id}.yaml"), "modified_on: 2026-11-29\n");
        project.write(&format!("{id}.en.md"), format!("---\ntitle: {en}{en}\nsummary: S.\n---\n"));
        project.write(&format!("{id}.fr.md"), format!("---\ntitle: {fr}{fr}\nsummary: S.\n---\n"));
    }
    let site = project.build();
    let listed = |page: &str, titles: [&str; 5]| {
        let text = site.text(page);
        let places: Vec<_> = titles.iter().map(|title| text.find(&format!(">{title}<"))).collect();
        assert!(places.is_sorted() && places[0].is_some(), "{page}: {places:?}");
    };
    listed("en/index.html", ["AA", "BB", "CC", "DD", "EE"]);
    listed("fr/index.html", ["VV", "WW", "XX", "YY", "ZZ"]);
    assert!(!site.text("fr/index.html").contains(">UU<"));
}

#[test]
fn without_an_address_there_is_no_feed_and_its_place_is_kept() {
    let project = desk(REACHED);
    project.settings("policies: {parity: allow}");
    let site = project.build();
    assert!(!site.0.contains_key("en/contacts/feed.xml") && !site.text("en/contacts/index.html").contains("feed.xml"));
    project.change("content/pages/about.en.md", "title:", "aliases: [/en/contacts/feed.xml]\ntitle:");
    let mistakes = project.run(&["check", "--format", "json"]).mistakes();
    assert!(mistakes[0].starts_with("error path-taken content/pages/about.en.md:2"), "{mistakes:?}");
}

#[test]
fn due_dates_are_a_calendar_for_those_who_ask_and_in_no_output() {
    let project =
        desk("office: csc\nowner: csc\npublished_on: 2025-01-01\nreview_by: 2027-02\nexpires_on: 2028-03-31\n");
    project.write("content/partners/manitoba.yaml", "review_by: 2027-01-31\n");
    project.write("content/partners/csc.yaml", "state: archived\nreview_by: 2027-01-31\n");
    let calendar = |args: &[&str]| {
        let run = project.run(&[&["status", "--format", "ics"], args].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let all = calendar(&["--lang", "fr"]);
    assert_eq!(all, calendar(&["--lang", "fr"]));
    assert!(all.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && all.ends_with("END:VCALENDAR\r\n"), "{all}");
    assert!(all.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{all}");
    let all = all.replace("\r\n ", "");
    assert_eq!(all.matches("BEGIN:VEVENT").count(), 3, "{all}");
    for line in [
        "UID:review_by/contacts/desk@example.org",
        "DTSTAMP:20250101T000000Z",
        "DTSTART;VALUE=DATE:20270228",
        "DTSTART;VALUE=DATE:20280331",
        "SUMMARY:À revoir au plus tard aujourd’hui : Bureau d'accueil",
        "CATEGORIES:csc",
    ] {
        assert!(all.contains(&format!("\r\n{line}\r\n")), "{line}: {all}");
    }
    let owned = calendar(&["--lang", "en", "--owner", "partners/csc"]);
    assert_eq!(owned.matches("BEGIN:VEVENT").count(), 2, "{owned}");
    assert!(owned.contains("Expires today: Desk\\, main\\; first"), "{owned}");
    assert!(!project.build().paths().iter().any(|path| path.ends_with(".ics")));
}

#[test]
fn what_falls_due_this_quarter_is_listed_on_request() {
    const LATE: &str = "contacts/desk review true";
    const DECEMBER: &str = "contacts/desk review true, partners/manitoba review false, contacts/desk expiry false";
    let project = desk("office: csc\nreview_by: 2026-10-01\nexpires_on: 2026-12-31\n");
    project.write("content/partners/manitoba.yaml", "review_by: 2026-12\n");
    project.write("content/partners/csc.yaml", "review_by: 2027-01-01\n");
    let due = |args: &[&str]| {
        let run = project.run(&[&["status", "--as-of", "2026-11-29", "--format", "json"], args].concat());
        let status: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let line =
            |due: &serde_json::Value| format!("{} {} {}", due["id"], due["what"], due["overdue"]).replace('"', "");
        status["due"].as_array().unwrap().iter().map(line).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(due(&[]), LATE);
    assert_eq!(due(&["--due", "month"]), LATE);
    assert_eq!(due(&["--due", "quarter"]), DECEMBER);
    assert_eq!(due(&["--due", "year"]), DECEMBER);
    let run = project.run(&["status", "--as-of", "2026-11-29", "--due", "quarter", "--lang", "fr"]);
    assert!(run.stdout.contains("contacts/desk  expire le 31\u{a0}décembre 2026"), "{}", run.stdout);
}
