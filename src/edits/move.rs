//! To move a record: its files, everything that names it, its confirmation, and its addresses: [`move_record`].

use std::collections::BTreeSet;

use super::draft::Draft;
use super::lock::Gone;
use super::names;
use super::{Plan, Refusal, addresses, lock, request, trial};
use crate::diagnostic::{Severity, Span};
use crate::lang::{Lang, PerLang};
use crate::layout::{self, WrittenLink};
use crate::parse::destinations::destinations;
use crate::parse::front_matter;
use crate::path::{ContentPath, UrlPath};
use crate::schema::{Field, FieldKind};
use crate::site::candidate::WrittenRecord;
use crate::workspace::Workspace;
use crate::yaml::Entry;

/// Plans to give the record of `old` the id `new`, which may be a name in the same folder, or a folder with `/` behind it.
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
        let beside = Beside { workspace, old, new: &new, record };
        beside.rebase(&mut draft);
    }
    let mut settled = draft.clone();
    let record = record.clone();
    lock::follow(&mut settled, workspace, &Gone::from([(old, Some(new.as_str()))]));
    let (after, mistakes) = trial::try_out(workspace, &settled.plan(), |workspace| addresses::of(workspace, &new));
    let (mut plan, mut mistakes) = (settled.plan(), mistakes);
    // Where the addresses change, the old ones are written down, and the plan is tried once more.
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

/// The addresses that a record had and has no more.
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

/// What a record that goes to another folder names relative to its own: pages and files beside it.
struct Beside<'a> {
    workspace: &'a Workspace,
    old: &'a str,
    new: &'a str,
    record: &'a WrittenRecord,
}

impl Beside<'_> {
    /// Files that only this record uses and that lie in its folder go with it. All else is named from the new folder.
    fn rebase(&self, draft: &mut Draft) {
        let taken_along = self.taken_along();
        let (from, to) = (folder_of(self.old), folder_of(self.new));
        for path in &taken_along {
            let name = path.as_str().strip_prefix(&from).unwrap_or(path.as_str());
            draft.rename(path.clone(), ContentPath::new(format!("{to}{name}")));
        }
        for (file, span, written) in self.relative() {
            let Some(target) = self.target(&file, &written) else { continue };
            if taken_along.contains(&target) || layout::ContentKind::of(&target).id() == Some(self.old) {
                continue;
            }
            let home = moved_path(&file, self.old, self.new);
            let (path, fragment) = written.split_at(written.find('#').unwrap_or(written.len()));
            // The name itself stays as it is written: it may have signs that are encoded.
            let name = path.rsplit('/').next().unwrap_or(path);
            let folder = target.folder();
            let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let new = format!("{}{fragment}", names::path_to(&home, path, &format!("{folder}{name}")));
            let text = self.workspace.sources().text(&file).unwrap_or_default();
            draft.extend(&file, names::passage(text, span, &written, &new));
        }
    }

    /// The files of the record's folder that it alone uses.
    fn taken_along(&self) -> BTreeSet<ContentPath> {
        let folder = folder_of(self.old);
        let own: BTreeSet<ContentPath> =
            self.relative().into_iter().filter_map(|(file, _, written)| self.target(&file, &written)).collect();
        let assets = self.workspace.sources().assets();
        let own = own.into_iter().filter(|path| assets.contains_key(path) && path.as_str().starts_with(&folder));
        let mut own: BTreeSet<ContentPath> = own.collect();
        for (id, written) in self.workspace.written().filter(|(id, _)| *id != self.old) {
            let others = Beside { workspace: self.workspace, old: id, new: id, record: written };
            for (file, _, written) in others.relative() {
                if let Some(path) = self.target(&file, &written) {
                    own.remove(&path);
                }
            }
        }
        let to = folder_of(self.new);
        let is_free = |path: &ContentPath| {
            let name = path.as_str().strip_prefix(&folder).unwrap_or_default();
            !self.workspace.sources().is_known(&ContentPath::new(format!("{to}{name}")))
        };
        own.retain(is_free);
        own
    }

    /// Everything in the record's files that is written as a path from where they lie.
    fn relative(&self) -> Vec<(ContentPath, Span, String)> {
        let mut found = Vec::new();
        let schema = self.workspace.schema();
        let kind = schema.by_folder(self.old.split('/').next().unwrap_or_default()).map(|kind| schema.get(kind));
        let mut entries = |file: &ContentPath, entries: &[Entry]| {
            if let Some(kind) = kind {
                files(file, &kind.fields, entries, &mut found);
            }
        };
        if let Some(facts) = &self.record.facts {
            entries(&facts.path, facts.facts.mapping().unwrap_or_default());
        }
        for side in Lang::BOTH.into_iter().filter_map(|lang| self.record.sides.get(lang).as_ref()) {
            entries(&side.path, side.front.mapping().unwrap_or_default());
        }
        for side in Lang::BOTH.into_iter().filter_map(|lang| self.record.sides.get(lang).as_ref()) {
            let is_relative = |written: &str| {
                matches!(WrittenLink::parse(written), WrittenLink::Local { path, .. } if !path.starts_with('/'))
                    && self.target(&side.path, written).is_some()
            };
            if !side.links.iter().any(|(link, _)| is_relative(&link.0)) {
                continue;
            }
            let text = self.workspace.sources().text(&side.path).unwrap_or_default();
            let start = front_matter::body_start(text).unwrap_or(text.len());
            for found_there in destinations(&text[start..]).into_iter().filter(|found| is_relative(&found.target)) {
                let range = found_there.range.start + start..found_there.range.end + start;
                found.push((side.path.clone(), Span::new(range.clone()), text[range].to_owned()));
            }
        }
        found
    }

    /// The file that a path means, be it an asset or a page.
    fn target(&self, file: &ContentPath, written: &str) -> Option<ContentPath> {
        let path = written.split('#').next().unwrap_or_default();
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let assets = self.workspace.sources().assets();
        let mut asset = [path, &*decoded].into_iter().filter_map(|path| file.join(path));
        let page = || path.ends_with(".md").then(|| file.join(path)).flatten();
        asset.rfind(|path| assets.contains_key(path)).or_else(page)
    }
}

/// The folder of a record, with a slash behind it.
fn folder_of(id: &str) -> String {
    id.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default()
}

/// The values that name files, in groups too.
fn files(file: &ContentPath, fields: &[Field], entries: &[Entry], found: &mut Vec<(ContentPath, Span, String)>) {
    for entry in entries {
        let Some(field) = fields.iter().find(|field| field.name == entry.key) else { continue };
        match &field.kind {
            FieldKind::File => {
                let items = entry.value.items().iter().filter_map(|item| Some((item.span, item.scalar()?.trim())));
                found.extend(items.map(|(span, written)| (file.clone(), span, written.to_owned())));
            }
            FieldKind::Group(inner) => {
                for item in entry.value.items() {
                    files(file, inner, item.mapping().unwrap_or_default(), found);
                }
            }
            _ => {}
        }
    }
}
