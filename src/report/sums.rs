//! How many mistakes there are: by name ([`sums`]) and in all ([`summary`]).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::severity_name;
use crate::diagnostic::{Diagnostic, Severity};
use crate::format;
use crate::lang::Lang;

/// A line for each name with its count, errors before warnings, the most frequent first. Empty if there is a single
/// mistake, which needs no sum.
pub fn sums(diagnostics: &[Diagnostic], lang: Lang) -> String {
    if diagnostics.len() < 2 {
        return String::new();
    }
    let mut counts = BTreeMap::<(Severity, &str), usize>::new();
    for diagnostic in diagnostics {
        *counts.entry((diagnostic.severity, diagnostic.name)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((severity, name), count)| (*severity, std::cmp::Reverse(*count), *name));
    let digits = counts.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or_default();
    let letters =
        counts.iter().map(|((severity, _), _)| severity_name(*severity, lang).len()).max().unwrap_or_default();
    counts.into_iter().fold(String::new(), |mut out, ((severity, name), count)| {
        let severity = severity_name(severity, lang);
        let _ = writeln!(out, "{count:>digits$}  {severity:<letters$}  {name}");
        out
    })
}

/// The last line: how many mistakes there are.
pub fn summary(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let plural = |count, one, other| format::plural(count, lang, one, other);
    let sum = match lang {
        Lang::En => format!(
            "{errors} {}, {warnings} {}",
            plural(errors, "error", "errors"),
            plural(warnings, "warning", "warnings")
        ),
        Lang::Fr => format!(
            "{errors} {}, {warnings} {}",
            plural(errors, "erreur", "erreurs"),
            plural(warnings, "avertissement", "avertissements")
        ),
    };
    // Mere notes are counted here and shown by other formats.
    match (count(Severity::Info), lang) {
        (0, _) => sum,
        (notes, Lang::En) => format!("{sum}, {notes} {} (--format json)", plural(notes, "note", "notes")),
        (notes, Lang::Fr) => format!("{sum}, {notes} {} (--format json)", plural(notes, "remarque", "remarques")),
    }
}
