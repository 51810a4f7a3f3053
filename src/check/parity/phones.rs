//! Telephone numbers, in digits or with a name, and three-digit numbers of services.

use super::values::{Read, Value, digits};

/// Toll-free area codes, which a name may follow.
const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];

/// What is between the parts of a number.
const SIGNS: [char; 6] = ['-', '\u{2011}', '.', ' ', '\u{a0}', '\u{202f}'];

/// A North American telephone number: `1-800-622-6232`, `(613) 992-5891`, "1-800-O-Canada", « 1 800 O-Canada »; or the
/// number of a service, `8-1-1`, which is written as a number too.
pub(super) fn phone(before: &str, rest: &str) -> Read {
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '/')) {
        return None;
    }
    // Almost all numbers end here.
    if !matches!(digits(rest).0.len(), 1 | 3) {
        return None;
    }
    in_digits(before, rest).or_else(|| service(rest)).or_else(|| with_name(rest))
}

fn in_digits(before: &str, rest: &str) -> Read {
    let mut groups = [""; 4];
    let mut count = 0;
    let mut left = rest;
    loop {
        let (group, after) = digits(left);
        if group.is_empty() {
            break;
        }
        groups[count] = group;
        count += 1;
        left = after;
        let next = after.trim_start_matches(['-', '\u{2011}', '.', ' ', '\u{a0}', ')']);
        if count == groups.len() || after.len() - next.len() > 4 || next.len() == after.len() {
            break;
        }
        if next.starts_with(|c: char| c.is_ascii_digit()) {
            left = next;
        } else {
            break;
        }
    }
    let country = usize::from(groups[0] == "1" && count == groups.len());
    let groups = &groups[country..count];
    let is_phone = groups.iter().map(|group| group.len()).eq([3, 3, 4]);
    let separated = rest[..rest.len() - left.len()].contains(['-', '\u{2011}', '.', ')'])
        || country == 1 && (before.ends_with('+') || TOLL_FREE.contains(&groups[0]));
    (is_phone && separated).then(|| (Some(Value::Phone(groups.concat())), rest.len() - left.len()))
}

/// `9-1-1`
fn service(rest: &str) -> Read {
    let (first, mut left) = digits(rest);
    let is_first = first.len() == 1 && !matches!(first, "0" | "1");
    for _ in 0..2 {
        left = left.strip_prefix(['-', '\u{2011}'])?.strip_prefix('1')?;
    }
    let goes_on = left.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '\u{2011}' | '/'));
    (is_first && !goes_on).then(|| (Some(Value::Number(format!("{first}11"))), rest.len() - left.len()))
}

/// "1-800-O-Canada": each letter means the digit on its key.
fn with_name(rest: &str) -> Read {
    let (first, left) = digits(rest);
    let (code, left) = if first == "1" { digits(left.strip_prefix(SIGNS)?) } else { (first, left) };
    if !TOLL_FREE.contains(&code) {
        return None;
    }
    let name = left.strip_prefix(SIGNS)?;
    let is_hyphened = left.starts_with(['-', '\u{2011}']);
    let length = name
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\u{2011}'))
        .map_or(name, |end| &name[..end])
        .trim_end_matches(['-', '\u{2011}'])
        .len();
    let name = &name[..length];
    let keys: Option<String> = name.chars().filter(|c| !matches!(c, '-' | '\u{2011}')).map(key).collect();
    let keys = keys?;
    // People may be counted by their name: « 1 800 Canadiens ».
    let is_name = !name.contains(|c: char| c.is_lowercase())
        || name.get(1..).is_some_and(|rest| rest.starts_with(['-', '\u{2011}']));
    let fits = keys.len() == 7 || is_hyphened && keys.len() > 7;
    (name.starts_with(|c: char| c.is_ascii_uppercase()) && is_name && fits && (is_hyphened || first == "1")).then(
        || {
            let read = rest.len() - left.len() + left.chars().next().map_or(0, char::len_utf8) + name.len();
            (Some(Value::Phone(format!("{code}{}", &keys[..7]))), read)
        },
    )
}

/// What is dialled for a number, whatever is between its parts.
pub(super) fn keys(number: &str) -> String {
    number.chars().filter_map(key).collect()
}

/// The digit of the key that has a letter.
fn key(c: char) -> Option<char> {
    Some(match c.to_ascii_uppercase() {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        digit @ '0'..='9' => digit,
        _ => return None,
    })
}
