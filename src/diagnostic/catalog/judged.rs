//! The mistakes that a site may judge for itself, by their stable names: every warning that has no setting of its own.

use crate::check::Rule;
use crate::typography;

/// The warnings that belong to no family.
const WARNINGS: [&str; 39] = [
    "allowance-unused",
    "alone-with-twin",
    "code-info",
    "colour-unmeasured",
    "contrast-low",
    "decorative-with-words",
    "document-too-long",
    "faulty-address",
    "footnote-unused",
    "garbled-text",
    "heading-skipped",
    "hidden-character",
    "image-heavy",
    "image-unreadable",
    "image-without-words",
    "ligature",
    "link-out-of-reach",
    "link-title",
    "lost-address",
    "names-differ-by-case",
    "record-expired",
    "reference-repeated",
    "reference-to-itself",
    "reference-unused",
    "references-in-circle",
    "review-overdue",
    "synonym-repeated",
    "synonym-same-word",
    "synonym-unknown",
    "term-twice",
    "theme-blocked",
    "theme-string-unknown",
    "theme-template-unknown",
    "unfilled",
    "unread-file",
    "unused-asset",
    "value-repeated",
    "wrapped-address",
    "yaml-comment",
];

/// What did not take in Markdown.
const MARKDOWN: [&str; 15] = [
    "markdown-alert",
    "markdown-code",
    "markdown-comment",
    "markdown-emphasis",
    "markdown-entity",
    "markdown-fence",
    "markdown-heading",
    "markdown-indent",
    "markdown-link",
    "markdown-list",
    "markdown-other-tool",
    "markdown-reference",
    "markdown-table",
    "markdown-tag",
    "markdown-title",
];

/// The names of all of them, in alphabetical order within each family.
pub fn judged_by_site() -> impl Iterator<Item = &'static str> {
    WARNINGS
        .into_iter()
        .chain(MARKDOWN)
        .chain(Rule::ALL.map(Rule::name))
        .chain(typography::Rule::ALL.map(typography::Rule::name))
}
