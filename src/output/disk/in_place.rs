//! The longer way, if the output cannot be exchanged as a whole: files are replaced one by one: [`publish`].
//!
//! The order keeps the site in use at every moment: first what is new, then what is replaced, pages last. Files that
//! the site no longer has are removed once no page leads there any more. Each file is replaced in one step. Meanwhile
//! the manifest lists everything from before and after, so that the next build completes what a crash interrupted.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::{WriteError, failed};
use super::place::Place;
use super::staging::{Site, Staging, State};
use super::survey::{folders_of, is_litter};
use super::{os, tree};
use crate::output::manifest::Manifest;
use crate::output::path::MANIFEST;
use crate::path::OutputPath;

/// Replaces the files of the output. `source` says where the bytes of a file are, by path and number.
pub(super) fn publish(
    staging: &Staging,
    site: &Site,
    source: &dyn Fn(&OutputPath, usize) -> PathBuf,
) -> Result<(), WriteError> {
    let (place, before) = (&staging.place, &staging.survey.manifest.files);
    staging.survey.no_strangers(place)?;
    let mut changed = Vec::new();
    for (path, record) in &site.records {
        match record.state {
            State::Same => {}
            State::Fresh(number) => changed.push((path, source(path, number))),
            State::Placed => changed.push((path, source(path, 0))),
        }
    }
    let is_page = |path: &OutputPath| path.as_str().ends_with(".html");
    changed.sort_by_key(|(path, _)| (before.contains_key(*path), is_page(path)));
    sync(place, &mut changed.iter().map(|(_, from)| from.as_path()))?;

    let mut all = site.manifest.clone();
    all.unfinished = true;
    for (path, entry) in before {
        all.files.entry(path.clone()).or_insert(*entry);
    }
    write_manifest(place, &all)?;
    let mut gone: Vec<&OutputPath> = before.keys().filter(|path| !site.records.contains_key(*path)).collect();
    gone.retain(|path| !staging.survey.keep.iter().any(|kept| path.is_within(kept)));
    make_way(place, &changed, &gone)?;
    for (path, from) in &changed {
        let to = place.out.join(path.as_str());
        os::rename(from, &to).map_err(failed(&place.shown(path.as_str())))?;
    }
    let placed: Vec<PathBuf> = changed.iter().map(|(path, _)| place.out.join(path.as_str())).collect();
    sync(place, &mut placed.iter().map(PathBuf::as_path))?;

    gone.sort_by_key(|path| !is_page(path));
    for path in &gone {
        let file = place.out.join(path.as_str());
        // By now a folder may be there.
        if fs::symlink_metadata(&file).is_ok_and(|meta| !meta.is_dir()) {
            fs::remove_file(&file).map_err(failed(&place.shown(path.as_str())))?;
        }
    }
    let emptied = folders_of(gone.iter().copied());
    // Inner folders come after those around them.
    for folder in emptied.iter().rev() {
        remove_if_empty(&place.out.join(folder)).map_err(failed(&place.shown(folder)))?;
    }
    write_manifest(place, &site.manifest)
}

/// Makes the folders of new files. A file in the place of a folder, or a folder in the place of a file, is removed
/// first.
fn make_way(place: &Place, changed: &[(&OutputPath, PathBuf)], gone: &[&OutputPath]) -> Result<(), WriteError> {
    let new: BTreeSet<&str> = changed.iter().map(|(path, _)| path.as_str()).collect();
    let folders = folders_of(changed.iter().map(|(path, _)| *path));
    for path in gone {
        let in_the_way = folders.contains(path.as_str()) || path.folders().any(|folder| new.contains(folder));
        if in_the_way {
            tree::remove(&place.out.join(path.as_str())).map_err(failed(&place.shown(path.as_str())))?;
        }
    }
    let emptied = folders_of(gone.iter().copied());
    for folder in emptied.iter().rev().filter(|folder| new.contains(folder.as_str()) || within_any(folder, &new)) {
        remove_if_empty(&place.out.join(folder)).map_err(failed(&place.shown(folder)))?;
    }
    for folder in &folders {
        match fs::create_dir(place.out.join(folder)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => made.map_err(failed(&place.shown(folder)))?,
        }
    }
    Ok(())
}

/// Removes a folder unless it contains something that the site has or that is kept.
fn remove_if_empty(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(()),
        entries => entries?,
    };
    let names: Vec<_> = entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<_>>()?;
    if names.iter().all(|name| is_litter(&name.to_string_lossy())) { tree::remove(folder) } else { Ok(()) }
}

fn within_any(folder: &str, new: &BTreeSet<&str>) -> bool {
    crate::path::folders(folder).any(|above| new.contains(above))
}

fn sync(place: &Place, files: &mut dyn Iterator<Item = &Path>) -> Result<(), WriteError> {
    os::sync(&place.lock, files).map_err(failed(&place.named))
}

/// Replaces the manifest in one step.
fn write_manifest(place: &Place, manifest: &Manifest) -> Result<(), WriteError> {
    let fresh = place.work().join("manifest");
    let replace = || -> io::Result<()> {
        tree::remove(&fresh)?;
        let mut file = File::create_new(&fresh)?;
        file.write_all(manifest.to_text().as_bytes())?;
        file.sync_all()?;
        os::rename(&fresh, &place.out.join(MANIFEST))?;
        os::sync_folder(&place.out)
    };
    replace().map_err(failed(&place.shown(MANIFEST)))
}
