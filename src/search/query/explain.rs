//! Says why a page stands where it stands: [`explain`].

use super::super::answer::{Explanation, FoundWord};
#[cfg(not(target_arch = "wasm32"))]
use super::super::layout::Field;
use super::super::texts::PageText;
use super::excerpt::Marker;
use super::lookup::Sought;
use super::refine::Reading;
use super::score::{Ranked, Ranking};

/// Why a page stands where it stands.
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
    let fields = fields(page, marker, sought.len());
    let variant = |nth: usize, word: &Sought| Some(word.variants.get(ranking.variant_of(nth, ranked.page)?)?.clone());
    let words = sought.iter().enumerate().filter_map(|(nth, word)| {
        let variant = variant(nth, word)?;
        Some(FoundWord {
            word: word.asked.form.clone(),
            found: variant.form,
            score: ranking.score_of(nth, ranked.page),
            #[cfg(not(target_arch = "wasm32"))]
            origin: variant.origin,
            #[cfg(not(target_arch = "wasm32"))]
            fields: fields[nth].clone(),
        })
    });
    #[cfg(not(target_arch = "wasm32"))]
    let lacks = sought.iter().enumerate().filter(|(nth, word)| word.asked.counts() && variant(*nth, word).is_none());
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

/// Where on a page each word of a question stands.
#[cfg(not(target_arch = "wasm32"))]
fn fields(page: &PageText<'_>, marker: &mut Marker, words: usize) -> Vec<Vec<Field>> {
    let mut fields = vec![Vec::new(); words];
    let headings = page.sections.iter().map(|&(_, heading, _)| (Field::Heading, heading));
    let texts = page.sections.iter().map(|&(.., text)| (Field::Body, text));
    let keywords = page.keywords.iter().map(|&keyword| (Field::Keywords, keyword));
    let head = [(Field::Title, page.title)].into_iter().chain(keywords).chain([(Field::Summary, page.summary)]);
    for (field, text) in head.chain(headings).chain(texts) {
        for hit in marker.hits(text) {
            if !fields[hit.asked].contains(&field) {
                fields[hit.asked].push(field);
            }
        }
    }
    fields
}
