//! What one side says in figures, as the other language writes it: a help for those who write that side.

use std::collections::BTreeSet;

use super::in_words::{Heard, plain};
use super::units::currency;
use super::values::{Value, values};
use crate::format::{Amount, Date, MONTHS, Number, Phone, percent};
use crate::lang::Lang;

/// A number, date or the like in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// As the text has it.
    pub said: String,
    /// As the other language writes it.
    pub written: String,
    /// Whether the text in the other language says it too.
    pub is_there: bool,
}

/// What a text says in figures, each once, and whether `other`, a text in the other language, says it too.
pub fn figures(lang: Lang, text: &str, other: &str) -> Vec<Figure> {
    let found = values(lang, text);
    let there: BTreeSet<Value> = values(lang.other(), other).into_iter().map(|found| found.value).collect();
    let days: BTreeSet<_> = there.iter().flat_map(Value::days).collect();
    let parts: BTreeSet<String> = there.iter().flat_map(Value::parts).collect();
    let plain = plain(other);
    let numbers = found.iter().filter_map(|found| found.value.number());
    let heard = Heard::listen(lang.other(), &plain, numbers);
    let mut seen = BTreeSet::new();
    let mut figures = Vec::new();
    for found in found.into_iter().filter(|found| seen.insert(found.value.clone())) {
        let said = &text[found.range.clone()];
        let number = found.value.number();
        let is_there = there.contains(&found.value)
            || matches!(found.value, Value::OneOf(_)) && found.value.days().iter().any(|day| days.contains(day))
            || number.is_some_and(|number| heard.says(number) || parts.contains(number))
            || other.contains(said);
        // What typography keeps together is written with plain spaces.
        let is_foreign = currency(text, &found.range).is_some_and(|money| !matches!(money, "$" | "$ CA"));
        let said_there = if is_foreign { said.to_owned() } else { found.value.written(said, lang.other()) };
        let written = said_there.replace('\u{a0}', " ");
        figures.push(Figure { said: said.to_owned(), written, is_there });
    }
    figures
}

impl Value {
    fn number(&self) -> Option<&str> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The value as a language writes it; `said` is how it was written, which is kept if there is no other way.
    fn written(&self, said: &str, lang: Lang) -> String {
        let number = |number: &str| number.parse::<Number>().ok();
        let written = match self {
            // A year, or the number of a section: four digits without a separator are kept as they are.
            Self::Number(_) if said.bytes().all(|byte| byte.is_ascii_digit()) => None,
            Self::Number(written) => number(written).map(|number| number.write(lang)),
            Self::Money(written) => format!("{written} CAD").parse::<Amount>().ok().map(|amount| amount.write(lang)),
            Self::Percentage(written) => number(written).map(|number| percent(&number, lang)),
            Self::Date(year, month, day) => date(*year, *month, *day, lang),
            Self::Time(hour, minute) => Some(time(*hour, *minute, lang)),
            Self::Phone(_) => said.parse::<Phone>().ok().map(|phone| phone.write(lang)),
            Self::OneOf(_) | Self::Email(_) => None,
        };
        written.unwrap_or_else(|| said.to_owned())
    }
}

fn date(year: Option<u16>, month: u8, day: Option<u8>, lang: Lang) -> Option<String> {
    if let Some(year) = year {
        let day = day.map(|day| format!("-{day:02}")).unwrap_or_default();
        return Some(format!("{year:04}-{month:02}{day}").parse::<Date>().ok()?.long(lang));
    }
    let month = *MONTHS.get(lang).get(usize::from(month.checked_sub(1)?))?;
    Some(match (day, lang) {
        (None, _) => month.to_owned(),
        (Some(day), Lang::En) => format!("{month} {day}"),
        (Some(1), Lang::Fr) => format!("1er {month}"),
        (Some(day), Lang::Fr) => format!("{day} {month}"),
    })
}

fn time(hour: u8, minute: u8, lang: Lang) -> String {
    match (lang, minute) {
        (Lang::Fr, 0) => format!("{hour} h"),
        (Lang::Fr, minute) => format!("{hour} h {minute:02}"),
        (Lang::En, minute) => {
            let half = if hour < 12 { "a.m." } else { "p.m." };
            let hour = if hour.is_multiple_of(12) { 12 } else { hour % 12 };
            if minute == 0 { format!("{hour} {half}") } else { format!("{hour}:{minute:02} {half}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::figures;
    use crate::lang::Lang;

    fn written(lang: Lang, text: &str, other: &str) -> Vec<(String, bool)> {
        figures(lang, text, other).into_iter().map(|figure| (figure.written, figure.is_there)).collect()
    }

    #[test]
    fn each_language_writes_the_figures_of_the_other_its_own_way() {
        let en = "In 2012, 1,200 people and $2,500 by July 18, 2022, at 9:30 a.m.; 12.5% of them on May 1.";
        let fr = ["2012", "1 200", "2 500 $", "18 juillet 2022", "9 h 30", "12,5 %", "1er mai"];
        let found: Vec<String> = written(Lang::En, en, "").into_iter().map(|(written, _)| written).collect();
        assert_eq!(found, fr);
        let back: Vec<String> = written(Lang::Fr, &fr.join("; "), "").into_iter().map(|(written, _)| written).collect();
        assert_eq!(back, ["2012", "1,200", "$2,500", "July 18, 2022", "9:30 a.m.", "12.5%", "May 1"]);
    }

    #[test]
    fn what_the_other_side_says_already_in_figures_or_in_words_is_there() {
        let found = written(Lang::En, "13 of 7 parties, by 2030-01-31", "Sept parties, d’ici le 31 janvier 2030");
        assert_eq!(found, [("13".to_owned(), false), ("7".to_owned(), true), ("31 janvier 2030".to_owned(), true)]);
    }
}
