//! Numbers that name a part of a law or document: [`is_reference`].

use crate::lang::Lang;

/// Whether a number names a part of a law or document: "section 12", « l’alinéa 12a) ».
pub(super) fn is_reference(lang: Lang, text: &str, at: usize) -> bool {
    // Only so far back; otherwise a list of figures would be read from its beginning for each of them.
    let text = &text[text.ceil_char_boundary(at.saturating_sub(LONGEST_LIST))..at];
    let before = text.trim_end_matches(|c: char| !c.is_alphabetic());
    let start = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let mut name = before[start..].to_lowercase();
    let joins = ["and", "or", "to", "et", "ou", "à", "a", "b", "c", "d", "e", "f", "i", "ii", "iii", "iv"];
    if joins.contains(&name.as_str()) || text.ends_with(['(', ')', '.', '-']) {
        // The end of a list or range of references.
        let clause = text.rfind([';', '\n']).map_or(text, |end| &text[end..]);
        let words = clause.rsplit(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3).map(str::to_lowercase);
        name = words.into_iter().next().unwrap_or_default();
    }
    let names: &[&str] = match lang {
        Lang::En => &[
            "section",
            "subsection",
            "paragraph",
            "subparagraph",
            "clause",
            "article",
            "part",
            "schedule",
            "item",
            "division",
            "chapter",
            "rule",
            "form",
            "column",
            "table",
            "figure",
            "annex",
            "page",
            "volume",
            "version",
        ],
        Lang::Fr => &[
            "article",
            "paragraphe",
            "alinéa",
            "alinéas",
            "sous-alinéa",
            "division",
            "partie",
            "annexe",
            "point",
            "section",
            "chapitre",
            "règle",
            "formulaire",
            "colonne",
            "tableau",
            "figure",
            "page",
            "volume",
            "art",
            "numéro",
            "version",
        ],
    };
    names.iter().any(|known| name.strip_prefix(known).is_some_and(|end| matches!(end, "" | "s")))
}

/// How long a list of references may be, in bytes, for its last number to be known as one.
const LONGEST_LIST: usize = 512;
