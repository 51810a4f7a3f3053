//! The two languages, their letters, and what is once in each language: [`Lang`] and [`PerLang`].
//!
//! "Both languages" is a property of the type: a [`PerLang`] cannot lack one. What may be absent on one side says so
//! itself, as `PerLang<Option<T>>`.

use std::fmt;
#[cfg(not(target_arch = "wasm32"))]
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the two languages of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English, as written in Canada.
    En,
    /// French, as written in Canada.
    Fr,
}

impl Lang {
    /// Both languages, in the order in which a site names them.
    pub const BOTH: [Self; 2] = [Self::En, Self::Fr];

    /// The language's BCP 47 code, which is also its folder in the output.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The other panel of the diptych.
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Fr,
            Self::Fr => Self::En,
        }
    }
}

/// How many bytes of letters a text begins with. Of characters beyond ASCII `is_letter` decides.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn leading_letters(text: &str, is_letter: impl Fn(char) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        match bytes.get(at) {
            Some(byte) if !byte.is_ascii() => match text[at..].chars().next() {
                Some(c) if is_letter(c) => at += c.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
}

/// The ranges of the words of a text: runs of letters.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            at += leading_letters(&text[at..], is_letter);
            if at > start {
                return Some(start..at);
            }
            at = text.ceil_char_boundary(at + 1);
        }
        None
    })
}

/// [`char::is_alphabetic`], which looks up in a table what is not of ASCII. All text comes by here several times, and
/// nearly all of it beyond ASCII is letters of French and general punctuation.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{bb}'..='\u{bf}' | '\u{2000}'..='\u{206f}' => false,
        c => is_french(c) || c.is_alphabetic(),
    }
}

/// Whether a character beyond ASCII is surely a letter: those of French are, but œ.
pub(crate) fn is_french(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ')
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code {
            "en" => Ok(Self::En),
            "fr" => Ok(Self::Fr),
            _ => Err(UnknownLang),
        }
    }
}

/// The code of a language that is neither English nor French.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLang;

impl fmt::Display for UnknownLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the languages are `en` and `fr`")
    }
}

impl std::error::Error for UnknownLang {}

/// One value for each language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerLang<T> {
    /// The English one.
    pub en: T,
    /// The French one.
    pub fr: T,
}

impl<T> PerLang<T> {
    /// Makes a value for each language.
    pub fn from_fn(mut make: impl FnMut(Lang) -> T) -> Self {
        Self { en: make(Lang::En), fr: make(Lang::Fr) }
    }

    /// The value of one language.
    pub fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }

    /// The value of one language, to change it.
    pub fn get_mut(&mut self, lang: Lang) -> &mut T {
        match lang {
            Lang::En => &mut self.en,
            Lang::Fr => &mut self.fr,
        }
    }

    /// Both values by reference.
    pub fn as_ref(&self) -> PerLang<&T> {
        PerLang { en: &self.en, fr: &self.fr }
    }

    /// Changes both values.
    pub fn map<U>(self, mut change: impl FnMut(Lang, T) -> U) -> PerLang<U> {
        PerLang { en: change(Lang::En, self.en), fr: change(Lang::Fr, self.fr) }
    }

    /// Both values with their languages, English first.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        [(Lang::En, &self.en), (Lang::Fr, &self.fr)].into_iter()
    }
}
