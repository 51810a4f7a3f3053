//! The words that keep a number or a name on their line.

use crate::lang::Lang;

/// Whether a number before this word stays on its line: units, and in French the months.
pub(super) fn follows_number(lang: Lang, word: &str) -> bool {
    match word {
        "km" | "m" | "cm" | "mm" | "m²" | "km²" | "m³" | "ha" | "kg" | "g" | "mg" | "L" | "mL" | "kW" | "MW"
        | "kWh" | "Hz" | "kHz" | "MHz" | "GHz" | "°C" | "°F" | "minute" | "minutes" => true,
        _ => match lang {
            Lang::En => matches!(
                word,
                "million"
                    | "billion"
                    | "trillion"
                    | "year"
                    | "years"
                    | "month"
                    | "months"
                    | "week"
                    | "weeks"
                    | "day"
                    | "days"
                    | "hour"
                    | "hours"
                    | "second"
                    | "seconds"
                    | "am"
                    | "pm"
                    | "B"
                    | "bytes"
                    | "KB"
                    | "kB"
                    | "MB"
                    | "GB"
                    | "TB"
                    | "percent"
            ),
            Lang::Fr => {
                matches!(
                    word,
                    "million"
                        | "millions"
                        | "milliard"
                        | "milliards"
                        | "billion"
                        | "billions"
                        | "an"
                        | "ans"
                        | "année"
                        | "années"
                        | "mois"
                        | "semaine"
                        | "semaines"
                        | "jour"
                        | "jours"
                        | "heure"
                        | "heures"
                        | "seconde"
                        | "secondes"
                        | "h"
                        | "min"
                        | "s"
                        | "t"
                        | "l"
                        | "ml"
                        | "o"
                        | "octets"
                        | "Ko"
                        | "ko"
                        | "Mo"
                        | "Go"
                        | "To"
                        | "k$"
                        | "M$"
                        | "G$"
                        | "$"
                        | "fois"
                        | "dollars"
                        | "pages"
                        | "personnes"
                        | "janv"
                        | "févr"
                        | "avr"
                        | "juill"
                        | "sept"
                        | "oct"
                        | "nov"
                        | "déc"
                ) || is_french_month(word)
            }
        },
    }
}

/// Whether it is the name of a month.
pub(super) fn is_french_month(word: &str) -> bool {
    crate::format::MONTHS.fr.contains(&word)
}

/// Whether a day after this word stays on its line.
pub(super) fn is_english_month(word: &str) -> bool {
    crate::format::MONTHS.en.contains(&word)
        || matches!(
            word,
            "Jan." | "Feb." | "Mar." | "Apr." | "Jun." | "Jul." | "Aug." | "Sep." | "Sept." | "Oct." | "Nov." | "Dec."
        )
}

/// Whether a number after this word stays on its line: `art. 12`, `no 5`, `poste 123`.
pub(super) fn precedes_number(lang: Lang, word: &str) -> bool {
    match word {
        "art." | "p." | "pp." | "vol." | "fig." | "Fig." | "ch." | "par." => true,
        _ => match lang {
            Lang::En => matches!(
                word,
                "s." | "ss." | "c." | "para." | "paras." | "No." | "Nos." | "no." | "nos." | "ext." | "Ext."
            ),
            Lang::Fr => matches!(
                word,
                "n°" | "N°" | "no" | "nos" | "No" | "Nos" | "poste" | "al." | "chap." | "ann." | "tabl." | "t."
            ),
        },
    }
}

/// Whether a name after this word stays on its line.
pub(super) fn precedes_name(lang: Lang, word: &str) -> bool {
    match lang {
        Lang::En => matches!(word, "Mr." | "Mrs." | "Ms." | "Dr." | "Prof." | "St."),
        Lang::Fr => {
            matches!(word, "M." | "MM." | "Mme" | "Mmes" | "Mlle" | "Mlles" | "Dr" | "Dre" | "Drs" | "Dres" | "Me")
        }
    }
}

/// Whether it is the two letters of a province or territory, as before a postal code.
pub(super) fn is_province(word: &str) -> bool {
    matches!(word, "AB" | "BC" | "MB" | "NB" | "NL" | "NS" | "NT" | "NU" | "ON" | "PE" | "QC" | "SK" | "YT")
}
