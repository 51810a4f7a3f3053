//! Email addresses and telephone numbers behind the words of a link: [`behind`]. They are compared with those among the
//! words, and are no links.

use super::failed;
use super::phones::keys;
use super::values::Value;
use crate::diagnostic::Span;
use crate::pairs::content::LinkTarget;
use crate::pairs::outline::Unit;

/// Whom a link reaches.
pub(super) struct Contact {
    pub value: Value,
    pub span: Span,
    pub written: String,
    /// Whether the link did not take. It is reported where it is, and counts only as a match for the other side.
    pub failed: bool,
}

/// The schemes of such links, and whether each is of telephone numbers.
const SCHEMES: [(&str, bool); 3] = [("mailto:", false), ("tel:", true), ("sms:", true)];

/// Whether an address is that of a person or telephone.
pub(super) fn is_contact(address: &str) -> bool {
    split(address).is_some()
}

/// Everyone whom the links of a unit reach.
pub(super) fn behind(unit: &Unit) -> Vec<Contact> {
    let links = unit.content.links.iter().filter_map(|link| match &link.target {
        LinkTarget::Address(address) => Some((address.as_str(), link.span, false)),
        _ => None,
    });
    let text = unit.content.text.as_str();
    // Few texts have a colon, and all are searched.
    let has_failed = text.contains(':') && SCHEMES.iter().any(|(scheme, _)| text.contains(scheme));
    let failed = if has_failed { failed::addresses(text) } else { Vec::new() };
    let failed = failed.into_iter().map(|range| (&text[range], unit.span, true));
    links.chain(failed).flat_map(|(address, span, failed)| reached(address, span, failed)).collect()
}

fn split(address: &str) -> Option<(&str, bool)> {
    let begins = |(scheme, is_phone): &(&str, bool)| {
        let (own, target) = address.split_at_checked(scheme.len())?;
        own.eq_ignore_ascii_case(scheme).then_some((target, *is_phone))
    };
    SCHEMES.iter().find_map(begins)
}

fn reached(address: &str, span: Span, failed: bool) -> Vec<Contact> {
    let Some((target, is_phone)) = split(address) else { return Vec::new() };
    let target = target.split('?').next().unwrap_or_default();
    let contact = |value, written: &str| Contact { value, span, written: written.to_owned(), failed };
    if is_phone {
        let number = target.split([';', ',']).next().unwrap_or_default().trim();
        let digits = keys(number);
        let digits = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&digits);
        // The number of a service is written as any other.
        let value = if digits.len() < 7 { Value::Number(digits.to_owned()) } else { Value::Phone(digits.to_owned()) };
        return (!digits.is_empty()).then(|| contact(value, number)).into_iter().collect();
    }
    let people = target.split([',', ';']).map(str::trim).filter(|person| person.contains('@'));
    people.map(|person| contact(Value::Email(person.to_lowercase()), person)).collect()
}
