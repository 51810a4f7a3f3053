//! What was meant by a value that its field cannot take, if there is no doubt: [`value`].

use crate::format::{Number, language_code};
use crate::layout;
use crate::schema::FieldKind;

/// What to write instead of a text, in the form of its field's kind.
pub(super) fn value(kind: &FieldKind, text: &str) -> Option<String> {
    match kind {
        FieldKind::Boolean => boolean(text).map(str::to_owned),
        FieldKind::Language => language_code(text).map(str::to_owned),
        FieldKind::Url => address(text).filter(|address| super::values::is_url(address)),
        FieldKind::Email => Some(mailbox(text)).filter(|address| super::values::is_email(address)).map(str::to_owned),
        FieldKind::Number(_) => comparison(text),
        FieldKind::Text
        | FieldKind::Markdown
        | FieldKind::Money
        | FieldKind::Date
        | FieldKind::Choice(_)
        | FieldKind::Reference(_)
        | FieldKind::Phone
        | FieldKind::File
        | FieldKind::Group(_) => None,
    }
}

fn boolean(text: &str) -> Option<&'static str> {
    match &*text.to_lowercase() {
        "true" | "yes" | "y" | "on" | "oui" | "vrai" | "1" => Some("true"),
        "false" | "no" | "n" | "off" | "non" | "faux" | "0" => Some("false"),
        _ => None,
    }
}

/// What is between the first `open` sign and the `close` sign that ends the text.
fn inside(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_suffix(close)?.rsplit_once(open).map(|(_, inner)| inner.trim())
}

/// The address in a Markdown link, between angle brackets, or without its beginning.
fn address(text: &str) -> Option<String> {
    let inner = inside(text, '(', ')').or_else(|| inside(text, '<', '>')).unwrap_or(text);
    if let Some(corrected) = layout::corrected_address(inner) {
        return Some(corrected);
    }
    if inner.contains("://") { Some(inner.to_owned()) } else { layout::with_scheme(inner) }
}

/// The address in `Jane Doe <jane@example.org>`, `mailto:jane@example.org` or a Markdown link.
fn mailbox(text: &str) -> &str {
    let inner = inside(text, '<', '>').or_else(|| inside(text, '(', ')')).unwrap_or(text);
    inner.strip_prefix("mailto:").unwrap_or(inner)
}

/// How people begin a number that is not exact, and the name that facts have for it.
const BEGINNINGS: [(&str, &str); 19] = [
    ("about", "about"),
    ("around", "about"),
    ("approximately", "about"),
    ("environ", "about"),
    ("près de", "about"),
    ("~", "about"),
    ("≈", "about"),
    ("±", "about"),
    ("more than", "more_than"),
    ("over", "more_than"),
    ("plus de", "more_than"),
    ("less than", "less_than"),
    ("under", "less_than"),
    ("moins de", "less_than"),
    ("at least", "at_least"),
    ("au moins", "at_least"),
    ("at most", "at_most"),
    ("up to", "at_most"),
    ("au plus", "at_most"),
];

/// A number that is not exact, as facts write it: `about 50`, `50+`, `50–60`, « de 50 à 60 ».
fn comparison(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let number = |text: &str| text.trim().parse::<Number>().ok();
    for (beginning, name) in BEGINNINGS {
        if let Some(number) = lower.strip_prefix(beginning).and_then(number) {
            return Some(format!("{{{name}: {number}}}"));
        }
    }
    if let Some(number) = lower.strip_suffix('+').and_then(number) {
        return Some(format!("{{at_least: {number}}}"));
    }
    let range =
        ["from ", "between ", "de ", "entre "].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let ends = [" to ", " and ", " à ", " et ", "–", "—", "-"].iter().find_map(|sign| {
        let (from, to) = range.split_once(sign)?;
        Some((number(from)?, number(to)?))
    });
    ends.map(|(from, to)| format!("{{from: {from}, to: {to}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_known_where_nothing_else_can_be() {
        for (kind, written, meant) in [
            (FieldKind::Boolean, "Yes", "true"),
            (FieldKind::Boolean, "non", "false"),
            (FieldKind::Language, "Français", "fr"),
            (FieldKind::Language, "inuktitut", "iu"),
            (FieldKind::Url, "www.example.org/a", "https://www.example.org/a"),
            (FieldKind::Url, "[Site](https://example.org)", "https://example.org"),
            (FieldKind::Url, "<https://example.org>", "https://example.org"),
            (FieldKind::Email, "Jane Doe <jane@example.org>", "jane@example.org"),
            (FieldKind::Email, "mailto:jane@example.org", "jane@example.org"),
        ] {
            assert_eq!(value(&kind, written).as_deref(), Some(meant), "{written}");
        }
        for (written, meant) in [
            ("about 50", "{about: 50}"),
            ("plus de 1 000", "{more_than: 1000}"),
            ("50+", "{at_least: 50}"),
            ("50–60", "{from: 50, to: 60}"),
            ("de 50 à 60", "{from: 50, to: 60}"),
        ] {
            assert_eq!(comparison(written).as_deref(), Some(meant), "{written}");
        }
        for unsure in ["maybe", "fifty", "50 km", "1/2", ""] {
            assert_eq!(comparison(unsure).or(boolean(unsure).map(str::to_owned)), None, "{unsure}");
        }
    }
}
