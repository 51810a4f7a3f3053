//! What fields of numbers and money say: one number, one with a comparator, or a range ([`number`], [`money`]).

use super::links::Resolver;
use super::values::{report, wrong};
use crate::diagnostic::catalog;
use crate::format::{Amount, Money, Number, Quantity, Range};
use crate::lang::PerLang;
use crate::schema::{Bounds, COMPARATORS, Field};
use crate::yaml::Node;

/// Reads one number of a quantity.
type ReadNumber<'r> = &'r mut dyn FnMut(&mut Resolver<'_>, &Field, &Node) -> Option<Number>;

/// Reads a number.
pub(super) fn number(resolver: &mut Resolver<'_>, field: &Field, node: &Node) -> Option<Quantity> {
    quantity(resolver, field, node, &mut plain_number)
}

/// Reads an amount of money.
pub(super) fn money(resolver: &mut Resolver<'_>, field: &Field, node: &Node) -> Option<Money> {
    let mut of = None;
    let quantity = quantity(resolver, field, node, &mut |resolver, field, node| {
        let amount = node.scalar().and_then(|text| text.parse::<Amount>().ok());
        // A range is in one currency.
        let amount = amount.filter(|amount| *of.get_or_insert(amount.currency) == amount.currency);
        if amount.is_none() {
            report(resolver, node.span, |place| catalog::wrong_value(place, &field.kind, None));
        }
        amount.map(|amount| amount.number)
    });
    quantity.zip(of).map(|(quantity, currency)| Money { quantity, currency })
}

fn quantity(resolver: &mut Resolver<'_>, field: &Field, node: &Node, read: ReadNumber<'_>) -> Option<Quantity> {
    let quantity = match node.mapping() {
        None => Quantity::Exact(read(resolver, field, node)?),
        Some(entries) => {
            let mut unknown = entries.iter().filter(|entry| !COMPARATORS.contains(&entry.key.as_str())).peekable();
            if unknown.peek().is_some() {
                for entry in unknown {
                    report(resolver, entry.key_span, |place| {
                        catalog::unknown_comparator(place, &entry.key, &COMPARATORS)
                    });
                }
                return None;
            }
            compared(resolver, field, node, read)?
        }
    };
    for number in quantity.numbers() {
        if !within(number, field.bounds) {
            let what = PerLang { en: "this number", fr: "ce nombre" };
            report(resolver, node.span, |place| catalog::out_of_bounds(place, &what, field.bounds));
            return None;
        }
    }
    Some(quantity)
}

fn compared(resolver: &mut Resolver<'_>, field: &Field, node: &Node, read: ReadNumber<'_>) -> Option<Quantity> {
    let mut get = |key| match node.get(key) {
        Some(node) => read(resolver, field, node).map(Some),
        None => Some(None),
    };
    let numbers = COMPARATORS.map(&mut get);
    let [about, more, less, least, most, from, to] = numbers.map(Option::flatten);
    let range = |resolver: &mut Resolver<'_>, min, max| {
        let range = Range::new(min, max).ok();
        if range.is_none() {
            report(resolver, node.span, catalog::empty_range);
        }
        range
    };
    match (about, more, less, least, most, from, to) {
        (Some(n), None, None, None, None, None, None) => Some(Quantity::About(n)),
        (None, Some(n), None, None, None, None, None) => Some(Quantity::MoreThan(n)),
        (None, None, Some(n), None, None, None, None) => Some(Quantity::LessThan(n)),
        (None, None, None, Some(n), None, None, None) => Some(Quantity::AtLeast(n)),
        (None, None, None, None, Some(n), None, None) => Some(Quantity::AtMost(n)),
        (None, None, None, None, None, Some(min), Some(max)) => range(resolver, min, max).map(Quantity::Range),
        (Some(min), None, None, None, None, None, Some(max)) => range(resolver, min, max).map(Quantity::AboutRange),
        _ => {
            report(resolver, node.span, |place| catalog::wrong_value(place, &field.kind, None));
            None
        }
    }
}

fn plain_number(resolver: &mut Resolver<'_>, field: &Field, node: &Node) -> Option<Number> {
    let text = node.scalar().unwrap_or_default().trim();
    let number = text.parse().ok();
    if number.is_none() {
        wrong(resolver, field, node, text);
    }
    number
}

fn within(number: &Number, bounds: Bounds) -> bool {
    number.to_string().parse().is_ok_and(|value| bounds.allow(value))
}
