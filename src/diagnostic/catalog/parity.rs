//! Messages about differences between the two sides.

use std::collections::BTreeMap;

use super::pairs::with;
use super::{both, warning};
use crate::check::Rule;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::lang::{Lang, PerLang};
use crate::pairs::content::ListKind;
use crate::path::ContentPath;

/// Where to allow a difference that is right.
#[derive(Clone, Copy, Debug)]
pub enum Allowed<'a> {
    /// In the block at the top of the page where it shows.
    AtTop,
    /// In the block at the top of another file.
    AtTopOf(&'a ContentPath),
    /// In a comment.
    Above,
}

/// A difference between the two sides. `other` is the language of the second place; `found` is what each side has.
pub fn parity(
    rule: Rule,
    place: Place,
    other_place: Place,
    other: Lang,
    found: &PerLang<PerLang<String>>,
    allowed: Allowed<'_>,
    severity: Severity,
) -> Diagnostic {
    let name = rule.name();
    let rule_name = name.trim_start_matches("parity-");
    let allow = match allowed {
        Allowed::AtTop => both!(
            "add to the block at the top: parity: {{{rule_name}: the reason}}",
            "ajoutez au bloc en tête de page : parity: {{{rule_name}: la raison}}"
        ),
        Allowed::AtTopOf(file) => both!(
            "add to the block at the top of {file}: parity: {{{rule_name}: the reason}}",
            "ajoutez au bloc en tête de {file} : parity: {{{rule_name}: la raison}}"
        ),
        Allowed::Above => {
            both!("write above it <!-- {name}: the reason -->", "écrivez au-dessus <!-- {name}: la raison -->")
        }
    };
    let (allow, permettre) = (allow.en, allow.fr);
    // What is on each side, in English messages and in French ones.
    let (en, fr) = (&found.en.en, &found.fr.en);
    let (anglais, français) = (&found.en.fr, &found.fr.fr);
    let counted = |en_one: &str, fr_one: &str| {
        both!(
            "the two versions differ in {en_one}: {en} in English, {fr} in French",
            "les deux versions n’ont pas les mêmes {fr_one} : {anglais} en anglais, {français} en français"
        )
    };
    let said = |en_one: &str, fr_one: &str| match (en.is_empty(), fr.is_empty()) {
        (false, true) => both!("{en_one} only in English: {en}", "{fr_one} seulement en anglais : {anglais}"),
        (true, false) => both!("{en_one} only in French: {fr}", "{fr_one} seulement en français : {français}"),
        _ => both!(
            "the two versions differ in {en_one}: {en} in English, {fr} in French",
            "les deux versions diffèrent ({fr_one}) : {anglais} en anglais, {français} en français"
        ),
    };
    let message = match rule {
        Rule::Headings => said("headings", "intertitres"),
        Rule::Paragraphs => counted("the number of paragraphs", "nombres de paragraphes"),
        Rule::Lists => counted("their list items", "éléments de liste"),
        Rule::Alerts => said("boxes", "encadrés"),
        Rule::Tables => counted("the number of table cells", "nombres de cellules de tableau"),
        Rule::Code => said("code", "code"),
        Rule::Links => said("links to other sites and files", "liens vers d’autres sites et des fichiers"),
        Rule::LinkLanguage if fr.is_empty() => {
            both!(
                "the English version links to a French page: {en}",
                "la version anglaise mène à une page française : {anglais}"
            )
        }
        Rule::LinkLanguage => {
            both!(
                "the French version links to an English page: {fr}",
                "la version française mène à une page anglaise : {français}"
            )
        }
        Rule::Untranslated if fr.is_empty() => both!(
            "the French version has the same English words: “{en}”",
            "la version française a les mêmes mots anglais : « {anglais} »"
        ),
        Rule::Untranslated => both!(
            "the English version has the same French words: “{fr}”",
            "la version anglaise a les mêmes mots français : « {français} »"
        ),
        Rule::References => said("links to records", "liens vers des fiches"),
        Rule::Images => counted("the number of pictures", "nombres d’images"),
        Rule::Footnotes => counted("the number of references to footnotes", "nombres d’appels de note"),
        Rule::Numbers => said("numbers", "nombres"),
        Rule::Dates => said("dates", "dates"),
        Rule::Times => said("times of day", "heures"),
        Rule::Money => said("amounts of money", "sommes d’argent"),
        Rule::Percentages => said("percentages", "pourcentages"),
        Rule::Email => said("email addresses", "adresses courriel"),
        Rule::Length => length(other, en, fr),
        Rule::Phone => said("telephone numbers", "numéros de téléphone"),
    };
    let help = if rule == Rule::LinkLanguage {
        both!(
            "Link to the page in the reader’s language, or say that it is in the other one. If it is right, {allow}.",
            "Créez un lien vers la page dans la langue du lecteur, ou dites qu’elle est dans l’autre. Si c’est voulu, {permettre}."
        )
    } else if rule == Rule::Untranslated {
        let mark = match allowed {
            Allowed::Above => {
                both!("write [the words](lang:{other}) or {allow}", "écrivez [les mots](lang:{other}) ou {permettre}")
            }
            Allowed::AtTop | Allowed::AtTopOf(_) => both!("{allow}", "{permettre}"),
        };
        let (mark, marquer) = (mark.en, mark.fr);
        both!("Translate them. If they are right, {mark}.", "Traduisez-les. Si c’est voulu, {marquer}.")
    } else {
        both!(
            "Make the two versions say the same thing. If the difference is right, {allow}.",
            "Faites dire la même chose aux deux versions. Si la différence est voulue, {permettre}."
        )
    };
    let label = match other {
        Lang::En => both!("the English version", "la version anglaise"),
        Lang::Fr => both!("the French version", "la version française"),
    };
    with(severity, warning(name, place, message, help)).with_related(other_place, label)
}

/// One side, not the one in `longer`, is much shorter; and how many words each has.
fn length(longer: Lang, en: &str, fr: &str) -> PerLang<String> {
    let words = |count: &str| match count {
        "0" => both!("0 words", "0 mot"),
        "1" => both!("1 word", "1 mot"),
        _ => both!("{count} words", "{count} mots"),
    };
    match longer {
        Lang::En => {
            let PerLang { en: words, fr: mots } = words(fr);
            both!(
                "this is much shorter in French than in English, {words} against {en}: something may be missing",
                "ce passage est bien plus court en français qu’en anglais, {mots} contre {en} : il manque peut-être quelque chose"
            )
        }
        Lang::Fr => {
            let PerLang { en: words, fr: mots } = words(en);
            both!(
                "this is much shorter in English than in French, {words} against {fr}: something may be missing",
                "ce passage est bien plus court en anglais qu’en français, {mots} contre {fr} : il manque peut-être quelque chose"
            )
        }
    }
}

/// How many items of which kinds of list there are.
pub fn list_kinds(kinds: &BTreeMap<ListKind, usize>) -> PerLang<String> {
    let words = kinds.iter().map(|(kind, count)| match kind {
        ListKind::Bullets => both!("{count} with bullets", "{count} à puces"),
        ListKind::Numbers => both!("{count} numbered", "{count} numérotés"),
        ListKind::Tasks { done: false } => both!("{count} as tasks to do", "{count} comme tâches à faire"),
        ListKind::Tasks { done: true } => both!("{count} as tasks done", "{count} comme tâches faites"),
    });
    let words: Vec<PerLang<String>> = words.collect();
    PerLang::from_fn(|lang| words.iter().map(|words| words.get(lang).as_str()).collect::<Vec<_>>().join(", "))
}
