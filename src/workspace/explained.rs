//! Reports a bad file name once ([`Explained`]): what seems to be missing because a file's name is not read is not
//! reported too, and what the name explains is reported instead.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Workspace;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::lang::Lang;
use crate::layout::{self, ContentKind};
use crate::parse;
use crate::path::ContentPath;
use crate::source::Sources;

/// What the names of a site's files explain.
pub(super) struct Explained<'w> {
    sources: &'w Sources,
    /// The right names of the files with a wrong name.
    meant: BTreeSet<ContentPath>,
    /// The ids of files of words and facts by their form in small letters, if several share one.
    alike: BTreeMap<String, BTreeSet<&'w str>>,
}

impl<'w> Explained<'w> {
    pub(super) fn new(workspace: &'w Workspace) -> Self {
        let sources: &Sources = &workspace.sources;
        let of_strays = workspace.strays.keys().filter_map(meant_by).map(ContentPath::new);
        let joined = workspace.strays.keys().filter_map(layout::joined_name);
        let joined = joined.filter(|(id, _)| has_record(sources, id)).map(|(_, right)| ContentPath::new(right));
        let unused = workspace.assembly.mistakes().filter(|mistake| mistake.name == "unused-asset");
        let of_assets = unused.filter_map(|mistake| page_of(sources, &mistake.place.file));
        let mut alike = BTreeMap::<String, BTreeSet<&str>>::new();
        let has_capital = |id: &str| id.chars().any(char::is_uppercase);
        for id in workspace.entries.keys().filter(|id| has_capital(id)) {
            alike.entry(id.to_lowercase()).or_default().insert(id);
        }
        for (small, ids) in &mut alike {
            ids.extend(workspace.entries.get_key_value(small.as_str()).map(|(id, _)| &**id));
        }
        Self { sources, meant: of_strays.chain(joined).chain(of_assets).collect(), alike }
    }

    /// A mistake as it is reported: as it is, with what its name says instead, or not at all.
    pub(super) fn explain<'d>(&self, mistake: &'d Diagnostic) -> Option<Cow<'d, Diagnostic>> {
        let file = &mistake.place.file;
        let place = || mistake.place.clone();
        let instead = match mistake.name {
            "missing-field" if self.meant.contains(file) => return None,
            "missing-twin" if self.is_twin_meant(file) => return None,
            "duplicate-address" if self.is_of_copy(mistake) => return None,
            "missing-twin" | "facts-without-words" => {
                let original = layout::copy_of(file).filter(|original| self.is_known(original));
                match (original, self.like(file), ContentKind::of(file)) {
                    (Some(original), ..) => Some(catalog::copied_file(place(), &original)),
                    (_, Some(Like { is_reported: false, .. }), _) => return None,
                    (_, Some(like), _) => Some(catalog::names_of_a_pair_differ(place(), &like.right)),
                    (.., ContentKind::Words { id, .. }) => {
                        layout::language_at_end(id).map(|name| catalog::two_languages(place(), name))
                    }
                    _ => None,
                }
            }
            "unused-asset" => page_of(self.sources, file).map(|page| catalog::other_format(place(), page.as_str())),
            "misnamed-file" => meant_by(file).map(|right| self.rename(place(), &right)),
            "language-missing" => layout::joined_name(file)
                .filter(|(id, _)| has_record(self.sources, id))
                .map(|(_, right)| self.rename(place(), &right)),
            _ => None,
        };
        Some(instead.map_or(Cow::Borrowed(mistake), Cow::Owned))
    }

    /// What a file with a wrong name is: the file that its name suggests, or another version of that if it exists.
    fn rename(&self, place: Place, right: &str) -> Diagnostic {
        if self.is_known(right) { catalog::copied_file(place, right) } else { catalog::misnamed_file(place, right) }
    }

    /// Whether an address is taken by a copy of a page, which is reported itself.
    fn is_of_copy(&self, mistake: &Diagnostic) -> bool {
        let files = mistake.related.iter().map(|(place, _)| place).chain([&mistake.place]).map(|place| &place.file);
        let mut copies = files.filter(|file| layout::copy_of(file).is_some_and(|original| self.is_known(&original)));
        copies.any(|file| ContentKind::of(file).id().is_some_and(|id| self.sides(id) == 1))
    }

    fn sides(&self, id: &str) -> usize {
        Lang::BOTH.into_iter().filter(|lang| self.sources.is_known(&parse::words_path(id, *lang))).count()
    }

    fn is_known(&self, path: &str) -> bool {
        self.sources.is_known(&ContentPath::new(path.to_owned()))
    }

    /// Whether the other side of a record has a name that is not read.
    fn is_twin_meant(&self, file: &ContentPath) -> bool {
        let Some(id) = ContentKind::of(file).id() else { return false };
        Lang::BOTH.iter().any(|lang| self.meant.contains(&parse::words_path(id, *lang)))
    }

    /// A record whose name differs only in its capitals, so that it may be the other half.
    fn like(&self, file: &ContentPath) -> Option<Like> {
        let id = ContentKind::of(file).id()?;
        let ids = self.alike.get(&id.to_lowercase()).filter(|ids| ids.len() > 1 && ids.contains(id))?;
        // The one with more capitals is reported: capitals come first in the order of bytes.
        let right = ids.last()?;
        let ending = file.as_str().strip_prefix(id)?;
        Some(Like { is_reported: id != *right, right: format!("{right}{ending}") })
    }
}

fn has_record(sources: &Sources, id: &str) -> bool {
    let words = Lang::BOTH.map(|lang| parse::words_path(id, lang));
    words.iter().chain([&parse::facts_path(id)]).any(|path| sources.is_known(path))
}

/// The path of the file that a name that is not read suggests.
fn meant_by(path: &ContentPath) -> Option<String> {
    layout::copy_of(path).or_else(|| layout::right_name(path))
}

/// The name that a file should have to belong to the one that is like it.
struct Like {
    is_reported: bool,
    right: String,
}

/// The page that a file of another program was meant to be: one that is missing, of a record that exists.
fn page_of(sources: &Sources, file: &ContentPath) -> Option<ContentPath> {
    let page = layout::in_other_format(file).filter(|page| !sources.is_known(page))?;
    let id = ContentKind::of(&page).id()?;
    let others = Lang::BOTH.map(|lang| parse::words_path(id, lang));
    others.iter().any(|path| sources.is_known(path)).then(|| page.clone())
}
