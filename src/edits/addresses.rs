//! Old addresses that still lead somewhere, by what is written under `aliases`.

use super::draft::Draft;
use super::lists;
use super::names::passage;
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::site::candidate::WrittenRecord;
use crate::workspace::Workspace;
use crate::yaml::Node;

/// The addresses of a published record, and the old ones that lead to it, with their queries.
pub(super) fn of(workspace: &Workspace, id: &str) -> Option<PerLang<(UrlPath, Vec<UrlPath>)>> {
    let site = workspace.site()?;
    let own = site.names.addresses(site.names.id(id)?);
    Some(PerLang::from_fn(|lang| {
        let old = own.aliases.get(lang).iter().map(|alias| UrlPath::new(alias.to_string()));
        (own.urls.get(lang).clone(), old.collect())
    }))
}

/// Makes old addresses lead to the sides of a record. An old address that is now the record's own is removed.
pub(super) fn lead(
    draft: &mut Draft,
    workspace: &Workspace,
    to: &WrittenRecord,
    old: &PerLang<Vec<UrlPath>>,
    own: Option<&PerLang<UrlPath>>,
) {
    for lang in Lang::BOTH {
        let Some(side) = to.sides.get(lang) else { continue };
        let text = workspace.sources().text(&side.path).unwrap_or_default();
        let mut old = old.get(lang).iter().map(|address| format!("/{address}"));
        let is_own = |item: &Node| {
            let written = item.scalar().unwrap_or_default().trim_matches('/');
            own.is_some_and(|own| own.get(lang).as_str().trim_matches('/') == written)
        };
        let entry = side.front.mapping().unwrap_or_default().iter().find(|entry| entry.key == "aliases");
        if let Some((entry, at)) = entry.and_then(|entry| Some((entry, entry.value.items().iter().position(is_own)?))) {
            let item = &entry.value.items()[at];
            match old.next() {
                Some(first) => {
                    let written = item.scalar().unwrap_or_default();
                    draft.extend(&side.path, passage(text, item.span, written, &first));
                }
                None => draft.splice(&side.path, lists::take_out(text, entry, at)),
            }
        }
        for address in old {
            draft.extend(&side.path, lists::add(text, &side.front, "aliases", &address));
        }
    }
}
