//! Packages for translators: the objections to importing one, and the words in them.

use super::{both, error};
use crate::diagnostic::package::{Elsewhere, MarkFault, Unreadable, Untranslatable};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::{Lang, PerLang};
use crate::pairs::history::Edit;

/// A file that is not a package.
pub fn package_unreadable(place: Place, why: &Unreadable) -> Diagnostic {
    let message = match why {
        Unreadable::Other => both!("this is not a Diptych package", "ceci n’est pas un lot de Diptych"),
        Unreadable::Damaged(_) => both!(
            "this package is damaged: it cannot be read from here on",
            "ce lot est abîmé : il est illisible à partir d’ici"
        ),
        Unreadable::Doctype => both!(
            "this package declares a document type, which none from Diptych does",
            "ce lot déclare un type de document, ce que ne fait aucun lot de Diptych"
        ),
        Unreadable::TooLarge => {
            both!("this package is larger than any from Diptych", "ce lot est plus gros que tout lot de Diptych")
        }
        Unreadable::Version(version) => both!(
            "this is XLIFF {version}; packages are XLIFF 1.2",
            "ceci est du XLIFF {version}; les lots sont en XLIFF 1.2"
        ),
    };
    let help = both!(
        "Ask the translator for the file that was sent, with the translation in it: an XLIFF 1.2 file, or a Word document (.docx).",
        "Demandez à la traduction le fichier envoyé, avec la traduction dedans : un fichier XLIFF 1.2 ou un document Word (.docx)."
    );
    error("package-unreadable", place, message, help)
}

/// A package that belongs elsewhere.
pub fn package_elsewhere(place: Place, elsewhere: Elsewhere<'_>) -> Diagnostic {
    let (message, help) = match elsewhere {
        Elsewhere::Site(site) => (
            both!("this package belongs to another site, “{site}”", "ce lot appartient à un autre site, « {site} »"),
            both!(
                "Import it into the site that it was exported from. If this site was renamed since, export the package again.",
                "Importez-le là où il a été exporté. Si ce site a changé de nom depuis, exportez le lot de nouveau."
            ),
        ),
        Elsewhere::Record { id, from, why } => {
            let help = match why {
                Untranslatable::NoSource => both!(
                    "If the record was moved or removed since the package was exported, export it again under its new name.",
                    "Si la fiche a été déplacée ou supprimée depuis l’exportation du lot, exportez-la de nouveau sous son nouveau nom."
                ),
                Untranslatable::Unreadable => both!(
                    "Correct what diptych check reports about it, then import the package again.",
                    "Corrigez ce que diptych check signale à son sujet, puis importez le lot de nouveau."
                ),
                Untranslatable::OutOfStep => both!(
                    "Please report this defect with the files of the record. Until it is corrected, copy the translation by hand.",
                    "Veuillez signaler ce défaut et joindre les fichiers de la fiche. En attendant la correction, recopiez la traduction à la main."
                ),
            };
            (untranslatable(id, from, why), help)
        }
    };
    error("package-elsewhere", place, message, help)
}

/// A section that is no longer what it was when its package was exported.
pub fn section_changed(place: Place, section: &str, id: &str, lang: Option<Lang>) -> Diagnostic {
    let message = match lang {
        Some(Lang::En) => both!(
            "“{section}” of {id} has changed in English since the package was exported",
            "« {section} », de {id}, a changé en anglais depuis l’exportation du lot"
        ),
        Some(Lang::Fr) => both!(
            "“{section}” of {id} has changed in French since the package was exported",
            "« {section} », de {id}, a changé en français depuis l’exportation du lot"
        ),
        None => both!("{id} has no section “{section}” any more", "{id} n’a plus de section « {section} »"),
    };
    let help = both!(
        "Export the record again, and have the translation looked over: diptych translate export {id}",
        "Exportez la fiche de nouveau et faites revoir la traduction : diptych translate export {id}"
    );
    error("section-changed", place, message, help)
}

/// A reference that was not exported.
pub fn reference_damaged(place: Place, reference: &str) -> Diagnostic {
    error(
        "reference-damaged",
        place,
        both!("the reference “{reference}” is unknown", "rien n’est connu sous la référence « {reference} »"),
        both!(
            "References must not be changed: copy it from the package that was exported.",
            "Les références ne se modifient pas : recopiez-la du lot exporté."
        ),
    )
}

/// A translation without one of its passage's marks, or with one that it must not have.
pub fn mark_lost(place: Place, fault: MarkFault, number: u32, label: &str, words: &str) -> Diagnostic {
    let message = match fault {
        MarkFault::Missing => both!(
            "the mark {number} ({label}) is missing in the translation of “{words}”",
            "la marque {number} ({label}) manque dans la traduction de « {words} »"
        ),
        MarkFault::Unpaired => both!(
            "the mark {number} ({label}) appears twice, or has no beginning or no end, in the translation of “{words}”",
            "la marque {number} ({label}) figure deux fois, ou n’a pas de début ou de fin, dans la traduction de « {words} »"
        ),
        MarkFault::Unknown => both!(
            "the translation of “{words}” has a mark that the passage does not have",
            "la traduction de « {words} » a une marque que le passage n’a pas"
        ),
        MarkFault::Unwritable => both!(
            "the translation of “{words}” cannot be written in its place as it is",
            "la traduction de « {words} » ne peut s’écrire telle quelle à sa place"
        ),
    };
    let help = match fault {
        MarkFault::Unwritable => both!(
            "A defined term is short and is not a sentence; words in emphasis begin and end with a letter and are apart from others.",
            "Un terme défini est court et n’est pas une phrase; les mots mis en relief commencent et finissent par une lettre et sont séparés des autres."
        ),
        _ => both!(
            "Marks stand for links, emphasis, pictures and code. Each mark of the source appears once in the translation, around the words that say the same thing.",
            "Les marques tiennent lieu de liens, de mises en relief, d’images et de code. Chacune de celles du texte de départ figure une fois dans la traduction, autour des mots qui disent la même chose."
        ),
    };
    error("mark-lost", place, message, help)
}

/// A new page, section or paragraph that is only partly translated.
pub fn translation_incomplete(place: Place, section: &str, left: usize) -> Diagnostic {
    error(
        "translation-incomplete",
        place,
        both!(
            "what is new is only partly translated; passages left: {left}, the first in “{section}”",
            "ce qui est nouveau n’est traduit qu’en partie; passages restants : {left}, le premier dans « {section} »"
        ),
        both!(
            "What is new is put in as a whole. Translate the rest, or leave all of it empty.",
            "Ce qui est nouveau s’insère en entier. Traduisez le reste, ou laissez tout vide."
        ),
    )
}

/// Two packages with another translation for one passage.
pub fn translated_twice(place: Place, words: &str, other: &str) -> Diagnostic {
    error(
        "translated-twice",
        place,
        both!("“{words}” has another translation in {other}", "« {words} » a une autre traduction dans {other}"),
        both!(
            "Import one of the packages, or make them say the same thing.",
            "Importez l’un des lots, ou faites-leur dire la même chose."
        ),
    )
}

/// What a translator does with a document.
pub fn package_guide() -> PerLang<String> {
    both!(
        "Type the translation into the third column. Signs such as {{1}} and {{/1}} stand for links, emphasis and pictures: keep each of them around the words that say the same thing. Leave the other columns as they are. Passages that you leave empty stay as they are.",
        "Tapez la traduction dans la troisième colonne. Les signes tels que {{1}} et {{/1}} tiennent lieu de liens, de mises en relief et d’images : gardez chacun d’eux autour des mots qui disent la même chose. Ne modifiez pas les autres colonnes. Les passages laissés vides restent tels quels."
    )
}

/// The headings of the columns of a document.
pub fn package_columns(from: Lang, to: Lang) -> PerLang<[&'static str; 4]> {
    let name = |lang| match lang {
        Lang::En => PerLang { en: "English", fr: "Anglais" },
        Lang::Fr => PerLang { en: "French", fr: "Français" },
    };
    let (from, to) = (name(from), name(to));
    PerLang { en: ["Reference", from.en, to.en, "Notes"], fr: ["Référence", from.fr, to.fr, "Notes"] }
}

/// What is to be done with a passage.
pub fn package_state(is_new: bool, is_same: bool) -> PerLang<&'static str> {
    match (is_new, is_same) {
        (true, _) => PerLang { en: "New", fr: "Nouveau" },
        (_, true) => PerLang { en: "Not changed", fr: "Inchangé" },
        _ => PerLang { en: "Changed: to be reviewed", fr: "Modifié : à revoir" },
    }
}

/// The words that changed in a passage.
pub fn package_changed(changes: &[Edit]) -> PerLang<String> {
    let change = |edit: &Edit| {
        let gone = if edit.removed.is_empty() { String::new() } else { format!("[-{}-] ", edit.removed) };
        let come = if edit.added.is_empty() { String::new() } else { format!("{{+{}+}} ", edit.added) };
        format!("{} {gone}{come}{}", edit.before, edit.after).trim().to_owned()
    };
    let changes = changes.iter().map(change).collect::<Vec<_>>().join(" … ");
    both!("Changed: {changes}", "Modifié : {changes}")
}

/// What a passage said when both languages were confirmed.
pub fn package_before(before: &str) -> PerLang<String> {
    both!("Before: {before}", "Avant : {before}")
}

/// Why a record cannot be translated.
pub fn untranslatable(id: &str, from: Lang, why: Untranslatable) -> PerLang<String> {
    match (why, from) {
        (Untranslatable::NoSource, Lang::En) => {
            both!("there is no English page {id} to translate from", "il n’y a pas de page anglaise {id} à traduire")
        }
        (Untranslatable::NoSource, Lang::Fr) => {
            both!("there is no French page {id} to translate from", "il n’y a pas de page française {id} à traduire")
        }
        (Untranslatable::Unreadable, _) => {
            both!("a file of {id} cannot be read", "un fichier de {id} est illisible")
        }
        (Untranslatable::OutOfStep, _) => both!(
            "Diptych reads {id} in two ways that do not agree: this is a defect of Diptych",
            "Diptych lit {id} de deux manières qui ne concordent pas : c’est un défaut de Diptych"
        ),
    }
}

/// There is no work for a translator.
pub fn nothing_to_translate(to: Lang) -> PerLang<&'static str> {
    match to {
        Lang::En => PerLang {
            en: "There is nothing to translate into English.",
            fr: "Il n’y a rien à traduire vers l’anglais.",
        },
        Lang::Fr => PerLang {
            en: "There is nothing to translate into French.",
            fr: "Il n’y a rien à traduire vers le français.",
        },
    }
}

/// Something that changed and that no package can translate.
pub fn package_beyond(id: &str, section: &str) -> PerLang<String> {
    both!(
        "{id}: in “{section}”, something has changed that has no counterpart in the other language; see to it by hand",
        "{id} : dans « {section} », un passage qui a changé n’a pas de pendant dans l’autre langue; voyez-y à la main"
    )
}

/// A package already exists where another one would be written.
pub fn package_there(file: &str) -> PerLang<String> {
    both!(
        "{file} already exists and may be in translation; nothing was written: remove it, or choose another folder",
        "{file} existe déjà et est peut-être en traduction; rien n’a été écrit : supprimez-le ou choisissez un autre dossier"
    )
}

/// How many packages were written, and how many words are to be translated.
pub fn packages_written(count: usize, words: usize) -> PerLang<String> {
    let packages =
        if count == 1 { PerLang { en: "package", fr: "lot" } } else { PerLang { en: "packages", fr: "lots" } };
    let words = super::status_words(words);
    PerLang {
        en: format!("{count} {}: {}", packages.en, words.en),
        fr: format!("{count} {} : {}", packages.fr, words.fr),
    }
}
