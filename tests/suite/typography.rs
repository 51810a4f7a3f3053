//! Text set as each language requires, everywhere that a reader sees it: words, headings, tables, facts and search
//! excerpts.

use std::fmt::Write as _;

use serde_json::Value;

use crate::project::Project;

/// What is typed in French, and what is set (⍽ is a no-break space, ‑ for a no-break hyphen).
const FRENCH: [(&str, &str); 25] = [
    ("mots : suite", "mots⍽: suite"),
    ("mots ; suite", "mots; suite"),
    ("Bonjour ! Vraiment ?", "Bonjour! Vraiment?"),
    ("\"texte\" cité", "«⍽texte⍽» cité"),
    ("« texte » cité", "«⍽texte⍽» cité"),
    ("l'entente", "l’entente"),
    ("soit 20 % du tout", "soit 20⍽% du tout"),
    ("soit 100 $ par jour", "soit 100⍽$ par jour"),
    ("soit 1 234,50 $ en tout", "soit 1⍽234,50⍽$ en tout"),
    ("soit 53 000 demandes", "soit 53⍽000"),
    ("soit 56,7 en moyenne", "soit 56,7 en moyenne"),
    ("le 31 juillet 2016", "le 31⍽juillet 2016"),
    ("le 1er décembre", "le 1er⍽décembre"),
    ("le 2016-07-31", "le 2016-07-31"),
    ("de 80 à 120 fois", "de 80 à 120"),
    ("du 29 mars au 4 avril", "du 29⍽mars au 4⍽avril"),
    ("de 2024 à 2025", "de 2024 à 2025"),
    ("à 16 h 30 précises", "à 16⍽h⍽30"),
    ("à 9 h précises", "à 9⍽h"),
    ("soit 5 millions", "soit 5⍽millions"),
    ("soit 20 ans", "soit 20⍽ans"),
    ("au 1-800-622-6232, poste 123", "au 1‑800‑622‑6232, poste⍽123"),
    ("Ottawa (Ontario) K1A 0S5", "K1A⍽0S5"),
    ("soit 4,35 Mo", "soit 4,35⍽Mo"),
    ("l'article 17(1)b) de la loi", "l’article 17(1)b) de la loi"),
];

/// The same for English.
const ENGLISH: [(&str, &str); 14] = [
    ("words: more", "words: more"),
    ("a \"text\" quoted", "a “text” quoted"),
    ("it's theirs", "it’s theirs"),
    ("some 20% of all", "some 20% of all"),
    ("some $1,234.50 in all", "some $1,234.50 in all"),
    ("some 53,000 requests", "some 53,000"),
    ("on July 31, 2016", "on July⍽31, 2016"),
    ("on 2016-07-31", "on 2016-07-31"),
    ("from 80 to 120 times", "from 80 to 120"),
    ("at 4:30 pm sharp", "at 4:30⍽pm"),
    ("some 20 years", "some 20⍽years"),
    ("at 1-800-622-6232, ext. 123", "at 1‑800‑622‑6232, ext.⍽123"),
    ("Ottawa, Ontario K1A 0S5", "K1A⍽0S5"),
    ("some 4.35 MB", "some 4.35⍽MB"),
];

#[test]
fn french_is_set_as_in_canada_wherever_it_is() {
    stands_everywhere("fr", "fr/ententes/echange-de-services/index.html", &FRENCH);
}

#[test]
fn english_is_set_as_in_canada_wherever_it_is() {
    stands_everywhere("en", "en/agreements/exchange-of-services/index.html", &ENGLISH);
}

/// Writes every row in every place of one page, and looks for what is set in each.
fn stands_everywhere(lang: &str, page: &str, rows: &[(&str, &str)]) {
    let project = Project::minimal();
    let title = if lang == "fr" { "Échange de services" } else { "Exchange of services" };
    let (mut words, mut facts) = (String::new(), String::from("note: |\n"));
    for (at, (typed, _)) in rows.iter().enumerate() {
        let [heading, text, cell, fact] = ["h", "t", "c", "f"].map(|place| marker(place, at));
        let _ =
            write!(words, "## {heading} {typed}\n\n{text} {typed}\n\n| a | b |\n|---|---|\n| {cell} {typed} | c |\n\n");
        let _ = writeln!(facts, "  - {fact} {typed}");
    }
    let file = format!("content/agreements/exchange-of-service.{lang}.md");
    project.write(&file, format!("---\ntitle: {title}\nsummary: S.\n{facts}---\n\n{words}"));
    let output = project.build();
    let html = output.text(page);
    for (at, (typed, set)) in rows.iter().enumerate() {
        let set = set.replace('⍽', "\u{a0}");
        // Raised letters are raised in HTML and plain in the index.
        let in_html = set.replace("1er", "1<sup>er</sup>");
        for place in ["h", "t", "c", "f"] {
            let shown = after(html, &marker(place, at));
            assert!(shown.contains(&in_html), "{place}: {typed}: {shown}");
        }
        let marker = marker("t", at);
        let run = project.run(&["search", &marker, "--lang", lang, "--format", "json"]);
        let answer: Value = serde_json::from_str(&run.stdout).unwrap();
        let excerpt = answer["results"][0]["excerpt"].as_str().unwrap_or_default();
        assert!(excerpt.contains(&set), "search: {typed}: {excerpt}");
    }
}

/// What follows the last occurrence of a word, up to the end of its line.
fn after<'a>(html: &'a str, word: &str) -> &'a str {
    html.rsplit(word).next().and_then(|rest| rest.lines().next()).unwrap_or_default()
}

/// A word that is nowhere else, to identify each place.
fn marker(place: &str, at: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n).unwrap());
    format!("zoq{place}{}{}zu", letter(at / 20), letter(at % 20))
}
