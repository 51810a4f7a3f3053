//! The spare tree beside the output, which becomes the site in one step: [`publish`].
//!
//! It was the site before the last one. Files that are the same in the site share their bytes with it by hard links, so
//! that a build creates and removes only what differs, and hardly any folder. It is compared with the site itself, file
//! by file, never with what it once was: whatever a crash or a person did to it is repaired on the way.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;

use super::error::{WriteError, failed};
use super::kept::{self, Kept};
use super::os;
use super::place::Place;
use super::staging::{Record, Site, Staging, State};
use super::survey::{self, folders_of};
use super::tree::{self, Verdict};
use crate::output::path::MANIFEST;
use crate::path::{OutputPath, folders};

/// What happened to the tree.
pub(super) enum Published {
    /// It is the site now; holds the metadata of its manifest.
    Exchanged(Metadata),
    /// It cannot be exchanged with the site here; the site is as it was.
    Not,
}

/// Makes the spare tree equal to a site and exchanges the two. With `is_new` the tree is already complete.
pub(super) fn publish(staging: &Staging, site: &Site, is_new: bool) -> Result<Published, WriteError> {
    let (place, survey) = (&staging.place, &staging.survey);
    let (spare, out) = (place.spare(), &place.out);
    let kept = Kept::of(place, &survey.keep)?;
    if !is_new {
        bring_up_to_date(staging, site, &kept)?;
    }
    let manifest = write_manifest(&spare, site).map_err(failed(&place.shown(MANIFEST)))?;
    kept.note_moves(place)?;
    let new = site.records.iter().filter(|(_, record)| record.state != State::Same);
    let new: Vec<_> = new.map(|(path, _)| spare.join(path.as_str())).chain([spare.join(MANIFEST)]).collect();
    os::sync(&place.lock, &mut new.iter().map(std::path::PathBuf::as_path)).map_err(failed(&place.named))?;
    if survey.root.is_none() {
        os::rename(&spare, out).map_err(failed(&place.named))?;
    } else {
        survey.no_strangers(place)?;
        match os::exchange(&spare, out) {
            Err(error) if os::cannot_exchange(&error) => return Ok(Published::Not),
            exchanged => exchanged.map_err(failed(&place.named))?,
        }
        if kept::finish_moves(place).is_err() {
            kept::undo_moves(place, &kept);
            os::exchange(&spare, out).map_err(failed(&place.named))?;
            return Ok(Published::Not);
        }
    }
    let parent = out.parent().unwrap_or(out);
    os::sync_folder(parent).map_err(failed(parent))?;
    Ok(Published::Exchanged(manifest))
}

fn bring_up_to_date(staging: &Staging, site: &Site, kept: &Kept) -> Result<(), WriteError> {
    let place = &staging.place;
    let spare = place.spare();
    // A link there is removed itself, never followed.
    let is_empty = !fs::symlink_metadata(&spare).is_ok_and(|meta| meta.is_dir());
    if is_empty {
        tree::remove(&spare).and_then(|()| fs::create_dir(&spare)).map_err(failed(&spare))?;
    }
    if let Some(root) = &staging.survey.root {
        os::liken(&spare, root, Some(&place.out)).map_err(failed(&spare))?;
    }
    let wanted = folders_of(site.records.keys().chain(&kept.files).chain(&kept.folders));
    let there = if is_empty { BTreeSet::new() } else { clear(&spare, site, kept, &wanted)? };
    make_folders(&spare, &wanted, &there)?;
    site.records.par_iter().try_for_each(|(path, record)| settle(staging, path, *record))?;
    kept.files.par_iter().try_for_each(|path| {
        let (from, to) = (place.out.join(path.as_str()), spare.join(path.as_str()));
        share(&from, &to).map_err(failed(&place.shown(path.as_str())))
    })?;
    let touched = touched(staging, site, &wanted);
    wanted.par_iter().for_each(|folder| settle_folder(place, folder, !touched.contains(folder.as_str())));
    Ok(())
}

/// Removes what the site does not have; returns the folders that the site has and that exist.
fn clear(spare: &Path, site: &Site, kept: &Kept, wanted: &BTreeSet<String>) -> Result<BTreeSet<String>, WriteError> {
    let there = Mutex::new(BTreeSet::new());
    let is_file = |path: &str| {
        site.records.contains_key(path) || path == MANIFEST || kept.files.iter().any(|kept| kept.as_str() == path)
    };
    let found = tree::unknown(spare, &|path, kind| {
        if kind.is_dir() && wanted.contains(path) {
            there.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path.to_owned());
            Verdict::Enter
        } else if kind.is_file() && is_file(path) {
            Verdict::Known
        } else {
            Verdict::Unknown
        }
    });
    found.and_then(|found| found.par_iter().try_for_each(|(_, path)| tree::remove(path))).map_err(failed(spare))?;
    Ok(there.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
}

/// Creates the missing folders, those of one depth at the same time.
fn make_folders(spare: &Path, wanted: &BTreeSet<String>, there: &BTreeSet<String>) -> Result<(), WriteError> {
    let mut by_depth: Vec<Vec<&String>> = Vec::new();
    for folder in wanted.difference(there) {
        let depth = folder.matches('/').count();
        by_depth.resize_with(by_depth.len().max(depth + 1), Vec::new);
        by_depth[depth].push(folder);
    }
    by_depth.into_iter().try_for_each(|folders| {
        folders.into_par_iter().try_for_each(|folder| {
            let folder = spare.join(folder);
            fs::create_dir(&folder).map_err(failed(&folder))
        })
    })
}

/// Makes sure that the tree has a file as the site should have it.
fn settle(staging: &Staging, path: &OutputPath, record: Record) -> Result<(), WriteError> {
    let place = &staging.place;
    let to = place.spare().join(path.as_str());
    let failed_here = |error| failed(&place.shown(path.as_str()))(error);
    match record.state {
        State::Placed => Ok(()),
        State::Fresh(number) => os::rename(&place.fresh().join(number.to_string()), &to).map_err(failed_here),
        State::Same => {
            let from = place.out.join(path.as_str());
            let meta = fs::symlink_metadata(&from).map_err(failed_here)?;
            let is_touched = os::changed_at(&meta) >= staging.began;
            if is_touched && !survey::read(&from).is_ok_and(|found| found == record.entry) {
                return Err(WriteError::ChangedMeanwhile(place.shown(path.as_str())));
            }
            share_known(&from, &meta, &to).map_err(failed_here)
        }
    }
}

fn share(from: &Path, to: &Path) -> io::Result<()> {
    share_known(from, &fs::symlink_metadata(from)?, to)
}

/// Makes `to` the same file as `from` or, if that is not possible, a copy with the same time.
fn share_known(from: &Path, meta: &Metadata, to: &Path) -> io::Result<()> {
    if let Ok(own) = fs::symlink_metadata(to) {
        let identity = os::identity(&own);
        if identity.is_some() && identity == os::identity(meta) {
            return Ok(());
        }
        fs::remove_file(to)?;
    }
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    // Too many links, another user's file, a file system without links.
    fs::copy(from, to)?;
    let times = fs::FileTimes::new().set_modified(meta.modified()?);
    let copied = File::options().write(true).open(to).and_then(|file| file.set_times(times));
    // A read-only file keeps the time of the copy; it is complete.
    copied.or_else(|error| if error.kind() == io::ErrorKind::PermissionDenied { Ok(()) } else { Err(error) })
}

/// The folders in which something changed; the empty path is the site's own.
fn touched<'a>(staging: &'a Staging, site: &'a Site, wanted: &'a BTreeSet<String>) -> BTreeSet<&'a str> {
    let folder = |path: &'a str| folders(path).next().unwrap_or_default();
    let before = &staging.survey.manifest.files;
    let changed = site.records.iter().filter(|(_, record)| record.state != State::Same).map(|(path, _)| path);
    let gone = before.keys().filter(|path| !site.records.contains_key(*path));
    let files = changed.chain(gone).map(|path| folder(path.as_str()));
    let subfolders = wanted.symmetric_difference(staging.survey.folders()).map(|path| folder(path));
    files.chain(subfolders).collect()
}

/// Gives a folder of the tree the owner, group and mode that it has in the site, and its time if nothing in it changed.
fn settle_folder(place: &Place, folder: &str, is_as_before: bool) {
    let own = place.spare().join(folder);
    let (Ok(site), Ok(spare)) = (fs::symlink_metadata(place.out.join(folder)), fs::symlink_metadata(&own)) else {
        return;
    };
    if !site.is_dir() {
        return;
    }
    // The site is whole without this: if this user may not do it, the folder stays as it is.
    let _ = os::liken_if_differs(&own, &spare, &site);
    if let Ok(time) = site.modified()
        && is_as_before
        && spare.modified().ok() != Some(time)
    {
        let _ = File::open(&own).and_then(|folder| folder.set_modified(time));
    }
}

/// Writes the manifest again: the time of the file says until when it can be trusted.
fn write_manifest(spare: &Path, site: &Site) -> io::Result<Metadata> {
    let path = spare.join(MANIFEST);
    tree::remove(&path)?;
    let mut file = File::create_new(&path)?;
    file.write_all(site.manifest.to_text().as_bytes())?;
    file.metadata()
}
