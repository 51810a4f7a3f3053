//! What a site, or one of its types, does about mistakes that it may judge for itself: [`Policies`].

use std::collections::BTreeMap;

use super::reader::Reader;
use super::{Config, RecordType, Schema};
use crate::diagnostic::{Diagnostic, Severity, catalog};
use crate::yaml::Node;

/// What to do about a mistake that a site may judge for itself; `None` lets it pass.
pub type Policy = Option<Severity>;

/// The policies of a site.
pub(super) const KEYS: [&str; 9] = [
    "missing_twin",
    "outdated_twin",
    "change_without_note",
    "outdated_notice",
    "parity",
    "typography",
    "unmarked_language",
    "raw_html",
    "markdown",
];

/// The policies that a type can set for itself.
pub(super) const TYPE_KEYS: [&str; 5] =
    ["missing_twin", "outdated_twin", "change_without_note", "outdated_notice", "parity"];

/// What to do about each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policies {
    /// A record with only one side that does not say why.
    pub missing_twin: Policy,
    /// A record of which one side changed after both were confirmed.
    pub outdated_twin: Policy,
    /// A confirmed record that changed in substance without a note for its readers.
    pub change_without_note: Policy,
    /// Whether readers of a side that is behind see a notice.
    pub outdated_notice: bool,
    /// Sides that differ in what can be counted: headings, lists, links, numbers, dates …
    pub parity: Policy,
    /// Text that does not follow the typography of its language.
    pub typography: Policy,
    /// A passage in the other language that is not marked as such.
    pub unmarked_language: Policy,
    /// HTML inside Markdown.
    pub raw_html: Policy,
    /// Markdown that did not take and is shown as characters.
    pub markdown: Policy,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            missing_twin: Some(Severity::Error),
            outdated_twin: Some(Severity::Warning),
            change_without_note: None,
            outdated_notice: true,
            parity: Some(Severity::Warning),
            typography: Some(Severity::Warning),
            unmarked_language: Some(Severity::Warning),
            raw_html: Some(Severity::Error),
            markdown: Some(Severity::Warning),
        }
    }
}

/// What a type does differently from its site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypePolicies {
    missing_twin: Option<Policy>,
    outdated_twin: Option<Policy>,
    change_without_note: Option<Policy>,
    outdated_notice: Option<bool>,
    parity: Option<Policy>,
    /// What it does about single warnings.
    rules: RulePolicies,
}

/// What to do about single warnings, by their stable names: `unused-asset`. They judge a mistake that was found, so a
/// policy for one rule takes precedence over that of its family.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulePolicies(BTreeMap<&'static str, Policy>);

/// Applies the policies for single warnings to a mistake: `None` if it is allowed, else the mistake with the severity that
/// the policy sets. A policy of the record's type takes precedence over one of the site.
pub fn judge(mistake: &Diagnostic, config: &Config, schema: &Schema) -> Option<Diagnostic> {
    let of_type = type_of(mistake.place.file.as_str(), schema).and_then(|kind| kind.policies.rules.0.get(mistake.name));
    let severity = match of_type.or_else(|| config.rules.0.get(mistake.name)) {
        None => mistake.severity,
        Some(policy) => (*policy)?,
    };
    Some(Diagnostic { severity, ..mistake.clone() })
}

/// The type whose folder an id or a file is in.
fn type_of<'s>(path: &str, schema: &'s Schema) -> Option<&'s RecordType> {
    schema.by_folder(path.split('/').next().unwrap_or_default()).map(|kind| schema.get(kind))
}

impl Policies {
    /// The policies for the records of a type.
    pub fn for_type(self, of: &TypePolicies) -> Self {
        Self {
            missing_twin: of.missing_twin.unwrap_or(self.missing_twin),
            outdated_twin: of.outdated_twin.unwrap_or(self.outdated_twin),
            change_without_note: of.change_without_note.unwrap_or(self.change_without_note),
            outdated_notice: of.outdated_notice.unwrap_or(self.outdated_notice),
            parity: of.parity.unwrap_or(self.parity),
            ..self
        }
    }
}

/// The policies for a record, by the type whose folder it is in.
pub fn for_id(id: &str, config: &Config, schema: &Schema) -> Policies {
    type_of(id, schema).map_or(config.policies, |kind| config.policies.for_type(&kind.policies))
}

/// Reads the policies of a site.
pub(super) fn of_site(reader: &mut Reader<'_>, node: &Node) -> (Policies, RulePolicies) {
    let rules = rules(reader, node, &KEYS);
    let default = Policies::default();
    let policies = Policies {
        missing_twin: policy(reader, node, "missing_twin").unwrap_or(default.missing_twin),
        outdated_twin: policy(reader, node, "outdated_twin").unwrap_or(default.outdated_twin),
        change_without_note: policy(reader, node, "change_without_note").unwrap_or(default.change_without_note),
        outdated_notice: notice(reader, node).unwrap_or(default.outdated_notice),
        parity: policy(reader, node, "parity").unwrap_or(default.parity),
        typography: policy(reader, node, "typography").unwrap_or(default.typography),
        unmarked_language: policy(reader, node, "unmarked_language").unwrap_or(default.unmarked_language),
        raw_html: policy(reader, node, "raw_html").unwrap_or(default.raw_html),
        markdown: policy(reader, node, "markdown").unwrap_or(default.markdown),
    };
    (policies, rules)
}

/// Reads the policies of a type.
pub(super) fn of_type(reader: &mut Reader<'_>, node: &Node) -> TypePolicies {
    TypePolicies {
        rules: rules(reader, node, &TYPE_KEYS),
        missing_twin: policy(reader, node, "missing_twin"),
        outdated_twin: policy(reader, node, "outdated_twin"),
        change_without_note: policy(reader, node, "change_without_note"),
        outdated_notice: notice(reader, node),
        parity: policy(reader, node, "parity"),
    }
}

/// Reads the policies that are named for a single warning, with hyphens or underscores; `own` are read elsewhere.
fn rules(reader: &mut Reader<'_>, node: &Node, own: &[&'static str]) -> RulePolicies {
    let mut rules = BTreeMap::new();
    for entry in reader.mapping(node) {
        if own.contains(&entry.key.as_str()) {
            continue;
        }
        let name = entry.key.replace('_', "-");
        match catalog::judged_by_site().find(|known| *known == name) {
            Some(known) => {
                if let Some(policy) = policy(reader, node, &entry.key) {
                    rules.insert(known, policy);
                }
            }
            None => {
                let known: Vec<&str> = own.iter().copied().chain(catalog::judged_by_site()).collect();
                let place = reader.place(entry.key_span);
                reader.report(catalog::policy_without_rule(place, &entry.key, &known));
            }
        }
    }
    RulePolicies(rules)
}

/// `error`, `warning` or `allow`.
fn policy(reader: &mut Reader<'_>, node: &Node, key: &str) -> Option<Policy> {
    let node = node.get(key)?;
    match reader.text(node)?.as_str() {
        "error" => Some(Some(Severity::Error)),
        "warning" => Some(Some(Severity::Warning)),
        "allow" => Some(None),
        written => {
            let place = reader.place(node.span);
            reader.report(catalog::unknown_policy(place, written));
            None
        }
    }
}

/// `show` or `hide`.
fn notice(reader: &mut Reader<'_>, node: &Node) -> Option<bool> {
    let node = node.get("outdated_notice")?;
    match reader.text(node)?.as_str() {
        "show" => Some(true),
        "hide" => Some(false),
        written => {
            let place = reader.place(node.span);
            reader.report(catalog::unknown_notice_policy(place, written));
            None
        }
    }
}
