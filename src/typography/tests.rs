//! What a reader of either language would notice; `~` stands for U+00A0 and `=` for U+2011.

use super::*;
use crate::lang::Lang::{self, En, Fr};

mod superscripts {
    use super::*;

    fn marked(lang: Lang, text: &str) -> String {
        pieces(lang, &text.replace('~', "\u{a0}"))
            .map(|piece| match piece {
                Piece::Plain(text) => text.replace('\u{a0}', "~"),
                Piece::Superscript(text) => format!("^{text}^"),
            })
            .collect()
    }

    #[test]
    fn french_raises_the_ends_of_ordinals() {
        for (text, set) in [
            ("le 1er~décembre", "le 1^er^~décembre"),
            ("1re, 1ers et 2e~fois", "1^re^, 1^ers^ et 2^e^~fois"),
            ("au XXIe~siècle", "au XXI^e^~siècle"),
            ("l’1er", "l’1^er^"),
            ("no~5 et nos~6 à 8", "n^o^~5 et n^os^~6 à 8"),
            ("1er", "1^er^"),
        ] {
            assert_eq!(marked(Fr, text), set);
        }
    }

    #[test]
    fn what_only_looks_like_an_ordinal_stays_on_the_line() {
        for text in
            ["", "17(1)e)", "2e)", "a1er", "2015-2e", "11er", "1e", "Ve", "1era", "no~A", "piano~5", "3ex", "0x2e"]
        {
            assert_eq!(marked(Fr, text), text);
        }
    }

    #[test]
    fn english_raises_nothing() {
        assert_eq!(marked(En, "the 1er and no~5"), "the 1er and no~5");
    }
}
