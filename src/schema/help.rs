//! The purpose of each name that can be in a content folder, in both languages, with an example: [`of`]. Editors show
//! it beside what is written, and the manual has it too. The words are in `help.yaml`; the names come from the code
//! that reads them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{FieldKind, config, load, policies, wording};
use crate::lang::{Lang, PerLang};

/// Where a name can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum In {
    /// In `site.yaml`.
    Settings,
    /// Among the policies.
    Policies,
    /// In a type.
    Type,
    /// In a field of a type.
    Field,
    /// As the kind of a field.
    Kind,
    /// In the facts of any record.
    Facts,
    /// At the top of any page's words.
    Words,
    /// In `words.yaml`.
    Synonyms,
    /// In `search-tests.yaml`.
    Questions,
}

impl In {
    /// Every place.
    pub const ALL: [Self; 9] = [
        Self::Settings,
        Self::Policies,
        Self::Type,
        Self::Field,
        Self::Kind,
        Self::Facts,
        Self::Words,
        Self::Synonyms,
        Self::Questions,
    ];

    /// The place's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Policies => "policies",
            Self::Type => "type",
            Self::Field => "field",
            Self::Kind => "kind",
            Self::Facts => "facts",
            Self::Words => "words",
            Self::Synonyms => "synonyms",
            Self::Questions => "questions",
        }
    }

    /// The names that are read there. The names of warnings can be policies too; they are documented as mistakes.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Settings => &config::KEYS,
            Self::Policies => &policies::KEYS,
            Self::Type => &load::TYPE_KEYS,
            Self::Field => &load::FIELD_KEYS,
            Self::Kind => &FieldKind::NAMES,
            Self::Facts => &load::BASE_FACTS,
            Self::Words => &load::BASE_WORDS,
            Self::Synonyms => &wording::SYNONYM_KEYS,
            Self::Questions => &wording::QUESTION_KEYS,
        }
    }
}

/// The help for a name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    en: String,
    fr: String,
    /// How it is written.
    pub example: String,
    /// Names and values that can be written inside it: `more_than`.
    #[serde(default)]
    pub inner: Vec<String>,
    /// The page of the manual that says more, with its heading: `types#fields`.
    pub guide: String,
}

impl Help {
    /// What the name is for.
    pub fn words(&self) -> PerLang<&str> {
        PerLang::from_fn(|lang| match lang {
            Lang::En => self.en.as_str(),
            Lang::Fr => self.fr.as_str(),
        })
    }
}

type All = BTreeMap<In, BTreeMap<String, Help>>;

static HELP: LazyLock<All> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> serde_yaml::Result<All> {
    serde_yaml::from_str(include_str!("help.yaml"))
}

/// The help for a name.
pub fn of(place: In, name: &str) -> Option<&'static Help> {
    HELP.get(&place)?.get(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_can_be_written_is_explained_and_no_other_one() {
        let all = read().unwrap();
        for place in In::ALL {
            let mut names: Vec<&str> = place.names().to_vec();
            names.sort_unstable();
            let explained: Vec<&str> = all[&place].keys().map(String::as_str).collect();
            assert_eq!(explained, names, "{}", place.name());
        }
        assert_eq!(all.len(), In::ALL.len());
    }
}
