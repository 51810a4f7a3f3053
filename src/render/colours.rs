//! The colours that a theme's style sheets declare for whole pages, in the light and in the dark: [`Colours`].
//!
//! Only custom properties of `:root` and `html` are looked at. Rules under a condition count if the condition holds on
//! the screen of a current browser.

use std::collections::BTreeMap;

use crate::diagnostic::catalog::Appearance;
use crate::diagnostic::{Place, Span};

/// A custom property as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    /// What it says in one appearance.
    pub value: String,
    /// Where it says so.
    pub place: Place,
    /// Whether a theme above the lowest one says so.
    pub is_own: bool,
    /// Whether one value was written for both appearances.
    pub is_plain: bool,
}

/// The custom properties of whole pages by name, without the leading hyphens.
#[derive(Clone, Debug, Default)]
pub(super) struct Colours {
    light: BTreeMap<String, Declared>,
    dark: BTreeMap<String, Declared>,
}

impl Colours {
    /// Adds what a style sheet declares, over what was declared before. `place` turns a span into a place.
    pub(super) fn read(&mut self, css: &str, is_own: bool, place: impl Fn(Span) -> Place) {
        rules(css, &mut |(light, dark), at, written| {
            let Some((name, value)) = written.split_once(':') else { return };
            let Some(name) = name.trim().strip_prefix("--") else { return };
            let value = value.trim();
            let place = place(Span::new(at..at + written.len()));
            let both = light_dark(value);
            let is_plain = both.is_none() && light && dark;
            let (in_light, in_dark) = both.unwrap_or((value, value));
            let declared = |value: &str| Declared { value: value.to_owned(), place: place.clone(), is_own, is_plain };
            if light {
                self.light.insert(name.to_owned(), declared(in_light));
            }
            if dark {
                self.dark.insert(name.to_owned(), declared(in_dark));
            }
        });
    }

    /// What a property says, as it was written.
    pub(super) fn get(&self, appearance: Appearance, name: &str) -> Option<&Declared> {
        match appearance {
            Appearance::Light => self.light.get(name),
            Appearance::Dark => self.dark.get(name),
        }
    }

    /// What a property says once every `var(…)` in it is followed.
    pub(super) fn value(&self, appearance: Appearance, name: &str) -> Option<String> {
        /// No theme has longer chains; circles end here.
        const LONGEST: usize = 16;
        let mut value = self.get(appearance, name)?.value.clone();
        for _ in 0..LONGEST {
            let Some(inner) = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')')) else {
                return Some(value);
            };
            let (name, otherwise) = inner.split_once(',').map_or((inner, None), |(name, rest)| (name, Some(rest)));
            let next = self.get(appearance, name.trim().strip_prefix("--")?);
            let next = next.map(|declared| declared.value.as_str()).or(otherwise.map(str::trim))?;
            let (light, dark) = light_dark(next).unwrap_or((next, next));
            let chosen = if appearance == Appearance::Light { light } else { dark };
            value = String::from(chosen);
        }
        None
    }

    /// Sets what a property says in the dark.
    pub(super) fn set_dark(&mut self, name: &str, value: String) {
        if let Some(declared) = self.dark.get_mut(name) {
            declared.value = value;
        }
    }

    /// The names of properties that a theme above the lowest one declares once for both appearances.
    pub(super) fn plain(&self) -> Vec<String> {
        let is_plain = |name: &String| {
            let (light, dark) = (self.light.get(name), self.dark.get(name));
            dark.is_some_and(|dark| dark.is_plain && dark.is_own) && light == dark
        };
        self.dark.keys().filter(|name| is_plain(name)).cloned().collect()
    }

    /// The names of all properties.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.light.keys().map(String::as_str)
    }
}

/// The two values of `light-dark(…, …)`.
fn light_dark(value: &str) -> Option<(&str, &str)> {
    let inner = value.strip_prefix("light-dark(")?.strip_suffix(')')?;
    let mut depth = 0_usize;
    let comma = inner.char_indices().find(|(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *c == ',' && depth == 0
    });
    let (at, _) = comma?;
    Some((inner[..at].trim(), inner[at + 1..].trim()))
}

/// In which appearances rules hold: in the light, in the dark.
type Holds = (bool, bool);

const NEVER: Holds = (false, false);

/// What is between braces.
#[derive(Clone, Copy)]
enum Block {
    /// Rules.
    Rules(Holds),
    /// Declarations for the whole page.
    Page(Holds),
    /// Anything else.
    Other,
}

/// Calls `found` with each declaration for whole pages, where it begins, and in which appearances it holds.
fn rules(css: &str, found: &mut dyn FnMut(Holds, usize, &str)) {
    let bytes = css.as_bytes();
    let mut around = vec![Block::Rules((true, true))];
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes[at..].starts_with(b"/*") => {
                let end = css[at + 2..].find("*/").map_or(bytes.len(), |end| at + end + 4);
                if css[start..at].trim().is_empty() {
                    start = end;
                }
                at = end;
            }
            b'\\' => at += 2,
            mark @ (b'"' | b'\'') => at = after_quoted(bytes, at, mark),
            b'(' => at = after_parenthesis(bytes, at),
            b'{' => {
                let outer = around.last().copied().unwrap_or(Block::Other);
                around.push(block(css.get(start..at).unwrap_or_default().trim(), outer));
                at += 1;
                start = at;
            }
            end @ (b';' | b'}') => {
                let written = css.get(start..at).unwrap_or_default();
                if let Some(Block::Page(holds)) = around.last()
                    && *holds != NEVER
                {
                    let before = written.len() - written.trim_start().len();
                    let plain = written.split("/*").next().unwrap_or_default().trim();
                    found(*holds, start + before, plain);
                }
                if end == b'}' && around.len() > 1 {
                    around.pop();
                }
                at += 1;
                start = at;
            }
            _ => at += 1,
        }
    }
}

/// What a block is, by what is before it and around it.
fn block(opening: &str, outer: Block) -> Block {
    let Block::Rules((light, dark)) = outer else { return Block::Other };
    let opening = opening.to_lowercase();
    if let Some(rule) = opening.strip_prefix('@') {
        let (name, condition) = rule.split_at(rule.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rule.len()));
        let condition = condition.trim();
        return match name {
            "layer" => Block::Rules((light, dark)),
            "supports" if !condition.starts_with("not") => Block::Rules((light, dark)),
            "media" if condition.contains("prefers-color-scheme") => {
                Block::Rules((light && condition.contains("light"), dark && condition.contains("dark")))
            }
            "media" if ["width", "screen", "all"].iter().any(|word| condition.contains(word)) => {
                Block::Rules((light, dark))
            }
            _ => Block::Other,
        };
    }
    let mut holds = NEVER;
    for selector in opening.split(',').map(str::trim) {
        let Some(rest) = [":root", "html"].iter().find_map(|page| selector.strip_prefix(page)) else { continue };
        if rest.is_empty() {
            holds = (light, dark);
        } else if rest.starts_with('[') && rest.ends_with(']') {
            holds = (holds.0 || light && rest.contains("light"), holds.1 || dark && rest.contains("dark"));
        }
    }
    Block::Page(holds)
}

fn after_quoted(bytes: &[u8], start: usize, mark: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != mark {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// The place after the parenthesis that closes one; in between nothing ends a declaration.
fn after_parenthesis(bytes: &[u8], start: usize) -> usize {
    let (mut depth, mut at) = (0_usize, start);
    while at < bytes.len() {
        match bytes[at] {
            mark @ (b'"' | b'\'') => {
                at = after_quoted(bytes, at, mark);
                continue;
            }
            b'(' => depth += 1,
            b')' if depth == 1 => return at + 1,
            b')' => depth -= 1,
            // A parenthesis that is never closed.
            b'{' | b'}' => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::path::ContentPath;

    fn colours(css: &str) -> Colours {
        let mut colours = Colours::default();
        colours.read(css, true, |span| Place::new(&ContentPath::new("site.css"), span));
        colours
    }

    fn both(css: &str, name: &str) -> (Option<String>, Option<String>) {
        let colours = colours(css);
        (colours.value(Appearance::Light, name), colours.value(Appearance::Dark, name))
    }

    fn says(light: &str, dark: &str) -> (Option<String>, Option<String>) {
        (Some(light.to_owned()), Some(dark.to_owned()))
    }

    #[test]
    fn a_colour_is_written_once_or_for_each_appearance() {
        assert_eq!(both(":root { --a: #123 }", "a"), says("#123", "#123"));
        assert_eq!(both("html{--a:light-dark(rgb(1, 2, 3), #fff);}", "a"), says("rgb(1, 2, 3)", "#fff"));
        assert_eq!(both(":root { --a: var(--b); --b: light-dark(red, blue) }", "a"), says("red", "blue"));
        assert_eq!(both(":root { --a: var(--c, #111) /* why */; }", "a"), says("#111", "#111"));
        assert_eq!(both(":root { --a: var(--a) }", "a"), (None, None), "a circle");
    }

    #[test]
    fn conditions_say_where_a_colour_holds() {
        let css = "/* : { } */ :root { --a: red; --b: url(\"x;}\"); --c: 1 }
            @media (prefers-color-scheme: dark) { :root { --a: blue } }
            @media print { :root { --a: black } }
            @supports not (color: light-dark(#000, #fff)) { :root { --a: green } }
            .x { --a: pink } .x :root { --a: pink }";
        assert_eq!(both(css, "a"), says("red", "blue"));
        assert_eq!(both(css, "c"), says("1", "1"));
        let chosen = ":root { --a: red } :root[data-appearance=\"dark\"] { --a: blue }";
        assert_eq!(both(chosen, "a"), says("red", "blue"));
        let later =
            ":root { --a: red } @supports (color: light-dark(#000, #fff)) { :root { --a: light-dark(red, blue) } }";
        assert_eq!(both(later, "a"), says("red", "blue"));
        assert!(colours(later).plain().is_empty() && colours(chosen).plain().is_empty());
        assert_eq!(colours(":root { --a: red }").plain(), ["a"]);
    }

    proptest! {
        #[test]
        fn no_style_sheet_is_too_much(css in "[-a{}()'\"/*:;@\\\\ é]{0,60}") {
            colours(&css);
        }
    }
}
