//! Differences that a writer has allowed, with a reason: [`read`].

use super::{Pair, Rule};
use crate::diagnostic::{Diagnostic, Place, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::{Kind, Outline};
use crate::parse::ParsedWords;
use crate::path::ContentPath;
use crate::source::Sources;

/// The allowances of a pair.
pub(super) struct Allowances {
    all: Vec<Allowance>,
    /// Allowances that are not written as they should be.
    pub mistakes: Vec<Diagnostic>,
}

struct Allowance {
    rule: Rule,
    lang: Lang,
    span: Span,
    /// The section, by its position among those compared; the whole page where there is none.
    section: Option<usize>,
    used: bool,
}

impl Allowances {
    /// Whether a difference is allowed.
    pub(super) fn allow(&mut self, rule: Rule, section: usize) -> bool {
        let mut allowed = false;
        for allowance in &mut self.all {
            if allowance.rule == rule && allowance.section.is_none_or(|own| own == section) {
                allowance.used = true;
                allowed = true;
            }
        }
        allowed
    }

    /// Tells of what allows nothing.
    pub(super) fn unused(&self, words: PerLang<&ParsedWords>) -> Vec<Diagnostic> {
        let unused = self.all.iter().filter(|allowance| !allowance.used);
        unused
            .map(|allowance| catalog::allowance_unused(Place::new(&words.get(allowance.lang).path, allowance.span)))
            .collect()
    }
}

/// Reads the allowances of both sides.
pub(super) fn read(
    words: &PerLang<&ParsedWords>,
    outlines: PerLang<&Outline>,
    sections: &[Pair<'_>],
    sources: &Sources,
) -> Allowances {
    let mut allowances = Allowances { all: Vec::new(), mistakes: Vec::new() };
    for lang in Lang::BOTH {
        let page = words.get(lang);
        if let Some(node) = page.front.get("parity") {
            for entry in node.mapping().unwrap_or_default() {
                let reason = entry.value.scalar().unwrap_or_default();
                add(&mut allowances, lang, &page.path, entry.key_span, &entry.key, reason, None);
            }
        }
        let Some(text) = sources.text(&page.path) else { continue };
        let code = outlines.get(lang).sections.iter().flat_map(|section| &section.units);
        let code: Vec<Span> = code.filter(|unit| unit.mark.kind == Kind::Code).map(|unit| unit.span).collect();
        for (start, _) in text.match_indices("<!--") {
            let Some(length) = text[start..].find("-->") else { break };
            let comment = text[start + 4..start + length].trim();
            let at = Span::new(start..start + length + 3);
            if !comment.starts_with("parity") || code.iter().any(|code| code.range().contains(&start)) {
                continue;
            }
            let (name, reason) = comment.split_once(':').unwrap_or((comment, ""));
            add(&mut allowances, lang, &page.path, at, name.trim(), reason, section_at(sections, lang, at));
        }
    }
    allowances
}

fn add(
    allowances: &mut Allowances,
    lang: Lang,
    file: &ContentPath,
    span: Span,
    name: &str,
    reason: &str,
    section: Option<usize>,
) {
    let Some(rule) = Rule::of_name(name) else {
        let known = Rule::ALL.map(Rule::name);
        return allowances.mistakes.push(catalog::allowance_unknown(Place::new(file, span), name, &known));
    };
    if reason.trim().is_empty() {
        return allowances.mistakes.push(catalog::allowance_without_reason(Place::new(file, span)));
    }
    allowances.all.push(Allowance { rule, lang, span, section, used: false });
}

/// The section that a place stands in: the one whose first unit after the place, or last before it, is nearest. A
/// comment right above a heading belongs to that heading.
fn section_at(sections: &[Pair<'_>], lang: Lang, at: Span) -> Option<usize> {
    let units = sections.iter().enumerate().flat_map(|(number, pair)| {
        pair.units(lang).filter(|unit| unit.mark.kind != Kind::Value).map(move |unit| (number, unit.span))
    });
    let mut last = None;
    for (number, span) in units {
        if span.start >= at.end {
            return Some(number);
        }
        last = Some(number);
    }
    last
}
