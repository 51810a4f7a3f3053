//! What both sides say in words: a number, a day of the week. If only one side has it, that may be a matter of style
//! ("both parties", « les parties »); if each side has a different one in its place, one of them is wrong.

use std::collections::BTreeSet;
use std::ops::Range;

use super::figures::place;
use super::numerals::{What, read};
use super::{Difference, Pair, Rule, breaks_off, in_words};
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::Unit;

/// Something said in words, and where.
pub(super) struct Said<'a> {
    pub what: What,
    pub unit: &'a Unit,
    pub range: Range<usize>,
}

/// Compares what two sections say in words.
pub(super) fn compare(
    at: usize,
    pair: &Pair<'_>,
    said: &PerLang<Vec<Said<'_>>>,
    differences: &mut Vec<Difference>,
) {
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
    for (rule, is_of) in [(Rule::Numbers, is_number as fn(&What) -> bool), (Rule::Dates, |what| !is_number(what))] {
        let left = PerLang::from_fn(|lang| {
            let left = |said: &&Said<'_>| is_of(&said.what) && only.get(lang).contains(&said.what);
            said.get(lang).iter().filter(left).collect::<Vec<_>>()
        });
        let (Some(en), Some(fr)) = (left.en.first(), left.fr.first()) else { continue };
        let spans = PerLang { en: place(en.unit, &en.range), fr: place(fr.unit, &fr.range) };
        let written = |said: &&Said<'_>| said.unit.content.text[said.range.clone()].to_owned();
        let found = left.as_ref().map(|_, left| left.iter().map(written).collect::<Vec<_>>().join(", "));
        differences.push(Difference::new(rule, at, Lang::Fr, spans, found));
    }
}

fn is_number(what: &What) -> bool {
    what.number().is_some()
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
    let numbers = said
        .get(lang)
        .iter()
        .filter(|said| only.contains(&said.what))
        .filter_map(|said| Some((said.what.number()?, said)));
    let asked = |(number, said): (u64, &Said<'_>)| {
        let after = &said.unit.content.text[said.range.end..];
        let longer = in_words::in_other_units(twin, after, number).collect::<Vec<_>>();
        (said.what, number, longer)
    };
    let asked: Vec<_> = numbers.map(asked).collect();
    let digits = |number: u64| number.to_string();
    let all = asked.iter().flat_map(|(_, number, longer)| {
        std::iter::once(digits(*number)).chain(longer.iter().map(|(count, _)| digits(*count)))
    });
    let all: BTreeSet<String> = all.collect();
    let heard = in_words::Heard::listen(twin, &text, all.iter().map(String::as_str));
    let there = |number: u64| heard.says(&digits(number)) || heard.holds(&digits(number));
    let is_there = |(_, number, longer): &&(What, u64, Vec<(u64, &str)>)| {
        there(*number) || longer.iter().any(|(count, unit)| text.contains(unit) && there(*count))
    };
    asked.iter().filter(is_there).map(|(what, ..)| *what).collect()
}
