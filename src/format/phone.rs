//! Telephone numbers: read in the ways people write them, checked, and written in one way.

use std::str::FromStr;

use super::{NO_BREAK_HYPHEN, NO_BREAK_SPACE};
use crate::lang::{Lang, PerLang};

/// A number that can be dialled, with the extension to ask for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone {
    line: Line,
    extension: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Line {
    /// Ten digits of the North American plan, and whether the `1` of long distance was written before them.
    NorthAmerica { digits: String, long_distance: bool },
    /// The number of a service, such as 911 or 211.
    Service(String),
    /// Country code and number, in the groups in which they were written.
    International(Vec<String>),
}

/// Why a text is not a telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneError {
    /// Something in it is neither a digit nor one of the signs between digits.
    Sign(char),
    /// A number of this many digits does not exist; one from abroad begins with `+`.
    Length(usize),
    /// No area or exchange of the North American plan begins with 0 or 1.
    Area,
    /// What follows the word for the extension is not a number.
    Extension,
}

impl Phone {
    /// The number as people read it: "1‑800‑622‑6232, ext. 123", « 1‑800‑622‑6232, poste 123 ».
    pub fn write(&self, lang: Lang) -> String {
        let number = match &self.line {
            Line::NorthAmerica { digits, long_distance } => {
                let prefix = if *long_distance { "1-" } else { "" };
                format!("{prefix}{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..])
                    .replace('-', NO_BREAK_HYPHEN.encode_utf8(&mut [0; 4]))
            }
            Line::Service(digits) => digits.clone(),
            Line::International(groups) => {
                format!("+{}", groups.join(NO_BREAK_SPACE.encode_utf8(&mut [0; 4])))
            }
        };
        match &self.extension {
            None => number,
            Some(extension) => format!("{number}, {}{NO_BREAK_SPACE}{extension}", EXTENSION.get(lang)),
        }
    }

    /// The address to dial: `tel:+18006226232;ext=123`.
    pub fn href(&self) -> String {
        let number = match &self.line {
            Line::NorthAmerica { digits, .. } => format!("+1{digits}"),
            Line::Service(digits) => digits.clone(),
            Line::International(groups) => format!("+{}", groups.concat()),
        };
        match &self.extension {
            None => format!("tel:{number}"),
            Some(extension) => format!("tel:{number};ext={extension}"),
        }
    }
}

impl FromStr for Phone {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, PhoneError> {
        let (number, extension) = split_extension(text.trim())?;
        let (is_abroad, number) = number.strip_prefix('+').map_or((false, number), |rest| (true, rest));
        if let Some(sign) = number.chars().find(|c| !c.is_ascii_digit() && !is_separator(*c)) {
            return Err(PhoneError::Sign(sign));
        }
        let groups: Vec<String> =
            number.split(is_separator).filter(|group| !group.is_empty()).map(str::to_owned).collect();
        let digits = groups.concat();
        let line = match digits.as_bytes() {
            [b'1', ten @ ..] if ten.len() == 10 => {
                Line::NorthAmerica { digits: north_american(&digits[1..])?, long_distance: true }
            }
            ten if ten.len() == 10 && !is_abroad => {
                Line::NorthAmerica { digits: north_american(&digits)?, long_distance: false }
            }
            [b'2'..=b'9', b'1', b'1'] if !is_abroad => Line::Service(digits),
            // The International Telecommunication Union allows 15 digits; the shortest in use have 7.
            [b'2'..=b'9', ..] if is_abroad && (7..=15).contains(&digits.len()) => Line::International(groups),
            _ => return Err(PhoneError::Length(digits.len())),
        };
        Ok(Self { line, extension })
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '(' | ')' | NO_BREAK_SPACE | NO_BREAK_HYPHEN)
}

/// Area codes and exchanges begin with 2 to 9.
fn north_american(digits: &str) -> Result<String, PhoneError> {
    let begins_well = |at: usize| matches!(digits.as_bytes()[at], b'2'..=b'9');
    if begins_well(0) && begins_well(3) { Ok(digits.to_owned()) } else { Err(PhoneError::Area) }
}

/// Separates the number from what follows "ext.", « poste » or `x`.
fn split_extension(text: &str) -> Result<(&str, Option<String>), PhoneError> {
    let Some(start) = text.find(|c: char| c.is_ascii_alphabetic()) else {
        return Ok((text.trim_end(), None));
    };
    let (number, rest) = text.split_at(start);
    let word_end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '.').unwrap_or(rest.len());
    let (word, extension) = rest.split_at(word_end);
    let extension = extension.trim();
    if !matches!(word.to_ascii_lowercase().as_str(), "ext" | "ext." | "extension" | "poste" | "x") {
        return Err(PhoneError::Sign(rest.chars().next().unwrap_or_default()));
    }
    if extension.is_empty() || !extension.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PhoneError::Extension);
    }
    Ok((number.trim_end().trim_end_matches(','), Some(extension.to_owned())))
}

/// What is before the extension.
const EXTENSION: PerLang<&str> = PerLang { en: "ext.", fr: "poste" };
