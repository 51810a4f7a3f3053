//! What depends on the operating system; the only file of the output that asks which one it is.
//!
//! Every function has an equivalent on other systems, weaker if it must be: without an exchange it fails with
//! [`io::ErrorKind::Unsupported`], and callers take the longer way.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::Duration;

use tempfile::NamedTempFile;

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Exchanges two folders in one step.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether an exchange failed because these folders cannot be exchanged here at all: no such call, a mount point,
/// layers of an overlay, a folder above that may not be written to.
#[cfg(unix)]
pub(super) fn cannot_exchange(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let known = [Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::BUSY, Errno::XDEV, Errno::PERM, Errno::ACCESS];
    error.kind() == io::ErrorKind::Unsupported
        || Errno::from_io_error(error).is_some_and(|errno| known.contains(&errno) || errno == Errno::ROFS)
}

/// Whether an exchange failed because these folders cannot be exchanged here at all.
#[cfg(not(unix))]
pub(super) fn cannot_exchange(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

/// Renames a file or folder, as soon as nobody holds it.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to))
}

/// Puts a finished file where it belongs, replacing what is there as soon as nobody holds that.
pub fn put(file: NamedTempFile, to: &Path) -> io::Result<()> {
    let mut waiting = Some(file);
    patiently(|| match waiting.take().map(|file| file.persist(to)) {
        Some(Err(error)) => {
            waiting = Some(error.file);
            Err(error.error)
        }
        _ => Ok(()),
    })
}

/// How long to wait for others to close a file before each new attempt, in milliseconds.
const PAUSES: [u64; 5] = [10, 30, 90, 270, 600];

/// Retries for a second if another program has a file open: on Windows a virus scanner or the search index opens each
/// new file for a moment, and an open file cannot be renamed.
fn patiently(mut action: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    for pause in PAUSES {
        match action() {
            Err(error) if is_held(&error) => std::thread::sleep(Duration::from_millis(pause)),
            done => return done,
        }
    }
    action()
}

/// Whether another program holds what was to be changed.
fn is_held(error: &io::Error) -> bool {
    const ACCESS_DENIED: i32 = 5;
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    cfg!(windows) && matches!(error.raw_os_error(), Some(ACCESS_DENIED | SHARING_VIOLATION | LOCK_VIOLATION))
}

/// Waits until all that was written to the file system of `within` is on the disk: one call, whatever the number of files.
/// Fails if any write since `within` was opened did.
#[cfg(target_os = "linux")]
pub(crate) fn sync(within: &File, _: &mut dyn Iterator<Item = &Path>) -> io::Result<()> {
    Ok(rustix::fs::syncfs(within)?)
}

/// The same for files of one file system; `place` is a file or folder in it.
#[cfg(target_os = "linux")]
pub(crate) fn sync_at(place: &Path, files: &mut dyn Iterator<Item = &Path>) -> io::Result<()> {
    sync(&File::open(place)?, files)
}

/// Waits until some files and their folders are on the disk.
#[cfg(not(target_os = "linux"))]
pub(crate) fn sync(_: &File, files: &mut dyn Iterator<Item = &Path>) -> io::Result<()> {
    sync_at(Path::new(""), files)
}

/// The same; the place does not matter here, and Windows cannot open folders. It waits only for files that may be
/// written to.
#[cfg(not(target_os = "linux"))]
pub(crate) fn sync_at(_: &Path, files: &mut dyn Iterator<Item = &Path>) -> io::Result<()> {
    let mut folders = std::collections::BTreeSet::new();
    for file in files {
        File::options().write(true).open(file)?.sync_all()?;
        folders.extend(file.parent());
    }
    folders.into_iter().try_for_each(sync_folder)
}

/// Waits until the names in a folder are on the disk.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Waits until the names in a folder are on the disk; here a folder cannot be opened, and the system does it.
#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// What identifies a file or folder under every name.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not say")]
pub(super) fn identity(meta: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((meta.dev(), meta.ino()))
}

/// What identifies a file or folder under every name: not available here, so that no two are the same.
#[cfg(not(unix))]
pub(super) fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// When a file was last changed in any way, in nanoseconds: its bytes, its name, its links, its permissions. Nobody can
/// set it back.
#[cfg(unix)]
pub(super) fn changed_at(meta: &Metadata) -> i128 {
    use std::os::unix::fs::MetadataExt as _;
    i128::from(meta.ctime()) * 1_000_000_000 + i128::from(meta.ctime_nsec())
}

/// When the bytes of a file were last changed, in nanoseconds.
#[cfg(not(unix))]
pub(super) fn changed_at(meta: &Metadata) -> i128 {
    meta.modified().map_or(i128::MAX, nanoseconds)
}

#[cfg(not(unix))]
fn nanoseconds(time: std::time::SystemTime) -> i128 {
    match time.duration_since(std::time::SystemTime::UNIX_EPOCH) {
        Ok(since) => i128::try_from(since.as_nanos()).unwrap_or(i128::MAX),
        Err(before) => -i128::try_from(before.duration().as_nanos()).unwrap_or(i128::MAX),
    }
}

/// Whether another file system, or another part of one, begins at a folder: it cannot be renamed then.
#[cfg(target_os = "linux")]
pub(super) fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let known = statx(CWD, folder, AtFlags::empty(), StatxFlags::empty()).ok();
    let reported = known.filter(|known| known.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT));
    reported
        .map_or_else(|| differs_from_parent(folder), |known| known.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Whether another file system begins at a folder: it cannot be renamed then.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_mount_point(folder: &Path) -> bool {
    differs_from_parent(folder)
}

fn differs_from_parent(folder: &Path) -> bool {
    let device = |path: &Path| Some(identity(&fs::metadata(path).ok()?)?.0);
    folder.parent().is_some_and(|parent| device(folder) != device(parent))
}

/// Whether this user may move a folder elsewhere, as far as the folder itself has a say in it.
#[cfg(unix)]
pub(super) fn may_move(folder: &Path) -> bool {
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok()
}

/// Whether this user may move a folder elsewhere, as far as the folder itself has a say in it.
#[cfg(not(unix))]
pub(super) fn may_move(_: &Path) -> bool {
    true
}

/// Gives a folder the owner, group and mode of another and, with `attributes`, its extended attributes (access lists,
/// labels), as far as this user may; what is equal already is not touched.
#[cfg(unix)]
pub(super) fn liken(folder: &Path, to: &Metadata, attributes: Option<&Path>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let own = fs::metadata(folder)?;
    if own.gid() != to.gid() {
        let _ = chown(folder, None, Some(to.gid()));
    }
    if own.uid() != to.uid() {
        let _ = chown(folder, Some(to.uid()), None);
    }
    if let Some(model) = attributes {
        copy_attributes(model, folder);
    }
    // Last: a change of owner or group removes the set-id bits.
    if fs::metadata(folder)?.mode() != to.mode() {
        fs::set_permissions(folder, to.permissions())?;
    }
    Ok(())
}

/// Gives a folder the permissions of another.
#[cfg(not(unix))]
pub(super) fn liken(folder: &Path, to: &Metadata, _: Option<&Path>) -> io::Result<()> {
    fs::set_permissions(folder, to.permissions())
}

/// Opens exactly what is at the path: does not follow a link there, and does not wait for a pipe.
#[cfg(unix)]
pub(super) fn open_itself(options: &mut fs::OpenOptions) {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
}

/// Opens exactly what is at the path: a link is opened as a link, which is not a regular file.
#[cfg(windows)]
pub(super) fn open_itself(options: &mut fs::OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt as _;
    /// `FILE_FLAG_OPEN_REPARSE_POINT`
    const ITSELF: u32 = 0x0020_0000;
    options.custom_flags(ITSELF);
}

/// Elsewhere there is no such way to open a file.
#[cfg(not(any(unix, windows)))]
pub(super) fn open_itself(_: &mut fs::OpenOptions) {}

/// Whether a folder may have been put there by anybody: another user made it, and anyone may write around it. Users who
/// may write to a folder that is not open to all are trusted with its contents, like colleagues with a common folder.
#[cfg(unix)]
pub(super) fn is_planted(folder: &Path, meta: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let around = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let me = rustix::process::geteuid().as_raw();
    fs::metadata(around).is_ok_and(|around| may_be_planted(me, meta.uid(), around.uid(), around.mode()))
}

#[cfg(unix)]
fn may_be_planted(me: u32, owner: u32, owner_around: u32, mode_around: u32) -> bool {
    const ANYONE_MAY_WRITE: u32 = 0o002;
    mode_around & ANYONE_MAY_WRITE != 0 && ![me, 0, owner_around].contains(&owner)
}

/// Whether a folder may have been put there by anybody; here its owner is not available.
#[cfg(not(unix))]
pub(super) fn is_planted(_: &Path, _: &Metadata) -> bool {
    false
}

/// Whether a folder belongs to the system and nobody else may look into it: none of the six bits for others is set.
#[cfg(unix)]
pub(super) fn is_systems_own(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::symlink_metadata(folder).is_ok_and(|meta| meta.uid() == 0 && meta.mode().trailing_zeros() >= 6)
}

/// Whether a folder is the system's; there is no such folder here.
#[cfg(not(unix))]
pub(super) fn is_systems_own(_: &Path) -> bool {
    false
}

/// Closes a folder to everyone except its owner and the group that may write to `model`.
#[cfg(unix)]
pub(super) fn limit(folder: &Path, model: Option<&Metadata>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt as _, chown};
    let group = model.filter(|model| model.mode() & 0o020 != 0).map(MetadataExt::gid);
    let own = fs::metadata(folder)?;
    if let Some(group) = group.filter(|group| *group != own.gid()) {
        chown(folder, None, Some(group))?;
    }
    let mode = if group.is_some() { 0o770 } else { 0o700 };
    if own.mode() & 0o777 == mode { Ok(()) } else { fs::set_permissions(folder, fs::Permissions::from_mode(mode)) }
}

/// Closes a folder to others; here it is as open as the one that it is in.
#[cfg(not(unix))]
pub(super) fn limit(_: &Path, _: Option<&Metadata>) -> io::Result<()> {
    Ok(())
}

/// Gives a folder the owner, group and mode of another, if they differ.
pub(super) fn liken_if_differs(folder: &Path, own: &Metadata, to: &Metadata) -> io::Result<()> {
    if ownership(own) == ownership(to) && own.permissions() == to.permissions() {
        return Ok(());
    }
    liken(folder, to, None)
}

#[cfg(unix)]
fn ownership(meta: &Metadata) -> (u32, u32) {
    use std::os::unix::fs::MetadataExt as _;
    (meta.uid(), meta.gid())
}

#[cfg(not(unix))]
fn ownership(_: &Metadata) {}

#[cfg(target_os = "linux")]
fn copy_attributes(from: &Path, to: &Path) {
    use rustix::fs::{XattrFlags, getxattr, getxattr_query, listxattr, listxattr_query, setxattr};
    let list = |path: &Path| -> Option<Vec<u8>> {
        let mut names = vec![0; listxattr_query(path).ok().filter(|size| *size > 0)?];
        let size = listxattr(path, &mut names[..]).ok()?;
        names.truncate(size);
        Some(names)
    };
    let read = |path: &Path, name: &[u8]| -> Option<Vec<u8>> {
        let mut value = vec![0; getxattr_query(path, name).ok()?];
        let size = if value.is_empty() { 0 } else { getxattr(path, name, &mut value[..]).ok()? };
        value.truncate(size);
        Some(value)
    };
    for name in list(from).unwrap_or_default().split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let Some(value) = read(from, name) else { continue };
        if read(to, name).as_ref() != Some(&value) {
            let _ = setxattr(to, name, &value, XattrFlags::empty());
        }
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn copy_attributes(_: &Path, _: &Path) {}

/// As for any other file: readable by all, less what the user's mask takes away.
#[cfg(unix)]
pub(super) fn usual_permissions(builder: &mut tempfile::Builder<'_, '_>) {
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
}

/// As for any other file.
#[cfg(not(unix))]
pub(super) fn usual_permissions(_: &mut tempfile::Builder<'_, '_>) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_stranger_left_where_anyone_may_write_is_planted() {
        let (me, root, colleague, stranger) = (1000, 0, 1001, 1002);
        assert!(may_be_planted(me, stranger, root, 0o41777));
        assert!(may_be_planted(me, stranger, me, 0o40777));
        for (owner, around, mode) in [
            (me, root, 0o41777),
            (root, root, 0o41777),
            (colleague, colleague, 0o40777),
            (colleague, root, 0o42775),
            (stranger, me, 0o40755),
        ] {
            assert!(!may_be_planted(me, owner, around, mode), "{owner} {around} {mode:o}");
        }
    }
}
