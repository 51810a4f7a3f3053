//! The words that are in every passage: [`is_stop`].
//!
//! They are not indexed in running text, where they would be a third of the index and tell nothing, but in titles,
//! keywords and headings. Words that carry meaning in a question (`not`, `sans`, `pas`) are not among them.

use crate::lang::Lang;

/// Folded, sorted.
const ENGLISH: [&str; 46] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "can", "do", "does", "for", "from", "had", "has", "have",
    "how", "i", "if", "in", "into", "is", "it", "its", "may", "my", "of", "on", "or", "our", "that", "the", "their",
    "there", "these", "this", "to", "was", "we", "were", "what", "which", "will", "with", "you",
];
/// Folded, sorted.
const FRENCH: [&str; 56] = [
    "a", "ai", "au", "aux", "avec", "ce", "ces", "cet", "cette", "comment", "dans", "de", "des", "dont", "du", "elle",
    "elles", "en", "est", "et", "eu", "il", "ils", "je", "la", "le", "les", "leur", "leurs", "lui", "ma", "mes", "mon",
    "ne", "nos", "notre", "nous", "on", "ou", "par", "pour", "qu", "que", "quel", "quelle", "qui", "sa", "se", "ses",
    "si", "son", "sont", "un", "une", "vous", "y",
];

/// Whether a folded form is too common to be looked for in running text.
pub(super) fn is_stop(lang: Lang, folded: &str) -> bool {
    let list: &[&str] = match lang {
        Lang::En => &ENGLISH,
        Lang::Fr => &FRENCH,
    };
    list.binary_search(&folded).is_ok()
}
