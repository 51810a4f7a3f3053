//! Old addresses that go on to lead somewhere: what is written under `aliases`.

use super::draft::Draft;
use super::lists;
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::site::candidate::WrittenRecord;
use crate::workspace::Workspace;

/// The addresses of a published record, and the old ones that lead to it.
pub(super) fn of(workspace: &Workspace, id: &str) -> Option<PerLang<(UrlPath, Vec<UrlPath>)>> {
    let site = workspace.site()?;
    let own = site.names.addresses(site.names.id(id)?);
    Some(PerLang::from_fn(|lang| {
        (own.urls.get(lang).clone(), own.aliases.get(lang).iter().map(|alias| alias.url.clone()).collect())
    }))
}

/// Makes addresses lead to the sides of a record.
pub(super) fn lead(draft: &mut Draft, workspace: &Workspace, to: &WrittenRecord, addresses: &PerLang<Vec<UrlPath>>) {
    for lang in Lang::BOTH {
        let Some(side) = to.sides.get(lang) else { continue };
        let text = workspace.sources().text(&side.path).unwrap_or_default();
        for address in addresses.get(lang) {
            draft.extend(&side.path, lists::add(text, &side.front, "aliases", &format!("/{address}")));
        }
    }
}

/// Takes an address out of the old ones of a record, to which it belongs itself now.
pub(super) fn claim(draft: &mut Draft, workspace: &Workspace, own: &WrittenRecord, addresses: &PerLang<UrlPath>) {
    for lang in Lang::BOTH {
        let Some(side) = own.sides.get(lang) else { continue };
        let text = workspace.sources().text(&side.path).unwrap_or_default();
        let is_aliases = |entry: &&crate::yaml::Entry| entry.key == "aliases";
        let Some(entry) = side.front.mapping().unwrap_or_default().iter().find(is_aliases) else { continue };
        let is_own = |written: &str| written.trim_matches('/') == addresses.get(lang).as_str().trim_matches('/');
        let at = entry.value.items().iter().position(|item| item.scalar().is_some_and(is_own));
        draft.extend(&side.path, at.map(|at| lists::take_out(text, entry, at)));
    }
}
