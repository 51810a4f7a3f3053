//! Differences that a writer has allowed, with a reason: [`read`].

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Pair, Rule};
use crate::diagnostic::{Diagnostic, Place, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::{Kind, Outline};
use crate::parse::ParsedWords;
use crate::path::ContentPath;
use crate::source::Sources;

/// The allowances of a pair.
#[derive(Default)]
pub(super) struct Allowances {
    all: Vec<Allowance>,
    /// Whether a difference used those of a rule and section.
    used: BTreeMap<Allowed, bool>,
    /// Allowances that are not written as they should be.
    pub mistakes: Vec<Diagnostic>,
}

/// What is allowed: the rule, and the section by its position among those compared; the whole page if there is none.
type Allowed = (Rule, Option<usize>);

struct Allowance {
    allows: Allowed,
    lang: Lang,
    span: Span,
}

impl Allowances {
    /// Whether a difference is allowed.
    pub(super) fn allow(&mut self, rule: Rule, section: usize) -> bool {
        let mut allowed = false;
        for allows in [(rule, Some(section)), (rule, None)] {
            if let Some(used) = self.used.get_mut(&allows) {
                *used = true;
                allowed = true;
            }
        }
        allowed
    }

    /// Reports allowances that no difference used.
    pub(super) fn unused(&self, words: PerLang<&ParsedWords>) -> Vec<Diagnostic> {
        let unused = self.all.iter().filter(|allowance| self.used.get(&allowance.allows) != Some(&true));
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
    let mut allowances = Allowances::default();
    for lang in Lang::BOTH {
        let page = words.get(lang);
        if let Some(node) = page.front.get("parity") {
            for entry in node.mapping().unwrap_or_default() {
                let reason = entry.value.scalar().unwrap_or_default();
                add(&mut allowances, lang, &page.path, entry.key_span, &entry.key, reason, None);
            }
        }
        let Some(text) = sources.text(&page.path) else { continue };
        let units = outlines.get(lang).sections.iter().flat_map(|section| &section.units);
        let mut code: Vec<Span> = units.filter(|unit| unit.mark.kind == Kind::Code).map(|unit| unit.span).collect();
        code.sort_unstable();
        let in_code = |at: usize| {
            let before = code.partition_point(|code| code.range().start <= at);
            before.checked_sub(1).is_some_and(|last| code[last].range().contains(&at))
        };
        let places = Places::of(sections, lang);
        for comment in comments(text) {
            let words = text[comment.start + 4..comment.end - 3].trim();
            if !words.starts_with("parity") || in_code(comment.start) {
                continue;
            }
            let (name, reason) = words.split_once(':').unwrap_or((words, ""));
            let at = Span::new(comment);
            add(&mut allowances, lang, &page.path, at, name.trim(), reason, places.section_at(at));
        }
    }
    allowances
}

/// The comments of a text, each up to its end; what begins inside one is part of it.
fn comments(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find("<!--")?;
        let end = start + 4 + text[start + 4..].find("-->")? + 3;
        from = end;
        Some(start..end)
    })
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
    allowances.used.insert((rule, section), false);
    allowances.all.push(Allowance { allows: (rule, section), lang, span });
}

/// Where the units of all sections are on a side.
struct Places {
    /// The number of each unit's section, and the largest beginning of it and of those before it: footnotes come last,
    /// wherever they were written.
    units: Vec<(usize, u32)>,
}

impl Places {
    fn of(sections: &[Pair<'_>], lang: Lang) -> Self {
        let mut furthest = 0;
        let units = sections.iter().enumerate().flat_map(|(number, pair)| {
            pair.units(lang).filter(|unit| unit.mark.kind != Kind::Value).map(move |unit| (number, unit.span.start))
        });
        let units = units.map(|(number, start)| {
            furthest = furthest.max(start);
            (number, furthest)
        });
        Self { units: units.collect() }
    }

    /// The section that a place is in: the one whose first unit after the place, or last before it, is nearest. A
    /// comment right above a heading belongs to that heading.
    fn section_at(&self, at: Span) -> Option<usize> {
        let next = self.units.partition_point(|(_, furthest)| *furthest < at.end);
        self.units.get(next).or(self.units.last()).map(|(number, _)| *number)
    }
}
