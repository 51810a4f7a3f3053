//! Numbers, amounts and sizes in digits: `1,234.56 $` in French, `1 234,56 $` in English.

use super::{Finding, Grouped, Rule, ends_here, skip_space, split_digits};
use crate::lang::{Lang, PerLang};
use crate::typography::is_space;

/// A number that begins here and does not follow its language; `says` is whether the other side has a whole number.
pub(super) fn figure(lang: Lang, text: &str, start: usize, says: &dyn Fn(&str) -> bool) -> Option<Finding> {
    let figure = Figure::parse(&text[start..])?;
    let (first, behind) = split_digits(&text[start..]);
    let grouped = Grouped::behind(first, behind);
    let grouped = grouped.filter(|number| number.is_foreign(lang, &text[start + number.length..], says));
    let (length, written) = match &grouped {
        Some(number) => (number.length, number.write(lang)),
        None => (figure.length, figure.write(lang)),
    };
    let end = start + length;
    let rest = &text[end..];
    let finding = |range, rule, replacement| Some(Finding { range, rule, replacement: Some(replacement) });

    if let Some(degree) = rest.strip_prefix(is_space).unwrap_or(rest).strip_prefix('º')
        && degree.starts_with(['C', 'F'])
    {
        let place = text.len() - degree.len() - 'º'.len_utf8();
        return finding(place..place + 'º'.len_utf8(), Rule::Degree, "°".to_owned());
    }
    if let Some(amount) = shortened_amount(lang, text, start, rest, &written) {
        return Some(amount);
    }
    if !ends_here(rest) {
        return None;
    }
    if lang == Lang::Fr && begins_amount(&text[..start]) {
        let is_multiplied = skip_space(rest).starts_with("mill");
        let replacement = (!is_multiplied).then(|| format!("{written}\u{a0}$"));
        return Some(Finding { range: start - 1..end, rule: Rule::Money, replacement });
    }
    let after = skip_space(rest);
    if lang == Lang::En
        && let Some(dollars) = after.strip_prefix('$')
        && ends_here(dollars)
        && !begins_amount(&text[..start])
        // The end of a formula: `$x^2$`.
        && !text[..start].ends_with(['^', '_', '=', '+', '*', '/', '\\', '{'])
    {
        return finding(start..text.len() - dollars.len(), Rule::Money, format!("${written}"));
    }
    if let Some((foreign, own)) = unit(lang, after)
        && ends_here(&after[foreign.len()..])
    {
        let place = text.len() - after.len();
        return finding(place..place + foreign.len(), Rule::Unit, own.to_owned());
    }
    let is_foreign = match lang {
        Lang::Fr => {
            let is_whole = figure.group_count > 1 || figure.point == Some('.') || counts_things(&figure, after);
            figure.groups == Some(',') && is_whole
        }
        Lang::En => figure.groups == Some(' ') && figure.point == Some(',') && figure.fraction.len() <= 2,
    };
    if grouped.is_some() || is_foreign {
        return finding(start..end, Rule::Number, written);
    }
    let (foreign_point, own_groups) = if lang == Lang::Fr { ('.', ' ') } else { (',', ',') };
    let has_own_groups = figure.groups.is_none_or(|groups| groups == own_groups);
    let is_measured = is_measured(lang, after) || is_measured(lang, behind_next(lang, after));
    if figure.point == Some(foreign_point) && has_own_groups && figure.fraction.len() != 3 && is_measured {
        return finding(start..end, Rule::Decimal, written);
    }
    None
}

/// An amount with a sign for millions, or with its currency: `$5M` and `US$100` in French, `5 M$` in English.
fn shortened_amount(lang: Lang, text: &str, start: usize, rest: &str, written: &str) -> Option<Finding> {
    let money = |range, replacement| Some(Finding { range, rule: Rule::Money, replacement });
    let after = skip_space(rest);
    if lang == Lang::En {
        let (sign, word) = [("M$", "million"), ("M $", "million"), ("G$", "billion"), ("G $", "billion")]
            .into_iter()
            .find(|(sign, _)| after.strip_prefix(sign).is_some_and(ends_here))?;
        return money(start..text.len() - after.len() + sign.len(), Some(format!("${written}\u{a0}{word}")));
    }
    let before = text[..start].strip_suffix('$')?;
    let begins = |before: &str| before.chars().next_back().is_none_or(|c| is_space(c) || c == '(');
    if let Some((sign, own)) =
        [('M', "M$"), ('B', "G$")].into_iter().find(|(sign, _)| after.strip_prefix(*sign).is_some_and(ends_here))
        && begins(before)
    {
        return money(start - 1..text.len() - after.len() + sign.len_utf8(), Some(format!("{written}\u{a0}{own}")));
    }
    let (code, own) = [("US", "US"), ("CAN", "CA"), ("CAD", "CA"), ("CA", "CA"), ("AU", "AU")]
        .into_iter()
        .find(|(code, _)| before.strip_suffix(code).is_some_and(begins))?;
    let is_whole = ends_here(rest) && !after.starts_with("mill") && !after.starts_with("M$");
    money(start - 1 - code.len()..text.len() - rest.len(), is_whole.then(|| format!("{written}\u{a0}$\u{a0}{own}")))
}

/// Whether a text begins with a percent sign or a unit, which makes the number before it a measure.
fn is_measured(lang: Lang, after: &str) -> bool {
    let counts = ["million", "billion"].iter().any(|word| after.starts_with(word));
    after.starts_with('%')
        || match lang {
            Lang::Fr => after.starts_with('$') || is_unit(after),
            Lang::En => counts,
        }
}

/// What follows the other end of a range or list: ` %` of « 3.5 à 4.5 % », after its first number.
fn behind_next(lang: Lang, after: &str) -> &str {
    const JOINS: PerLang<[&str; 5]> =
        PerLang { en: ["to ", "and ", "or ", "-", "–"], fr: ["à ", "et ", "ou ", "-", "–"] };
    let next = JOINS.get(lang).iter().find_map(|word| after.strip_prefix(word)).map(skip_space);
    let length = next.and_then(Figure::parse).map_or(0, |figure| figure.length);
    next.filter(|_| length > 0).map_or("", |next| skip_space(&next[length..]))
}

/// Whether « 25,000 » counts what follows: it ends in two zeros, as a decimal of three places seldom does, before a word.
fn counts_things(figure: &Figure<'_>, after: &str) -> bool {
    let letters = after.chars().take_while(|c| c.is_lowercase()).count();
    figure.whole.ends_with("00") && letters > 3
}

/// Whether a text begins with a unit, or with a word by which a number is multiplied.
fn is_unit(after: &str) -> bool {
    const UNITS: [&str; 18] = [
        "km",
        "m",
        "cm",
        "mm",
        "kg",
        "g",
        "mg",
        "ha",
        "L",
        "ml",
        "mL",
        "kW",
        "MW",
        "°C",
        "million",
        "millions",
        "milliard",
        "milliards",
    ];
    UNITS.iter().any(|unit| after.strip_prefix(unit).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// A number in digits, in whichever way it is written.
struct Figure<'t> {
    length: usize,
    whole: String,
    fraction: &'t str,
    /// What is between groups of three digits.
    groups: Option<char>,
    group_count: usize,
    point: Option<char>,
}

/// The most groups of a number: more are numbers side by side, as in a row of a table.
const MOST_GROUPS: usize = 12;

impl<'t> Figure<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let (first, mut rest) = split_digits(text);
        let mut figure =
            Self { length: 0, whole: first.to_owned(), fraction: "", groups: None, group_count: 0, point: None };
        if first.is_empty() {
            return None;
        }
        while let Some((sign, group, after)) = group(rest)
            && first.len() <= 3
            && figure.group_count < MOST_GROUPS
            && figure.groups.is_none_or(|groups| groups == sign)
        {
            figure.groups = Some(sign);
            figure.group_count += 1;
            figure.whole.push_str(group);
            rest = after;
        }
        if let Some(point) = rest.chars().next().filter(|c| matches!(c, '.' | ','))
            && figure.groups != Some(point)
            && let (fraction, after) = split_digits(&rest[1..])
            && !fraction.is_empty()
        {
            figure.point = Some(point);
            figure.fraction = fraction;
            rest = after;
        }
        figure.length = text.len() - rest.len();
        Some(figure)
    }

    /// The number as the language writes it.
    fn write(&self, lang: Lang) -> String {
        let (group, point) = match lang {
            Lang::En => (",", '.'),
            Lang::Fr => ("\u{a0}", ','),
        };
        let mut out = String::new();
        for (index, digit) in self.whole.chars().enumerate() {
            if index > 0 && self.groups.is_some() && (self.whole.len() - index).is_multiple_of(3) {
                out.push_str(group);
            }
            out.push(digit);
        }
        if !self.fraction.is_empty() {
            out.push(point);
            out.push_str(self.fraction);
        }
        out
    }
}

/// A group of exactly three digits after a comma or a space.
fn group(text: &str) -> Option<(char, &str, &str)> {
    let sign = text.chars().next().filter(|c| *c == ',' || is_space(*c))?;
    let (digits, rest) = split_digits(&text[sign.len_utf8()..]);
    (digits.len() == 3).then_some((if sign == ',' { ',' } else { ' ' }, digits, rest))
}

/// Whether the text ends in a dollar sign that belongs to what follows, not to a number before it.
fn begins_amount(before: &str) -> bool {
    before.strip_suffix('$').is_some_and(|rest| {
        rest.chars().next_back().is_none_or(|c| is_space(c) || c == '(')
            && !rest.trim_end_matches(is_space).ends_with(|c: char| c.is_ascii_digit())
    })
}

/// The symbol of the other language at the beginning of the text, and its counterpart.
fn unit(lang: Lang, text: &str) -> Option<(&'static str, &'static str)> {
    const UNITS: [(&str, &str); 4] = [("KB", "Ko"), ("MB", "Mo"), ("GB", "Go"), ("TB", "To")];
    UNITS
        .into_iter()
        .map(|(en, fr)| if lang == Lang::Fr { (en, fr) } else { (fr, en) })
        .find(|(foreign, _)| text.starts_with(foreign))
}
