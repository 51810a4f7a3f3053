//! Dates and times that have a name or a way of saying of their own: "New Year’s Day", "half past two".

use super::in_words::cardinal;
use crate::lang::Lang;

/// Days of the year by their names, in small letters: month, day, and how each language calls it.
const DAYS: [(u8, u8, &[&str], &[&str]); 15] = [
    (1, 1, &["new year’s day", "new year's day"], &["jour de l’an", "nouvel an"]),
    (2, 14, &["valentine"], &["saint valentin"]),
    (
        3,
        8,
        &["women’s day", "women's day"],
        &["journée internationale des femmes", "journée internationale de la femme"],
    ),
    (3, 17, &["patrick’s day", "patrick's day"], &["saint patrick"]),
    (4, 22, &["earth day"], &["jour de la terre"]),
    (5, 1, &["may day"], &["fête du travail", "journée internationale des travailleurs"]),
    (6, 21, &["indigenous peoples day"], &["journée nationale des peuples autochtones"]),
    (6, 24, &["saint jean baptiste", "st. jean baptiste"], &["saint jean", "fête nationale"]),
    (7, 1, &["canada day"], &["fête du canada"]),
    (9, 30, &["truth and reconciliation"], &["vérité et de la réconciliation"]),
    (10, 31, &["hallowe"], &["halloween"]),
    (11, 11, &["remembrance day"], &["jour du souvenir"]),
    (12, 25, &["christmas day", "christmas"], &["noël"]),
    (12, 26, &["boxing day"], &["lendemain de noël"]),
    (12, 31, &["new year’s eve", "new year's eve"], &["saint sylvestre", "veille du jour de l’an"]),
];

/// Whether a text in small letters names a day of the year.
pub(super) fn names_day(lang: Lang, text: &str, month: u8, day: u8) -> bool {
    let is_it = |of: &&(u8, u8, &[&str], &[&str])| (of.0, of.1) == (month, day);
    let named = DAYS.iter().find(is_it);
    named.is_some_and(|(.., en, fr)| {
        let names = if lang == Lang::En { en } else { fr };
        names.iter().any(|name| text.contains(name))
    })
}

/// Whether a text in small letters says a time in the words of a clock: "half past two", « deux heures et demie ».
pub(super) fn says_time(lang: Lang, text: &str, hour: u8, minute: u8) -> bool {
    let (en, fr, is_next) = match minute {
        15 => ("quarter past", "et quart", false),
        30 => ("half past", "et demi", false),
        45 => ("quarter to", "moins le quart", true),
        _ => return false,
    };
    if !text.contains(if lang == Lang::En { en } else { fr }) {
        return false;
    }
    let hour = (u64::from(hour) + u64::from(is_next)) % 24;
    let hours = [hour, if hour > 12 { hour - 12 } else { hour + 12 }];
    hours.into_iter().any(|hour| {
        let name = match (hour, lang) {
            (0 | 24, Lang::En) => "midnight".to_owned(),
            (0 | 24, Lang::Fr) => "minuit".to_owned(),
            (_, lang) => cardinal(lang, hour).replace('-', " "),
        };
        let said = match lang {
            Lang::En => format!("{en} {name}"),
            Lang::Fr if hour % 24 == 0 => format!("{name} {fr}"),
            Lang::Fr => format!("{name} heures {fr}"),
        };
        let noon = if lang == Lang::En { format!("{en} noon") } else { format!("midi {fr}") };
        text.contains(&said)
            || lang == Lang::Fr && hour == 1 && text.contains(&format!("une heure {fr}"))
            || hour == 12 && text.contains(&noon)
    })
}

/// Whether a text in small letters may say noon, or midnight, as the words of a day: it does not if it says the other one only.
pub(super) fn may_be_named(text: &str, hour: u8) -> bool {
    let is_midi = |(at, _): (usize, &str)| !text[..at].ends_with("après ") && !text[..at].ends_with("avant ");
    let is_noon = |(at, _): (usize, &str)| !text[..at].ends_with("after");
    let noon = text.match_indices("midi").any(is_midi) || text.match_indices("noon").any(is_noon);
    let midnight = text.contains("minuit") || text.contains("midnight");
    if hour == 12 { noon || !midnight } else { midnight || !noon }
}
