//! The names of the files in the content folder: [`check`]. A site is written, copied and edited on any system, so a
//! name that one of them does not accept is a mistake, and two names that one of them cannot tell apart are a warning.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::path::{ContentPath, PathPart, folded};
use crate::source::Sources;

/// Reports every file whose name or folder some systems do not accept, and names that differ only by case.
pub(super) fn check(sources: &Sources) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut files: Vec<&ContentPath> = sources.texts().keys().chain(sources.assets().keys()).collect();
    files.sort_unstable();
    let (mut names, mut last_folder) = (HashMap::new(), None);
    for path in files {
        let place = || Place::new(path, Span::START);
        let fault = path.as_str().split('/').find_map(|part| Some((part, PathPart::new(part).err()?)));
        diagnostics.extend(fault.map(|(part, fault)| catalog::bad_file_name(place(), part, fault)));
        // The files of a folder follow each other; the folders above them are checked once.
        let folder = path.folder();
        if last_folder.replace(folder) != Some(folder) {
            let ends =
                folder.match_indices('/').map(|(end, _)| end).chain((!folder.is_empty()).then_some(folder.len()));
            for end in ends {
                alike(&folder[..end], place(), &mut names, &mut diagnostics);
            }
        }
        alike(path.as_str(), place(), &mut names, &mut diagnostics);
    }
    diagnostics
}

/// Reports a path that some systems cannot tell from another one.
fn alike<'a>(path: &'a str, place: Place, names: &mut HashMap<String, &'a str>, diagnostics: &mut Diagnostics) {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match names.entry(folded(path)) {
        std::collections::hash_map::Entry::Vacant(free) => {
            free.insert(path);
        }
        std::collections::hash_map::Entry::Occupied(taken) => {
            let other = *taken.get();
            // If their folders differ in this way too, the folders are reported instead.
            let same_folder = other.strip_prefix(folder).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'));
            if other != path && same_folder {
                diagnostics.push(catalog::names_differ_by_case(place, path, other));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(files: &[&str]) -> Vec<(String, &'static str)> {
        let files = files.iter().map(|file| (ContentPath::new(*file), Vec::new()));
        let all = check(&Sources::from_files(files).0).into_sorted();
        all.into_iter().map(|reported| (reported.place.file.to_string(), reported.name)).collect()
    }

    #[test]
    fn each_file_with_a_name_that_some_system_cannot_hold_is_told_once() {
        let bad =
            ["pages/a:b?.en.md", "pages/aux.yaml", "pages/end./x.pdf", "pages/x\u{202e}fdp.exe", "pages/..\\x.pdf"];
        let mut all: Vec<_> = bad.iter().map(|file| ((*file).to_owned(), "bad-file-name")).collect();
        all.sort();
        assert_eq!(reported(&bad), all);
        assert_eq!(reported(&["pages/Entente n° 12 (révisée).pdf", "_index.en.md", "pairs.lock"]), []);
    }

    #[test]
    fn names_that_differ_only_by_case_or_by_how_an_accent_is_stored_are_told_where_they_part() {
        assert_eq!(
            reported(&["pages/Annex.pdf", "pages/annex.pdf", "Partners/a.yaml", "partners/a.yaml", "partners/b.yaml"]),
            [
                ("pages/annex.pdf".to_owned(), "names-differ-by-case"),
                ("partners/a.yaml".to_owned(), "names-differ-by-case")
            ]
        );
        assert_eq!(reported(&["pages/é.pdf", "pages/e\u{301}.pdf"]).len(), 1);
        assert_eq!(reported(&["a/x.pdf", "b/x.pdf", "b/X2.pdf"]), []);
    }
}
