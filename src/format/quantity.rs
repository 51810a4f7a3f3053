//! Counts of something, as exactly as they are known: "more than 300", « de 80 à 120 demandes environ ».

use std::cmp::Ordering;

use super::{NO_BREAK_SPACE, Number};
use crate::lang::Lang;

/// How many, and how exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// "300", « 300 »
    Exact(Number),
    /// "about 300", « environ 300 »
    About(Number),
    /// "more than 300", « plus de 300 »
    MoreThan(Number),
    /// "less than 300" ("fewer than" before things that are counted), « moins de 300 »
    LessThan(Number),
    /// "at least 5", « au moins 5 »
    AtLeast(Number),
    /// "at most 5", « au plus 5 »
    AtMost(Number),
    /// "80 to 120", « de 80 à 120 »
    Range(Range),
    /// "about 80 to 120", « de 80 à 120 environ »
    AboutRange(Range),
}

/// Two numbers, the smaller one first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    min: Number,
    max: Number,
}

/// The first number of the range is not smaller than the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptyRange;

/// What is counted, in one language: "request" and "requests".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    /// The name after a number that takes the singular.
    pub one: String,
    /// The name after any other number.
    pub other: String,
}

impl Unit {
    /// Whether it names things that are counted; symbols of measures (`km`) have no plural.
    fn is_counted(&self) -> bool {
        self.one != self.other
    }
}

impl Range {
    /// A range from the smaller number to the larger one.
    pub fn new(min: Number, max: Number) -> Result<Self, EmptyRange> {
        match min.cmp_value(&max) {
            Ordering::Less => Ok(Self { min, max }),
            _ => Err(EmptyRange),
        }
    }
}

impl Quantity {
    /// The quantity in words and digits, with its unit if it has one.
    pub fn write(&self, unit: Option<&Unit>, lang: Lang) -> String {
        let full = |number: &Number| with_unit(number, unit, lang);
        words(self, lang, unit.is_some_and(Unit::is_counted), |number| number.write(lang), full)
    }

    /// The comparator's name in YAML; an exact number has none.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Exact(_) => None,
            Self::About(_) => Some("about"),
            Self::MoreThan(_) => Some("more_than"),
            Self::LessThan(_) => Some("less_than"),
            Self::AtLeast(_) => Some("at_least"),
            Self::AtMost(_) => Some("at_most"),
            Self::Range(_) => Some("range"),
            Self::AboutRange(_) => Some("about_range"),
        }
    }

    /// The numbers in it, the smaller first.
    pub fn numbers(&self) -> impl Iterator<Item = &Number> {
        let (first, second) = match self {
            Self::Range(range) | Self::AboutRange(range) => (&range.min, Some(&range.max)),
            Self::Exact(n)
            | Self::About(n)
            | Self::MoreThan(n)
            | Self::LessThan(n)
            | Self::AtLeast(n)
            | Self::AtMost(n) => (n, None),
        };
        std::iter::once(first).chain(second)
    }
}

/// A quantity in words: each number as `full` writes it, the first one of a range as `first` does. `counted` is whether
/// there is a number of things, and not a measure of something.
pub(super) fn words(
    quantity: &Quantity,
    lang: Lang,
    counted: bool,
    first: impl Fn(&Number) -> String,
    full: impl Fn(&Number) -> String,
) -> String {
    match (quantity, lang) {
        (Quantity::Exact(n), _) => full(n),
        (Quantity::About(n), Lang::En) => format!("about {}", full(n)),
        (Quantity::About(n), Lang::Fr) => format!("environ {}", full(n)),
        (Quantity::MoreThan(n), Lang::En) => format!("more than {}", full(n)),
        (Quantity::MoreThan(n), Lang::Fr) => format!("plus de {}", full(n)),
        (Quantity::LessThan(n), Lang::En) if counted => format!("fewer than {}", full(n)),
        (Quantity::LessThan(n), Lang::En) => format!("less than {}", full(n)),
        (Quantity::LessThan(n), Lang::Fr) => format!("moins de {}", full(n)),
        (Quantity::AtLeast(n), Lang::En) => format!("at least {}", full(n)),
        (Quantity::AtLeast(n), Lang::Fr) => format!("au moins {}", full(n)),
        (Quantity::AtMost(n), Lang::En) => format!("at most {}", full(n)),
        (Quantity::AtMost(n), Lang::Fr) => format!("au plus {}", full(n)),
        (Quantity::Range(Range { min, max }), Lang::En) => format!("{} to {}", first(min), full(max)),
        (Quantity::Range(Range { min, max }), Lang::Fr) => format!("de {} à {}", first(min), full(max)),
        (Quantity::AboutRange(Range { min, max }), Lang::En) => format!("about {} to {}", first(min), full(max)),
        // « environ de 80 à 120 » cannot be said, and « environ 80 à 120 » leaves the first number without its « de ».
        (Quantity::AboutRange(Range { min, max }), Lang::Fr) => format!("de {} à {} environ", first(min), full(max)),
    }
}

/// The number and the unit stay on one line, as `20 years` in the table of the style guides.
fn with_unit(number: &Number, unit: Option<&Unit>, lang: Lang) -> String {
    let digits = number.write(lang);
    match unit {
        None => digits,
        Some(unit) if number.is_singular(lang) => format!("{digits}{NO_BREAK_SPACE}{}", unit.one),
        Some(unit) => format!("{digits}{NO_BREAK_SPACE}{}", unit.other),
    }
}
