//! Whether the colours of a theme can be read, in the light and in the dark: [`check`], and the dark colours that a
//! theme leaves to the program: [`derive()`]. Owns `csscolorparser`.
//!
//! Contrast is that of WCAG 2: a text needs 4.5 against what it is on; a shape, such as the edge of a field, needs 3.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use csscolorparser::Color;
use serde::Deserialize;

use super::colours::Colours;
use crate::diagnostic::catalog::{self, Appearance, LowContrast};
use crate::diagnostic::{Diagnostics, KnownNames, Place};
use crate::format::Number;
use crate::lang::PerLang;

/// Which colours a theme uses on which: names of its colours, or colours as they are.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum Pairing {
    /// Words.
    Text {
        /// The colour of the words.
        text: String,
        /// The colours behind them.
        on: Vec<String>,
    },
    /// A part of the page that has a meaning and is not text.
    Shape {
        /// Its colour.
        shape: String,
        /// The colours around it.
        on: Vec<String>,
    },
}

/// Two colours that must differ enough.
#[derive(Clone, Copy)]
struct Pair<'a> {
    front: &'a str,
    back: &'a str,
    least: f32,
}

impl<'a> Pair<'a> {
    /// The other colour, if one of them has this name.
    fn beside(self, name: &str) -> Option<&'a str> {
        if self.front == name { Some(self.back) } else { (self.back == name).then_some(self.front) }
    }
}

fn pairs(pairings: &[Pairing]) -> Vec<Pair<'_>> {
    let all = pairings.iter().map(|pairing| match pairing {
        Pairing::Text { text, on } => (text, on, 4.5),
        Pairing::Shape { shape, on } => (shape, on, 3.0),
    });
    all.flat_map(|(front, on, least)| on.iter().map(move |back| Pair { front, back, least })).collect()
}

/// Reports colours that a theme pairs but does not define.
pub(super) fn check_names(colours: &Colours, pairings: &[Pairing], place: &Place) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let known = KnownNames::new(colours.names());
    for pair in pairs(pairings) {
        for name in [pair.front, pair.back] {
            if colours.get(Appearance::Light, name).is_none() && csscolorparser::parse(name).is_err() {
                diagnostics.push(catalog::theme_colour_unknown(place.clone(), name, &known));
            }
        }
    }
    diagnostics
}

/// Reports colours that cannot be measured, and those that readers cannot tell from what is behind them: each once in
/// each appearance, with the worst of its pairs and the nearest colour that would do in all of them.
pub(super) fn check(colours: &Colours, pairings: &[Pairing]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let pairs = pairs(pairings);
    let mut unreadable = BTreeMap::new();
    for appearance in Appearance::BOTH {
        let mut worst = BTreeMap::<&str, (Pair<'_>, f32)>::new();
        for pair in &pairs {
            for name in [pair.front, pair.back] {
                if let Some(declared) = colours.get(appearance, name).filter(|declared| declared.is_own)
                    && colour(colours, appearance, name).is_none()
                {
                    unreadable.insert(declared.place.clone(), (name, declared.value.clone()));
                }
            }
            let Some(ratio) = measured(colours, appearance, *pair).filter(|ratio| *ratio < pair.least) else {
                continue;
            };
            let is_own = |name| colours.get(appearance, name).is_some_and(|declared| declared.is_own);
            let at_fault = if is_own(pair.back) && !is_own(pair.front) { pair.back } else { pair.front };
            let known = worst.entry(at_fault).or_insert((*pair, ratio));
            if ratio / pair.least < known.1 / known.0.least {
                *known = (*pair, ratio);
            }
        }
        for (name, (pair, ratio)) in worst {
            let Some(declared) = colours.get(appearance, name) else { continue };
            let Some(own) = colour(colours, appearance, name) else { continue };
            let all = around(colours, appearance, &pairs, name);
            let better = nearest(&own, &all).or_else(|| nearest(&own, &around(colours, appearance, &[pair], name)));
            let better = better.map(|better| (hex(&better), lightness(&better) > lightness(&own)));
            let (front, back) = (shown(colours, appearance, pair.front), shown(colours, appearance, pair.back));
            let low = LowContrast {
                appearance,
                front: (pair.front, &front),
                back: (pair.back, &back),
                measured: written(ratio),
                least: written(pair.least),
                setting: name,
                better: better.as_ref().map(|(colour, is_lighter)| (colour.as_str(), *is_lighter)),
            };
            diagnostics.push(catalog::contrast_low(declared.place.clone(), &low));
        }
    }
    for (place, (name, value)) in unreadable {
        diagnostics.push(catalog::colour_unmeasured(place, name, &value));
    }
    diagnostics
}

/// Finds the dark value of each colour that a theme writes once: the same hue, as light as the dark colour of the theme
/// below, and changed as little as its pairs require. Returns the rules that say so.
pub(super) fn derive(colours: &mut Colours, below: &Colours, pairings: &[Pairing]) -> String {
    let pairs = pairs(pairings);
    let mut names = colours.plain();
    // Colours behind others come first.
    names.sort_by_key(|name| (pairs.iter().all(|pair| pair.back != name), name.clone()));
    let mut settled = colours.clone();
    let mut rules = String::new();
    for (at, name) in names.iter().enumerate() {
        let (Some(own), Some(declared)) =
            (colour(colours, Appearance::Light, name), colours.get(Appearance::Light, name))
        else {
            continue;
        };
        let light = declared.value.clone();
        // Colours still to be derived do not have their final value yet.
        let is_settled = |other: &str| !names[at + 1..].iter().any(|later| later == other);
        let known: Vec<Pair<'_>> =
            pairs.iter().filter(|pair| pair.beside(name).is_some_and(is_settled)).copied().collect();
        let mut others = around(&settled, Appearance::Dark, &known, name);
        if others.is_empty() {
            others = around(&settled, Appearance::Dark, &pairs, name);
        }
        if others.is_empty() {
            continue;
        }
        let first = shifted(&own, below, name);
        let Some(dark) = nearest(&first, &others) else { continue };
        if hex(&dark) == hex(&own) {
            continue;
        }
        settled.set_dark(name, hex(&dark));
        let _ = write!(rules, " --{name}: light-dark({light}, {});", hex(&dark));
    }
    *colours = settled;
    if rules.is_empty() {
        return rules;
    }
    format!("@media screen {{ @supports (color: light-dark(#000, #fff)) {{ :root {{{rules} }} }} }}\n")
}

/// A colour as light as the dark one of the theme below, unless that is about as light as its light one.
fn shifted(own: &Color, below: &Colours, name: &str) -> Color {
    /// The difference in lightness that counts as about the same.
    const SAME: f32 = 0.15;
    let lightness_of = |appearance| colour(below, appearance, name).map(|colour| lightness(&colour));
    match (lightness_of(Appearance::Light), lightness_of(Appearance::Dark)) {
        (Some(light), Some(dark)) if (light - dark).abs() > SAME => with_lightness(own, dark),
        _ => *own,
    }
}

/// The colours that a colour must differ from, and by how much.
fn around(colours: &Colours, appearance: Appearance, pairs: &[Pair<'_>], name: &str) -> Vec<(Color, f32)> {
    let other = |pair: &Pair<'_>| Some((colour(colours, appearance, pair.beside(name)?)?, pair.least));
    pairs.iter().filter_map(other).collect()
}

/// The colour of the same hue that differs enough from all these and is nearest in lightness.
fn nearest(own: &Color, others: &[(Color, f32)]) -> Option<Color> {
    const STEPS: u16 = 500;
    let step = 1.0 / f32::from(STEPS);
    let at = lightness(own);
    let candidates = (0..=STEPS).flat_map(|by| {
        let by = f32::from(by) * step;
        [at - by, at + by]
    });
    candidates
        .filter(|lightness| (0.0..=1.0).contains(lightness))
        .map(|lightness| with_lightness(own, lightness))
        .find(|candidate| others.iter().all(|(other, least)| contrast(candidate, other) >= *least))
}

fn lightness(colour: &Color) -> f32 {
    colour.to_hsla()[2]
}

/// The same hue with another lightness, in a form that can be written with two digits for each part.
fn with_lightness(own: &Color, lightness: f32) -> Color {
    let [hue, saturation, _, _] = own.to_hsla();
    let [r, g, b, _] = Color::from_hsla(hue, saturation, lightness, 1.0).to_rgba8();
    Color::from_rgba8(r, g, b, 255)
}

fn measured(colours: &Colours, appearance: Appearance, pair: Pair<'_>) -> Option<f32> {
    let back = colour(colours, appearance, pair.back)?;
    Some(contrast(&colour(colours, appearance, pair.front)?, &back))
}

/// The colour of a name, or a colour as it is written.
fn colour(colours: &Colours, appearance: Appearance, name: &str) -> Option<Color> {
    match colours.get(appearance, name) {
        Some(_) => csscolorparser::parse(&colours.value(appearance, name)?).ok(),
        None => csscolorparser::parse(name).ok(),
    }
}

/// How a colour is shown to people.
fn shown(colours: &Colours, appearance: Appearance, name: &str) -> String {
    colour(colours, appearance, name).map(|colour| hex(&colour)).unwrap_or_default()
}

fn hex(colour: &Color) -> String {
    colour.to_css_hex().to_string()
}

/// The contrast of one colour on another, from 1 to 21.
fn contrast(front: &Color, back: &Color) -> f32 {
    // What shows through a translucent colour.
    let seen = |front_part: f32, back_part: f32| front_part * front.a + back_part * (1.0 - front.a);
    let seen = Color::new(seen(front.r, back.r), seen(front.g, back.g), seen(front.b, back.b), 1.0);
    let (one, other) = (luminance(&seen), luminance(back));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: &Color) -> f32 {
    let [r, g, b, _] = colour.to_linear_rgba();
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// A contrast as each language writes it, rounded down, so that too little never looks like enough.
fn written(ratio: f32) -> PerLang<String> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 100 and 2100")]
    let hundredths = (ratio * 100.0) as u64;
    PerLang::from_fn(|lang| Number::from(hundredths / 100).with_hundredths(hundredths % 100).write(lang))
}
