//! The words that are in every passage, [`is_stop`], those that are in every question, [`is_light`], and those that deny,
//! [`is_negation`].
//!
//! The first are not indexed in running text, where they would be a third of the index and tell nothing, but in titles,
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

/// Folded, sorted.
const LIGHT_ENGLISH: [&str; 64] = [
    "any",
    "anybody",
    "anyone",
    "anything",
    "asking",
    "between",
    "come",
    "difference",
    "explain",
    "find",
    "found",
    "get",
    "getting",
    "give",
    "go",
    "going",
    "got",
    "happen",
    "happens",
    "hello",
    "help",
    "hi",
    "info",
    "just",
    "know",
    "learn",
    "let",
    "lets",
    "like",
    "look",
    "looking",
    "lot",
    "many",
    "mean",
    "means",
    "more",
    "most",
    "much",
    "need",
    "needs",
    "now",
    "please",
    "possible",
    "really",
    "see",
    "show",
    "some",
    "somebody",
    "someone",
    "something",
    "still",
    "tell",
    "thank",
    "thanks",
    "thing",
    "things",
    "today",
    "use",
    "using",
    "want",
    "wanted",
    "wants",
    "way",
    "ways",
];
/// Folded, sorted.
const LIGHT_FRENCH: [&str; 78] = [
    "aide",
    "aider",
    "aimerais",
    "aller",
    "alors",
    "apprendre",
    "aussi",
    "avoir",
    "beaucoup",
    "besoin",
    "bien",
    "bonjour",
    "bonsoir",
    "ca",
    "cela",
    "certain",
    "certains",
    "cherche",
    "chercher",
    "chose",
    "choses",
    "connaitre",
    "difference",
    "donc",
    "donner",
    "entre",
    "etre",
    "expliquer",
    "faire",
    "fais",
    "fait",
    "faites",
    "faut",
    "ici",
    "info",
    "informations",
    "infos",
    "maintenant",
    "merci",
    "mettre",
    "moi",
    "montrer",
    "ok",
    "peuvent",
    "peux",
    "plait",
    "plus",
    "possible",
    "pourquoi",
    "pouvez",
    "pouvoir",
    "pouvons",
    "puis",
    "quelqu",
    "quelque",
    "quelques",
    "salut",
    "savoir",
    "sert",
    "suis",
    "svp",
    "toujours",
    "tous",
    "tout",
    "toute",
    "toutes",
    "tres",
    "trouve",
    "trouver",
    "utiliser",
    "va",
    "vais",
    "vas",
    "veulent",
    "veut",
    "veux",
    "voudrais",
    "vouloir",
];

/// Folded, sorted.
const NO_ENGLISH: [&str; 12] =
    ["cannot", "hardly", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "nowhere", "without"];
/// Folded, sorted.
const NO_FRENCH: [&str; 13] = [
    "aucun",
    "aucune",
    "aucunement",
    "guere",
    "jamais",
    "ni",
    "non",
    "nul",
    "nulle",
    "nullement",
    "pas",
    "rien",
    "sans",
];

/// Whether a folded form denies what stands beside it.
pub(super) fn is_negation(lang: Lang, folded: &str) -> bool {
    let list: &[&str] = match lang {
        Lang::En => &NO_ENGLISH,
        Lang::Fr => &NO_FRENCH,
    };
    list.binary_search(&folded).is_ok()
}

/// Whether a folded form is too common to be looked for in running text.
pub(super) fn is_stop(lang: Lang, folded: &str) -> bool {
    let list: &[&str] = match lang {
        Lang::En => &ENGLISH,
        Lang::Fr => &FRENCH,
    };
    list.binary_search(&folded).is_ok()
}

/// Whether a folded form is how people ask rather than what they ask about: it helps where a page has it, and its absence
/// is no loss.
pub(super) fn is_light(lang: Lang, folded: &str) -> bool {
    let list: &[&str] = match lang {
        Lang::En => &LIGHT_ENGLISH,
        Lang::Fr => &LIGHT_FRENCH,
    };
    list.binary_search(&folded).is_ok()
}
