//! Removes a record, once nothing refers to it or another one takes its place: [`remove_record`].

use super::draft::Draft;
use super::lock::Gone;
use super::names::{self, How, Naming};
use super::{Plan, Refusal, addresses, lists, lock, request, trial};
use crate::diagnostic::{Severity, catalog};
use crate::lang::{Lang, PerLang};
use crate::layout::ContentKind;
use crate::path::{ContentPath, UrlPath};
use crate::workspace::Workspace;

/// Plans to remove a record. With `redirect_to`, what led to it leads to that record instead: its addresses, and
/// everything that refers to it.
pub fn remove_record(workspace: &mut Workspace, id: &str, redirect_to: Option<&str>) -> Result<Plan, Refusal> {
    request::is_understood(workspace)?;
    let (id, _) = request::record(workspace, id)?;
    let id = id.as_str();
    let target = redirect_to.map(|target| request::record(workspace, target)).transpose()?;
    let target = target.map(|(target, record)| (target, record.clone()));
    if target.as_ref().is_some_and(|(target, _)| target == id) {
        return Err(Refusal::Request(PerLang {
            en: format!("{id} cannot lead to itself"),
            fr: format!("{id} ne peut pas mener à elle-même"),
        }));
    }
    let mut draft = Draft::new(workspace.sources());
    for path in request::files(id).into_iter().filter(|path| workspace.sources().is_known(path)) {
        draft.remove(path);
    }
    let is_own = |file: &ContentPath| ContentKind::of(file).id() == Some(id);
    let namings: Vec<_> =
        names::naming(workspace, id).into_iter().filter(|naming| !is_own(&naming.place.file)).collect();
    let old = addresses::of(workspace, id);
    match &target {
        None if !namings.is_empty() => {
            let mistakes = namings.into_iter().map(|naming| catalog::still_referred_to(naming.place, id)).collect();
            return Err(Refusal::content(mistakes));
        }
        None => {}
        Some((target, record)) => {
            name_instead(&mut draft, workspace, &namings, id, target);
            if let Some(old) = &old {
                let all = |(url, aliases): &(_, Vec<_>)| std::iter::once(url).chain(aliases).cloned().collect();
                addresses::lead(&mut draft, workspace, record, &old.as_ref().map(|_, old| all(old)), None);
            }
        }
    }
    let (passages, files) = draft.passages();
    lock::follow(&mut draft, workspace, &Gone::from([(id, None)]));
    let mut plan = draft.plan();
    let ((), mut mistakes) = trial::try_out(workspace, &plan, |_| ());
    let unused = mistakes.iter().filter(|mistake| mistake.name == "unused-asset");
    let unused: Vec<String> = unused.map(|mistake| mistake.place.file.to_string()).collect();
    mistakes.retain(|mistake| mistake.severity == Severity::Error);
    if !mistakes.is_empty() {
        return Err(Refusal::Content { mistakes, texts: trial::texts(&plan) });
    }
    plan.notes.push(match &target {
        None => PerLang { en: format!("{id} is removed"), fr: format!("{id} est supprimée") },
        Some((target, _)) => PerLang {
            en: format!("{id} is removed; its addresses and the references to it now lead to {target} (places: {passages}, files: {files})"),
            fr: format!(
                "{id} est supprimée; ses adresses et les renvois mènent désormais à {target} (passages : {passages}, fichiers : {files})"
            ),
        },
    });
    plan.notes.extend(old.filter(|_| target.is_none()).map(|old| addresses_lost(&old)));
    if !unused.is_empty() {
        let unused = unused.join(", ");
        plan.notes.push(PerLang {
            en: format!("no page uses these files any more: {unused}"),
            fr: format!("plus aucune page n’utilise ces fichiers : {unused}"),
        });
    }
    Ok(plan)
}

/// Names another record wherever one is named; a list that names both loses the first.
fn name_instead(draft: &mut Draft, workspace: &Workspace, namings: &[Naming], id: &str, target: &str) {
    for naming in namings {
        let file = &naming.place.file;
        let text = workspace.sources().text(file).unwrap_or_default();
        match &naming.how {
            How::Value { list: Some((entry, at)), types, .. } if names::has(workspace, entry, types, target) => {
                draft.splice(file, lists::take_out(text, entry, *at));
            }
            _ => draft.extend(file, names::renamed(workspace, naming, id, target, file)),
        }
    }
}

fn addresses_lost(old: &PerLang<(UrlPath, Vec<UrlPath>)>) -> PerLang<String> {
    let old: Vec<String> = Lang::BOTH.into_iter().map(|lang| format!("/{}", old.get(lang).0)).collect();
    let old = old.join(", ");
    PerLang {
        en: format!("these addresses will no longer work unless another record takes its place: {old}"),
        fr: format!("ces adresses ne fonctionneront plus, à moins qu’une autre fiche ne la remplace : {old}"),
    }
}
