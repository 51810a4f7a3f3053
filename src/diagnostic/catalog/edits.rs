//! Objections to a change that the program is asked to make.

use super::{both, error};
use crate::diagnostic::{Diagnostic, Place};

/// A record to be created, or the new name of one, exists already.
pub fn record_exists(place: Place, id: &str) -> Diagnostic {
    error(
        "record-exists",
        place,
        both!("there is already a record {id}", "il y a déjà une fiche {id}"),
        both!(
            "Choose another name, or remove the record that has it.",
            "Choisissez un autre nom, ou supprimez la fiche qui le porte."
        ),
    )
}

/// A record that is to be removed is named elsewhere.
pub fn still_referred_to(place: Place, id: &str) -> Diagnostic {
    error(
        "still-referred-to",
        place,
        both!("this refers to {id}, which is to be removed", "ceci renvoie à {id}, qui doit être supprimée"),
        both!(
            "Remove it there, or name the record that replaces it: diptych remove {id} --redirect-to ID",
            "Retirez-le, ou nommez la fiche qui la remplace : diptych remove {id} --redirect-to ID"
        ),
    )
}
