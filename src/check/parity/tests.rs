//! What is reported of a pair, and what is not.

use super::*;
use crate::pairs;
use crate::parse;
use crate::path::ContentPath;

/// The names of what is reported of two sides.
fn reported(en: &str, fr: &str) -> Vec<&'static str> {
    let page =
        |body: &str| if body.starts_with("---") { body.to_owned() } else { format!("---\ntitle: T\n---\n\n{body}") };
    let files = [("a/x.en.md", page(en)), ("a/x.fr.md", page(fr))];
    let (sources, _) = Sources::from_files(files.map(|(path, text)| (ContentPath::new(path), text.into_bytes())));
    let parsed = parse::record("a/x", &sources, None).0;
    let outlines = pairs::outlines(&parsed);
    let reported = check(&PairTexts::new("a/x", &parsed, &outlines), Policies::default(), None, &sources);
    reported.into_iter().map(|diagnostic| diagnostic.name).collect()
}

#[test]
fn every_rule_has_a_difference_that_it_tells_and_only_it() {
    let only = |en: &str, fr: &str, name: &str| assert_eq!(reported(en, fr), [name], "{en} / {fr}");
    only("## A\n\n## B\n", "## A\n", "parity-headings");
    only("## A\n\n### B\n", "## A\n\n## B\n", "parity-headings");
    only("a\n\nb\n", "a\n", "parity-paragraphs");
    only("- a\n- b\n", "- a\n", "parity-lists");
    only("| a | b |\n|---|---|\n| c | d |\n", "| a | b |\n|---|---|\n", "parity-tables");
    only("```\nls\n```\n", "```\nrm\n```\n", "parity-code");
    only("`ls -l`\n", "la commande\n", "parity-code");
    let long = "The agreement was signed by both governments. It covers custody, supervision and the exchange of information. Either of them may end it by writing to the other at least six months before the day on which it is to end.";
    only(&format!("{long}\n"), "L’accord a été signé par les deux gouvernements.\n", "parity-length");
    only("1. a\n2. b\n", "- a\n- b\n", "parity-lists");
    only("> [!WARNING]\n> a\n", "> [!NOTE]\n> a\n", "parity-alerts");
    only("> [!WARNING]\n> a\n", "a\n", "parity-alerts");
    only("> [!NOTE]\n> - a\n> - b\n\n> [!TIP]\n> c\n", "> [!TIP]\n> - a\n> - b\n\n> [!TIP]\n> c\n", "parity-alerts");
    only("- [ ] a\n- [x] b\n", "- a\n- b\n", "parity-lists");
    only("[a](https://example.org/en/)\n", "[a](https://example.org/en/)\n", "parity-link-language");
    only("[a](https://example.org/)\n", "a\n", "parity-links");
    only("[a](partners/csc)\n", "[a](partners/csis)\n", "parity-references");
    only("![a](x.png)\n", "\\!\n", "parity-images");
    only("a[^1] b[^1]\n\n[^1]: n\n", "a[^1]\n\n[^1]: n\n", "parity-footnotes");
    only("on 25 pages\n", "sur 26 pages\n", "parity-numbers");
    only("July 1, 2015\n", "le 2 juillet 2015\n", "parity-dates");
    only("at 4:30 pm\n", "à 17 h 45\n", "parity-times");
    only("$25\n", "26 $\n", "parity-money");
    only("25%\n", "26 %\n", "parity-percentages");
    only("a@example.org\n", "b@example.org\n", "parity-email");
    only("613-992-5891\n", "613-992-5892\n", "parity-phone");
    only("[a](mailto:a@example.org)\n", "[a](mailto:b@example.org)\n", "parity-email");
    only("[a](tel:+16139925891)\n", "[a](tel:+16139925892)\n", "parity-phone");
}

#[test]
fn words_that_only_one_of_the_languages_has_are_not_those_of_both_sides() {
    let page = |words: &str| format!("The office is open.\n\n{words}\n");
    let side = |words: &str| format!("Le bureau est ouvert.\n\n{words}\n");
    let of_both = |words: &str| reported(&page(words), &side(words));
    let words = "How to apply for a transfer";
    for written in [
        format!("## {words}"),
        format!("{words}."),
        format!("- {words}"),
        format!("| {words} | 5 |\n|---|---|\n| a | b |"),
        format!("> {words}"),
        format!("[{words}](partners/csc)"),
        format!("![{words}](x.png)"),
        format!("a[^1]\n\n[^1]: {words}"),
        "HOW TO APPLY FOR A TRANSFER".to_owned(),
        "**How** to *apply* for a transfer".to_owned(),
        "Comment présenter une demande de transfèrement".to_owned(),
    ] {
        assert_eq!(of_both(&written), ["parity-untranslated"], "{written}");
    }
    for right in [
        format!("*{words}*"),
        format!("“{words}”"),
        format!("« {words} »"),
        format!("[{words}](lang:en)"),
        format!("[{words}](https://example.org/)"),
        format!("`{words}`"),
        "Department of Justice and Attorney General".to_owned(),
        "Loi sur les langues officielles".to_owned(),
        "Version 2.1, Ottawa (Ontario), Canada".to_owned(),
    ] {
        assert_eq!(of_both(&right), [""; 0], "{right}");
    }
    let front = |title: &str| format!("---\ntitle: {title}\n---\n\na\n");
    assert_eq!(reported(&front(words), &front(words)), ["parity-untranslated"]);
    let term = "to those who are here (personnes mises en liberté)";
    assert_eq!(reported(&format!("{term}\n"), "personnes mises en liberté\n"), [""; 0]);
}

#[test]
fn what_is_written_in_full_is_compared_whole() {
    let only = |en: &str, fr: &str, name: &str| assert_eq!(reported(en, fr), [name], "{en} / {fr}");
    only("8:30 a.m. to 4:30 p.m.\n", "de 8 h 30 à 16 h\n", "parity-times");
    only("8:30 to 4 p.m.\n", "8 h 30 à 16 h 30\n", "parity-times");
    only("8:15 a.m. to 4:45 p.m.\n", "de 8 h 45 à 16 h 15\n", "parity-times");
    only("May 1, 2024 to June 30, 2025\n", "du 1er mai 2025 au 30 juin 2024\n", "parity-dates");
    only("on May 1 and June 2\n", "le 1er juin et le 2 mai\n", "parity-dates");
    let equal = |en: &str, fr: &str| assert_eq!(reported(en, fr), [""; 0], "{en} / {fr}");
    equal("January 1 and February 2, 2024\n", "le 1er janvier 2024 et le 2 février 2024\n");
    equal("8:30-4:30; 7:30-9 p.m.\n", "8 h 30 à 16 h 30; 19 h 30 à 21 h\n");
}

#[test]
fn numbers_count_the_same_on_both_sides() {
    let only = |en: &str, fr: &str, name: &str| assert_eq!(reported(en, fr), [name], "{en} / {fr}");
    for (en, fr) in [
        ("30 days", "30 mois"),
        ("2 weeks", "2 heures"),
        ("5 km", "5 milles"),
        ("10 MB", "10 Go"),
        ("100 mg", "100 g"),
        ("20 °F", "20 °C"),
        ("-20 °C", "20 °C"),
        ("K1A 0P9", "H1A 0P9"),
        ("Bills C-11 and S-5", "projets de loi S-11 et C-5"),
        ("Form A-12", "formulaire B-12"),
        ("Section 3.10", "section 3.1"),
        ("Schedule II", "annexe III"),
    ] {
        only(&format!("{en}\n"), &format!("{fr}\n"), "parity-numbers");
    }
    only("€100\n", "100 $\n", "parity-money");
    only("US$100\n", "100 $ CA\n", "parity-money");
    let row = |a: &str, b: &str| format!("| A | B |\n|---|---|\n| x | {a} |\n| y | {b} |\n");
    only(&row("$10", "$20"), &row("20 $", "10 $"), "parity-money");
    assert_eq!(reported("up to 10%\n", "jusqu’à 10\n").len(), 2);
    let equal = |en: &str, fr: &str| assert_eq!(reported(en, fr), [""; 0], "{en} / {fr}");
    equal("a 30-day period, 24-hour lines, 5 years\n", "une période de 30 jours, des lignes 24 heures, 5 ans\n");
    equal("-11°C or lower, 5-11 °C\n", "au plus - 11 °C, 5 à 11 °C\n");
    equal("US$100, €5M, £2.5 million, 75¢\n", "100 $ US, 5 M€, 2,5 M£, 0,75 $\n");
    equal("50 cents, 5 cents a litre\n", "cinquante cents, 0,05 $ le litre\n");
    equal("from 10% to 20%, $10 million and $20 million\n", "de 10 à 20 %, 10 et 20 millions de dollars\n");
    equal("$1.2 trillion\n", "1 200 milliards de dollars\n");
    equal("Form E-12, Q-1, Phase II, Chapter VII\n", "formulaire F-12, T-1, phase 2, chapitre 7\n");
}

#[test]
fn what_each_side_writes_in_its_own_way_is_the_same() {
    let equal = |en: &str, fr: &str| assert_eq!(reported(en, fr), [""; 0], "{en} / {fr}");
    equal("+1 613 555 0100\n", "613-555-0100\n");
    equal("2024-04, 31/03/2024, 3/15/2024\n", "avril 2024, 31 mars 2024, 15 mars 2024\n");
    equal("2024/03/31, 31-Mar-2024\n", "2024-03-31, 31 mars 2024\n");
    equal("100 m², CO2\n", "100 m2, CO₂\n");
    equal("½, 1½ hours, 90 minutes\n", "1/2, 1 h 30, 1 h 30\n");
    equal("18 months, 3½ years\n", "un an et demi, trois ans et demi\n");
    equal("pp. 145–7\n", "p. 145-147\n");
}

#[test]
fn an_email_address_or_a_number_is_compared_once_in_words_and_behind_them() {
    let only = |en: &str, fr: &str, name: &str| {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [name], "{en} / {fr}");
    };
    only("Write to foo@example.org now.", "Écrivez-nous maintenant.", "parity-email");
    only("[Write](mailto:foo@example.org) now.", "Écrivez-nous maintenant.", "parity-email");
    only("<foo@example.org>", "Écrivez-nous.", "parity-email");
    only("Call [613-555-0123](tel:+16135550123) now.", "Appelez-nous maintenant.", "parity-phone");
    only("[Call us](tel:+1-613-555-0123) now.", "Appelez-nous maintenant.", "parity-phone");
    only("[Write](mailto:foo@example.org).", "Écrivez à oof@example.org.", "parity-email");
    only("[foo@example.org](mailto:foo@example.org)", "[foo@example.org](mailto:oof@example.org)", "parity-email");
    let equal =
        |en: &str, fr: &str| assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [""; 0], "{en} / {fr}");
    equal("[Write](mailto:foo-en@example.org?subject=Hello).", "Écrivez à foo-fr@example.org.");
    equal("[Call](tel:+16135550123;ext=5), [help](tel:911)", "Composez le 613-555-0123, le 911");
    equal("[Write](mailto:foo@example.org)", "[Écrivez] (mailto:foo@example.org)");
    equal("[Write](mailto:foo@example.org), <foo@example.org>", "Écrivez à foo@example.org");
}

#[test]
fn the_cells_of_a_table_are_those_that_a_page_shows() {
    let table = |head: &str, cell: &str| format!("| {head} | P |\n|---|---|\n| {cell} | d |\n");
    assert_eq!(reported(&table("Name \\| x", "a"), &table("Nom", "a \\| b \\| c")), [""; 0]);
    assert_eq!(reported(&table("Name", "a | b"), "| Nom |\n|---|\n| a |\n"), ["parity-tables"]);
    let swapped = |a: u8, b: u8| format!("| A | B |\n|---|---|\n| x \\| y | {a} $ |\n| z | {b} $ |\n");
    assert_eq!(reported(&swapped(10, 20).replace(" $", " dollars"), &swapped(20, 10)), ["parity-money"]);
}

#[test]
fn the_label_beside_an_address_says_that_it_leads_to_the_other_language() {
    let page = |first: &str, second: &str| {
        let source = |label: &str| format!("  - {{label: \"{label}\", url: \"https://example.org/en/x\"}}\n");
        format!("---\ntitle: T\nsources:\n{}{}---\n\na\n", source(first), source(second))
    };
    let en = page("The page of one", "The page of two");
    assert_eq!(reported(&en, &page("La page d’un (en anglais)", "La page de deux (en anglais)")), [""; 0]);
    assert_eq!(reported(&en, &page("La page d’un", "La page de deux (en anglais)")), ["parity-link-language"]);
}

#[test]
fn a_link_to_another_item_is_told_by_its_number() {
    let link = |address: &str| format!("[a](https://example.org{address})\n");
    for (en, fr) in [
        ("/eng/acts/C-44.6/", "/fra/lois/C-44.5/"),
        ("/en/item/4471", "/fr/item/4472"),
        ("/en/form-101.html", "/fr/formulaire-102.html"),
        ("/text-texte.aspx?id=100&lang=eng", "/text-texte.aspx?id=101&lang=fra"),
        ("/en/bill/44-1/c-56", "/fr/projet-de-loi/44-1/c-65"),
        ("/imm5444e.pdf", "/imm5476f.pdf"),
        ("/en/decisions/2024-12", "/fr/decisions/2024-13"),
        ("/report-2023.pdf", "/report-2024.pdf"),
    ] {
        assert_eq!(reported(&link(en), &link(fr)), ["parity-links"], "{en} / {fr}");
        let field = |address: &str| format!("---\ntitle: T\nurl: https://example.org{address}\n---\n\na\n");
        assert_eq!(reported(&field(en), &field(fr)), ["parity-links"], "{en} / {fr}");
    }
    for (en, fr) in [
        ("/en/form-101.html", "/fr/formulaire-101.html"),
        ("/?lang=1033&id=5", "/?lang=3084&id=5"),
        ("/en/caf%C3%A9-5", "/fr/caf%C3%A8-5"),
        ("/watch?v=dQw4w9WgXcQ", "/watch?v=aBc1d2e3f45"),
        ("/a-3f2504e0-4f89.html", "/a-9c858901-8a57.html"),
        ("/en/page-2", "/fr/page"),
        ("/images/6/66/Plan_1.docx", "/images/6/64/Modele_1.docx"),
        ("/295/295663/ip_33_e.pdf", "/295/295664/ip_33_f.pdf"),
    ] {
        assert_eq!(reported(&link(en), &link(fr)), [""; 0], "{en} / {fr}");
    }
    let two = |first: &str, second: &str| format!("- {}- {}", link(first), link(second));
    assert_eq!(reported(&two("/en/1", "/en/2"), &two("/fr/2", "/fr/1")), [""; 0], "in another order");
}

#[test]
fn code_in_a_sentence_is_compared_by_its_text() {
    for (en, fr) in [("--dry", "--wet"), ("exit 0", "exit 1"), ("make all", "make none"), ("v1.2", "v1.3")] {
        assert_eq!(reported(&format!("a `{en}`\n"), &format!("b `{fr}`\n")), ["parity-code"], "{en} / {fr}");
    }
    for (en, fr) in [
        ("the shell", "le terminal"),
        ("first_name", "prenom"),
        ("((name))", "((nom))"),
        ("name", "nom"),
        ("run <command> -h", "run <commande> -h"),
        ("{a: 1}", "{a : 1}"),
    ] {
        assert_eq!(reported(&format!("a `{en}`\n"), &format!("b `{fr}`\n")), [""; 0], "{en} / {fr}");
    }
}

#[test]
fn letters_of_provisions_belong_to_their_number() {
    for (en, fr) in [
        ("Section 12(3)(b)", "Article 12(3)c)"),
        ("subsection 16(1)(a)", "l’alinéa 16(1)b)"),
        ("paragraph 6(a.1)", "l’alinéa 6a.2)"),
        ("subparagraph 6(a)(ii)", "le sous-alinéa 6a)(iii)"),
        ("Section 12A", "l’article 12C"),
        ("as in schedule B", "comme à l’annexe C"),
        ("Appendix A and Part B", "annexe B et partie A"),
    ] {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), ["parity-numbers"], "{en} / {fr}");
    }
    for (en, fr) in [
        ("section 12(3)(b), 16(1)(a)", "article 12(3)b), 16(1)a)"),
        ("subparagraph 16(1)(a)(i)", "sous-alinéa (i) de l’alinéa 16(1)a)"),
        ("paragraphs 16(1)(a) and (b)", "alinéas 16(1)a) et b)"),
        ("Schedule A, Part B", "annexe A, partie B"),
        ("Class A, Category 2", "catégorie A, catégorie 2"),
        ("form 17.2(E)", "formulaire 17.2(F)"),
    ] {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [""; 0], "{en} / {fr}");
    }
}

#[test]
fn moments_that_are_not_in_figures_are_compared() {
    for (en, fr, name) in [
        ("Claims close at noon on March 3, 2025.", "La période se termine à minuit le 3 mars 2025.", "parity-times"),
        ("It closes at midnight.", "On ferme à midi.", "parity-times"),
        ("It closes at 12:00 p.m.", "On ferme à minuit.", "parity-times"),
        ("It opens in June.", "On ouvre en juillet.", "parity-dates"),
        ("Open June to September.", "Ouvert de juin à octobre.", "parity-dates"),
        ("Spring 2024.", "Automne 2024.", "parity-dates"),
        ("in the fall", "à l’été", "parity-dates"),
        ("the first quarter of 2024", "le deuxième trimestre de 2024", "parity-dates"),
        ("9 a.m. to 5 p.m. Pacific time", "de 9 h à 17 h, heure de l’Est", "parity-times"),
        ("9:15 a.m. PST", "9 h 15 HNE", "parity-times"),
    ] {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [name], "{en} / {fr}");
    }
    for (en, fr) in [
        ("in the afternoon, from noon", "l’après-midi, à partir de 12 h"),
        ("at 12:00 p.m.", "à midi"),
        ("in June and July 2024", "en juin et juillet 2024"),
        ("by June and 2024-07-01", "d’ici juin et le 1er juillet 2024"),
        ("It may fall in the third quarter; it has been.", "Cela a été au T3."),
        ("in summer and fall", "en été et à l’automne"),
        ("Eastern time, EST", "heure de l’Est, HNE"),
        ("Eastern standard time", "heure normale de l’Est"),
    ] {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [""; 0], "{en} / {fr}");
    }
}

#[test]
fn orders_parts_and_rough_numbers_are_compared_with_their_own_kind() {
    for (en, fr) in [
        ("the second phase", "la troisième phase"),
        ("third reading", "deuxième lecture"),
        ("the fifth", "la sixième"),
        ("A third of them", "Le quart des gens"),
        ("One third", "Un quart"),
        ("Two thirds", "Les trois quarts"),
        ("Half", "Les trois quarts"),
        ("A dozen", "Une vingtaine"),
        ("Hundreds", "Des milliers"),
        ("Twice a week", "Trois fois par semaine"),
        ("Double", "Le triple"),
    ] {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), ["parity-numbers"], "{en} / {fr}");
    }
    for (en, fr) in [
        ("the second phase", "la phase 2"),
        ("a third party", "un tiers"),
        ("one third, half", "33 %, la moitié"),
        ("dozens of them", "des dizaines"),
        ("about twenty", "une vingtaine"),
        ("twice, doubled", "deux fois, du double"),
        ("two and a half hours", "deux heures et demie"),
    ] {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [""; 0], "{en} / {fr}");
    }
}

#[test]
fn idioms_of_equal_value_are_the_same() {
    for (en, fr) in [
        ("within 2 weeks", "dans les 15 jours"),
        ("two weeks", "quinze jours"),
        ("a fortnight", "15 jours"),
        ("within a week", "sous 8 jours"),
        ("The attacks of 9/11", "Les attentats du 11 septembre"),
        ("the sixties, the nineties", "les années 60, les années 90"),
        ("the 1960s", "les années soixante"),
        ("Twenty-first century", "21e siècle"),
        ("Twenty-first-century ideas", "Les idées du XXIe siècle"),
        ("Half past two in the afternoon.", "À 14 h 30."),
        ("At 2:15 p.m.", "À deux heures et quart."),
        ("A quarter to five", "Dix-sept heures moins le quart"),
        ("Half a million", "500 000"),
        ("Three-quarters of a million", "750 000"),
        ("1,500,000 people", "un million et demi de personnes"),
        ("about 1.2m people", "1,2 million de personnes"),
        ("$1.2m", "1,2 M$"),
        ("a 1.2m fence", "une clôture de 1,2 m"),
        ("On New Year’s Day.", "Le 1er janvier."),
        ("On July 1.", "À la fête du Canada."),
    ] {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [""; 0], "{en} / {fr}");
    }
}

#[test]
fn a_limit_that_is_turned_round_is_told_and_one_that_only_one_side_gives_is_not() {
    for (en, fr, name) in [
        ("At least 5", "Au plus 5", "parity-numbers"),
        ("More than 300", "Moins de 300", "parity-numbers"),
        ("under 18", "plus de 18 ans", "parity-numbers"),
        ("up to $500", "d’au moins 500 $", "parity-money"),
        ("18 years or older", "18 ans ou moins", "parity-numbers"),
        ("at least five people", "au plus cinq personnes", "parity-numbers"),
        ("Before March 3", "Après le 3 mars", "parity-dates"),
        ("No later than June 5", "Pas avant le 5 juin", "parity-dates"),
        ("before 5 p.m.", "après 17 h", "parity-times"),
        ("increased by 5%", "diminué de 5 %", "parity-percentages"),
        ("10 business days", "10 jours civils", "parity-numbers"),
        ("30 working days", "30 jours", "parity-numbers"),
    ] {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [name], "{en} / {fr}");
    }
    for (en, fr) in [
        ("not less than 5, no more than 9", "au moins 5, au plus 9"),
        ("18 and over", "18 ans et plus"),
        ("by June 5", "au plus tard le 5 juin"),
        ("10 business days, 5 calendar days", "10 jours ouvrables, 5 jours civils"),
        ("more than 5 but less than 5", "moins de 5"),
        ("no more than 24 letters", "ne doit pas compter plus de 24 lettres"),
    ] {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [""; 0], "{en} / {fr}");
    }
}

#[test]
fn numbers_that_two_facts_have_exchanged_are_told() {
    for (en, fr) in [
        ("The fee is $10 for 5 years.", "Les frais sont de 5 $ pour 10 ans."),
        ("The permit costs $40 and lasts 12 months.", "Le permis coûte 12 $ et dure 40 mois."),
        ("Pay 40 dollars within 12 days.", "Payez 12 dollars dans les 40 jours."),
        ("It costs $40 for 12 visits.", "Il en coûte 12 $ pour 40 visites."),
        ("It is 20% over 5 years.", "C’est 5 % sur 20 ans."),
        ("It is 20% for 5 people.", "C’est 5 % pour 20 personnes."),
        ("It is two weeks and four days.", "C’est quatre semaines et deux jours."),
        ("It is two days, three hours.", "C’est trois jours, deux heures."),
        ("It is 2 weeks and four days.", "C’est quatre semaines et 2 jours."),
        ("It is 5 years, then 10 months.", "C’est 10 ans, puis 5 mois."),
        ("It is ten dollars for five years.", "C’est cinq dollars pour dix ans."),
        ("It is $5 for 10 days.", "C’est dix dollars pour cinq jours."),
        ("It is $10 at 9 am.", "C’est 9 $ à 10 h."),
        ("It is for 9 days at 10 am.", "C’est pour 10 jours à 9 h."),
        ("It is for 5 days on May 10.", "C’est pour 10 jours le 5 mai."),
    ] {
        assert_ne!(reported(&format!("{en}\n"), &format!("{fr}\n")), [""; 0], "{en} / {fr}");
    }
    let equal =
        |en: &str, fr: &str| assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [""; 0], "{en} / {fr}");
    equal("It is $10 for 5 years.", "C’est dix dollars pour cinq ans.");
    equal("It is five dollars for 2 weeks.", "C’est 5 $ pour deux semaines.");
    equal("95 $1,250 granted, $0.66 2/3", "95 Paiement de 1 250 $, 0,66 2/3 $");
    equal("| Cost ($) | Days |\n|---|---|\n| 5 | 10 |", "| Coût | Jours |\n|---|---|\n| 5 $ | 10 |");
}

#[test]
fn a_date_in_figures_is_each_day_that_it_can_mean() {
    let equal =
        |en: &str, fr: &str| assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), [""; 0], "{en} / {fr}");
    equal("Signed on 05/01/2024.", "Signé le 2024-05-01.");
    equal("Filed on 03/04/2024.", "Déposé le 3 avril 2024.");
    equal("Filed on 03/04/2024, 03/04/2024.", "Déposé le 4 mars 2024.");
    equal("January 5, 2024", "5/1/2024");
    equal("3/14/24; 24/03/14", "14 mars 2024; 24 mars 2014");
    equal("As of 05/01/2024", "En date du 01/05/2024");
    equal("05-01-2024; 05.01.2024", "5 janvier 2024; le 1er mai 2024");
    let only = |en: &str, fr: &str| {
        assert_eq!(reported(&format!("{en}\n"), &format!("{fr}\n")), ["parity-dates"], "{en} / {fr}");
    };
    only("Filed on 03/04/2024.", "Déposé le 5 avril 2024.");
    only("5/6/2024", "5/7/2024");
    only("3/14/24", "15 mars 2024");
    only("on 5/6/2024", "puis");
}

#[test]
fn an_address_of_a_field_leads_to_its_own_language() {
    let page = |url: &str| format!("---\ntitle: T\nurl: {url}\n---\n\na\n");
    let url = "https://example.org/eng/x";
    assert_eq!(reported(&page(url), &page(url)), ["parity-link-language"]);
    assert_eq!(reported(&page(url), &page("https://example.org/fra/x")), [""; 0]);
    let report = |year: u16| format!("[a](https://example.org/report-{year}.pdf)\n");
    assert_eq!(reported(&report(2023), &report(2024)), ["parity-links"]);
}

#[test]
fn a_word_in_the_place_of_another_is_told() {
    let only = |en: &str, fr: &str, name: &str| assert_eq!(reported(en, fr), [name], "{en} / {fr}");
    only("within three days\n", "dans les deux jours\n", "parity-numbers");
    only("ninety-five members\n", "quatre-vingt-dix membres\n", "parity-numbers");
    only("on Monday\n", "le mardi\n", "parity-dates");
}

#[test]
fn a_word_that_one_side_says_otherwise_or_leaves_out_is_accepted() {
    let equal = |en: &str, fr: &str| assert_eq!(reported(en, fr), [""; 0], "{en} / {fr}");
    equal("The two parties meet on Mondays.\n", "Les parties se réunissent le lundi.\n");
    equal("Both sides have forty-eight hours.\n", "Les deux parties ont deux jours.\n");
    equal("twenty-four months, three of them\n", "deux ans, dont trois\n");
    equal("two thirds; one of three\n", "les deux tiers; un sur trois\n");
    equal("a third time, in two years\n", "à trois reprises, en deux ans\n");
}

#[test]
fn sides_that_say_the_same_in_their_own_way_are_accepted() {
    let equal = |en: &str, fr: &str| assert_eq!(reported(en, fr), [""; 0], "{en} / {fr}");
    equal("$1,234.56 on December 1, 2025 at 4:30 pm\n", "1 234,56 $ le 1er décembre 2025 à 16 h 30\n");
    equal("5 members of 12\n", "cinq membres sur douze\n");
    equal("May 1 and 2, 2015\n", "les 1er et 2 mai 2015\n");
    equal("sections 3 and 4, and section 3\n", "les articles 3 et 4\n");
    equal("[a](partners/csc)\n", "[a](../partners/csc.md) et [](partners/csc)\n");
    equal("[a](https://example.org/en/a-e.html)\n", "[a](https://example.org/fr/a-f.html)\n");
    equal("About 50, 30, 10 people; 15 days\n", "Une cinquantaine, une trentaine, une dizaine; une quinzaine\n");
    equal(
        "at 2021-02-22T22:32:33.000+0000 (W3C), at the 00h hour\n",
        "à 2021-02-22T22:32:33.000+0000 (W3C), à l’échéance 00h\n",
    );
    equal("25,000 letters\n", "25,000 lettres\n");
    equal("From Nov 3-9, from 9 to 5\n", "Du 3 au 9 novembre, de 9 h à 17 h\n");
    equal("> [!NOTE]\n> a\n", "> [!NOTE]\n> a\n");
    equal("Cost: $1,500 for 10,000 people, 1,000,000 in all\n", "Coût : 1,500 $ pour 10.000 gens, 1.000.000 en tout\n");
    equal("10.000 files\n", "10 000 fichiers\n");
    equal("info-en@example.org\n", "info-fr@example.org\n");
    equal("media-relations@example.org\n", "relations-medias@example.org\n");
    equal("0900 to 1700 hours, 0930\n", "de 9 h à 17 h, 9 h 30\n");
    equal("The $5-million fund; calibre .22\n", "Le fonds de 5 M$; calibre 22\n");
    equal("half, a third, three quarters\n", "50 %, 33 %, 75 %\n");
    equal("14 days, the 18th century, open 24/7\n", "deux semaines, le XVIIIe siècle, ouvert en tout temps\n");
    equal("```sh\nls  # list them\necho \"Good day\"\n```\n", "```sh\nls # les lister\necho \"Bonjour\"\n```\n");
    equal("Type `ls` in `the shell`.\n", "Tapez `ls` dans `le terminal`.\n");
}

#[test]
fn what_is_wrong_on_one_side_is_not_told_as_a_difference_too() {
    let equal = |en: &str, fr: &str| assert_eq!(reported(en, fr), [""; 0], "{en} / {fr}");
    equal("[the form](form v2.pdf)\n", "le formulaire\n");
    equal("[the form](form v2.pdf)\n", "[le formulaire](formulaire.pdf)\n");
    equal("[the page](pages/a b)\n", "[la page](pages/a)\n");
    equal("![x](my photo 2.png)\n", "![x](photo.png)\n");
    equal("[the form] (form2.pdf) (3)\n", "le formulaire (3)\n");
    equal("Say [TO FILL: `{% if x %}`] and `ls -l`.\n", "Dites `ls -l`.\n");
    equal("> [!REMARK]\n> a\n", "> [!NOTE]\n> a\n");
    equal("[TO FILL: `{% if x 3 %}`]\n", "[À REMPLIR : autre chose]\n");
    assert_eq!(reported("[TO FILL: `a-b`] `ls -l`\n", "[À REMPLIR] la commande\n"), ["parity-code"]);
    let front = |title: &str| format!("---\ntitle: {title}\n---\n\na\n");
    equal(&front("null"), &front("T"));
    equal(&front("{en: T, fr: U}"), &front("T"));
    equal(&front("[T, U]"), &front("T"));
    let field = |parts: &str| format!("---\ntitle: T\nparts: {parts}\n---\n\na\n");
    equal(&field("{en: T, fr: U}"), &field("T"));
    assert_eq!(reported(&field("[a, b]"), &field("[a]")), ["parity-lists"]);
    assert_eq!(reported(&field("[a, b]"), &field("a")), ["parity-lists"]);
}

#[test]
fn a_difference_that_is_right_is_allowed_where_it_is_with_its_reason() {
    assert_eq!(reported("<!-- parity-numbers: counted otherwise -->\n\n25\n", "26\n"), [""; 0]);
    assert_eq!(reported("25\n", "<!-- parity-numbers: compté autrement -->\n\n26\n"), [""; 0]);
    assert_eq!(reported("---\ntitle: T\nparity: {numbers: counted otherwise}\n---\n\n25\n", "26\n"), [""; 0]);
    let elsewhere = "<!-- parity-numbers: counted otherwise -->\n\n25\n\n## B\n\n35\n";
    assert_eq!(reported(elsewhere, "26\n\n## B\n\n36\n"), ["parity-numbers"]);
    assert_eq!(reported("<!-- parity-numbers -->\n\n25\n", "26\n"), ["allowance-without-reason", "parity-numbers"]);
    assert_eq!(reported("<!-- parity-figures: r -->\n\n25\n", "25\n"), ["allowance-unknown"]);
    assert_eq!(reported("<!-- parity-numbers: r -->\n\n25\n", "25\n"), ["allowance-unused"]);
    assert_eq!(reported("<!-- a note among writers -->\n\n25\n", "25\n"), [""; 0]);
}

#[test]
fn a_passage_is_much_shorter_where_a_sentence_is_missing_and_not_where_one_side_is_terse() {
    let sentence = "Any third party to whom a notice is to be given about an intended disclosure may waive the requirement, and \
                    consent to the disclosure is a waiver of the notice.";
    let terse = "Le tiers peut renoncer à l’avis et tout consentement à la communication vaut renonciation à l’avis.";
    assert_eq!(
        reported(&format!("{sentence}\n"), &format!("{terse}\n")),
        Vec::<&str>::new(),
        "the same in one sentence"
    );
    let two =
        format!("{sentence} The waiver is given in writing and sent to the office of the head of the institution.\n");
    assert_eq!(reported(&two, &format!("{terse}\n")), ["parity-length"], "a sentence is missing");
    // A record that is terse throughout is its own measure.
    let whole = "Le tiers peut renoncer à l’avis par un écrit adressé au responsable de l’institution, et tout consentement \
                 à la communication vaut renonciation à l’avis.";
    let times = |count: usize| reported(&format!("{two}\n").repeat(count), &format!("{whole}\n\n").repeat(count));
    assert_eq!((times(1), times(12)), (vec!["parity-length"], vec![]));
}

#[test]
fn a_link_that_did_not_take_counts_once() {
    let address = "https://example.org/en/x";
    assert_eq!(reported(&format!("[a]({address})\n"), &format!("[a] ({address})\n")), ["parity-link-language"]);
    assert_eq!(
        reported(&format!("[a]({address}) [b](https://example.com/)\n"), &format!("[a] ({address})\n")).len(),
        2
    );
}
