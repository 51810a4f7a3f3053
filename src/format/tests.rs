//! One test for each way of writing that a reader would notice; `~` stands for U+00A0 and `=` for U+2011.

use std::cmp::Ordering;

use super::*;
use crate::lang::Lang::{En, Fr};

fn visible(text: &str) -> String {
    text.replace(NO_BREAK_SPACE, "~").replace(NO_BREAK_HYPHEN, "=")
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

fn phone(text: &str) -> Phone {
    text.parse().unwrap()
}

mod dates {
    use super::*;

    #[test]
    fn a_date_is_known_to_its_year_month_or_day() {
        for text in ["2015", "2015-06", "2015-06-30", "2024-02-29", "0987"] {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!((date("2015-06").month(), date("2015-06").day()), (Some(6), None));
        assert_eq!((date("2015").year(), date("2015").month()), (2015, None));
    }

    #[test]
    fn what_is_not_in_the_calendar_is_refused_with_its_reason() {
        let refused = |text: &str| text.parse::<Date>().unwrap_err();
        assert_eq!(refused("2015-13"), DateError::Month { month: 13 });
        assert_eq!(refused("2015-00-01"), DateError::Month { month: 0 });
        assert_eq!(refused("2015-06-31"), DateError::Day { last: 30 });
        assert_eq!(refused("2023-02-29"), DateError::Day { last: 28 });
        assert_eq!(refused("2015-06-00"), DateError::Day { last: 30 });
        for text in
            ["", "15", "2015-6", "2015-06-1", "2015/06/30", " 2015", "2015-06-30T00", "-2015", "２０１５", "0000"]
        {
            assert_eq!(refused(text), DateError::Shape, "{text}");
        }
    }

    #[test]
    fn a_date_is_understood_as_people_write_it_where_that_leaves_no_doubt() {
        let read = |text: &str| Date::from_words(text).map(|date| date.to_string());
        for text in [
            "March 5, 2025",
            "5 mars 2025",
            "5\u{a0}March 2025",
            "2025-3-5",
            "2025.03.05",
            "2025/3/5",
            "Mar. 5th, 2025",
        ] {
            assert_eq!(read(text).as_deref(), Some("2025-03-05"), "{text}");
        }
        assert_eq!(read("1er avril 2025").as_deref(), Some("2025-04-01"));
        assert_eq!(read("juin 2025").as_deref(), Some("2025-06"));
        for text in ["05/03/2025", "March", "2024-25", "31 juin 2025", "Ma 5, 2025", "soon"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn only_dates_that_do_not_overlap_are_certainly_in_order() {
        let before = |a: &str, b: &str| date(a).certainly_before(date(b));
        assert!(before("2015-06-30", "2015-07-01") && before("2015-06", "2015-07") && before("2015", "2016-01-01"));
        assert!(before("2015-06", "2016") && !before("2016", "2015-06"));
        assert!(!before("2015", "2015-06-30") && !before("2015-06-30", "2015"));
        assert!(!before("2015-06-30", "2015-06-30"));
    }

    #[test]
    fn dates_sort_by_their_first_day_and_the_vaguer_first() {
        let mut dates = ["2015-01-01", "2016", "2015-01", "2014-12-31", "2015"].map(date);
        dates.sort();
        assert_eq!(dates, ["2014-12-31", "2015", "2015-01", "2015-01-01", "2016"].map(date));
    }

    #[test]
    fn a_date_is_written_in_words() {
        let long = |text: &str| (visible(&date(text).long(En)), visible(&date(text).long(Fr)));
        assert_eq!(long("2025-12-01"), ("December~1, 2025".into(), "1er~décembre 2025".into()));
        assert_eq!(long("2016-07-31"), ("July~31, 2016".into(), "31~juillet 2016".into()));
        assert_eq!(long("2015-06"), ("June 2015".into(), "juin 2015".into()));
        assert_eq!(long("2015"), ("2015".into(), "2015".into()));
    }
}

mod numbers {
    use super::*;

    #[test]
    fn a_number_keeps_its_digits() {
        for text in ["0", "-3", "1234.50", "0.05", "123456789012345678901234567890"] {
            assert_eq!(number(text).to_string(), text);
        }
        for text in ["", "-", "1.", ".5", "007", "1e3", "+1", "½", "٣", "1,2,3", "1 00", "12 34"] {
            assert_eq!(text.parse::<Number>(), Err(NumberError), "{text}");
        }
    }

    #[test]
    fn a_number_is_read_as_either_language_writes_it() {
        for (written, read) in [("1,250", "1250"), ("1\u{202f}250,5", "1250.5"), ("1,250.50", "1250.50"), ("−3", "-3")]
        {
            assert_eq!(number(written).to_string(), read);
        }
    }

    #[test]
    fn digits_are_grouped_from_four_on() {
        for (text, en, fr) in [
            ("999", "999", "999"),
            ("1234.50", "1,234.50", "1~234,50"),
            ("53000", "53,000", "53~000"),
            ("-1234567.125", "−1,234,567.125", "−1~234~567,125"),
        ] {
            assert_eq!((number(text).write(En), visible(&number(text).write(Fr))), (en.into(), fr.into()));
        }
    }

    #[test]
    fn numbers_compare_by_value() {
        for (less, more) in [("9", "10"), ("1.5", "1.51"), ("-2", "1"), ("-10", "-9"), ("0.09", "0.1"), ("99", "100.0")]
        {
            assert_eq!(number(less).cmp_value(&number(more)), Ordering::Less, "{less} {more}");
            assert_eq!(number(more).cmp_value(&number(less)), Ordering::Greater, "{less} {more}");
        }
        for (a, b) in [("1.50", "1.5"), ("-0", "0"), ("-0.0", "0"), ("2.0", "2")] {
            assert_eq!(number(a).cmp_value(&number(b)), Ordering::Equal, "{a} {b}");
        }
    }

    #[test]
    fn percentages_put_their_sign_where_the_language_does() {
        assert_eq!(
            (percent(&number("20"), En), visible(&percent(&number("56.7"), Fr))),
            ("20%".into(), "56,7~%".into())
        );
    }

    #[test]
    fn file_sizes_are_decimal() {
        for (bytes, en, fr) in [
            (0, "0~B", "0~o"),
            (999, "999~B", "999~o"),
            (1_000, "1~KB", "1~Ko"),
            (214_300, "214~KB", "214~Ko"),
            (999_499, "999~KB", "999~Ko"),
            (999_500, "1~MB", "1~Mo"),
            (4_350_000, "4.35~MB", "4,35~Mo"),
            (2_500_000, "2.5~MB", "2,5~Mo"),
            (2_049_000, "2.05~MB", "2,05~Mo"),
            (999_994_999, "999.99~MB", "999,99~Mo"),
            (999_995_000, "1~GB", "1~Go"),
            (u64::MAX, "18,446,744,073.71~GB", "18~446~744~073,71~Go"),
        ] {
            assert_eq!((visible(&file_size(bytes, En)), visible(&file_size(bytes, Fr))), (en.into(), fr.into()));
        }
    }
}

mod quantities {
    use super::*;

    fn both(quantity: &Quantity) -> (String, String) {
        let unit = |one: &str, other: &str| Unit { one: one.into(), other: other.into() };
        let (en, fr) = (unit("request", "requests"), unit("demande", "demandes"));
        (visible(&quantity.write(Some(&en), En)), visible(&quantity.write(Some(&fr), Fr)))
    }

    fn range() -> Range {
        Range::new(number("80"), number("120")).unwrap()
    }

    #[test]
    fn every_comparator_has_its_words() {
        let n = || number("1300");
        for (quantity, en, fr) in [
            (Quantity::Exact(n()), "1,300~requests", "1~300~demandes"),
            (Quantity::About(n()), "about 1,300~requests", "environ 1~300~demandes"),
            (Quantity::MoreThan(n()), "more than 1,300~requests", "plus de 1~300~demandes"),
            (Quantity::LessThan(n()), "fewer than 1,300~requests", "moins de 1~300~demandes"),
            (Quantity::AtLeast(n()), "at least 1,300~requests", "au moins 1~300~demandes"),
            (Quantity::AtMost(n()), "at most 1,300~requests", "au plus 1~300~demandes"),
            (Quantity::Range(range()), "80 to 120~requests", "de 80 à 120~demandes"),
            (Quantity::AboutRange(range()), "about 80 to 120~requests", "de 80 à 120~demandes environ"),
        ] {
            assert_eq!(both(&quantity), (en.into(), fr.into()));
        }
    }

    #[test]
    fn a_quantity_without_a_unit_is_its_number() {
        assert_eq!(Quantity::MoreThan(number("300")).write(None, Fr), "plus de 300");
        assert_eq!(Quantity::LessThan(number("300")).write(None, En), "less than 300");
        let km = Unit { one: "km".into(), other: "km".into() };
        assert_eq!(visible(&Quantity::LessThan(number("5")).write(Some(&km), En)), "less than 5~km");
        assert_eq!(Quantity::AboutRange(range()).write(None, Fr), "de 80 à 120 environ");
    }

    #[test]
    fn the_singular_is_wider_in_french() {
        for (text, en, fr) in [
            ("0", "0~requests", "0~demande"),
            ("1", "1~request", "1~demande"),
            ("1.5", "1.5~requests", "1,5~demande"),
            ("1.0", "1.0~requests", "1,0~demande"),
            ("2", "2~requests", "2~demandes"),
            ("11", "11~requests", "11~demandes"),
        ] {
            assert_eq!(both(&Quantity::Exact(number(text))), (en.into(), fr.into()));
        }
    }

    #[test]
    fn a_range_must_rise() {
        assert_eq!(Range::new(number("120"), number("80")), Err(EmptyRange));
        assert_eq!(Range::new(number("80"), number("80.0")), Err(EmptyRange));
        let texts: Vec<_> = Quantity::Range(range()).numbers().map(ToString::to_string).collect();
        assert_eq!(texts, ["80", "120"]);
    }
}

mod phones {
    use super::*;

    #[test]
    fn a_north_american_number_is_read_however_it_is_typed() {
        for text in ["613-992-4211", "(613) 992-4211", "613.992.4211", "6139924211", "613 992 4211", "613‑992‑4211"]
        {
            assert_eq!(visible(&phone(text).write(En)), "613=992=4211", "{text}");
            assert_eq!(phone(text).href(), "tel:+16139924211");
        }
        assert_eq!(visible(&phone("+1 800 622 6232").write(Fr)), "1=800=622=6232");
    }

    #[test]
    fn an_extension_is_named_in_the_language_of_the_page() {
        for text in
            ["1-800-622-6232, poste 123", "1 800 622-6232 ext. 123", "1-800-622-6232x123", "18006226232 Ext 123"]
        {
            assert_eq!(visible(&phone(text).write(En)), "1=800=622=6232, ext.~123", "{text}");
            assert_eq!(visible(&phone(text).write(Fr)), "1=800=622=6232, poste~123", "{text}");
            assert_eq!(phone(text).href(), "tel:+18006226232;ext=123");
        }
    }

    #[test]
    fn numbers_abroad_keep_their_groups_and_services_their_three_digits() {
        let paris = phone("+33 (1) 44.43.29-00");
        assert_eq!(
            (visible(&paris.write(Fr)).as_str(), paris.href().as_str()),
            ("+33~1~44~43~29~00", "tel:+33144432900")
        );
        assert_eq!((phone("911").write(En).as_str(), phone("911").href().as_str()), ("911", "tel:911"));
    }

    #[test]
    fn what_cannot_be_dialled_is_refused_with_its_reason() {
        let refused = |text: &str| text.parse::<Phone>().unwrap_err();
        assert_eq!(refused("613-992-421"), PhoneError::Length(9));
        assert_eq!(refused(""), PhoneError::Length(0));
        assert_eq!(refused("+0 613 992 4211"), PhoneError::Length(11));
        assert_eq!(refused("+33 1 44 43 29 00 00 00 00"), PhoneError::Length(17));
        assert_eq!(refused("113-992-4211"), PhoneError::Area);
        assert_eq!(refused("613-192-4211"), PhoneError::Area);
        assert_eq!(refused("613-992-4211 or 4212"), PhoneError::Sign('o'));
        assert_eq!(refused("613/992/4211"), PhoneError::Sign('/'));
        assert_eq!(refused("613-992-4211 ext. two"), PhoneError::Extension);
        assert_eq!(refused("613-992-4211 poste"), PhoneError::Extension);
    }
}

mod words {
    use super::*;

    #[test]
    fn a_list_ends_in_and_without_a_comma() {
        let written = |items: &[&str]| (conjunction(items, En), conjunction(items, Fr));
        assert_eq!(written(&[]), (String::new(), String::new()));
        assert_eq!(written(&["A"]), ("A".into(), "A".into()));
        assert_eq!(written(&["A", "B"]), ("A and B".into(), "A et B".into()));
        assert_eq!(written(&["A", "B", "C"]), ("A, B and C".into(), "A, B et C".into()));
    }

    #[test]
    fn languages_have_names_in_both() {
        for (tag, en, fr) in [
            ("en", "English", "anglais"),
            ("fr-CA", "French", "français"),
            ("pt-BR", "Portuguese", "portugais"),
            ("iu-Latn", "Inuktitut", "inuktitut"),
            ("AR", "Arabic", "arabe"),
            ("cr", "Cree", "cri"),
            ("zh", "Chinese", "chinois"),
        ] {
            assert_eq!((language_name(tag, En), language_name(tag, Fr)), (Some(en), Some(fr)));
        }
        assert_eq!((language_name("xx", En), language_name("", Fr), language_name("french", En)), (None, None, None));
    }

    #[test]
    fn words_are_where_a_reader_looks_for_them() {
        let sorted = |words: &str, lang| {
            let collator = Collator::of(lang);
            let mut by_comparing: Vec<_> = words.split(", ").collect();
            let mut by_key = by_comparing.clone();
            by_comparing.sort_by(|a, b| collator.compare(a, b));
            by_key.sort_by_cached_key(|word| collator.sort_key(word));
            assert_eq!(by_comparing, by_key);
            by_key.join(", ")
        };
        assert_eq!(sorted("Zone, étude, Etat, accord, École", Fr), "accord, École, Etat, étude, Zone");
        assert_eq!(sorted("Part 10, part 2, Zone, Élan", En), "Élan, part 2, Part 10, Zone");
        assert_eq!(sorted("œuvre, offre, ouvert, odeur", Fr), "odeur, œuvre, offre, ouvert");
        assert_eq!(sorted("les ententes, accord", Fr), "accord, les ententes");
        // Accents count from the end of the word in Canadian French, from its beginning in English.
        assert_eq!(sorted("coté, cote, côté, côte", Fr), "cote, côte, coté, côté");
        assert_eq!(sorted("coté, cote, côté, côte", En), "cote, coté, côte, côté");
    }
}

#[test]
fn what_falls_within_months_of_a_day_counts_every_day_that_a_vague_date_can_mean() {
    let date = |text: &str| text.parse::<Date>().expect("a date");
    let within = |text: &str| date(text).falls_within(date("2026-11-21"), 12);
    assert!(within("2026-11-21") && within("2027-11-21") && within("2027"));
    assert!(within("2026-11"), "the month is not over");
    assert!(!within("2026-11-20") && !within("2027-11-22") && !within("2026-10") && !within("2028"));
}

#[test]
fn a_date_begins_at_midnight_and_is_under_its_month() {
    let date = |text: &str| text.parse::<Date>().expect("a date");
    assert_eq!(date("2026-11-21").midnight(), "2026-11-21T00:00:00Z");
    assert_eq!(date("2026").midnight(), "2026-01-01T00:00:00Z");
    assert_eq!(date("2026-11-21").month_heading(En), "November 2026");
    assert_eq!(date("2026-11-21").month_heading(Fr), "Novembre 2026");
    assert_eq!(date("2026").month_heading(Fr), "2026");
}
