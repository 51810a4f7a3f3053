//! Mailboxes that each language has of its own: `info-en@example.org` and `info-fr@example.org`, `media-relations@` and
//! `relations-medias@`.

use unicode_normalization::UnicodeNormalization;

use crate::lang::{Lang, PerLang};

/// Words by which a mailbox names the language of those who write to it.
const MARKS: PerLang<&[&str]> = PerLang {
    en: &["en", "eng", "english", "ang", "anglais", "anglaise"],
    fr: &["fr", "fra", "fre", "french", "francais", "francaise"],
};

/// The same as a single letter. It could also be someone's initial, so it counts only if both sides have one.
const LETTERS: PerLang<&str> = PerLang { en: "e", fr: "f" };

/// What an address of one language has in common with its twin: the words of its name in alphabetical order, and its
/// domain, without the marks of its own language. An address of the other language keeps its mark.
pub(super) fn in_common(lang: Lang, address: &str) -> (Vec<String>, Vec<String>) {
    let (name, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let mut name = words(lang, name);
    for word in &mut name {
        if word == LETTERS.get(lang) {
            "?".clone_into(word);
        } else if word.len() > 3 && word.ends_with('s') {
            // « relations-medias », "media-relations"
            word.pop();
        }
    }
    name.sort_unstable();
    let domain = domain.split('.').map(|label| words(lang, label).join("-")).filter(|label| !label.is_empty());
    (name, domain.collect())
}

/// The words and numbers of a name without accents and without the marks of a language.
fn words(lang: Lang, name: &str) -> Vec<String> {
    let mut words = Vec::<String>::new();
    let mut last = None;
    for c in name.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).flat_map(char::to_lowercase) {
        let kind = c.is_alphanumeric().then(|| c.is_ascii_digit());
        match words.last_mut().filter(|_| kind.is_some() && kind == last) {
            Some(word) => word.push(c),
            None if kind.is_some() => words.push(c.to_string()),
            None => {}
        }
        last = kind;
    }
    words.retain(|word| !MARKS.get(lang).contains(&word.as_str()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_twins(en: &str, fr: &str) -> bool {
        in_common(Lang::En, en) == in_common(Lang::Fr, fr)
    }

    #[test]
    fn mailboxes_that_differ_by_their_language_are_twins() {
        for (en, fr) in [
            ("info-en@example.org", "info-fr@example.org"),
            ("contact_en@example.org", "contact_fr@example.org"),
            ("en.desk+2@example.org", "fr.desk+2@example.org"),
            ("questions.anglais@example.org", "questions.francais@example.org"),
            ("questions.english@example.org", "questions.français@example.org"),
            ("info2eng@example.org", "info2fra@example.org"),
            ("info-e@example.org", "info-f@example.org"),
            ("media-relations@example.org", "relations-medias@example.org"),
            ("desk@en.example.org", "desk@fr.example.org"),
            ("desk@example-en.org", "desk@example-fr.org"),
            ("desk@example.org", "desk-fr@example.org"),
        ] {
            assert!(are_twins(en, fr), "{en} / {fr}");
        }
        for (en, fr) in [
            ("info-fr@example.org", "info-en@example.org"),
            ("a@example.org", "b@example.org"),
            ("info1-en@example.org", "info2-fr@example.org"),
            ("info-en@example.org", "info-fr@example.com"),
            ("martin@example.org", "f.martin@example.org"),
        ] {
            assert!(!are_twins(en, fr), "{en} / {fr}");
        }
    }
}
