//! Says why a page is where it is: [`explain`].

#[cfg(not(target_arch = "wasm32"))]
use std::collections::BTreeSet;

use super::super::answer::{Explanation, FoundWord};
#[cfg(not(target_arch = "wasm32"))]
use super::super::layout::Field;
use super::super::texts::PageText;
use super::excerpt::Marker;
use super::lookup::Sought;
#[cfg(not(target_arch = "wasm32"))]
use super::lookup::Variant;
use super::refine::Reading;
use super::score::{Ranked, Ranking};

/// Why a page is where it is.
#[cfg_attr(target_arch = "wasm32", expect(unused_variables, reason = "what is read of the page is told natively"))]
pub(super) fn explain(
    page: &PageText<'_>,
    marker: &mut Marker,
    ranked: &Ranked,
    sought: &[Sought],
    ranking: &Ranking,
    reading: Reading,
) -> Explanation {
    #[cfg(not(target_arch = "wasm32"))]
    let parts = parts(page, marker);
    let words = sought.iter().enumerate().filter_map(|(nth, word)| {
        let variant = word.variants.get(ranking.variant_of(nth, ranked.page)?)?;
        Some(FoundWord {
            word: word.asked.form.clone(),
            score: ranking.score_of(nth, ranked.page),
            #[cfg(not(target_arch = "wasm32"))]
            origin: variant.origin,
            #[cfg(not(target_arch = "wasm32"))]
            fields: fields(&parts, variant),
            found: variant.form.clone(),
        })
    });
    #[cfg(not(target_arch = "wasm32"))]
    let lacks = sought
        .iter()
        .enumerate()
        .filter(|(nth, word)| word.asked.counts() && ranking.variant_of(*nth, ranked.page).is_none());
    Explanation {
        words: words.collect(),
        coverage: ranked.coverage,
        section: ranked.by_section,
        title: ranked.by_title,
        #[cfg(not(target_arch = "wasm32"))]
        reading: reading.bonus,
        #[cfg(not(target_arch = "wasm32"))]
        lacks: lacks.map(|(_, word)| word.asked.form.clone()).collect(),
    }
}

/// The title, the summary, each keyword, heading and text of a page, with the stems of its words.
#[cfg(not(target_arch = "wasm32"))]
fn parts(page: &PageText<'_>, marker: &mut Marker) -> Vec<(Field, BTreeSet<String>)> {
    let keywords = page.keywords.iter().map(|&keyword| (Field::Keywords, keyword));
    let headings = page.sections.iter().map(|&(_, heading, _)| (Field::Heading, heading));
    let texts = page.sections.iter().map(|&(.., text)| (Field::Body, text));
    let head = [(Field::Title, page.title)].into_iter().chain(keywords).chain([(Field::Summary, page.summary)]);
    head.chain(headings).chain(texts).map(|(field, text)| (field, marker.stems(text))).collect()
}

/// Where on a page a word, or every word of a phrase, is.
#[cfg(not(target_arch = "wasm32"))]
fn fields(parts: &[(Field, BTreeSet<String>)], variant: &Variant) -> Vec<Field> {
    let has = |stems: &BTreeSet<String>| {
        stems.contains(&variant.stem) && variant.with.iter().all(|word| stems.contains(&word.stem))
    };
    let mut fields: Vec<Field> = parts.iter().filter(|(_, stems)| has(stems)).map(|(field, _)| *field).collect();
    fields.dedup();
    fields
}
