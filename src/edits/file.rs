//! Removes a file beside records, once none names it: [`remove_file`]; and which files are a record's: [`files_of`].

use std::collections::BTreeMap;

use super::beside::Beside;
use super::draft::Draft;
use super::{Plan, Refusal, request, trial};
use crate::diagnostic::Severity;
use crate::lang::{Lang, PerLang};
use crate::path::ContentPath;
use crate::workspace::Workspace;

/// The files beside a record that it names, and those in its folder that no page names; with whether it names them.
pub fn files_of(workspace: &Workspace, id: &str) -> BTreeMap<ContentPath, bool> {
    let folder = id.rsplit_once('/').map_or("", |(folder, _)| folder);
    let unused = workspace.mistakes().iter().filter(|mistake| mistake.name == "unused-asset");
    let unused = unused.map(|mistake| &mistake.place.file).filter(|path| path.folder() == folder);
    let mut files: BTreeMap<ContentPath, bool> = unused.map(|path| (path.clone(), false)).collect();
    let own = Beside::all(workspace).find(|record| record.id == id);
    files.extend(own.map(|record| record.assets()).unwrap_or_default().into_iter().map(|path| (path, true)));
    files
}

/// A record or landing page that names a file beside it.
pub fn record_of<'w>(workspace: &'w Workspace, path: &ContentPath) -> Option<&'w str> {
    Beside::all(workspace).find(|record| record.assets().contains(path)).map(|record| record.id)
}

/// Plans to remove a file that is only copied into the site.
pub fn remove_file(workspace: &mut Workspace, path: &str) -> Result<Plan, Refusal> {
    request::is_understood(workspace)?;
    let path = ContentPath::new(path);
    if !workspace.sources().assets().contains_key(&path) {
        return Err(Refusal::Request(PerLang {
            en: format!("there is no file {path} that a page shows or offers"),
            fr: format!("il n’y a pas de fichier {path} qu’une page montre ou offre"),
        }));
    }
    let mut named = Vec::new();
    for record in Beside::all(workspace) {
        for (file, span, written) in record.relative() {
            if record.target(&file, &written).as_ref() == Some(&path) {
                let before = workspace.sources().text(&file).and_then(|text| text.get(..span.range().start));
                let line = before.unwrap_or_default().matches('\n').count() + 1;
                named.push(PerLang { en: format!("{file} (line {line})"), fr: format!("{file} (ligne {line})") });
            }
        }
    }
    if !named.is_empty() {
        let places = |lang| named.iter().map(|place| place.get(lang).as_str()).collect::<Vec<_>>().join(", ");
        return Err(Refusal::Request(PerLang {
            en: format!("{path} is still used in {}; remove it there first", places(Lang::En)),
            fr: format!("{path} figure encore dans {}; retirez-le d’abord de là", places(Lang::Fr)),
        }));
    }
    let mut draft = Draft::new(workspace.sources());
    draft.remove(path.clone());
    let mut plan = draft.plan();
    let ((), mut mistakes) = trial::try_out(workspace, &plan, |_| ());
    mistakes.retain(|mistake| mistake.severity == Severity::Error);
    if !mistakes.is_empty() {
        return Err(Refusal::Content { mistakes, texts: trial::texts(&plan) });
    }
    plan.notes.push(PerLang { en: format!("{path} is removed"), fr: format!("{path} est supprimé") });
    Ok(plan)
}
