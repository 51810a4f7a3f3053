//! Messages about confirming pairs: the objections to it, and what it records.

use super::both;
use crate::diagnostic::known_names::name_list;
use crate::lang::{Lang, PerLang};
use crate::pairs::confirm::Objection;
use crate::pairs::sections::Row;
use crate::path::ContentPath;

/// What a section is called: its heading in the reader's language, or in the other.
pub fn section_title(row: &Row) -> PerLang<String> {
    let (en, fr) = (row.title.en.clone(), row.title.fr.clone());
    let name = |own: &Option<String>, other: &Option<String>| own.clone().or(other.clone()).unwrap_or(row.key.clone());
    PerLang { en: name(&en, &fr), fr: name(&fr, &en) }
}

/// An objection to confirming a pair.
pub fn objection(objection: &Objection) -> PerLang<String> {
    match objection {
        Objection::MissingSide(lang) => match lang {
            Lang::En => {
                both!(
                    "it exists in one language only; the English one is missing",
                    "elle n’a qu’une version; l’anglaise manque"
                )
            }
            Lang::Fr => {
                both!(
                    "it exists in one language only; the French one is missing",
                    "elle n’a qu’une version; la française manque"
                )
            }
        },
        Objection::ChangedAlone { row, lang } => changed_alone(row, *lang),
        Objection::Error(mistake) => {
            let (name, file) = (mistake.name, &mistake.place.file);
            let (en, fr) = (&mistake.message.en, &mistake.message.fr);
            both!("error[{name}] in {file}: {en}", "erreur[{name}] dans {file} : {fr}")
        }
        Objection::Unfilled(files) => {
            let files = name_list(files.iter().map(ContentPath::as_str));
            both!(
                "something is still to be filled in, so nobody can judge that both versions say the same: {files}",
                "il reste quelque chose à remplir, et personne ne peut donc juger que les deux versions disent la même chose : {files}"
            )
        }
        Objection::SameLanguage(Lang::En) => {
            both!("both versions are in English", "les deux versions sont en anglais")
        }
        Objection::SameLanguage(Lang::Fr) => {
            both!("both versions are in French", "les deux versions sont en français")
        }
        Objection::Copies => both!(
            "both versions have the same words: one has not been translated",
            "les deux versions ont les mêmes mots : l’une n’a pas été traduite"
        ),
        Objection::UnknownSection { written, nearest, known } => {
            let known = name_list(known.iter().map(String::as_str));
            match nearest {
                Some(nearest) => both!(
                    "it has no section “{written}”; did you mean “{nearest}”?",
                    "elle n’a pas de section « {written} »; vouliez-vous dire « {nearest} »?"
                ),
                None => both!(
                    "it has no section “{written}”; it has: {known}",
                    "elle n’a pas de section « {written} »; elle a : {known}"
                ),
            }
        }
    }
}

/// A section that changed in one language, with the option of the command that confirms it as it is.
fn changed_alone(row: &Row, lang: Lang) -> PerLang<String> {
    let PerLang { en, fr } = changed_in_one_language(row, lang);
    let key = &row.key;
    both!(
        "{en}, or, if it needs no change, add --section {key}",
        "{fr} ou, s’il n’y a rien à y changer, ajoutez --section {key}"
    )
}

/// A section that changed in one language.
pub fn changed_in_one_language(row: &Row, lang: Lang) -> PerLang<String> {
    let PerLang { en, fr } = section_title(row);
    match lang {
        Lang::En => both!(
            "“{en}” changed in English only. Bring the French up to date",
            "« {fr} » n’a changé qu’en anglais. Mettez le français à jour"
        ),
        Lang::Fr => both!(
            "“{en}” changed in French only. Bring the English up to date",
            "« {fr} » n’a changé qu’en français. Mettez l’anglais à jour"
        ),
    }
}

/// The line above the objections to confirming a record.
pub fn not_confirmed(id: &str) -> PerLang<String> {
    both!("{id} is not confirmed:", "{id} n’est pas confirmée :")
}

/// What can be done where the objections are errors or the language.
pub fn even_so() -> PerLang<&'static str> {
    PerLang {
        en: "correct this first; --even-so records the pair as it is",
        fr: "corrigez d’abord ceci; --even-so consigne la paire telle quelle",
    }
}

/// A section that is recorded.
pub fn recorded_section(row: &Row) -> PerLang<String> {
    let PerLang { en, fr } = section_title(row);
    match (&row.title.en, &row.title.fr) {
        (Some(own), Some(other)) if own != other => both!("{en} → {other}", "{fr} → {own}"),
        _ => both!("{en}", "{fr}"),
    }
}

/// A difference between the sides that is accepted.
pub fn accepted(message: &PerLang<String>) -> PerLang<String> {
    let PerLang { en, fr } = message;
    both!("accepted: {en}", "accepté : {fr}")
}

/// How many pairs were confirmed, or would be.
pub fn confirmed(count: usize, is_dry: bool) -> PerLang<String> {
    match (count, is_dry) {
        (1, false) => both!("1 pair confirmed", "1 paire confirmée"),
        (0, false) => both!("0 pairs confirmed", "0 paire confirmée"),
        (count, false) => both!("{count} pairs confirmed", "{count} paires confirmées"),
        (1, true) => both!("1 pair would be confirmed", "1 paire serait confirmée"),
        (0, true) => both!("0 pairs would be confirmed", "0 paire serait confirmée"),
        (count, true) => both!("{count} pairs would be confirmed", "{count} paires seraient confirmées"),
    }
}

/// How many differences were accepted.
pub fn accepted_count(count: usize) -> PerLang<String> {
    match count {
        1 => both!(
            "1 difference between the two versions is accepted until its section changes",
            "1 différence entre les deux versions est acceptée jusqu’à ce que sa section change"
        ),
        count => both!(
            "{count} differences between the two versions are accepted until their sections change",
            "{count} différences entre les deux versions sont acceptées jusqu’à ce que leurs sections changent"
        ),
    }
}
