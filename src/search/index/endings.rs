//! The words of the index by their endings: [`pack`].
//!
//! A misspelt word of which the beginning is right is near its correction in the dictionary. One of which the
//! beginning is wrong is near it here, among the words spelt backwards.

use std::collections::BTreeMap;

use super::super::bytes::Writer;
use super::Size;

/// Packs of the forms, reversed and sorted, and the last one of each pack.
pub(super) fn pack(forms: &BTreeMap<String, u32>) -> (Vec<Vec<u8>>, Vec<String>) {
    let mut reversed: Vec<String> = forms.keys().map(|form| form.chars().rev().collect()).collect();
    reversed.sort_unstable();
    // A form shares about half of its letters with the one before it.
    let full = Size::ENDINGS.full(reversed.iter().map(String::len).sum::<usize>() / 2);
    let (mut packs, mut lasts) = (Vec::new(), Vec::new());
    let mut pack = Writer::default();
    let mut before = "";
    for (nth, form) in reversed.iter().enumerate() {
        let shared = before.chars().zip(form.chars()).take_while(|(a, b)| a == b).count();
        let rest: String = form.chars().skip(shared).collect();
        pack.number(shared);
        pack.text(&rest);
        before = form;
        if pack.0.len() >= full || nth + 1 == reversed.len() {
            packs.push(std::mem::take(&mut pack.0));
            lasts.push(form.clone());
            before = "";
        }
    }
    (packs, lasts)
}
