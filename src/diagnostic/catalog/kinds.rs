//! Values that are not of the kind that their field takes.

use super::{both, error, name_list};
use crate::diagnostic::{Correction, Diagnostic, Place};
use crate::lang::PerLang;
use crate::schema::FieldKind;

/// A value of the wrong kind; `meant` is what is written and what to write instead, where that is certain.
pub fn wrong_value(place: Place, kind: &FieldKind, meant: Option<(&str, &str)>) -> Diagnostic {
    let (what, example) = wanted(kind);
    let (en, fr) = (what.en, what.fr);
    let message = both!("{en} is needed here", "il faut ici {fr}");
    let (en, fr) = (example.en, example.fr);
    let help = match meant {
        Some((_, meant)) => both!("Write {meant}.", "Écrivez {meant}."),
        None => both!("Write for example {en}.", "Écrivez par exemple {fr}."),
    };
    // More than one word between quotation marks would be a text again.
    let fix = meant.filter(|(_, meant)| !meant.starts_with('{'));
    error("wrong-value", place, message, help).with_fix(fix.map(|(written, meant)| Correction::of(written, meant)))
}

/// What a kind of field wants, and an example of it.
fn wanted(kind: &FieldKind) -> (PerLang<String>, PerLang<String>) {
    let same = |text: &str| PerLang { en: text.to_owned(), fr: text.to_owned() };
    match kind {
        FieldKind::Text => {
            (both!("a line of text", "une ligne de texte"), both!("Continuity of care", "Continuité des soins"))
        }
        FieldKind::Markdown => (
            both!("a text in Markdown", "un texte en Markdown"),
            both!("a paragraph of text", "un paragraphe de texte"),
        ),
        FieldKind::Number(_) => (
            both!("a number", "un nombre"),
            both!(
                "300, {{more_than: 300}} or {{from: 80, to: 120}}",
                "300, {{more_than: 300}} ou {{from: 80, to: 120}}"
            ),
        ),
        FieldKind::Money => (
            both!("an amount of money with its currency", "un montant avec sa devise"),
            both!(
                "250000 CAD, $250,000, 1200.50 USD or {{about: 250000 CAD}}",
                "250000 CAD, 250 000 $, 1200,50 $ US ou {{about: 250000 CAD}}"
            ),
        ),
        FieldKind::Boolean => {
            (both!("yes or no", "oui ou non"), both!("true (yes) or false (no)", "true (oui) ou false (non)"))
        }
        FieldKind::Date => {
            (both!("a date", "une date"), both!("2015, 2015-06 or 2015-06-30", "2015, 2015-06 ou 2015-06-30"))
        }
        FieldKind::Choice(choices) => {
            let keys = name_list(choices.iter().map(|choice| choice.key.as_str()));
            (both!("one of the type’s choices", "un des choix du type"), same(&keys))
        }
        FieldKind::Reference(_) => (both!("the name of a record", "le nom d’une fiche"), same("csc")),
        FieldKind::Url => (both!("a web address", "une adresse Web"), same("https://www.example.org/page")),
        FieldKind::Email => (both!("an email address", "une adresse courriel"), same("info@example.org")),
        FieldKind::Phone => (both!("a telephone number", "un numéro de téléphone"), same("613-555-0123")),
        FieldKind::Language => (both!("the code of a language", "le code d’une langue"), same("en, fr, es, iu")),
        FieldKind::File => {
            (both!("the name of a file beside this one", "le nom d’un fichier voisin"), same("annex.pdf"))
        }
        FieldKind::Group(fields) => {
            let names = name_list(fields.iter().map(|field| field.name.as_str()));
            let example =
                both!("these fields, two spaces further in: {names}", "ces champs, décalés de deux espaces : {names}");
            (both!("a group of fields", "un groupe de champs"), example)
        }
    }
}
