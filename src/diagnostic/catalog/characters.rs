//! Mistakes in the encoding of a file, and characters that are not what they seem.

use super::{both, error, warning};
use crate::diagnostic::{Correction, Diagnostic, Place};

/// A file whose bytes are not UTF-8. `wide` is the name of its encoding where that takes several bytes for each letter:
/// `UTF-16`, which Windows calls “Unicode”.
pub fn not_utf8(place: Place, wide: Option<&str>) -> Diagnostic {
    let message = match wide {
        Some("UTF-16") => both!(
            "this file is saved as UTF-16 (“Unicode”), not as UTF-8",
            "ce fichier est enregistré en UTF-16 (« Unicode »), et non en UTF-8"
        ),
        Some(name) => {
            both!("this file is saved as {name}, not as UTF-8", "ce fichier est enregistré en {name}, et non en UTF-8")
        }
        None => both!("this file is not saved as UTF-8 text", "ce fichier n’est pas enregistré en texte UTF-8"),
    };
    error(
        "not-utf8",
        place,
        message,
        both!(
            "Open it in your editor, choose “Save with encoding” and then UTF-8.",
            "Ouvrez-le dans votre éditeur, choisissez « Enregistrer avec l’encodage », puis UTF-8."
        ),
    )
}

/// A file whose lines end with a carriage return alone, as on old Macintosh computers.
pub fn old_line_ends(place: Place) -> Diagnostic {
    error(
        "old-line-ends",
        place,
        both!(
            "the lines of this file end as on old Macintosh computers (CR)",
            "les lignes de ce fichier se terminent comme sur les anciens Macintosh (CR)"
        ),
        both!(
            "In your editor, choose the line ends of Windows (CRLF) or Unix (LF), and save it again.",
            "Dans votre éditeur, choisissez les fins de ligne de Windows (CRLF) ou d’Unix (LF), puis enregistrez-le de nouveau."
        ),
    )
}

/// An invisible character that pages and feeds cannot hold; `meant` is the sign that it is in Windows-1252.
pub fn control_character(place: Place, character: char, meant: Option<char>) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(character));
    let message =
        both!("there is an invisible character here ({code})", "un caractère invisible se trouve ici ({code})");
    if let Some(meant) = meant {
        return error(
            "control-character",
            place,
            message,
            both!(
                "Write “{meant}”: the text went through a program that did not understand its encoding.",
                "Écrivez « {meant} » : le texte est passé par un logiciel qui n’en comprenait pas l’encodage."
            ),
        )
        .with_fix(Some(Correction::of(character, meant)));
    }
    error(
        "control-character",
        place,
        message,
        both!(
            "Delete it; such characters come along when text is copied from other programs.",
            "Supprimez-le; ces caractères viennent avec les textes copiés d’autres logiciels."
        ),
    )
}

/// Why a character is not what it seems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// It turns the direction in which the text is read.
    Direction,
    /// It is invisible.
    Invisible,
    /// What it shows depends on the font.
    OfOneFont,
}

/// A character that readers do not see, or do not see as its writer did.
pub fn hidden_character(place: Place, character: char, why: Hidden) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(character));
    let (message, help) = match why {
        Hidden::Direction => (
            both!(
                "an invisible character changes the reading direction here ({code})",
                "un caractère invisible change ici le sens de lecture du texte ({code})"
            ),
            both!(
                "Delete it. For words in a language that is written from right to left, write [words](lang:ar).",
                "Supprimez-le. Pour des mots d’une langue qui s’écrit de droite à gauche, écrivez [mots](lang:ar)."
            ),
        ),
        Hidden::Invisible => (
            both!("there is an invisible character here ({code})", "un caractère invisible se trouve ici ({code})"),
            both!(
                "Delete it; such characters come along when text is copied from other programs.",
                "Supprimez-le; ces caractères viennent avec les textes copiés d’autres logiciels."
            ),
        ),
        Hidden::OfOneFont => (
            both!(
                "only one font has this character ({code}): readers see an empty box",
                "ce caractère n’existe que dans une police particulière ({code}) : les lecteurs voient une case vide"
            ),
            both!(
                "Type the intended character, or “- ” if it begins an item of a list.",
                "Tapez le caractère voulu, ou « - » suivi d’une espace s’il commence un élément de liste."
            ),
        ),
    };
    warning("hidden-character", place, message, help)
}

/// Letters that a document made for print joined into one character.
pub fn ligature(place: Place, written: char, letters: &str) -> Diagnostic {
    warning(
        "ligature",
        place,
        both!(
            "“{written}” is a single character, as in a PDF: a search for the word does not find it",
            "« {written} » est un seul caractère, comme dans un PDF : on ne trouve pas le mot en le cherchant"
        ),
        both!("Write {letters}.", "Écrivez {letters}."),
    )
    .with_fix(Some(Correction::of(written, letters)))
}

/// Text that was read in the wrong encoding; `meant` is what it was, if that can be known.
pub fn garbled_text(place: Place, written: &str, meant: Option<char>) -> Diagnostic {
    let Some(meant) = meant else {
        return warning(
            "garbled-text",
            place,
            both!("a letter was lost here ({written})", "une lettre s’est perdue ici ({written})"),
            both!(
                "Type it again. The file went through a program that did not understand its encoding; check whether others were lost.",
                "Tapez-la de nouveau. Le fichier est passé par un logiciel qui n’en comprenait pas l’encodage; vérifiez s’il s’en est perdu d’autres."
            ),
        );
    };
    let shown = match meant {
        '\u{a0}' => both!("a no-break space", "une espace insécable"),
        meant => both!("“{meant}”", "« {meant} »"),
    };
    let (en, fr) = (shown.en, shown.fr);
    warning(
        "garbled-text",
        place,
        both!(
            "“{written}” was {en} before it was read in the wrong encoding",
            "« {written} » était {fr} avant d’être lu dans le mauvais encodage"
        ),
        both!("Write {en}.", "Écrivez {fr}."),
    )
    .with_fix(Some(Correction::of(written, meant.to_string())))
}
