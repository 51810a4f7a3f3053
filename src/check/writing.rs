//! Text that does not follow the typography of its language, at its exact place: [`check`].
//!
//! It reads what the writer wrote, before typography is set: what is set automatically when a page is made is never
//! reported.

use std::cell::OnceCell;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalog};
use crate::lang::{Lang, PerLang};
use crate::pairs::PairTexts;
use crate::pairs::content::Run;
use crate::pairs::outline::Kind;
use crate::schema::Policies;
use crate::source::Sources;
use crate::typography::{self, WholeNumbers};

/// Reports what the writers of both sides must fix.
pub(super) fn check(full: &PairTexts<'_>, policies: Policies, sources: &Sources) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let Some(severity) = policies.typography else { return diagnostics };
    let units = |lang| full.units(lang).filter(|(_, unit)| unit.mark.kind != Kind::Code);
    // Read only if a number could be one of several things.
    let numbers = PerLang::from_fn(|_| OnceCell::new());
    for side in Lang::BOTH {
        let said = |lang: Lang| WholeNumbers::of(lang, units(lang).map(|(_, unit)| unit.content.text.as_str()));
        let says = |digits: &str| numbers.get(side).get_or_init(|| said(side.other())).says(digits);
        for (file, unit) in units(side) {
            for run in &unit.content.runs {
                let Some(lang) = language(run, side) else { continue };
                let text = unit.content.text_of(run);
                for finding in typography::check(lang, text, &|digits| lang == side && says(digits)) {
                    let all = sources.text(file).unwrap_or_default();
                    let place = Place::new(file, run.span.narrowed(all, text, &finding.range));
                    let written = &text[finding.range.clone()];
                    let mistake = match finding.rule {
                        // In words it may be quoted, so that it is no more serious than other slips of the pen.
                        typography::Rule::Calendar { last } => {
                            Diagnostic { severity, ..catalog::impossible_date(place, written, last) }
                        }
                        rule => catalog::typography(place, rule, written, finding.replacement.as_deref(), severity),
                    };
                    diagnostics.push(mistake);
                }
            }
        }
    }
    diagnostics
}

/// The language in which a piece of text is judged; `None` if it is marked as another language than the two.
fn language(run: &Run, lang: Lang) -> Option<Lang> {
    match &run.foreign {
        None => Some(lang),
        Some(tag) => tag.split('-').next()?.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairs;
    use crate::parse;
    use crate::path::ContentPath;

    /// What is reported of a French page, as the name and the passage that it points at.
    fn reported(page: &str) -> Vec<(&'static str, String)> {
        let file = ContentPath::new("a/x.fr.md");
        let (sources, _) = Sources::from_files([(file, page.as_bytes().to_vec())]);
        let parsed = parse::record("a/x", &sources, None).0;
        let outlines = pairs::outlines(&parsed);
        let reported = check(&PairTexts::new("a/x", &parsed, &outlines), Policies::default(), &sources).into_iter();
        reported.map(|reported| (reported.name, page[reported.place.span.range()].to_owned())).collect()
    }

    #[test]
    fn wrong_input_is_named_at_its_place_wherever_words_are() {
        let page = "---\ntitle: \"Séance à 4:30 pm\"\nsummary: Un avis\n---\n\n## Le 31 Juillet 2016\n\nPrix : *1,234.50 $*.\n\n\
                    - à 5:45 pm\n\n| a | b |\n|---|---|\n| 3.5 % | d |\n\n`4:30 pm`\n\n[at 4:30 pm](lang:en)\n";
        let reported = reported(page);
        let found: Vec<(&str, &str)> = reported.iter().map(|(name, passage)| (*name, passage.as_str())).collect();
        assert_eq!(
            found,
            [
                ("typography-time", "4:30 pm"),
                ("typography-date", "31 Juillet"),
                ("typography-number", "1,234.50"),
                ("typography-time", "5:45 pm"),
                ("typography-decimal", "3.5"),
            ]
        );
    }
}
