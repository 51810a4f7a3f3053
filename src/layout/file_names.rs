//! What a name that nothing reads was meant to be: [`right_name`] for one that is nearly right, [`copy_of`] for one that a
//! person or a program has given to another version of a file.
//!
//! A name is taken apart at `. _ - ( )` and spaces. Only a piece that is a language and where languages are named counts: in
//! `guide-en-ligne.md` « en » is a word.

use super::{ContentKind, SEARCH_TESTS, SETTINGS, TYPES, WORDS, stem_and_lang};
use crate::lang::Lang;
use crate::path::ContentPath;

/// Whether an ending is one of Markdown files, here or elsewhere.
pub(super) fn is_markdown(ending: &str) -> bool {
    const ENDINGS: [&str; 6] = ["md", "markdown", "mdown", "mkd", "mkdn", "mdx"];
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The path that a file of words, facts or settings would be read under, where its own is another one and leaves no doubt:
/// `treaty.EN.md`, `treaty.fr-CA.markdown`, `treaty_fr.md`, `fr.treaty.md`, `treaty.en.md.txt`, `treaty.yml`,
/// `treaty.en.yaml`, `Site.yaml`, `pages/en/treaty.md`.
pub fn right_name(path: &ContentPath) -> Option<String> {
    let name = path.file_name();
    let folder = &path.as_str()[..path.as_str().len() - name.len()];
    let right = match Name::of(name)? {
        Name { is_facts: true, stem } if folder.is_empty() => setting(stem)?.to_owned(),
        Name { is_facts: true, .. } if path.folder() == TYPES && !has_text_ending(name) => return None,
        Name { is_facts: true, stem } => {
            // The facts of a record are the same in both languages.
            let stem = stem_and_lang(stem).filter(|(id, _)| !id.is_empty()).map_or(stem, |(id, _)| id);
            format!("{folder}{stem}.yaml")
        }
        Name { is_facts: false, stem } => match lang_at_end(stem).or_else(|| lang_at_beginning(stem)) {
            Some((stem, lang)) => format!("{folder}{stem}.{lang}.md"),
            None => {
                let (folder, lang) = lang_of_folder(folder)?;
                format!("{folder}{stem}.{lang}.md")
            }
        },
    };
    (right != path.as_str()).then_some(right)
}

/// The path of the file that one is named as another version of: `treaty.en (1).md`, `Copy of treaty.en.md`,
/// `treaty - Copie.fr.md`, `treaty.fr_old.md`, `treaty.fr.sync-conflict-20240101.md`, `treaty - Copy (2).yaml`.
pub fn copy_of(path: &ContentPath) -> Option<String> {
    let name = path.file_name();
    let folder = &path.as_str()[..path.as_str().len() - name.len()];
    let Name { stem, is_facts } = Name::of(name)?;
    let original = if is_facts {
        let stem = without_mark(stem).filter(|_| !folder.is_empty())?;
        format!("{folder}{stem}.yaml")
    } else {
        let (id, lang, behind) = lang_within(stem)?;
        let marked = without_mark(id);
        if behind.is_empty() && marked.is_none() {
            return None;
        }
        format!("{folder}{}.{lang}.md", marked.unwrap_or(id))
    };
    (original != path.as_str()).then_some(original)
}

/// A name in which the language follows that of the record without a sign between them: `treatyfr.md`, and the record.
pub fn joined_name(path: &ContentPath) -> Option<(&str, String)> {
    let ContentKind::NoLanguage { stem } = ContentKind::of(path) else { return None };
    let lang = Lang::BOTH.into_iter().find(|lang| stem.ends_with(lang.code()))?;
    let id = stem.strip_suffix(lang.code())?;
    Some((id, format!("{id}.{lang}.md")))
}

/// The code of a language that no site here has, at the end of a name, and the name before it: `treaty.es.md`.
pub fn other_language(stem: &str) -> Option<(&str, &str)> {
    const OTHERS: [&str; 22] = [
        "ar", "cr", "de", "es", "fa", "hi", "it", "iu", "ja", "ko", "nl", "oj", "pa", "pl", "pt", "ru", "sv", "tl",
        "uk", "ur", "vi", "zh",
    ];
    let (before, code) = stem.rsplit_once('.')?;
    OTHERS.contains(&code).then_some((before, code))
}

/// The name before a language at the end of an id: that of `treaty.fr.en.md` is `treaty`.
pub fn language_at_end(id: &str) -> Option<&str> {
    stem_and_lang(id).map(|(name, _)| name)
}

/// The page that a file of another program has the name of: `treaty.fr.docx` is `treaty.fr.md`.
pub fn in_other_format(path: &ContentPath) -> Option<ContentPath> {
    const FORMATS: [&str; 9] = ["docx", "doc", "odt", "rtf", "txt", "html", "htm", "pages", "gdoc"];
    let (stem, ending) = path.as_str().rsplit_once('.')?;
    let is_format = FORMATS.iter().any(|format| ending.eq_ignore_ascii_case(format));
    let page = ContentPath::new(format!("{stem}.md"));
    (is_format && matches!(ContentKind::of(&page), ContentKind::Words { .. })).then_some(page)
}

/// The name of a file of words or facts, without its endings.
struct Name<'n> {
    stem: &'n str,
    is_facts: bool,
}

impl<'n> Name<'n> {
    /// Takes the endings off, of which a system or an editor may have added some: `treaty.en.md.md`, `treaty.yaml.txt`.
    fn of(name: &'n str) -> Option<Self> {
        let (mut stem, ending) = name.strip_suffix_ignoring_case(".txt").unwrap_or(name).rsplit_once('.')?;
        let is_facts = ["yaml", "yml"].iter().any(|facts| ending.eq_ignore_ascii_case(facts));
        if !is_facts && !is_markdown(ending) {
            return None;
        }
        while let Some((before, _)) = stem.rsplit_once('.').filter(|(_, ending)| !is_facts && is_markdown(ending)) {
            stem = before;
        }
        Some(Self { stem, is_facts })
    }
}

fn has_text_ending(name: &str) -> bool {
    name.strip_suffix_ignoring_case(".txt").is_some()
}

/// The file of settings that a name at the top of the content means: `Site`, `words`.
fn setting(stem: &str) -> Option<&'static str> {
    let is_meant = |file: &&&str| file.strip_suffix(".yaml").is_some_and(|name| name.eq_ignore_ascii_case(stem));
    [SETTINGS, WORDS, SEARCH_TESTS].iter().find(is_meant).copied()
}

/// The folder above one that is named for a language: `pages/` and French of `pages/fr/`.
fn lang_of_folder(folder: &str) -> Option<(&str, Lang)> {
    let folder = folder.strip_suffix('/')?;
    let at = folder.rfind('/')? + 1;
    let lang = folder[at..].to_ascii_lowercase().parse().ok()?;
    Some((&folder[..at], lang))
}

/// The signs between the pieces of a name.
const BETWEEN: [char; 6] = ['.', '_', '-', ' ', '(', ')'];

/// The language that a word names, as people and other programs write it: `fr`, `FRA`, `fr-CA`, `fr_CA.UTF-8`, `français`.
/// What follows must be a region or an encoding: `fr-old` names no language.
pub fn language(word: &str) -> Option<Lang> {
    let lower = word.to_lowercase();
    let (name, region) = lower.split_once(['-', '_', '.']).unwrap_or((&lower, ""));
    let region = region.split(['-', '_', '.', '@']).next().unwrap_or_default();
    let is_region = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_lowercase());
    let lang = match name {
        "en" | "eng" | "english" | "anglais" => Lang::En,
        "fr" | "fra" | "fre" | "french" | "francais" | "français" => Lang::Fr,
        _ => return None,
    };
    (is_region || matches!(region, "" | "utf" | "utf8")).then_some(lang)
}

/// A name and the language at its end: `treaty.fr-CA`, `treaty_FR`, `treaty (fr)`, `treaty.eng`.
fn lang_at_end(stem: &str) -> Option<(&str, Lang)> {
    let rest = stem.trim_end_matches([' ', ')']);
    let rest = ["-ca", "_ca", " ca"].iter().find_map(|region| rest.strip_suffix_ignoring_case(region)).unwrap_or(rest);
    let at = rest.rfind(BETWEEN)?;
    let name = rest[..at].trim_end_matches([' ', '(', '-', '_']);
    Some((name, language(&rest[at + 1..])?)).filter(|(name, _)| !name.is_empty())
}

/// A name and the language at its beginning: `fr.treaty`, `EN_treaty`.
fn lang_at_beginning(stem: &str) -> Option<(&str, Lang)> {
    let (piece, name) = stem.split_once(['.', '_'])?;
    Some((name, language(piece)?)).filter(|(name, _)| !name.is_empty())
}

/// What is before a language, and what is behind it: `treaty.fr_old`, `Copy of treaty.fr`. Within a name a language follows
/// a full stop, or it may be a word.
fn lang_within(stem: &str) -> Option<(&str, Lang, &str)> {
    if let Some((name, lang)) = lang_at_end(stem) {
        return Some((name, lang, ""));
    }
    stem.match_indices('.').find_map(|(at, _)| {
        let piece = &stem[at + 1..];
        let (piece, behind) = piece.split_at(piece.find(BETWEEN)?);
        Some((&stem[..at], language(piece)?, behind)).filter(|(name, ..)| !name.is_empty())
    })
}

/// A name without what systems and programs put around that of a copy; none where there is no such thing.
fn without_mark(name: &str) -> Option<&str> {
    const BEFORE: [&str; 8] =
        ["copy of ", "copie de ", "copie d’", "copie d'", "copy-of-", "copie-de-", "copy_of_", "copie_de_"];
    const BEHIND: [&str; 8] = [" - copy", " - copie", " copy", " copie", "_copy", "-copy", "_copie", "-copie"];
    let lower = name.to_lowercase();
    if lower.len() != name.len() {
        return None;
    }
    let found =
        |rest: &str| -> Option<&str> { Some(name.get(..rest.len())?.trim_end()).filter(|name| !name.is_empty()) };
    if let Some(rest) = BEFORE.iter().find_map(|mark| lower.strip_prefix(mark)) {
        return name.get(name.len() - rest.len()..).filter(|name| !name.is_empty());
    }
    // « (1) », « (Anna’s conflicted copy 2024-05-01) »
    if let Some((rest, inner)) = lower.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && (inner.bytes().all(|byte| byte.is_ascii_digit()) || inner.contains("conflict") || inner.contains("conflit"))
    {
        let rest = BEHIND.iter().find_map(|mark| rest.trim_end().strip_suffix(mark)).unwrap_or(rest);
        return found(rest);
    }
    let machine =
        ["-desktop-", "-laptop-", ".sync-conflict-", "-sync-conflict-", "_conflict", ".conflict", "-conflict"];
    if let Some(at) = machine.iter().filter_map(|mark| lower.find(mark)).min() {
        return found(&lower[..at]);
    }
    let without_number = lower.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    BEHIND.iter().find_map(|mark| without_number.strip_suffix(mark).or(lower.strip_suffix(mark))).and_then(found)
}

trait IgnoringCase {
    fn strip_suffix_ignoring_case(&self, suffix: &str) -> Option<&str>;
}

impl IgnoringCase for str {
    fn strip_suffix_ignoring_case(&self, suffix: &str) -> Option<&str> {
        let at = self.len().checked_sub(suffix.len()).filter(|at| self.is_char_boundary(*at))?;
        self[at..].eq_ignore_ascii_case(suffix).then_some(&self[..at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(path: &'static str) -> Option<String> {
        right_name(&ContentPath::new(path))
    }

    #[test]
    fn a_name_that_is_nearly_right_says_which_one_was_meant() {
        for wrong in [
            "a/x.EN.md",
            "a/x.en.MD",
            "a/x.en.markdown",
            "a/x.en-CA.md",
            "a/x.en_ca.md",
            "a/x_en.md",
            "a/x-EN.md",
            "a/x.eng.md",
            "a/x.en.md.txt",
            "a/x.en.md.TXT",
            "a/x.english.md",
            "a/x.en.mdx",
            "a/x.en.md.md",
            "a/x.en .md",
            "a/x (en).md",
            "a/x - EN.md",
            "a/en.x.md",
            "a/EN_x.md",
            "a/en/x.md",
        ] {
            assert_eq!(right(wrong).as_deref(), Some("a/x.en.md"), "{wrong}");
            assert_eq!(ContentKind::of(&ContentPath::new(wrong)), ContentKind::Misnamed, "{wrong}");
        }
        assert_eq!(right("a/é.FR.md").as_deref(), Some("a/é.fr.md"));
        for wrong in ["a/x.YAML", "a/x.en.yaml", "a/x.yml", "a/x.fr.yml", "a/x.yaml.txt"] {
            assert_eq!(right(wrong).as_deref(), Some("a/x.yaml"), "{wrong}");
        }
        assert_eq!(right("Site.yaml").as_deref(), Some("site.yaml"));
        assert_eq!(right("words.yml").as_deref(), Some("words.yaml"));
        for fine in [
            "a/x.en.md",
            "a/x.yaml",
            "a/x.md",
            "a/notes.txt",
            "a/x.de.md",
            "a/.en.md",
            "a/é",
            "a/annex.pdf",
            "a/guide-en-ligne.md",
            "types/a.yml",
            "_config.yml",
            "site.yaml",
        ] {
            assert_eq!(right(fine), None, "{fine}");
        }
    }

    #[test]
    fn a_name_of_another_version_says_of_which_file() {
        let copy = |path: &'static str| copy_of(&ContentPath::new(path));
        for copied in [
            "a/x.en (1).md",
            "a/x.en copy.md",
            "a/x.en copy 2.md",
            "a/x.en - Copie.md",
            "a/x.en - Copy (2).md",
            "a/x.en_old.md",
            "a/x.en.v2.md",
            "a/x.en.conflict.md",
            "a/x.en-DESKTOP-AB12.md",
            "a/x.en.sync-conflict-20240101-123456-ABC.md",
            "a/x.en (Anna's conflicted copy 2024-05-01).md",
            "a/x (1).en.md",
            "a/x - Copie.en.md",
            "a/x - Copy (2).en.md",
            "a/x-DESKTOP-AB12.en.md",
            "a/Copy of x.en.md",
            "a/Copie de x.en.md",
        ] {
            assert_eq!(copy(copied).as_deref(), Some("a/x.en.md"), "{copied}");
        }
        assert_eq!(copy("a/x - Copy.yaml").as_deref(), Some("a/x.yaml"));
        for own in ["a/photocopy.en.md", "a/x.en.md", "a/x_en.md", "a/copy.en.md", "a/guide-en-ligne.md", "a/x (1).md"]
        {
            assert_eq!(copy(own), None, "{own}");
        }
    }

    #[test]
    fn a_page_in_the_file_of_another_program_is_known_by_its_name() {
        let page = |path: &'static str| in_other_format(&ContentPath::new(path)).map(|page| page.to_string());
        assert_eq!(page("a/x.fr.docx").as_deref(), Some("a/x.fr.md"));
        assert_eq!(page("a/annex.docx"), None);
        assert_eq!(other_language("a/x.es"), Some(("a/x", "es")));
    }
}
