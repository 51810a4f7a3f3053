//! What both sides say in words: a number, an order, a day, a month, an hour. If only one side has it, that may be a matter of style
//! ("both parties", « les parties »); if each side has a different one in its place, one of them is wrong.

use std::collections::BTreeSet;
use std::ops::Range;

use super::figures::place;
use super::numerals::{What, read};
use super::values::{Value, values};
use super::{Difference, Pair, Rule, breaks_off, in_words};
use crate::format::MONTHS;
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::Unit;

/// Something said in words, and where.
pub(super) struct Said<'a> {
    pub what: What,
    pub unit: &'a Unit,
    pub range: Range<usize>,
}

/// Compares what two sections say in words.
pub(super) fn compare(at: usize, pair: &Pair<'_>, said: &PerLang<Vec<Said<'_>>>, differences: &mut Vec<Difference>) {
    let have = said.as_ref().map(|_, said| said.iter().map(|said| said.what).collect::<BTreeSet<_>>());
    let only = |lang: Lang| have.get(lang).difference(have.get(lang.other())).copied().collect::<BTreeSet<_>>();
    let mut only = PerLang::from_fn(only);
    if only.en.is_empty() || only.fr.is_empty() {
        return;
    }
    for lang in Lang::BOTH {
        let others = answered(lang, pair, said, only.get(lang));
        only.get_mut(lang).retain(|what| !others.contains(what));
    }
    let mut kinds: Vec<Kind> = only.en.iter().map(|what| kind(*what)).collect();
    kinds.dedup();
    for kind_of in kinds {
        let left = PerLang::from_fn(|lang| {
            let left = |said: &&Said<'_>| kind(said.what) == kind_of && only.get(lang).contains(&said.what);
            said.get(lang).iter().filter(left).collect::<Vec<_>>()
        });
        let (Some(en), Some(fr)) = (left.en.first(), left.fr.first()) else { continue };
        let spans = PerLang { en: place(en.unit, &en.range), fr: place(fr.unit, &fr.range) };
        let written = |said: &&Said<'_>| said.unit.content.text[said.range.clone()].to_owned();
        let found = left.as_ref().map(|_, left| left.iter().map(written).collect::<Vec<_>>().join(", "));
        differences.push(Difference::new(kind_of.1, at, Lang::Fr, spans, found));
    }
}

/// What is compared only with its own kind, and the rule by which it is.
type Kind = (u8, Rule);

fn kind(what: What) -> Kind {
    match what {
        What::Number(_) => (0, Rule::Numbers),
        What::Order(_) => (1, Rule::Numbers),
        What::Part(..) => (2, Rule::Numbers),
        What::About(_) => (3, Rule::Numbers),
        What::Times(_) => (4, Rule::Numbers),
        What::Letter(..) => (5, Rule::Numbers),
        What::Day(_) => (6, Rule::Dates),
        What::Month(_) => (7, Rule::Dates),
        What::Season(_) => (8, Rule::Dates),
        What::Quarter(_) => (9, Rule::Dates),
        What::Hour(_) => (10, Rule::Times),
        What::Zone(_) => (11, Rule::Times),
    }
}

/// Everything that one side says in words.
pub(super) fn said<'a>(lang: Lang, pair: &Pair<'a>) -> Vec<Said<'a>> {
    let units = pair.prose(lang).filter(|unit| !breaks_off(unit));
    units.flat_map(|unit| read(lang, &unit.content.text).map(move |(what, range)| Said { what, unit, range })).collect()
}

/// Those that the other side says in some other way: in figures, as an order ("third"), in other units of time.
fn answered(lang: Lang, pair: &Pair<'_>, said: &PerLang<Vec<Said<'_>>>, only: &BTreeSet<What>) -> BTreeSet<What> {
    let twin = lang.other();
    let text = pair.plain_text(twin);
    let asked = |said: &Said<'_>| {
        let after = &said.unit.content.text[said.range.end..];
        let number = number_of(said.what)?;
        let longer: Vec<_> = match said.what {
            What::Number(number) => in_words::in_other_units(twin, after, number).collect(),
            _ => Vec::new(),
        };
        Some((said.what, number, longer))
    };
    let asked: Vec<_> = said.get(lang).iter().filter(|said| only.contains(&said.what)).filter_map(asked).collect();
    let digits = |number: u64| number.to_string();
    let all = asked.iter().flat_map(|(what, number, longer)| {
        let longer = longer.iter().map(|(count, _)| digits(*count));
        std::iter::once(digits(*number)).chain(longer).chain(percentage(*what).map(str::to_owned))
    });
    let all: BTreeSet<String> = all.collect();
    let heard = in_words::Heard::listen(twin, &text, all.iter().map(String::as_str));
    let there = |number: u64| heard.says(&digits(number)) || heard.holds(&digits(number));
    let is_there = |(what, number, longer): &&(What, u64, Vec<(u64, &str)>)| {
        there(*number)
            || longer.iter().any(|(count, unit)| text.contains(unit) && there(*count))
            || percentage(*what).is_some_and(|share| heard.says(share) || heard.holds(share.trim_end_matches('%')))
    };
    let mut answered: BTreeSet<What> = asked.iter().filter(is_there).map(|(what, ..)| *what).collect();
    let is_moment = |what: &What| matches!(what, What::Month(_) | What::Hour(_) | What::Quarter(_));
    if only.iter().any(is_moment) {
        let figures: Vec<_> = pair.prose(twin).flat_map(|unit| values(twin, &unit.content.text)).collect();
        let in_figures = |what: &What| figures.iter().any(|found| is_in_figures(*what, &found.value));
        let is_named = |what: &What| match what {
            What::Month(month) => {
                let month = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(twin).get(at));
                month.is_some_and(|month| text.contains(&month.to_lowercase()))
            }
            What::Quarter(number) => text.contains(&format!("q{number}")) || text.contains(&format!("t{number}")),
            _ => false,
        };
        answered.extend(only.iter().filter(|what| is_moment(what) && (in_figures(what) || is_named(what))));
    }
    answered
}

/// The number by which the other side may say the same.
fn number_of(what: What) -> Option<u64> {
    match what {
        What::Number(number)
        | What::Order(number)
        | What::About(number)
        | What::Times(number)
        | What::Part(_, number) => Some(number),
        What::Letter(..)
        | What::Day(_)
        | What::Month(_)
        | What::Season(_)
        | What::Quarter(_)
        | What::Hour(_)
        | What::Zone(_) => None,
    }
}

/// A part of a whole in hundredths.
fn percentage(what: What) -> Option<&'static str> {
    Some(match what {
        What::Part(1, 2) => "50%",
        What::Part(1, 3) => "33%",
        What::Part(2, 3) => "67%",
        What::Part(1, 4) => "25%",
        What::Part(3, 4) => "75%",
        What::Part(1, 5) => "20%",
        What::Part(1, 10) => "10%",
        _ => return None,
    })
}

/// Whether a value in figures says the same.
fn is_in_figures(what: What, value: &Value) -> bool {
    match (what, value) {
        (What::Month(own), Value::Date(_, month, _)) => own == u64::from(*month),
        (What::Month(own), Value::OneOf(days)) => days.iter().any(|(_, month, _)| own == u64::from(*month)),
        (What::Hour(own), Value::Time(hour, 0)) => own == u64::from(*hour % 24),
        _ => false,
    }
}
