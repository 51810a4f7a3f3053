//! What both sides say in figures: numbers, money, percentages, dates, times, e-mail addresses, telephone numbers.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::contacts::{self, Contact};
use super::references::is_reference;
use super::spelled::Said as Spelled;
use super::values::{self, Found, Value};
use super::{Difference, Pair, Rule, breaks_off, idioms, in_words, limits, mailboxes, parts, units};
use crate::diagnostic::Span;
use crate::format::MONTHS;
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::Unit;
use crate::typography::Grouped;

/// A value, where it is, and whether the other side has it.
pub(super) struct Said<'a> {
    pub lang: Lang,
    pub found: Found,
    pub unit: &'a Unit,
    pub matched: bool,
    /// The link behind whose words it is, if it is not among them.
    behind: Option<Contact>,
}

impl Said<'_> {
    fn written(&self) -> &str {
        self.behind.as_ref().map_or(&self.unit.content.text[self.found.range.clone()], |link| &link.written)
    }

    fn place(&self) -> Span {
        self.behind.as_ref().map_or_else(|| place(self.unit, &self.found.range), |link| link.span)
    }
}

/// What a side says in figures.
fn said<'a>(lang: Lang, pair: &Pair<'a>) -> Vec<Said<'a>> {
    let mut all = Vec::new();
    for unit in pair.prose(lang).filter(|unit| !breaks_off(unit)) {
        let found = values::values(lang, &unit.content.text);
        let mut links = contacts::behind(unit);
        links.retain(|link| found.iter().all(|found| found.value != link.value));
        let among = |found| Said { lang, found, unit, matched: false, behind: None };
        all.extend(found.into_iter().map(among));
        all.extend(links.into_iter().map(|link| {
            let found = Found { value: link.value.clone(), range: 0..0 };
            Said { lang, found, unit, matched: link.failed, behind: Some(link) }
        }));
    }
    all
}

/// Compares what two sections say in figures; `words` is what they say in words.
pub(super) fn compare(
    at: usize,
    pair: &Pair<'_>,
    words: &PerLang<Vec<Spelled<'_>>>,
    differences: &mut Vec<Difference>,
) {
    let mut said = PerLang::from_fn(|lang| said(lang, pair));
    equal(&mut said);
    units::compare(at, &mut said, words, differences);
    limits::compare(at, &said, words, differences);
    // Mostly nothing is left, and the rest reads many texts once more.
    if said.en.iter().chain(&said.fr).all(|said| said.matched) {
        return;
    }
    regrouped(&mut said);
    parts::one_of(&mut said);
    identical(pair, &mut said);
    mailboxes(&mut said);
    parts::in_range(&mut said);
    let named = parts::named(pair, &said);
    parts::same(named, &mut said);
    parts::repeated(named, &mut said);
    by_the_clock(&mut said);
    in_words(pair, words, &mut said);
    left_out(&mut said);
    report(at, pair, &said, differences);
}

/// The most words that a value is written in: "9:30 a.m. to 4 p.m." are two.
const WORDS: usize = 4;

/// A figure that may count things, money or hundredths, and which of them it does, as a bit.
fn figure(value: &Value) -> Option<(&str, u8)> {
    match value {
        Value::Number(figure) => Some((figure, 1)),
        Value::Money(figure) => Some((figure, 2)),
        Value::Percentage(figure) => Some((figure, 4)),
        _ => None,
    }
}

/// Matches what is written with the same signs on both sides.
fn identical(pair: &Pair<'_>, said: &mut PerLang<Vec<Said<'_>>>) {
    for lang in Lang::BOTH {
        // Only phrases that begin as one of these do are made.
        let left = said.get(lang).iter().filter(|said| !said.matched && said.behind.is_none());
        let first: HashSet<&str> =
            left.filter_map(|said| as_written(said).split_whitespace().next()).map(bare).collect();
        if first.is_empty() {
            continue;
        }
        let mut written = HashSet::new();
        for unit in pair.units(lang.other()) {
            let words: Vec<&str> = unit.content.text.split_whitespace().map(bare).collect();
            for length in 1..=WORDS {
                for phrase in words.windows(length).filter(|words| first.contains(words[0])) {
                    written.insert(phrase.join(" "));
                }
            }
        }
        let (own, twin) = match lang {
            Lang::En => (&mut said.en, &said.fr),
            Lang::Fr => (&mut said.fr, &said.en),
        };
        let mut kinds = HashMap::<&str, u8>::new();
        for (figure, kind) in twin.iter().filter_map(|said| figure(&said.found.value)) {
            *kinds.entry(figure).or_default() |= kind;
        }
        for said in own.iter_mut().filter(|said| !said.matched && said.behind.is_none()) {
            let words: Vec<&str> = as_written(said).split_whitespace().map(bare).collect();
            let is_written = words.len() <= WORDS && written.contains(&words.join(" "));
            // 100 offices are not $100.
            let is_something_else = figure(&said.found.value)
                .is_some_and(|(figure, kind)| kinds.get(figure).is_some_and(|kinds| kinds & kind == 0));
            said.matched = is_written && !is_something_else;
        }
    }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '%'))
}

/// A value with all that is written together with it: the whole of "33.000+0000", "W3C".
fn as_written<'a>(said: &Said<'a>) -> &'a str {
    let text = said.unit.content.text.as_str();
    // Only so far, or a text without spaces would be gone through once for each of its values.
    let from = text.ceil_char_boundary(said.found.range.start.saturating_sub(FURTHEST));
    let to = text.floor_char_boundary((said.found.range.end + FURTHEST).min(text.len()));
    let before = &text[from..said.found.range.start];
    let after = &text[said.found.range.end..to];
    let start = before.rfind(char::is_whitespace).map_or(from, |at| from + at + 1);
    let start = text.ceil_char_boundary(start);
    let end = after.find(char::is_whitespace).map_or(to, |at| said.found.range.end + at);
    &text[start..end]
}

/// How far what is written together reaches, in bytes.
const FURTHEST: usize = 64;

/// Matches figures that may mean something else with what the other side says: thousands that are grouped as in the other
/// language, since « 1,500 $ » is not an amount of its own, and millions. That it is not written as it should be is reported where it is.
fn regrouped(said: &mut PerLang<Vec<Said<'_>>>) {
    for lang in Lang::BOTH {
        // What the other side says, each value with its places that are free: the last one first.
        let mut twins = BTreeMap::<&Value, Vec<usize>>::new();
        for (at, twin) in said.get(lang.other()).iter().enumerate().rev() {
            let free = twins.entry(&twin.found.value).or_default();
            free.extend(Some(at).filter(|_| !twin.matched));
        }
        let mut pairs = Vec::new();
        for (at, own) in said.get(lang).iter().enumerate().filter(|(_, own)| !own.matched) {
            if let Some(free) = otherwise(own).and_then(|whole| twins.get_mut(&whole)) {
                pairs.push((at, free.pop()));
            }
        }
        for (own, twin) in pairs {
            said.get_mut(lang)[own].matched = true;
            if let Some(twin) = twin {
                said.get_mut(lang.other())[twin].matched = true;
            }
        }
    }
}

/// The value of a figure whose thousands are grouped as the other language does, or that may be in millions, where it is
/// another than here.
fn otherwise(said: &Said<'_>) -> Option<Value> {
    let written = &said.unit.content.text[said.found.range.clone()];
    let (first, rest) = values::digits(written);
    // "1.2m people", which may also be metres.
    let after = &said.unit.content.text[said.found.range.end..];
    if said.lang == Lang::En
        && let Value::Number(number) = &said.found.value
        && after.strip_prefix('m').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    {
        return Some(Value::Number(values::times_ten(number, 6)));
    }
    let number = Grouped::behind(first, rest).filter(|number| number.length == written.len())?;
    let whole = match &said.found.value {
        Value::Number(_) => Value::Number(number.digits),
        Value::Money(_) => Value::Money(number.digits),
        _ => return None,
    };
    (whole != said.found.value).then_some(whole)
}

/// Matches mailboxes that each language has for itself.
fn mailboxes(said: &mut PerLang<Vec<Said<'_>>>) {
    let in_common = |lang, said: &Said<'_>| match &said.found.value {
        Value::Email(address) => Some(mailboxes::in_common(lang, address)),
        _ => None,
    };
    let is_left = |said: &Said<'_>| !said.matched && matches!(said.found.value, Value::Email(_));
    if !said.en.iter().chain(&said.fr).any(is_left) {
        return;
    }
    let all = PerLang::from_fn(|lang| {
        said.get(lang).iter().filter_map(|said| in_common(lang, said)).collect::<BTreeSet<_>>()
    });
    for lang in Lang::BOTH {
        for said in said.get_mut(lang).iter_mut().filter(|said| is_left(said)) {
            said.matched = in_common(lang, said).is_some_and(|own| all.get(lang.other()).contains(&own));
        }
    }
}

/// Matches hours that one side alone says are hours: "9 to 5", "0900 to 1700", « de 9 h à 17 h »; of which half of the day:
/// "8:30-4:30"; or which it says in minutes: "90 minutes", « 1 h 30 ».
fn by_the_clock(said: &mut PerLang<Vec<Said<'_>>>) {
    for lang in Lang::BOTH {
        let hours = said.get(lang.other()).iter().enumerate().filter(|(_, said)| !said.matched);
        let mut hours: Vec<(usize, u16, u16)> = hours
            .filter_map(|(at, said)| match said.found.value {
                Value::Time(hour, minute) => Some((at, hour.into(), minute.into())),
                _ => None,
            })
            .collect();
        if hours.is_empty() {
            continue;
        }
        let mut taken = Vec::new();
        for said in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            let is_said = |(_, hour, minute): &(usize, u16, u16)| may_be_at(said, *hour, *minute);
            if let Some(at) = hours.iter().position(is_said) {
                taken.push(hours.remove(at).0);
                said.matched = true;
            }
        }
        for at in taken {
            said.get_mut(lang.other())[at].matched = true;
        }
    }
}

/// Whether a number or a time may be this one.
fn may_be_at(said: &Said<'_>, hour: u16, minute: u16) -> bool {
    let written = &said.unit.content.text[said.found.range.clone()];
    match &said.found.value {
        Value::Number(number) => {
            let hours = units::as_hours(said).map(|(hours, minutes)| (u16::from(hours), u16::from(minutes)));
            // Nine days are not nine o’clock.
            let may_be_clock = units::of(said).is_none_or(|unit| unit == "hour");
            let is_clock = may_be_clock
                && number.parse().is_ok_and(|number: u16| {
                    written.len() == "0900".len() && hour * 100 + minute == number
                        || minute == 0 && number <= 12 && (hour == number || hour == number + 12)
                });
            hours == Some((hour, minute)) || is_clock
        }
        Value::Time(own, of) => {
            let is_open = !written.contains(char::is_alphabetic) && *own < 12;
            is_open && u16::from(*of) == minute && u16::from(*own) + 12 == hour
        }
        _ => false,
    }
}

/// Leaves out what the other side says in words.
fn in_words(pair: &Pair<'_>, words: &PerLang<Vec<Spelled<'_>>>, said: &mut PerLang<Vec<Said<'_>>>) {
    for lang in Lang::BOTH {
        let twin = lang.other();
        let asked: BTreeSet<String> = said.get(lang).iter().filter(|said| !said.matched).flat_map(asked_for).collect();
        if asked.is_empty() {
            continue;
        }
        let text = pair.plain_text(twin);
        let heard = in_words::Heard::listen(twin, &text, asked.iter().map(String::as_str));
        let months = MONTHS.get(twin).map(|month| text.contains(&month.to_lowercase()));
        // A date in the place of this one is not this one in other words.
        let dates: BTreeSet<u16> =
            said.get(twin).iter().filter(|said| !said.matched && is_date(said)).map(shape_of).collect();
        let mut spelled = BTreeMap::<u64, Vec<&Spelled<'_>>>::new();
        for said in words.get(twin) {
            spelled.entry(said.what.number().unwrap_or_default()).or_default().push(said);
        }
        let there = |number: u64| heard.says(&number.to_string()) || heard.holds(&number.to_string());
        for said in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            let says = |said: &Said<'_>, number: &str| {
                heard.says_otherwise(number)
                    || heard.says(number) && !units::is_of_something_else(said, number, &spelled)
            };
            said.matched = match &said.found.value {
                Value::Number(number) => {
                    says(said, number)
                        || is_raised(&text, number)
                        || is_fraction(twin, as_written(said), &text)
                        || in_other_units(twin, said, number).any(|(count, unit)| text.contains(unit) && there(count))
                }
                Value::Money(number) => says(said, number) || cents(number).is_some_and(|cents| heard.says(&cents)),
                Value::Percentage(number) => heard.says(number) || heard.says(&format!("{number}%")),
                Value::Time(hour @ (12 | 0 | 24), 0) => idioms::may_be_named(&text, *hour),
                Value::Time(hour, minute) => idioms::says_time(twin, &text, *hour, *minute),
                Value::Date(year, month, Some(day)) if idioms::names_day(twin, &text, *month, *day) => {
                    year.is_none_or(|year| there(year.into()))
                }
                Value::Date(year, month, day) => {
                    !dates.contains(&shape_of(said))
                        && months[usize::from(month - 1)]
                        && day.is_none_or(|day| there(day.into()))
                        && year.is_none_or(|year| there(year.into()))
                }
                _ => false,
            };
        }
    }
}

/// How many cents an amount of less than a dollar is.
fn cents(amount: &str) -> Option<String> {
    amount.strip_prefix("0.").map(|decimals| format!("{decimals:0<2}").trim_start_matches('0').to_owned())
}

fn is_date(said: &Said<'_>) -> bool {
    matches!(said.found.value, Value::Date(..))
}

fn shape_of(said: &Said<'_>) -> u16 {
    parts::shape(&said.found.value)
}

/// Whether a text has a fraction as a sign or in words: "½", « la moitié ».
fn is_fraction(twin: Lang, written: &str, text: &str) -> bool {
    let (sign, words): (char, PerLang<&[&str]>) = match bare(written) {
        "1/2" => ('½', PerLang { en: &["half"], fr: &["moitié", "demi"] }),
        "1/3" => ('⅓', PerLang { en: &["third"], fr: &["tiers"] }),
        "2/3" => ('⅔', PerLang { en: &["two third"], fr: &["deux tiers"] }),
        "1/4" => ('¼', PerLang { en: &["quarter"], fr: &["quart"] }),
        "3/4" => ('¾', PerLang { en: &["three quarter"], fr: &["trois quart"] }),
        _ => return false,
    };
    text.contains(sign) || words.get(twin).iter().any(|word| text.contains(word))
}

/// Whether a text has a number as a small raised or lowered digit: "m²", « CO₂ ».
fn is_raised(text: &str, number: &str) -> bool {
    let signs: &[char] = match number {
        "1" => &['¹', '₁'],
        "2" => &['²', '₂'],
        "3" => &['³', '₃'],
        "4" => &['⁴', '₄'],
        _ => return false,
    };
    text.contains(signs)
}

/// The same length of time in longer units, as the other side may say it.
fn in_other_units(twin: Lang, said: &Said<'_>, number: &str) -> impl Iterator<Item = (u64, &'static str)> {
    let after = &said.unit.content.text[said.found.range.end..];
    // « trois ans et demi »
    let half = number.strip_suffix(".5").and_then(|whole| Some((whole.parse().ok()?, *in_words::HALF.get(twin))));
    half.into_iter()
        .chain(number.parse().into_iter().flat_map(move |number| in_words::in_other_units(twin, after, number)))
}

/// The numbers by which the other side may say a value in words.
fn asked_for(said: &Said<'_>) -> Vec<String> {
    match &said.found.value {
        Value::Number(number) => {
            let others = in_other_units(said.lang.other(), said, number).map(|(count, _)| count.to_string());
            std::iter::once(number.clone()).chain(others).collect()
        }
        Value::Money(number) => std::iter::once(number.clone()).chain(cents(number)).collect(),
        Value::Percentage(number) => vec![number.clone(), format!("{number}%")],
        Value::Date(year, _, day) => {
            let numbers = [*year, day.map(u16::from)];
            // A month alone asks for no number, only for the text.
            std::iter::once(String::new())
                .chain(numbers.into_iter().flatten().map(|number| number.to_string()))
                .collect()
        }
        Value::Time(..) => vec![String::new()],
        Value::OneOf(_) | Value::Phone(_) | Value::Email(_) => Vec::new(),
    }
}

/// Accepts references to parts of a document that one side alone spells out ("under section 12", « en vertu de cet
/// article »): where the other side has another number in its place, both are reported.
fn left_out(said: &mut PerLang<Vec<Said<'_>>>) {
    for lang in Lang::BOTH {
        if said.get(lang.other()).iter().any(|said| !said.matched && matches!(said.found.value, Value::Number(_))) {
            continue;
        }
        for said in said.get_mut(lang).iter_mut().filter(|said| !said.matched) {
            let is_number = matches!(said.found.value, Value::Number(_));
            said.matched = is_number && is_reference(lang, &said.unit.content.text, said.found.range.start);
        }
    }
}

/// Matches what both sides say, as often as both say it.
fn equal(said: &mut PerLang<Vec<Said<'_>>>) {
    let sorted = |said: &[Said<'_>]| {
        let mut order: Vec<usize> = (0..said.len()).collect();
        order.sort_by(|a, b| said[*a].found.value.cmp(&said[*b].found.value));
        order
    };
    let (en, fr) = (sorted(&said.en), sorted(&said.fr));
    let (mut en, mut fr) = (en.into_iter().peekable(), fr.into_iter().peekable());
    while let (Some(own), Some(other)) = (en.peek().copied(), fr.peek().copied()) {
        let order = said.en[own].found.value.cmp(&said.fr[other].found.value);
        if order.is_eq() {
            said.en[own].matched = true;
            said.fr[other].matched = true;
        }
        if order.is_le() {
            en.next();
        }
        if order.is_ge() {
            fr.next();
        }
    }
}

pub(super) fn rule(value: &Value) -> Rule {
    match value {
        Value::Number(_) => Rule::Numbers,
        Value::Money(_) => Rule::Money,
        Value::Percentage(_) => Rule::Percentages,
        Value::Date(..) | Value::OneOf(_) => Rule::Dates,
        Value::Time(..) => Rule::Times,
        Value::Phone(_) => Rule::Phone,
        Value::Email(_) => Rule::Email,
    }
}

fn report(at: usize, pair: &Pair<'_>, said: &PerLang<Vec<Said<'_>>>, differences: &mut Vec<Difference>) {
    let mut by_rule = BTreeMap::<Rule, PerLang<Vec<&Said<'_>>>>::new();
    for lang in Lang::BOTH {
        for said in said.get(lang).iter().filter(|said| !said.matched) {
            by_rule.entry(rule(&said.found.value)).or_default().get_mut(lang).push(said);
        }
    }
    for (rule, only) in by_rule {
        let more = if only.en.is_empty() { Lang::Fr } else { Lang::En };
        let mut spans = pair.spans();
        for lang in Lang::BOTH {
            if let Some(first) = only.get(lang).first() {
                *spans.get_mut(lang) = first.place();
            }
        }
        let found = only.as_ref().map(|_, only| only.iter().map(|said| said.written()).collect::<Vec<_>>().join(", "));
        differences.push(Difference::new(rule, at, more, spans, found));
    }
}

/// Where something said in a unit is in the file: in the piece of text that holds it, else in its unit.
pub(super) fn place(unit: &Unit, range: &Range<usize>) -> Span {
    let content = &unit.content;
    let written = &content.text[range.clone()];
    let run = content
        .runs
        .iter()
        .find(|run| run.span.range().len() == run.range.len() && content.text_of(run).contains(written));
    match run.and_then(|run| content.text_of(run).find(written).map(|at| run.span.range().start + at)) {
        Some(start) => Span::new(start..start + written.len()),
        None => unit.span,
    }
}
