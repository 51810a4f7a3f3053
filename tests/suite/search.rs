//! Search as readers see it: what is found, in which order, and what happens when files are damaged.

use std::collections::BTreeMap;
use std::io;
use std::sync::LazyLock;

use diptych::lang::Lang;
use diptych::search::index::Wording;
use diptych::search::reader::{Error, Reader};
use diptych::search::{Answer, Entry, Filter, Options, Origin, Section, Twin, index};
use proptest::prelude::*;

use crate::project::tries;

/// A small knowledge base: per page id, type, keywords, and in each language title, summary and sections.
type Side = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
const PAGES: [(&str, &str, &[&str], Side, Side); 6] = [
    (
        "agreements/exchange",
        "agreement",
        &["ESA", "AÉS"],
        (
            "Exchange of service agreements",
            "Services that jurisdictions provide for each other.",
            &[
                (
                    "Purpose",
                    "An agreement lets the Service keep offenders in a province’s custody. See section 17(1)(b).",
                ),
                ("Payment", "Costs are shared under S-14.2, and reviewed each fiscal year by both parties."),
            ],
        ),
        (
            "Accords d’échange de services",
            "Les services que les administrations se rendent.",
            &[
                (
                    "Objet",
                    "L’accord permet au Service de garder des délinquants d’une province. Voir l’alinéa 17(1)b).",
                ),
                ("Paiement", "Les coûts sont partagés selon S-14.2, et revus chaque exercice par les deux parties."),
            ],
        ),
    ),
    (
        "agreements/transfer",
        "agreement",
        &[],
        (
            "International transfer of offenders",
            "Serving a sentence at home.",
            &[(
                "Who may apply",
                "An offender may ask to serve the sentence in the country of citizenship, for safety and security.",
            )],
        ),
        (
            "Transfèrement international de délinquants",
            "Purger une peine dans son pays.",
            &[(
                "Qui peut demander",
                "Le délinquant peut demander à purger sa peine dans son pays, pour la sécurité de tous.",
            )],
        ),
    ),
    (
        "partners/csc",
        "partner",
        &["CSC", "SCC"],
        (
            "Correctional Service of Canada",
            "The federal agency for sentences of two years or more.",
            &[("Mandate", "Works with provinces, territories and sub-contractors; a masterpiece of co-operation.")],
        ),
        (
            "Service correctionnel du Canada",
            "L’organisme fédéral des peines de deux ans ou plus.",
            &[(
                "Mandat",
                "Travaille avec les provinces, les territoires et des sous‑traitants ; un chef‑d’œuvre de coopération.",
            )],
        ),
    ),
    (
        "partners/provinces",
        "partner",
        &[],
        (
            "Provinces and territories",
            "Thirteen partners.",
            &[("Role", "They run institutions for shorter sentences.")],
        ),
        (
            "Provinces et territoires",
            "Treize partenaires.",
            &[("Rôle", "Elles gèrent les établissements pour les peines plus courtes.")],
        ),
    ),
    (
        "pages/glossary",
        "page",
        &[],
        (
            "Glossary",
            "Words used here.",
            &[("Button", "A button starts an action."), ("Form", "A form is filled in; nothing replaces it.")],
        ),
        (
            "Glossaire",
            "Les mots d’ici.",
            &[
                ("Déclencheur", "Un déclencheur lance une action."),
                ("Formulaire", "Un formulaire ne se remplit jamais seul."),
            ],
        ),
    ),
    (
        "pages/work",
        "page",
        &[],
        ("Works", "Works of art.", &[("", "A work of art hangs in the hall. The value is 1,234 dollars.")]),
        ("Œuvres", "Les œuvres d’art.", &[("", "Une œuvre d’art orne le hall. Sa valeur est de 1\u{a0}234 dollars.")]),
    ),
];

fn entries(lang: Lang) -> Vec<Entry> {
    let other = lang.other();
    PAGES
        .iter()
        .map(|(id, kind, keywords, en, fr)| {
            let side = |lang| if lang == Lang::En { en } else { fr };
            let (title, summary, sections) = side(lang);
            Entry {
                id: (*id).to_owned(),
                url: format!("{lang}/{id}/"),
                kind: (*kind).to_owned(),
                title: (*title).to_owned(),
                summary: (*summary).to_owned(),
                keywords: keywords.iter().map(|&keyword| keyword.to_owned()).collect(),
                facets: vec![(
                    "level".to_owned(),
                    vec![if kind == &"agreement" { "federal" } else { "any" }.to_owned()],
                )],
                sections: sections
                    .iter()
                    .map(|&(heading, text)| Section {
                        anchor: (!heading.is_empty()).then(|| heading.to_lowercase()),
                        heading: heading.to_owned(),
                        text: text.to_owned(),
                    })
                    .collect(),
                twin: Some(Twin { url: format!("{other}/{id}/"), title: side(other).0.to_owned() }),
                ..Entry::default()
            }
        })
        .collect()
}

fn filters() -> Vec<Filter> {
    let values = |keys: &[&str]| keys.iter().map(|&key| (key.to_owned(), key.to_uppercase())).collect();
    vec![
        Filter { name: "type".into(), label: "Type".into(), values: values(&["agreement", "partner", "page"]) },
        Filter { name: "level".into(), label: "Level".into(), values: values(&["federal", "any"]) },
    ]
}

type Files = BTreeMap<String, Vec<u8>>;

fn built(lang: Lang, entries: &[Entry]) -> Files {
    let files = index::build(lang, [entries.to_vec()], &filters(), Wording::default())
        .expect("an index in memory can be written");
    files.into_iter().map(|file| (file.path, file.bytes)).collect()
}

fn reader(lang: Lang, files: Files) -> Result<Reader<impl Fn(&str) -> io::Result<Vec<u8>>>, Error> {
    Reader::open(lang, move |path: &str| files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into()))
}

fn ask_with(lang: Lang, text: &str, options: &Options) -> Answer {
    reader(lang, built(lang, &entries(lang))).and_then(|reader| reader.ask(text, options)).expect("the index is whole")
}

fn ask(lang: Lang, text: &str) -> Answer {
    ask_with(lang, text, &Options::default())
}

fn found(lang: Lang, text: &str) -> Vec<String> {
    ask(lang, text).results.into_iter().map(|result| result.id).collect()
}

#[test]
fn elided_plural_and_plain_words_find_the_same_pages() {
    let plain = found(Lang::Fr, "accord");
    assert_eq!(plain, ["agreements/exchange"]);
    for written in ["l’accord", "l'accord", "accords", "ACCORD", "d’accords"] {
        assert_eq!(found(Lang::Fr, written), plain, "{written}");
    }
}

#[test]
fn accents_and_ligatures_may_be_left_out() {
    assert_eq!(found(Lang::Fr, "securite"), found(Lang::Fr, "sécurité"));
    assert_eq!(found(Lang::Fr, "securite"), ["agreements/transfer"]);
    assert_eq!(found(Lang::Fr, "oeuvre"), found(Lang::Fr, "œuvre"));
    assert_eq!(found(Lang::Fr, "œuvre")[0], "pages/work");
}

#[test]
fn acronyms_find_their_page_in_either_language() {
    assert_eq!(found(Lang::Fr, "SCC"), ["partners/csc"]);
    assert_eq!(found(Lang::En, "C.S.C."), ["partners/csc"]);
    assert_eq!(found(Lang::Fr, "aes"), ["agreements/exchange"]);
}

#[test]
fn compounds_are_found_joined_apart_and_hyphenated() {
    for written in ["sous-traitants", "sous‑traitant", "soustraitants", "sous traitants"] {
        assert_eq!(found(Lang::Fr, written)[0], "partners/csc", "{written}");
    }
}

#[test]
fn numbers_and_sections_are_found_as_they_are_written() {
    assert_eq!(found(Lang::En, "17(1)(b)"), ["agreements/exchange"]);
    assert_eq!(found(Lang::Fr, "s-14.2"), ["agreements/exchange"]);
    assert_eq!(found(Lang::En, "1,234"), ["pages/work"]);
    assert_eq!(found(Lang::Fr, "1 234")[0], "pages/work");
}

#[test]
fn a_typing_error_is_corrected_and_said() {
    for wrong in ["correctionel", "corectional", "crorectional", "vorrectional"] {
        let answer = ask(Lang::En, &format!("{wrong} service"));
        assert_eq!(answer.results[0].id, "partners/csc", "{wrong}");
        assert_eq!(answer.corrected.as_deref(), Some("correctional service"), "{wrong}");
    }
}

#[test]
fn a_word_that_belongs_to_no_subject_is_not_corrected_and_nothing_is_corrected_to_one() {
    // “Nothing” and “jamais” are on a page; what is asked for is on none.
    let asks = [(Lang::En, "anything"), (Lang::En, "nothin"), (Lang::Fr, "jamai")];
    for (lang, wrong) in asks {
        assert_eq!(ask(lang, wrong).corrected, None, "{wrong}");
    }
}

#[test]
fn an_opposite_is_no_correction() {
    assert_eq!(ask(Lang::En, "uninternational").corrected, None);
    assert_eq!(ask(Lang::En, "internationl").corrected.as_deref(), Some("international"));
}

#[test]
fn a_word_is_found_while_it_is_typed() {
    assert_eq!(found(Lang::En, "correcti"), ["partners/csc"]);
    let finished = Options { typing: false, ..Options::default() };
    assert_eq!(ask_with(Lang::En, "gloss", &finished).total, 0);
}

#[test]
fn the_page_named_by_the_question_comes_first_and_no_word_is_fatal() {
    assert_eq!(found(Lang::En, "exchange of service agreements")[0], "agreements/exchange");
    assert_eq!(found(Lang::En, "provinces hippopotamus")[0], "partners/provinces");
}

#[test]
fn a_phrase_is_found_as_it_is_quoted() {
    assert_eq!(found(Lang::En, "\"serve the sentence\""), ["agreements/transfer"]);
    assert_eq!(found(Lang::Fr, "« échange de services »"), ["agreements/exchange"]);
    assert!(found(Lang::En, "\"sentence the serve\"").contains(&"agreements/transfer".to_owned()));
}

#[test]
fn a_result_shows_the_passage_and_links_to_its_section() {
    let result = &ask(Lang::En, "fiscal year").results[0];
    let section = result.section.as_ref().expect("the words stand in a section");
    assert_eq!((section.anchor.as_deref(), section.heading.as_str()), (Some("payment"), "Payment"));
    assert!(result.excerpt.contains("<mark>fiscal</mark> <mark>year</mark>"), "{}", result.excerpt);
    assert_eq!(result.twin.as_ref().map(|(url, _)| url.as_str()), Some("fr/agreements/exchange/"));
}

#[test]
fn an_excerpt_holds_no_markup_of_the_page() {
    let mut pages = entries(Lang::En);
    pages[0].sections[0].text = "A <script>alert(1)</script> & an <b onload=\"x\">agreement</b>".into();
    let answer = reader(Lang::En, built(Lang::En, &pages))
        .and_then(|reader| reader.ask("agreement script", &Options::default()));
    let excerpt = answer.expect("the index is whole").results[0].excerpt.replace("<mark>", "").replace("</mark>", "");
    assert!(!excerpt.contains('<') && excerpt.contains("&lt;script&gt;"), "{excerpt}");
}

#[test]
fn filters_narrow_and_count_what_another_choice_would_show() {
    let options = Options { filters: vec![("type".into(), "agreement".into())], ..Options::default() };
    let answer = ask_with(Lang::En, "offenders provinces sentence", &options);
    assert!(answer.results.iter().all(|result| result.kind == "agreement"));
    let types = &answer.filters[0];
    let counts: Vec<_> = types.values.iter().map(|value| (value.key.as_str(), value.chosen)).collect();
    assert_eq!(counts, [("agreement", true), ("partner", false)]);
    let levels: Vec<_> = answer.filters[1].values.iter().map(|value| (value.key.as_str(), value.count)).collect();
    assert_eq!(levels, [("federal", answer.total + answer.partial)]);
}

#[test]
fn results_can_be_turned_page_by_page() {
    let all = found(Lang::En, "sentence");
    let second = Options { limit: 1, offset: 1, ..Options::default() };
    let answer = ask_with(Lang::En, "sentence", &second);
    assert_eq!((answer.total, answer.results.len()), (all.len(), 1));
    assert_ne!(answer.results[0].id, all[0]);
}

#[test]
fn the_order_of_results_depends_neither_on_how_many_are_asked_for_nor_on_where_they_begin() {
    let reader = reader(Lang::En, built(Lang::En, &many(Lang::En))).expect("the index is whole");
    let ids = |text: &str, offset, limit| -> Vec<String> {
        let options = Options { limit, offset, ..Options::default() };
        let answer = reader.ask(text, &options).expect("the index is whole");
        answer.results.into_iter().map(|result| result.id).collect()
    };
    for text in ["cora", "bale cora", "cora bacodi", "transfer of offenders", "service cora"] {
        let all = ids(text, 0, usize::MAX);
        for (offset, limit) in [(0, 1), (0, 3), (2, 7), (7, 10), (10, 10), (15, 20), (0, 25), (all.len(), 5)] {
            let expected: Vec<String> = all.iter().skip(offset).take(limit).cloned().collect();
            assert_eq!(ids(text, offset, limit), expected, "{text}: {limit} from {offset}");
        }
    }
}

/// Pages of one section each: id, heading and text.
fn pages(of: &[(&str, &str, &str)]) -> Files {
    let page = |&(id, heading, text): &(&str, &str, &str)| Entry {
        id: id.to_owned(),
        url: format!("en/{id}/"),
        kind: "page".to_owned(),
        title: format!("Page {id}"),
        sections: vec![Section { anchor: Some("s".to_owned()), heading: heading.to_owned(), text: text.to_owned() }],
        ..Entry::default()
    };
    built(Lang::En, &of.iter().map(page).collect::<Vec<_>>())
}

fn first_of(of: &[(&str, &str, &str)], text: &str) -> (String, Option<String>) {
    let answer = reader(Lang::En, pages(of)).and_then(|reader| reader.ask(text, &Options::default()));
    let answer = answer.expect("the index is whole");
    (answer.results[0].id.clone(), answer.corrected)
}

#[test]
fn words_of_one_paragraph_belong_together_more_than_words_of_two() {
    let apart =
        "The vessel has a permit for its cargo\nEvery inspector boards it at the harbour and looks around a while";
    let together =
        "The vessel may be boarded by somebody whom the office has sent, that is to say by an inspector, at a harbour";
    let of = [("a", "Rules", apart), ("b", "Rules", together)];
    assert_eq!(first_of(&of, "vessel inspector harbour").0, "b");
}

#[test]
fn what_is_written_as_it_was_corrected_comes_first() {
    let of = [
        ("a", "Amended act", "Words about the amended act."),
        ("b", "Amending act", "Words about the amending act."),
        ("c", "Amendments act", "Words about the act and its amendments."),
    ];
    assert_eq!(first_of(&of, "amendmnts act"), ("c".to_owned(), Some("amendments act".to_owned())));
}

#[test]
fn a_form_that_no_page_has_may_be_another_word_misspelt() {
    // Both share the stem of “landing” misspelt.
    let of = [("a", "Lanes", "A lane in Canada."), ("b", "Landing in Canada", "Aircraft are landing.")];
    assert_eq!(first_of(&of, "laning in canada"), ("b".to_owned(), Some("landing in canada".to_owned())));
}

#[test]
fn two_letters_may_be_swapped_in_the_middle_of_a_short_word() {
    let of = [("a", "Votes", "The number of votes."), ("b", "Appeal", "An appeal to the court.")];
    assert_eq!(first_of(&of, "apepal "), ("b".to_owned(), Some("appeal ".to_owned())));
}

#[test]
fn a_word_of_four_letters_is_corrected_only_where_two_were_swapped() {
    let of = [("a", "Laws", "The laws of the land."), ("b", "Jail", "A jail in the five provinces.")];
    assert_eq!(first_of(&of, "lwas "), ("a".to_owned(), Some("laws ".to_owned())));
    assert_eq!(first_of(&of, "jial "), ("b".to_owned(), Some("jail ".to_owned())));
    for word in ["fire", "visa", "lead", "bail"] {
        let answer = reader(Lang::En, pages(&of)).and_then(|reader| reader.ask(word, &Options::default()));
        assert_eq!(answer.expect("the index is whole").total, 0, "{word} is a word of its own");
    }
}

#[test]
fn words_that_some_write_together_and_some_apart_are_found_in_all_ways() {
    let of = [
        ("joined", "A", "The vicepresident opens the website and the workshop at Saintpaul."),
        ("apart", "A", "The vice president opens the web site and the work shop at Saint Paul."),
        ("hyphen", "A", "The vice-president opens the web-site and the work-shop at Saint-Paul."),
    ];
    let written = [
        ["vicepresident", "vice president", "vice-president"],
        ["website", "web site", "web-site"],
        ["workshop", "work shop", "work-shop"],
        ["saintpaul", "saint paul", "Saint-Paul"],
    ];
    for (text, there) in of.iter().flat_map(|page| written.iter().flatten().map(move |text| (text, page))) {
        // Each of the pages alone, so that the index has the word in one way only.
        let answer = reader(Lang::En, pages(&[*there])).and_then(|reader| reader.ask(text, &Options::default()));
        let answer = answer.expect("the index is whole");
        assert_eq!((answer.total, answer.corrected), (1, None), "{text} on the page {}", there.0);
    }
    for text in ["vice-president", "Saint-Paul"] {
        let answer = reader(Lang::En, pages(&of)).and_then(|reader| reader.ask(text, &Options::default()));
        assert_eq!(answer.expect("the index is whole").total, 3, "{text} on three pages at once");
    }
}

#[test]
fn a_title_with_a_hyphen_is_the_question_however_it_is_written() {
    let titled = |title: &str| Entry {
        id: "a".to_owned(),
        url: "en/a/".to_owned(),
        title: title.to_owned(),
        ..Entry::default()
    };
    for title in ["Port-au-Prince office", "Port au Prince office"] {
        for text in ["port-au-prince office", "port au prince office"] {
            let reader = reader(Lang::En, built(Lang::En, &[titled(title)]));
            let answer = reader.and_then(|reader| reader.ask(text, &Options::default())).expect("the index is whole");
            assert!(answer.results[0].why.is_some(), "{title} is {text}");
        }
    }
}

#[test]
fn a_question_of_two_names_finds_both_pages_before_those_that_say_both() {
    let called = |id: &str, keyword: &str, text: &str| Entry {
        id: id.to_owned(),
        url: format!("en/{id}/"),
        title: format!("Office of {id}"),
        keywords: vec![keyword.to_owned(), "office".to_owned()],
        sections: vec![Section { text: text.to_owned(), ..Section::default() }],
        ..Entry::default()
    };
    let mut pages = vec![
        called("both", "relations", "What the ONE reports to the TWO and the TWO to the ONE, each year."),
        called("first", "ONE", "It works alone."),
        called("second", "TWO", "It works alone."),
    ];
    let ids = |pages: &[Entry], text: &str| -> Vec<String> {
        let answer = reader(Lang::En, built(Lang::En, pages)).and_then(|reader| reader.ask(text, &Options::default()));
        answer.expect("the index is whole").results.into_iter().map(|result| result.id).collect()
    };
    assert_eq!(ids(&pages, "one two "), ["first", "second", "both"]);
    assert_eq!(ids(&pages, "two one "), ["second", "first", "both"]);
    assert_eq!(ids(&pages, "two one report")[0], "both", "who asks for more than names asks what is said of them");
    assert_eq!(ids(&pages, "three one ")[0], "first", "a word that no page has takes nothing from a name");
    pages[0].keywords.push("ONE TWO".to_owned());
    assert_eq!(ids(&pages, "one two ")[0], "both", "it is called that");
}

#[test]
fn facts_are_shown_after_the_summary_and_only_those_that_answer() {
    let page = Entry {
        id: "a".to_owned(),
        url: "en/a/".to_owned(),
        title: "Call us".to_owned(),
        summary: "The numbers for questions about the office.".to_owned(),
        sections: vec![Section {
            text: "In force ·\nTelephone, 613 555-0100 ·\nTTY, 613 555-0199 ·\nEnglish".to_owned(),
            ..Section::default()
        }],
        ..Entry::default()
    };
    let answer = reader(Lang::En, built(Lang::En, &[page])).and_then(|reader| reader.ask("tty", &Options::default()));
    assert_eq!(
        answer.expect("the index is whole").results[0].excerpt,
        "The numbers for questions about the office. <mark>TTY</mark>, 613 555-0199"
    );
}

#[test]
fn a_word_of_the_other_language_is_reported_and_known_there() {
    let here = ask(Lang::Fr, "button");
    assert_eq!(here.unknown, ["button"]);
    let there = reader(Lang::En, built(Lang::En, &entries(Lang::En))).expect("the index is whole");
    assert!(there.knows("button").expect("the index is whole"));
    assert!(!there.knows("déclencheur").expect("the index is whole"));
}

#[test]
fn an_explanation_names_the_form_in_which_a_word_was_found() {
    let options = Options { explain: true, ..Options::default() };
    let answer = ask_with(Lang::En, "provincs", &options);
    let explanation = answer.results[0].explanation.as_ref().expect("it was asked for");
    let word = &explanation.words[0];
    assert_eq!((word.word.as_str(), word.found.as_str(), word.origin), ("provincs", "provinces", Origin::Word));
    assert!(word.score > 0.0 && !word.fields.is_empty());
    assert!(explanation.lacks.is_empty());
}

#[test]
fn an_explanation_names_where_a_word_is_and_what_is_missing() {
    let options = Options { explain: true, ..Options::default() };
    let answer = ask_with(Lang::En, "provinces zzyzx", &options);
    let result = &answer.results[0];
    let explanation = result.explanation.as_ref().expect("it was asked for");
    assert_eq!(explanation.lacks, ["zzyzx"]);
    assert_eq!((explanation.words.len(), explanation.words[0].origin), (1, Origin::Word));
    let json = answer.to_json();
    assert!(json.contains(r#""by":"word","in":["#) && json.contains(r#""lacks":["zzyzx"]"#), "{json}");
}

#[test]
fn hostile_questions_are_answered() {
    let questions = [
        String::new(),
        " ".repeat(500),
        "a".repeat(10_000),
        "offender ".repeat(1200),
        "\"".into(),
        "\"\" \"offenders".into(),
        "the of and".into(),
        "🙂 👩‍👩‍👧 offenders".into(),
        "\u{202e}sredneffo مرحبا שלום".into(),
        "\u{0}\u{1}\u{7f}\u{1b}[31m".into(),
        "’’’ --- ((( ))) ... 1.1.1.1.1.1.1.1.1.1".into(),
        "a’b’c-d-e-f-g-h-i".into(),
        "ﬁ ＡＢＣ ß İ ǅ".into(),
        "<script>alert(1)</script>".into(),
    ];
    for lang in Lang::BOTH {
        let reader = reader(lang, built(lang, &entries(lang))).expect("the index is whole");
        for question in &questions {
            let answer = reader.ask(question, &Options::default()).expect("a question cannot damage an index");
            assert!(answer.results.len() <= 10);
        }
    }
}

#[test]
fn every_damaged_or_missing_file_is_an_error() {
    let files = built(Lang::Fr, &many(Lang::Fr));
    assert!(files.len() > 20, "an index of this size has packs: {:?}", files.keys());
    let questions = ["accord", "correctionel", "« bale cora »", "bal"];
    let outcome = |files: &Files| -> Result<Vec<Answer>, Error> {
        let reader = reader(Lang::Fr, files.clone())?;
        questions.iter().map(|question| reader.ask(question, &Options::default())).collect()
    };
    let right = outcome(&files).expect("the index is whole");
    let changes: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x55;
        },
        Vec::clear,
        |bytes| *bytes = b"<!doctype html><title>404</title>".to_vec(),
    ];
    let mut noticed = 0;
    for (nth, path) in files.keys().enumerate() {
        let mut damaged = files.clone();
        changes[nth % changes.len()](damaged.get_mut(path).expect("the file is there"));
        let mut without = files.clone();
        without.remove(path);
        for files in [damaged, without] {
            // Either the file was not read, or the damage is noticed; an answer is never wrong.
            match outcome(&files) {
                Ok(answers) => assert_eq!(answers, right, "{path}"),
                Err(_) => noticed += 1,
            }
        }
    }
    assert!(noticed > 20, "the questions read files of every kind");
}

/// What can happen to the bytes of a file on their way.
fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<usize>().prop_map(Damage::Cut),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        (any::<usize>(), prop::collection::vec(any::<u8>(), 1..40)).prop_map(|(at, bytes)| Damage::Inserted(at, bytes)),
        any::<usize>().prop_map(Damage::Another),
        prop::collection::vec(any::<u8>(), 0..400).prop_map(Damage::Noise),
        Just(Damage::Gone),
    ]
}

#[derive(Clone, Debug)]
enum Damage {
    /// Only so many bytes come.
    Cut(usize),
    /// One byte is another.
    Byte(usize, u8),
    /// There are bytes between the others.
    Inserted(usize, Vec<u8>),
    /// A file has the bytes of another file of the index.
    Another(usize),
    /// A file is something else.
    Noise(Vec<u8>),
    /// A file is missing.
    Gone,
}

fn damaged(files: &Files, damages: &[(usize, Damage)]) -> Files {
    let paths: Vec<&String> = files.keys().collect();
    let mut all = files.clone();
    for (which, damage) in damages {
        let path = paths[which % paths.len()];
        let Some(bytes) = all.get_mut(path) else { continue };
        let at = |place: &usize| place % (bytes.len() + 1);
        match damage {
            Damage::Cut(length) => bytes.truncate(at(length)),
            Damage::Byte(place, byte) => match at(place) {
                end if end == bytes.len() => bytes.push(*byte),
                place => bytes[place] = *byte,
            },
            Damage::Inserted(place, more) => {
                let place = at(place);
                bytes.splice(place..place, more.iter().copied());
            }
            Damage::Another(other) => bytes.clone_from(&files[paths[other % paths.len()]]),
            Damage::Noise(noise) => bytes.clone_from(noise),
            Damage::Gone => {
                all.remove(path);
            }
        }
    }
    all
}

/// A question of words that the site has, halves of them, signs that mean something, and anything else.
fn question() -> impl Strategy<Value = String> {
    let known =
        ["accord", "correctionel", "bale", "cora", "bal", "l’", "«", "»", "\"", "-", "*", "100", "", "\u{a0}", "œuvre"];
    let piece = prop_oneof![4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: tries(300), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever replaces the files: an error, or the answer of the whole index.
    #[test]
    fn no_file_in_place_of_an_index_gives_a_wrong_answer(
        damages in prop::collection::vec((any::<usize>(), damage()), 1..4),
        text in question(),
    ) {
        static WHOLE: LazyLock<Files> = LazyLock::new(|| built(Lang::Fr, &many(Lang::Fr)));
        let ask = |files: Files| reader(Lang::Fr, files)?.ask(&text, &Options::default());
        let right = ask(WHOLE.clone()).expect("the index is whole");
        if let Ok(answer) = ask(damaged(&WHOLE, &damages)) {
            prop_assert_eq!(answer, right);
        }
    }
}

#[test]
fn equal_pages_give_equal_bytes_on_any_number_of_threads() {
    let pages = many(Lang::En);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        pool.install(|| built(Lang::En, &pages))
    };
    let one = on(1);
    assert_eq!(one, on(4));
    assert_eq!(one, built(Lang::En, &pages));
}

#[test]
fn equal_pages_give_equal_bytes_in_windows_of_any_size() {
    let pages = many(Lang::En);
    for size in [1, 7, pages.len()] {
        let windows = pages.chunks(size).map(<[Entry]>::to_vec);
        let files =
            index::build(Lang::En, windows, &filters(), Wording::default()).expect("an index in memory can be written");
        let files: Files = files.into_iter().map(|file| (file.path, file.bytes)).collect();
        assert_eq!(files, built(Lang::En, &pages));
    }
}

#[test]
fn a_changed_page_changes_the_name_of_the_index() {
    let mut pages = entries(Lang::En);
    let before = built(Lang::En, &pages);
    pages[0].title.push('!');
    let after = built(Lang::En, &pages);
    assert_ne!(before["search/en.json"], after["search/en.json"]);
}

#[test]
fn a_site_without_pages_has_an_index_that_finds_nothing() {
    let answer = reader(Lang::En, built(Lang::En, &[])).and_then(|reader| reader.ask("offenders", &Options::default()));
    assert_eq!(answer.expect("the index is whole").total, 0);
}

/// The small knowledge base and enough made-up pages for packs of every kind.
fn many(lang: Lang) -> Vec<Entry> {
    let mut pages = entries(lang);
    let syllables = ["ba", "co", "di", "fe", "gu", "la", "mo", "né", "pi", "ra", "so", "tu", "ve", "za"];
    let mut state = 1_u32;
    let mut word = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let pick = |shift: u32| syllables[(state >> shift) as usize % syllables.len()];
        format!("{}{}{}", pick(8), pick(16), pick(24))
    };
    for nth in 0..200 {
        let sentence = |words: &mut dyn FnMut() -> String, length: usize| {
            (0..length).map(|_| words()).collect::<Vec<_>>().join(" ")
        };
        let sections = (0..3).map(|section| Section {
            anchor: Some(format!("s{section}")),
            heading: sentence(&mut word, 3),
            text: format!("bale cora {}.", sentence(&mut word, 60)),
        });
        let sections = sections.collect();
        pages.push(Entry {
            id: format!("zz/{nth:04}"),
            url: format!("{lang}/zz/{nth:04}/"),
            kind: "page".into(),
            title: sentence(&mut word, 4),
            sections,
            ..Entry::default()
        });
    }
    pages
}

/// The engine in the browser is this library in another form.
#[test]
#[ignore = "needs node; .ci/engine-check runs it"]
fn the_engine_answers_as_the_library_does() {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let site = tempfile::tempdir().expect("there is room for a site");
    let mut questions = Vec::new();
    let mut answers = Vec::new();
    for lang in Lang::BOTH {
        let pages = many(lang);
        let files = built(lang, &pages);
        for (path, bytes) in &files {
            let path = site.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
            std::fs::write(path, bytes).expect("the file can be written");
        }
        let reader = reader(lang, files).expect("the index is whole");
        let mut texts: Vec<String> =
            ["l’accord", "corectional servce", "\"bale cora\"", "sous-trai", "17(1)(b)", "🙂", ""]
                .map(String::from)
                .into();
        for page in pages.iter().take(120) {
            texts.push(page.title.clone());
            texts.extend(page.sections.first().map(|section| section.heading.replacen('o', "", 1)));
        }
        for text in texts {
            let answer =
                reader.ask(&text, &Options { explain: true, ..Options::default() }).expect("the index is whole");
            questions.push(format!("{{\"lang\":\"{lang}\",\"text\":{text:?},\"explain\":true}}"));
            answers.push(answer.to_json());
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    // The committed one, unless another one is to be compared.
    let engine = std::env::var_os("DIPTYCH_ENGINE")
        .map_or_else(|| root.join("src/search/browser/engine.wasm.gz"), std::path::PathBuf::from);
    let mut node = Command::new("node")
        .arg(root.join("tests/browser/ask.mjs"))
        .arg(engine)
        .arg(site.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is installed");
    node.stdin.take().expect("it was asked for").write_all(questions.join("\n").as_bytes()).expect("node reads");
    let output = node.wait_with_output().expect("node ends");
    let lines: Vec<&str> = std::str::from_utf8(&output.stdout).expect("node writes text").lines().collect();
    assert_eq!(lines.len(), answers.len());
    for ((question, line), answer) in questions.iter().zip(lines).zip(&answers) {
        let line: serde_json::Value = serde_json::from_str(line).expect("the engine writes JSON");
        assert_eq!(line, as_the_engine_says(answer), "{question}");
    }
}

/// An answer without what only the native library gives.
fn as_the_engine_says(answer: &str) -> serde_json::Value {
    let mut answer: serde_json::Value = serde_json::from_str(answer).expect("the library writes JSON");
    for result in answer["results"].as_array_mut().into_iter().flatten() {
        let Some(explanation) = result.get_mut("explanation").and_then(|it| it.as_object_mut()) else { continue };
        explanation.retain(|key, _| !matches!(key.as_str(), "reading" | "lacks"));
        for word in explanation["words"].as_array_mut().into_iter().flatten() {
            word.as_object_mut().expect("it is one").retain(|key, _| !matches!(key.as_str(), "by" | "in"));
        }
    }
    answer
}
