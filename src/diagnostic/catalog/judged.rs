//! The mistakes that a site may judge for itself, by their stable names: every warning that has no setting of its own.

use crate::check::Rule;
use crate::typography;

/// The warnings of no family.
const WARNINGS: [&str; 13] = [
    "allowance-unused",
    "alone-with-twin",
    "footnote-unused",
    "heading-skipped",
    "image-without-words",
    "lost-address",
    "names-differ-by-case",
    "record-expired",
    "review-overdue",
    "theme-string-unknown",
    "unfilled",
    "unread-file",
    "unused-asset",
];

/// The names of all of them, in alphabetical order within each family.
pub fn judged_by_site() -> impl Iterator<Item = &'static str> {
    WARNINGS.into_iter().chain(Rule::ALL.map(Rule::name)).chain(typography::Rule::ALL.map(typography::Rule::name))
}
