//! How a form is written in the dictionary: [`key`].
//!
//! A key is the stem, a separator, and what turns the stem into the form. All forms of a stem are therefore neighbours,
//! in the dictionary and in the postings: looking a word up in all its forms costs one block of each, and a result
//! can still tell the word as typed from its relatives.

/// Ends the stem. No form holds a control character.
const SEPARATOR: char = '\0';
/// The most letters of a stem that a form may lack and still borrow the others.
const MOST_DROPPED: usize = 30;

/// The key of `form` under `stem`.
pub(crate) fn key(stem: &str, form: &str) -> String {
    let shared = stem.chars().zip(form.chars()).take_while(|(a, b)| a == b).count();
    let dropped = (stem.chars().count() - shared).min(MOST_DROPPED + 1);
    let shared = if dropped > MOST_DROPPED { 0 } else { shared };
    let mut key = String::with_capacity(stem.len() + 2 + form.len());
    key.push_str(stem);
    key.push(SEPARATOR);
    if dropped > 0 {
        key.push(char::from(u8::try_from(dropped).unwrap_or(u8::MAX)));
    }
    key.extend(form.chars().skip(shared));
    key
}

/// The first key after all those of `stem`.
pub(crate) fn stem_end(stem: &str) -> String {
    format!("{stem}\u{1}")
}

/// The stem in a key.
pub(crate) fn stem_of(key: &str) -> &str {
    key.split_once(SEPARATOR).map_or(key, |(stem, _)| stem)
}

/// The form in a key.
pub(crate) fn form_of(key: &str) -> String {
    let Some((stem, rest)) = key.split_once(SEPARATOR) else { return key.to_owned() };
    let (dropped, rest) = match rest.chars().next() {
        Some(count) if u32::from(count) < 0x20 => (u32::from(count) as usize, &rest[1..]),
        _ => (0, rest),
    };
    let kept = if dropped > MOST_DROPPED { 0 } else { stem.chars().count().saturating_sub(dropped) };
    stem.chars().take(kept).chain(rest.chars()).collect()
}
