//! Mistakes as bytes, for a run that reports them again without looking for them: [`to_bytes`], [`from_bytes`].

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize as _, Deserializer};

use super::{Diagnostic, Name};

/// Mistakes as bytes, for [`from_bytes`] of the same program.
pub fn to_bytes(mistakes: &[Diagnostic]) -> Vec<u8> {
    serde_json::to_vec(mistakes).unwrap_or_default()
}

/// The mistakes of [`to_bytes`]; `None` if the bytes are something else.
pub fn from_bytes(bytes: &[u8]) -> Option<Vec<Diagnostic>> {
    serde_json::from_slice(bytes).ok()
}

/// The name of a mistake. There are a few hundred names, and each is kept once for as long as the program runs.
pub(super) fn name<'de, D: Deserializer<'de>>(read: D) -> Result<Name, D::Error> {
    static NAMES: Mutex<BTreeSet<Name>> = Mutex::new(BTreeSet::new());
    let name = String::deserialize(read)?;
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name.as_str()) {
        return Ok(known);
    }
    let name: Name = name.leak();
    names.insert(name);
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Correction, Place, Severity, Span};
    use crate::lang::PerLang;
    use crate::path::ContentPath;

    #[test]
    fn a_mistake_comes_back_as_it_was() {
        let place = Place::new(&ContentPath::new("a/b.fr.md"), Span::new(3..7));
        let both = |en: &str, fr: &str| PerLang { en: en.to_owned(), fr: fr.to_owned() };
        let mistake = Diagnostic {
            name: "broken-link",
            severity: Severity::Warning,
            place: place.clone(),
            message: both("“a”\nis gone", "« a »\nn’existe plus"),
            help: both("", ""),
            related: Some((place, both("here", "ici"))),
            fix: Some(Correction::of_last("a", "b")),
        };
        let all = vec![mistake.clone(), Diagnostic { related: None, fix: None, ..mistake }];
        assert_eq!(from_bytes(&to_bytes(&all)), Some(all));
        assert_eq!(from_bytes(&to_bytes(&[])), Some(Vec::new()));
        assert_eq!(from_bytes(b"[{}]"), None);
    }
}
