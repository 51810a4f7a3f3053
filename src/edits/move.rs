//! Moves a record: its files, everything that names it, its confirmation, and its addresses: [`move_record`].

use std::collections::BTreeSet;

use super::beside::Beside;
use super::draft::Draft;
use super::lock::Gone;
use super::names;
use super::{Plan, Refusal, addresses, lock, request, trial};
use crate::diagnostic::Severity;
use crate::lang::{Lang, PerLang};
use crate::layout;
use crate::path::{ContentPath, UrlPath};
use crate::workspace::Workspace;

/// Plans to give the record of `old` the id `new`, which may be a name in the same folder, or a folder with `/` after
/// it.
pub fn move_record(workspace: &mut Workspace, old: &str, new: &str) -> Result<Plan, Refusal> {
    request::is_understood(workspace)?;
    let (old, record) = request::record(workspace, old)?;
    let old = old.as_str();
    let (folder, name) = old.rsplit_once('/').unwrap_or(("", old));
    let new = match new.strip_suffix('/') {
        Some(folder) => format!("{folder}/{name}"),
        None => new.to_owned(),
    };
    let new = request::free_id(workspace, folder, &new)?;
    let mut draft = Draft::new(workspace.sources());
    let there = |path: &ContentPath| workspace.sources().is_known(path);
    for (from, to) in request::files(old).into_iter().zip(request::files(&new)).filter(|(from, _)| there(from)) {
        draft.rename(from, to);
    }
    let own = |path: &ContentPath| layout::ContentKind::of(path).id() == Some(old);
    let homes = |path: &ContentPath| if own(path) { moved_path(path, old, &new) } else { path.clone() };
    for naming in names::naming(workspace, old) {
        let home = homes(&naming.place.file);
        draft.extend(&naming.place.file, names::renamed(workspace, &naming, old, &new, &home));
    }
    let before = addresses::of(workspace, old);
    if new.rsplit_once('/').map(|(folder, _)| folder) != Some(folder) {
        let beside = Beside { workspace, id: old, record };
        Rebased { beside, new: &new }.rebase(&mut draft);
    }
    let mut settled = draft.clone();
    let record = record.clone();
    lock::follow(&mut settled, workspace, &Gone::from([(old, Some(new.as_str()))]));
    let (after, mistakes) = trial::try_out(workspace, &settled.plan(), |workspace| addresses::of(workspace, &new));
    let (mut plan, mut mistakes) = (settled.plan(), mistakes);
    // If the addresses change, the old ones are added as aliases, and the plan is tried once more.
    let lost = lost(before.as_ref(), after.as_ref());
    if !lost.en.is_empty() || !lost.fr.is_empty() {
        let own = after.as_ref().map(|after| after.as_ref().map(|_, (url, _)| url.clone()));
        addresses::lead(&mut draft, workspace, &record, &lost, own.as_ref());
        lock::follow(&mut draft, workspace, &Gone::from([(old, Some(new.as_str()))]));
        plan = draft.plan();
        mistakes = trial::try_out(workspace, &plan, |_| ()).1;
    }
    mistakes.retain(|mistake| mistake.severity == Severity::Error);
    if !mistakes.is_empty() {
        return Err(Refusal::Content { mistakes, texts: trial::texts(&plan) });
    }
    plan.notes = notes(&draft, old, &new, before.is_some().then_some(&lost));
    Ok(plan)
}

/// The path of one of the record's own files after the move.
fn moved_path(path: &ContentPath, old: &str, new: &str) -> ContentPath {
    let ending = path.as_str().strip_prefix(old).unwrap_or_default();
    ContentPath::new(format!("{new}{ending}"))
}

type Addresses = PerLang<(UrlPath, Vec<UrlPath>)>;

/// The addresses that a record had and no longer has.
fn lost(before: Option<&Addresses>, after: Option<&Addresses>) -> PerLang<Vec<UrlPath>> {
    let (Some(before), Some(after)) = (before, after) else { return PerLang::default() };
    PerLang::from_fn(|lang| {
        let (old, (new, aliases)) = (&before.get(lang).0, after.get(lang));
        let is_lost = old != new && !aliases.contains(old) && !old.as_str().is_empty();
        if is_lost { vec![old.clone()] } else { Vec::new() }
    })
}

fn notes(draft: &Draft, old: &str, new: &str, lost: Option<&PerLang<Vec<UrlPath>>>) -> Vec<PerLang<String>> {
    let (passages, files) = draft.passages();
    let files = super::in_files(files);
    let mut notes = vec![PerLang {
        en: format!("{old} becomes {new}; places that change: {passages}, in {}", files.en),
        fr: format!("{old} devient {new}; passages modifiés : {passages}, dans {}", files.fr),
    }];
    let Some(lost) = lost else { return notes };
    let old: Vec<String> =
        Lang::BOTH.into_iter().flat_map(|lang| lost.get(lang)).map(|url| format!("/{url}")).collect();
    notes.push(match old.join(", ") {
        old if old.is_empty() => PerLang {
            en: "the addresses of its pages stay the same".to_owned(),
            fr: "les adresses de ses pages restent les mêmes".to_owned(),
        },
        old => PerLang {
            en: format!("old addresses that redirect to the new ones: {old}"),
            fr: format!("anciennes adresses redirigées vers les nouvelles : {old}"),
        },
    });
    notes
}

/// A record that goes to another folder, with what it names relative to its own.
struct Rebased<'a> {
    beside: Beside<'a>,
    new: &'a str,
}

impl Rebased<'_> {
    /// Files in its folder that only this record uses go with it. Everything else is named from the new folder.
    fn rebase(&self, draft: &mut Draft) {
        let taken_along = self.taken_along();
        let Beside { workspace, id: old, .. } = self.beside;
        let (from, to) = (folder_of(old), folder_of(self.new));
        for path in &taken_along {
            let name = path.as_str().strip_prefix(&from).unwrap_or(path.as_str());
            draft.rename(path.clone(), ContentPath::new(format!("{to}{name}")));
        }
        for (file, span, written) in self.beside.relative() {
            let Some(target) = self.beside.target(&file, &written) else { continue };
            if taken_along.contains(&target) || layout::ContentKind::of(&target).id() == Some(old) {
                continue;
            }
            let home = moved_path(&file, old, self.new);
            let (path, fragment) = written.split_at(written.find('#').unwrap_or(written.len()));
            // The name itself stays as it is written: it may contain encoded characters.
            let name = path.rsplit('/').next().unwrap_or(path);
            let folder = target.folder();
            let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let new = format!("{}{fragment}", names::path_to(&home, path, &format!("{folder}{name}")));
            let text = workspace.sources().text(&file).unwrap_or_default();
            draft.extend(&file, names::passage(text, span, &written, &new));
        }
    }

    /// The files of the record's folder that it alone uses.
    fn taken_along(&self) -> BTreeSet<ContentPath> {
        let Beside { workspace, id, .. } = self.beside;
        let folder = folder_of(id);
        let mut own = self.beside.assets();
        own.retain(|path| path.as_str().starts_with(&folder));
        for other in Beside::all(workspace).filter(|other| other.id != id) {
            for path in other.assets() {
                own.remove(&path);
            }
        }
        let to = folder_of(self.new);
        let is_free = |path: &ContentPath| {
            let name = path.as_str().strip_prefix(&folder).unwrap_or_default();
            !workspace.sources().is_known(&ContentPath::new(format!("{to}{name}")))
        };
        own.retain(is_free);
        own
    }
}

/// The folder of a record, with a slash after it.
fn folder_of(id: &str) -> String {
    id.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default()
}
