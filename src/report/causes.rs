//! Mistakes with the same cause, grouped for people: [`causes`]. The same mistake in the same words in a hundred places
//! is one thing to understand and to correct.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Severity};

/// A mistake, and where else the same one is.
pub(super) struct Cause<'a> {
    pub(super) first: &'a Diagnostic,
    pub(super) others: Vec<&'a Diagnostic>,
}

/// Up to this many of one cause are shown one by one.
const FEW: usize = 3;

/// The mistakes by their causes: errors before warnings, then in the order given.
pub(super) fn causes(mistakes: &[Diagnostic]) -> Vec<Cause<'_>> {
    let mut sorted: Vec<&Diagnostic> = mistakes.iter().collect();
    sorted.sort_by_key(|mistake| mistake.severity);
    let mut alike: HashMap<Words<'_>, Vec<&Diagnostic>> = HashMap::new();
    for mistake in sorted.iter().filter(|mistake| is_anywhere(mistake)) {
        alike.entry(words(mistake)).or_default().push(mistake);
    }
    alike.retain(|_, mistakes| mistakes.len() > FEW);
    let mut causes = Vec::new();
    for first in sorted {
        match alike.get(&words(first)).filter(|_| is_anywhere(first)).and_then(|alike| alike.split_first()) {
            None => causes.push(Cause { first, others: Vec::new() }),
            Some((head, others)) if std::ptr::eq(*head, first) => causes.push(Cause { first, others: others.to_vec() }),
            Some(_) => {}
        }
    }
    causes
}

/// Everything about a mistake except its place.
type Words<'a> = (Severity, &'a str, &'a str, &'a str);

fn words(mistake: &Diagnostic) -> Words<'_> {
    let message = match mistake.name {
        "markdown-other-tool" => without_arguments(&mistake.message.en),
        _ => &mistake.message.en,
    };
    // It names the page at which a difference is allowed.
    let help = if mistake.name == OF_ADDRESS { "" } else { &mistake.help.en };
    (mistake.severity, mistake.name, message, help)
}

/// A mistake that its address alone explains, wherever it is and whatever is beside it.
const OF_ADDRESS: &str = "parity-link-language";

/// Whether a mistake may be the same in another place. One that points at a second place is about those two.
fn is_anywhere(mistake: &Diagnostic) -> bool {
    mistake.related.is_none() || mistake.name == OF_ADDRESS
}

/// A message up to the name in what it quotes, or up to the signs before it if nothing follows the name: each use of a
/// shortcode has different arguments, and the same correction.
fn without_arguments(message: &str) -> &str {
    let Some(quoted) = message.strip_prefix('“') else { return message };
    let name = quoted.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '”');
    let rest = name.trim_start_matches(|c: char| c.is_alphanumeric() || "-_".contains(c));
    let rest = if rest.starts_with(char::is_whitespace) { rest } else { name };
    &message[..message.len() - rest.len()]
}

#[cfg(test)]
mod tests {
    use super::{causes, without_arguments};
    use crate::diagnostic::{Diagnostic, Place, Severity, Span};
    use crate::lang::PerLang;
    use crate::path::ContentPath;

    #[test]
    fn a_shortcode_is_the_same_whatever_its_arguments() {
        let same = |one: &str, other: &str| without_arguments(one) == without_arguments(other);
        assert!(same("“{{< ref \"a\" >}}” has", "“{{< ref \"b\" >}}” has"));
        assert!(!same("“{{< ref \"a\" >}}” has", "“{{< youtube b >}}” has"));
        assert!(same("“==one==” has", "“==other==” has"));
        assert!(!same("“==one==” has", "“:::” has"));
    }

    #[test]
    fn a_link_to_the_other_language_is_one_cause_however_many_pages_have_it() {
        let place = |page: usize| Place::new(&ContentPath::new(format!("a/{page}.yaml")), Span::START);
        let both = |text: &str| PerLang { en: text.to_owned(), fr: text.to_owned() };
        let told = |name: &'static str, page: usize| Diagnostic {
            name,
            severity: Severity::Warning,
            place: place(page),
            message: both("x"),
            help: both(&format!("at the top of {page}")),
            related: Some((place(page), both("y"))),
            fix: None,
        };
        let count = |name: &'static str| causes(&(0..5).map(|page| told(name, page)).collect::<Vec<_>>()).len();
        assert_eq!((count("parity-link-language"), count("parity-links")), (1, 5));
    }
}
