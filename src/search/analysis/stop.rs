//! The words that are in every passage: [`is_stop`].
//!
//! They are not indexed in running text, where they would be a third of the index and tell nothing, but in titles,
//! keywords and headings. Words that carry meaning in a question (`not`, `sans`, `pas`) are not among them.

use crate::lang::Lang;

/// Folded, sorted.
const ENGLISH: [&str; 60] = [
    "a", "about", "am", "an", "and", "are", "as", "at", "be", "been", "by", "can", "could", "did", "do", "does", "for",
    "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "may", "me", "my", "of", "on",
    "or", "our", "should", "that", "the", "their", "there", "these", "they", "this", "to", "was", "we", "were", "what",
    "when", "where", "which", "who", "whom", "whose", "will", "with", "would", "you", "your",
];
/// Folded, sorted.
const FRENCH: [&str; 69] = [
    "a", "ai", "au", "aux", "avec", "ce", "ces", "cet", "cette", "combien", "comment", "dans", "de", "des", "dois",
    "doit", "dont", "du", "elle", "elles", "en", "est", "et", "eu", "il", "ils", "je", "la", "le", "les", "leur",
    "leurs", "lui", "ma", "mes", "mon", "ne", "nos", "notre", "nous", "on", "ont", "ou", "par", "peut", "peux", "pour",
    "puis", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "sa", "se", "ses", "si", "son",
    "sont", "sur", "t", "un", "une", "vous", "y",
];

/// Whether a folded form is too common to be looked for in running text.
pub(super) fn is_stop(lang: Lang, folded: &str) -> bool {
    let list: &[&str] = match lang {
        Lang::En => &ENGLISH,
        Lang::Fr => &FRENCH,
    };
    list.binary_search(&folded).is_ok()
}
