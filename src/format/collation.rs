//! The order in which a reader of a language looks for words: É with E, capitals with small letters, 2 before 10.
//!
//! Articles are not skipped: « Les … » is listed under L, in both languages.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::{Locale, locale};

use crate::lang::{Lang, PerLang};

/// Orders words as one language does.
pub struct Collator(CollatorBorrowed<'static>);

impl Collator {
    /// The order of a language, made once.
    pub fn of(lang: Lang) -> &'static Self {
        static ORDERS: LazyLock<PerLang<Collator>> = LazyLock::new(|| PerLang::from_fn(Collator::new));
        ORDERS.get(lang)
    }

    /// The order of a language in Canada; French compares accents from the end of the word (`cote`, `côte`, `coté`).
    fn new(lang: Lang) -> Self {
        let mut preferences = CollatorPreferences::from(LOCALES.get(lang));
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let order = CollatorBorrowed::try_new(preferences, CollatorOptions::default())
            .expect("the orders of both languages are compiled in");
        Self(order)
    }

    /// Compares two texts.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.0.compare(left, right)
    }

    /// Bytes that sort as the text does, for lists so long that each text is compared many times
    /// (`sort_by_cached_key`).
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() * 2);
        let Ok(()) = self.0.write_sort_key_to(text, &mut key);
        key
    }
}

const LOCALES: PerLang<Locale> = PerLang { en: locale!("en-CA"), fr: locale!("fr-CA") };
