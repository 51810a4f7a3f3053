//! What is named, with what to write instead (`~` stands for U+00A0), and what is left alone.

use super::*;
use crate::lang::Lang::{En, Fr};

/// The findings of a text, each as `name: what is wrong → what to write`.
fn found(lang: Lang, text: &str) -> Vec<String> {
    found_beside(lang, text, "")
}

/// The same beside a text in the other language.
fn found_beside(lang: Lang, text: &str, other: &str) -> Vec<String> {
    let numbers = WholeNumbers::of(lang.other(), [other]);
    check(lang, text, &|digits| numbers.says(digits))
        .into_iter()
        .map(|Finding { range, rule, replacement }| {
            let name = rule.name().strip_prefix("typography-").unwrap();
            format!("{name}: {} → {}", &text[range], replacement.unwrap_or("?".into()).replace('\u{a0}', "~"))
        })
        .collect()
}

#[test]
fn numbers_and_amounts_of_the_other_language_are_named() {
    assert_eq!(
        found(Fr, "soit 1,234.56 ou 1,234,567."),
        ["number: 1,234.56 → 1~234,56", "number: 1,234,567 → 1~234~567"]
    );
    assert_eq!(found(Fr, "au prix de $1,234.50 et ($100)"), ["money: $1,234.50 → 1~234,50~$", "money: $100 → 100~$"]);
    assert_eq!(found(Fr, "plus de $5 millions"), ["money: $5 → ?"]);
    assert_eq!(found(Fr, "près de 3.5 % et 4 198.25 $"), ["decimal: 3.5 → 3,5", "decimal: 4 198.25 → 4~198,25"]);
    assert_eq!(found(En, "of 1 234,56 in all"), ["number: 1 234,56 → 1,234.56"]);
    assert_eq!(found(En, "pay 1 234,50 $ or 100$."), ["money: 1 234,50 $ → $1,234.50", "money: 100$ → $100"]);
    assert_eq!(found(En, "about 3,5 %"), ["decimal: 3,5 → 3.5"]);
}

#[test]
fn thousands_behind_the_sign_of_a_decimal_are_named_where_they_can_be_nothing_else() {
    assert_eq!(found(Fr, "Coût : 1,500 $ ou 25,000 € par an."), ["number: 1,500 → 1~500", "number: 25,000 → 25~000"]);
    assert_eq!(found(Fr, "25.000 courriels, 1.000.000"), ["number: 25.000 → 25~000", "number: 1.000.000 → 1~000~000"]);
    assert_eq!(found(En, "1.000.000 letters"), ["number: 1.000.000 → 1,000,000"]);
    let undecided = "1,459 $ le litre; 1,500 $/L; 1,234 $; 1.500 millions; 192.168.100.200; 25,375 kg; 2.500 litres";
    assert_eq!(found(Fr, undecided), [""; 0]);
    assert_eq!(found(En, "10.000 files"), [""; 0]);
    assert_eq!(found_beside(En, "10.000 files", "10 000 fichiers"), ["number: 10.000 → 10,000"]);
    assert_eq!(found_beside(En, "10.000 files", "10,000 fichiers, 10 000"), [""; 0]);
    assert_eq!(found_beside(Fr, "25,375 kg", "25,375 kg"), ["number: 25,375 → 25~375"]);
    assert_eq!(found_beside(Fr, "$1.234 et 1,234 $", "$1,234"), ["money: $1.234 → 1~234~$", "number: 1,234 → 1~234"]);
    assert_eq!(found_beside(Fr, "2,500 kg", "2.500 kg in 2500"), [""; 0]);
}

#[test]
fn both_ends_of_a_range_are_named() {
    assert_eq!(found(Fr, "de 3.5 à 4.5 %"), ["decimal: 3.5 → 3,5", "decimal: 4.5 → 4,5"]);
    assert_eq!(found(Fr, "entre 3.5 et 4.5 km"), ["decimal: 3.5 → 3,5", "decimal: 4.5 → 4,5"]);
    assert_eq!(found(En, "3,5 to 4,5%"), ["decimal: 3,5 → 3.5", "decimal: 4,5 → 4.5"]);
    assert_eq!(found(Fr, "articles 3.5 à 4.5 de la loi"), [""; 0]);
}

#[test]
fn a_length_of_time_is_not_turned_into_an_hour_of_the_day() {
    for length in [
        "The flight takes 2h30.",
        "The video lasts 1h05.",
        "Every 8h00 a nurse comes.",
        "cut from 3h00 to 2h30",
        "up to 2h30",
    ] {
        let all = found(En, length);
        assert!(!all.is_empty() && all.iter().all(|found| found.ends_with("→ ?")), "{length}: {all:?}");
    }
    assert_eq!(found(En, "until 8h30"), ["time: 8h30 → 8:30~am"]);
    assert_eq!(found(En, "from 8h30 to 17h00"), ["time: 8h30 → 8:30~am", "time: 17h00 → 5~pm"]);
    assert_eq!(found(En, "open 8h30–17h00"), ["time: 8h30 → 8:30~am", "time: 17h00 → 5~pm"]);
}

#[test]
fn what_the_other_language_says_beside_a_number_is_named() {
    assert_eq!(
        found(Fr, "$5M, $2 B et US$100"),
        ["money: $5M → 5~M$", "money: $2 B → 2~G$", "money: US$100 → 100~$~US"]
    );
    assert_eq!(found(Fr, "No. 5 et 25 per cent"), ["foreign: No.  → n°~", "foreign:  per cent → ~%"]);
    assert_eq!(
        found(Fr, "au XXème siècle, le 2nd, la 1eme"),
        ["ordinal: XXème → XXe", "ordinal: 2nd → ?", "ordinal: 1eme → ?"]
    );
    assert_eq!(found(Fr, "March 5, 2024 et 5 March 2024"), ["date: March 5, 2024 → ?", "date: 5 March → ?"]);
    assert_eq!(found(En, "5 M$ and 1,5 million"), ["money: 5 M$ → $5~million", "decimal: 1,5 → 1.5"]);
    assert_eq!(found(En, "on 5 mars 2024 and 1er mai"), ["date: 5 mars → ?", "date: 1er mai → ?"]);
    assert_eq!(found(Fr, "système, per capita, 5 personnes; no 5; le 5e; Non. 5"), [""; 0]);
    assert_eq!(found(En, "5 Mars bars, 5 may be enough"), [""; 0]);
}

#[test]
fn times_of_the_other_language_are_named() {
    assert_eq!(
        found(Fr, "à 4:30 pm, 9 a.m., 12 am et 12:15PM"),
        ["time: 4:30 pm → 16~h~30", "time: 9 a.m. → 9~h", "time: 12 am → 0~h", "time: 12:15PM → 12~h~15"]
    );
    assert_eq!(
        found(En, "at 16 h 30, 9h00 and 0 h 05"),
        ["time: 16 h 30 → 4:30~pm", "time: 9h00 → 9~am", "time: 0 h 05 → 12:05~am"]
    );
}

#[test]
fn dates_that_are_not_written_as_in_the_language_are_named() {
    assert_eq!(
        found(Fr, "le juillet 31, 2016, le 1 décembre, le 31 Juillet 2016, Décembre 1er, 2025"),
        [
            "date: juillet 31, 2016 → 31~juillet 2016",
            "date: 1 décembre → 1er~décembre",
            "date: 31 Juillet → 31~juillet",
            "date: Décembre 1er, 2025 → 1er~décembre 2025",
        ]
    );
    assert_eq!(
        found(En, "on july 31, 2016 or may 1, 2020"),
        ["date: july 31, 2016 → July~31, 2016", "date: may 1, 2020 → May~1, 2020"]
    );
}

#[test]
fn words_and_numbers_that_are_written_otherwise_are_named() {
    assert_eq!(
        found(Fr, "A l’étranger, le 1er Mars et le 5 Avril. A partir de 12.5 km: 25,000 courriels, 1.9 million"),
        [
            "accent: A → À",
            "date: 1er Mars → 1er~mars",
            "date: 5 Avril → 5~avril",
            "accent: A → À",
            "decimal: 12.5 → 12,5",
            "number: 25,000 → 25~000",
            "decimal: 1.9 → 1,9",
        ]
    );
    assert_eq!(found(En, "in april, since october 2020"), ["date: april → April", "date: october → October"]);
    assert_eq!(found(Fr, "Vitamine A, groupe A la semaine; le 1er Mai, le 14 Juillet; 2,500 kg; A-t-il dit?"), [""; 0]);
    assert_eq!(found(En, "you may march on; april-fools.html; 06h00 UTC"), [""; 0]);
}

#[test]
fn ordinals_signs_and_units_are_named() {
    assert_eq!(
        found(Fr, "la 1ère, la 2ème et les 3ièmes"),
        ["ordinal: 1ère → 1re", "ordinal: 2ème → 2e", "ordinal: 3ièmes → 3es"]
    );
    assert_eq!(found(Fr, "à 20 ºC, 4,35 MB"), ["degree: º → °", "unit: MB → Mo"]);
    assert_eq!(found(En, "at 20ºC, 214 Ko"), ["degree: º → °", "unit: Ko → KB"]);
}

#[test]
fn text_that_is_right_or_not_sure_is_left_alone() {
    let french = "1,234 kg; 1 234,56 $; 16 h 30; 31 juillet 2016; 1er décembre; article 1 Mars; 17(1)b); version 1.2.3 %; \
        2016-07-31; l’alinéa 3.5; 12 h; coexister; poêle; moelle; https://e.org/1ère; 5 $; 1 000 $10; 1-800-622-6232";
    let english = "1,234.56; $1,234.50; section 5 100; 4:30 pm; 16 hours; may 31 people; July 31, 2016; the 1st; 3,5; \
        SOR/98-2, s. 3; 1,000 $US; a 5 h walk; $5 $10; 2, 3 and 4; Mo. 5; December 15th, 1961; $x^2$";
    assert_eq!(found(Fr, french), [""; 0]);
    assert_eq!(found(En, english), [""; 0]);
}

#[test]
fn names_are_stable_and_messages_are_in_both_languages() {
    for rule in Rule::ALL {
        assert!(rule.name().starts_with("typography-"));
        assert!(rule.message().iter().all(|(_, message)| !message.is_empty()));
    }
    assert!(Rule::ALL.is_sorted_by_key(|rule| rule.name()));
}

#[test]
fn what_is_corrected_by_setting_is_not_named() {
    for (lang, text) in [(Fr, "\"l'accord\" : 20% , 53 000 $ à 16h30 ?"), (En, "\"it's\" 9am -- 20 %...")] {
        assert_eq!(found(lang, text), [""; 0]);
        assert_eq!(found(lang, &crate::typography::apply(lang, text)), [""; 0]);
    }
}

#[test]
fn dates_in_figures_are_named_in_the_order_of_the_other_language_or_if_they_may_be_two_days() {
    assert_eq!(found(En, "on 25/12/2024"), ["date: 25/12/2024 → December~25, 2024"]);
    assert_eq!(found(Fr, "le 12/25/2024"), ["date: 12/25/2024 → 25~décembre 2024"]);
    assert_eq!(found(Fr, "le 12/25/24"), ["date: 12/25/24 → ?"]);
    for text in ["5/6/2024", "05-06-2024"] {
        assert_eq!(
            (found(En, text), found(Fr, text)),
            (vec![format!("date: {text} → ?")], vec![format!("date: {text} → ?")])
        );
    }
    for text in
        ["5/5/2024", "2024/05/06", "2024-05-06", "24/7/365", "1/2/3", "v1.2.2024.1", "10/20/30/40", "50/50/2024"]
    {
        assert_eq!((found(En, text), found(Fr, text)), (vec![], vec![]), "{text}");
    }
    assert_eq!((found(En, "12/25/2024"), found(Fr, "25/12/2024")), (vec![], vec![]));
}

#[test]
fn a_day_that_its_month_does_not_have_is_named_however_it_is_written() {
    let is_named = |lang, text: &str| {
        let found = check(lang, text, &|_| false);
        matches!(found.as_slice(), [Finding { rule: Rule::Calendar { last: Some(_) }, .. }])
    };
    for text in
        ["2024-02-30", "30/02/2024", "February 30, 2024", "Feb. 29, 2023", "June 31", "31 November", "July 45, 2024"]
    {
        assert!(is_named(En, text), "{text}");
    }
    for text in ["2023-02-29", "31/04/2024", "30 février 2024", "le 31 juin", "29 févr. 2023", "February 30, 2024"] {
        assert!(is_named(Fr, text), "{text}");
    }
    for text in
        ["February 29", "February 29, 2024", "May 31, 2024", "30 July", "2024-02-29", "paragraph 31 marches", "June 45"]
    {
        assert_eq!(found(En, text), [""; 0], "{text}");
    }
    assert_eq!(found(Fr, "le 29 février 2024, 31 mai et 31 juillet"), [""; 0]);
}
