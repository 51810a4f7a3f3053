//! Words as the analyser cuts, folds and stems them, by example.

use super::*;

fn forms(text: &str) -> Vec<String> {
    let mut forms = Vec::new();
    words(text, |word| forms.push(word.form.to_owned()));
    forms
}

fn stems(lang: Lang, text: &str) -> Vec<String> {
    let mut analyser = Analyser::new(lang);
    forms(text).iter().map(|form| stem_of(&analyser.key_of(form).text).to_owned()).collect()
}

#[test]
fn elided_articles_fall_away_before_either_apostrophe() {
    assert_eq!(forms("l’accord d'échange qu’il lorsqu'on l’École"), ["accord", "échange", "il", "on", "école"]);
    assert_eq!(forms("jusqu’à aujourd’hui"), ["à", "aujourdhui", "aujourd", "hui"]);
}

#[test]
fn the_english_possessive_falls_away() {
    assert_eq!(forms("the offender’s file, the CSC's role"), ["the", "offender", "file", "the", "csc", "role"]);
}

#[test]
fn a_compound_is_joined_and_in_its_pieces() {
    assert_eq!(
        forms("sous-traitant sous‑traitant"),
        ["soustraitant", "sous", "traitant", "soustraitant", "sous", "traitant"]
    );
}

#[test]
fn section_numbers_are_words() {
    assert_eq!(forms("17(1)(b)"), ["17.1.b", "17", "1", "b"]);
    assert_eq!(forms("S-14.2"), ["s.14.2", "s", "14", "2"]);
    assert_eq!(forms("SOR/79-143,"), ["sor.79.143", "sor", "79", "143"]);
    assert_eq!(forms("(see 5)"), ["see", "5"]);
}

#[test]
fn numbers_meet_however_they_are_grouped() {
    for written in ["1,234", "1\u{a0}234", "1\u{202f}234", "1.234"] {
        assert_eq!(forms(written)[0], "1.234", "{written}");
    }
    assert_eq!(forms("1995\u{a0}an"), ["1995", "an"]);
}

#[test]
fn a_dotted_acronym_is_one_word() {
    assert_eq!(forms("the C.S.C. and S.C.C."), ["the", "csc", "and", "scc"]);
    assert_eq!(forms("T.-N.-L., C.-B."), ["tnl", "cb"]);
    assert_eq!(forms("etc.et"), ["etc", "et"]);
}

#[test]
fn alternatives_stay_apart() {
    assert_eq!(forms("and/or (or)"), ["and", "or", "or"]);
}

#[test]
fn positions_count_words_not_forms() {
    let mut positions = Vec::new();
    words("un sous-traitant agréé", |word| positions.push((word.form.to_owned(), word.position)));
    let expected = [("un", 0), ("soustraitant", 1), ("sous", 1), ("traitant", 2), ("agréé", 3)];
    assert_eq!(positions, expected.map(|(form, position)| (form.to_owned(), position)));
}

#[test]
fn a_word_knows_where_it_was_read() {
    let text = "« L’œuvre »";
    words(text, |word| assert_eq!(&text[word.from..word.to], "œuvre"));
}

#[test]
fn accents_and_ligatures_fold_before_stemming() {
    assert_eq!(stems(Lang::Fr, "sécurité securite"), [stems(Lang::Fr, "sécurité")[0].clone(), "securit".into()]);
    assert_eq!(stems(Lang::Fr, "œuvres"), stems(Lang::Fr, "oeuvre"));
    assert_eq!(stems(Lang::Fr, "accords"), stems(Lang::Fr, "l’accord"));
    assert_eq!(stems(Lang::En, "agreements"), stems(Lang::En, "agreement"));
}

#[test]
fn a_key_gives_back_its_form() {
    for (stem, form) in
        [("accord", "accords"), ("accord", "accord"), ("securit", "sécurité"), ("oeuvr", "œuvre"), ("", "é")]
    {
        assert_eq!(form_of(&key(stem, form)), form);
        assert_eq!(stem_of(&key(stem, form)), stem);
        assert!(key(stem, form) < stem_end(stem) && key(stem, form).as_str() >= stem);
    }
}

#[test]
fn stop_lists_are_sorted_and_keep_words_that_mean_something() {
    let english = Analyser::new(Lang::En);
    let french = Analyser::new(Lang::Fr);
    assert!(["the", "of", "you", "a"].iter().all(|word| english.is_stop(word)));
    assert!(["de", "la", "y", "a", "vous"].iter().all(|word| french.is_stop(word)));
    assert!(["cannot", "no", "without"].iter().all(|word| english.is_negation(word)));
    assert!(["aucun", "non", "sans"].iter().all(|word| french.is_negation(word)));
    assert!(!english.is_stop("not") && !french.is_stop("sans") && !french.is_stop("pas"));
}

#[test]
fn silent_marks_inside_a_word_do_not_count() {
    assert_eq!(forms("trans\u{ad}fère\u{300}ment"), ["transfèrement"]);
    assert_eq!(normalized("e\u{301}tude"), "étude");
}
