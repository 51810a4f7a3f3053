//! In which language an old page is, by its path, by what it says of itself, or by its words: [`marked`], [`guess`].

use crate::lang::Lang;
use crate::layout::language;

/// A path that names a language, and the same path without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// The language; none where the path names none.
    pub lang: Option<Lang>,
    /// The path without its ending and without what names the language: the same for both versions.
    pub neutral: String,
}

/// The language that a path names: by a folder (`fr/x.md`) or by the end of the name (`x.fr.md`, `x-fra.html`).
/// One letter (`x-f.html`) counts where `is_there` knows the other version.
pub(super) fn marked(path: &str, is_there: &dyn Fn(&str) -> bool) -> Marked {
    let stem = without_ending(path);
    let mut parts: Vec<&str> = stem.split('/').collect();
    let name = parts.pop().unwrap_or_default();
    if let Some((rest, lang)) = suffix(name).filter(|(rest, _)| !rest.is_empty()) {
        let one_letter = name.len() == rest.len() + 2;
        let (at, ending) = (stem.len() - 1, &path[stem.len()..]);
        let letter = |c: char| {
            if matches!(c, 'e' | 'E') {
                if c == 'e' { 'f' } else { 'F' }
            } else if c == 'f' {
                'e'
            } else {
                'E'
            }
        };
        let twin = || format!("{}{}{ending}", &stem[..at], stem[at..].chars().map(letter).collect::<String>());
        if !one_letter || is_there(&twin()) {
            parts.push(rest);
            return Marked { lang: Some(lang), neutral: parts.join("/") };
        }
    }
    if let Some(at) = parts.iter().rposition(|part| language(part).is_some()) {
        let lang = language(parts[at]);
        parts.remove(at);
        parts.push(name);
        return Marked { lang, neutral: original(&parts).unwrap_or_else(|| parts.join("/")) };
    }
    // The home page of a language that is named like the language: `fr.md`.
    if let Some(lang) = language(name) {
        parts.push("index");
        return Marked { lang: Some(lang), neutral: parts.join("/") };
    }
    Marked { lang: None, neutral: stem.to_owned() }
}

/// Where Docusaurus has the page whose translation lies in `i18n/fr/docusaurus-plugin-content-docs/current/`; takes the
/// path without `fr`.
fn original(parts: &[&str]) -> Option<String> {
    let at = parts.windows(2).position(|pair| pair[0] == "i18n" && pair[1].starts_with(DOCUSAURUS))?;
    let (kind, rest) = (&parts[at + 1][DOCUSAURUS.len()..], &parts[at + 2..]);
    let (kind, instance) = kind.split_once('-').map_or((kind, None), |(kind, instance)| (kind, Some(instance)));
    let (folder, rest): (String, &[&str]) = match (kind, instance, rest) {
        ("docs", None, ["current", rest @ ..]) => ("docs".to_owned(), rest),
        ("docs", None, rest) => ("versioned_docs".to_owned(), rest),
        ("docs", Some(instance), ["current", rest @ ..]) => (instance.to_owned(), rest),
        ("docs", Some(instance), rest) => (format!("{instance}_versioned_docs"), rest),
        ("pages", None, rest) => ("src/pages".to_owned(), rest),
        (kind, instance, rest) => (instance.unwrap_or(kind).to_owned(), rest),
    };
    Some([&parts[..at], &[folder.as_str()], rest].concat().join("/"))
}

/// How Docusaurus calls the folders of what it has translated.
const DOCUSAURUS: &str = "docusaurus-plugin-content-";

/// The codes of the languages in paths of tools, the longer ones first.
pub(super) const CODES: [&str; 6] = ["en-CA", "fr-CA", "en_CA", "fr_CA", "en", "fr"];

/// The path without the ending of its file.
pub(super) fn without_ending(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    path[name..].rfind('.').filter(|at| *at > 0).map_or(path, |at| &path[..name + at])
}

/// The language that words name and nothing else: `Français`, `[fr]`, `Version française`.
pub(super) fn named(words: &str) -> Option<Lang> {
    let plain = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let plain = plain.trim_start_matches("version ").trim_end_matches(" version").trim_start_matches("en ");
    match plain {
        "française" => Some(Lang::Fr),
        "anglaise" => Some(Lang::En),
        plain => language(plain),
    }
}

fn suffix(name: &str) -> Option<(&str, Lang)> {
    let endings = [".", "_", "-"].into_iter().flat_map(|mark| {
        let of = move |code: &'static str, lang| (format!("{mark}{code}"), lang);
        [
            of("en-ca", Lang::En),
            of("fr-ca", Lang::Fr),
            of("en", Lang::En),
            of("fr", Lang::Fr),
            of("eng", Lang::En),
            of("fra", Lang::Fr),
            of("fre", Lang::Fr),
            of("e", Lang::En),
            of("f", Lang::Fr),
        ]
    });
    let lower = name.to_lowercase();
    let mut found = endings.into_iter().filter(|(ending, _)| lower.ends_with(ending.as_str()));
    found.find_map(|(ending, lang)| Some((name.get(..name.len() - ending.len())?, lang)))
}

/// The language of words: that of the small words among them; none where that says nothing.
pub(super) fn guess(words: &str) -> Option<Lang> {
    const ENGLISH: [&str; 12] = ["the", "and", "of", "to", "is", "for", "with", "this", "are", "you", "in", "that"];
    const FRENCH: [&str; 12] = ["le", "la", "les", "des", "et", "est", "une", "pour", "dans", "du", "vous", "sur"];
    let count = |known: &[&str]| {
        let words = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        words.filter(|word| known.contains(&word.to_lowercase().as_str())).count()
    };
    let (en, fr) = (count(&ENGLISH), count(&FRENCH));
    match en.cmp(&fr) {
        std::cmp::Ordering::Greater => Some(Lang::En),
        std::cmp::Ordering::Less => Some(Lang::Fr),
        std::cmp::Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_language_by_a_folder_or_by_its_end() {
        let of = |path: &str| {
            let Marked { lang, neutral } = marked(path, &|twin| twin == "a/page-f.html");
            (lang, neutral)
        };
        assert_eq!(of("content/fr/a/x.md"), (Some(Lang::Fr), "content/a/x".to_owned()));
        assert_eq!(of("EN/01_Scope.md"), (Some(Lang::En), "01_Scope".to_owned()));
        assert_eq!(of("a/x.fr.md"), (Some(Lang::Fr), "a/x".to_owned()));
        assert_eq!(of("a/page-fra.html"), (Some(Lang::Fr), "a/page".to_owned()));
        assert_eq!(of("a/page.fre.html"), (Some(Lang::Fr), "a/page".to_owned()));
        assert_eq!(of("fre/x.md"), (Some(Lang::Fr), "x".to_owned()));
        assert_eq!(of("en_US/x.md"), (Some(Lang::En), "x".to_owned()));
        assert_eq!(of("fr-old/x.md").0, None);
        assert_eq!(of("a/README_en.md"), (Some(Lang::En), "a/README".to_owned()));
        assert_eq!(of("a/b.c.md"), (None, "a/b.c".to_owned()));
        assert_eq!(of("fr.md"), (Some(Lang::Fr), "index".to_owned()));
        let docs = "site/i18n/fr/docusaurus-plugin-content-docs";
        assert_eq!(of(&format!("{docs}/current/a/x.mdx")), (Some(Lang::Fr), "site/docs/a/x".to_owned()));
        assert_eq!(of(&format!("{docs}/version-1/x.md")).1, "site/versioned_docs/version-1/x");
        assert_eq!(of(&format!("{docs}-community/current/x.md")).1, "site/community/x");
        assert_eq!(of("i18n/fr/docusaurus-plugin-content-blog/x.md").1, "blog/x");
        assert_eq!(of("i18n/fr/docusaurus-plugin-content-pages/x.md").1, "src/pages/x");
        assert_eq!(of("a/x.md").0, None);
        assert_eq!(of("a/page-e.html"), (Some(Lang::En), "a/page".to_owned()));
        assert_eq!(of("a/appendix-f.md").0, None);
    }

    #[test]
    fn words_tell_their_language() {
        assert_eq!(guess("The form is for all of the partners."), Some(Lang::En));
        assert_eq!(guess("Le formulaire est pour les partenaires."), Some(Lang::Fr));
        assert_eq!(guess("Python 3.12"), None);
    }
}
