//! Narrows the pages found and counts what else they could be narrowed to: [`narrow`].

use super::super::answer::{FilterCounts, ValueCount};
use super::super::filters::Filters;
use super::Pause;
use super::score::Ranked;

/// The pages that pass every chosen filter, and for each filter the number of pages per value that pass all *others*:
/// choosing a second value of one filter adds pages, and its count says how many.
pub(super) fn narrow(
    payload: &[u8],
    pages: usize,
    found: &[Ranked],
    chosen: &[(String, String)],
) -> Result<(Vec<Ranked>, Vec<FilterCounts>), Pause> {
    let filters = Filters::read(payload, pages)?;
    let wanted: Vec<Option<Vec<bool>>> = filters
        .0
        .iter()
        .map(|column| {
            let mut keys = chosen.iter().filter(|(name, _)| *name == column.name).peekable();
            keys.peek()?;
            let keys: Vec<&str> = keys.map(|(_, key)| key.as_str()).collect();
            Some(column.values.iter().map(|(key, _)| keys.contains(key)).collect())
        })
        .collect();
    let mut counts: Vec<Vec<usize>> = filters.0.iter().map(|column| vec![0; column.values.len()]).collect();
    let mut kept = Vec::new();
    // Where pages have every word of the question, the others are not counted.
    let some_have_all = found.iter().any(|ranked| ranked.lacks == 0);
    for ranked in found {
        let fails: Vec<usize> = (0..filters.0.len())
            .filter(|&at| {
                let values = filters.0[at].of_page(ranked.page);
                wanted[at].as_ref().is_some_and(|wanted| !values.iter().any(|&value| wanted[value as usize]))
            })
            .collect();
        if fails.is_empty() {
            kept.push(*ranked);
        }
        if some_have_all && ranked.lacks > 0 {
            continue;
        }
        for (at, column) in filters.0.iter().enumerate() {
            if fails.iter().all(|&fail| fail == at) {
                for &value in column.of_page(ranked.page) {
                    counts[at][value as usize] += 1;
                }
            }
        }
    }
    let counted = filters.0.iter().zip(counts).zip(wanted).map(|((column, counts), wanted)| FilterCounts {
        name: column.name.to_owned(),
        label: column.label.to_owned(),
        values: (column.values.iter().zip(counts).enumerate())
            .map(|(at, ((key, label), count))| ValueCount {
                key: (*key).to_owned(),
                label: (*label).to_owned(),
                count,
                chosen: wanted.as_ref().is_some_and(|wanted| wanted[at]),
            })
            .filter(|value| value.count > 0 || value.chosen)
            .collect(),
    });
    Ok((kept, counted.collect()))
}
