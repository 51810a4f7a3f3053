//! What publishing leaves on the disk, whatever was there before, in both ways.

use std::collections::BTreeMap;
use std::fs::{self, FileType};
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::tree::Verdict;
use super::*;
use crate::output::path::{INNER_WORK, MANIFEST};
use crate::path::OutputPath;

type Files = BTreeMap<&'static str, &'static str>;

/// A folder in which `public` is the output.
struct Room(TempDir);

impl Room {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("public")
    }

    fn file(&self, path: &str) -> PathBuf {
        self.out().join(path)
    }

    fn spare(&self) -> PathBuf {
        self.0.path().join(".public.diptych/spare")
    }

    fn begin(&self, keep: &[&str], in_place: bool) -> Result<Staging, WriteError> {
        let mut place = Place::take(&self.out(), &|| panic!("nobody else builds here"))?;
        place.one_by_one |= in_place;
        let keep: Vec<OutputPath> = keep.iter().map(|path| OutputPath::new(path).unwrap()).collect();
        Staging::begin(place, &keep, false, None)
    }

    fn build(&self, files: &Files, keep: &[&str], in_place: bool) -> Result<Written, WriteError> {
        let staging = self.begin(keep, in_place)?;
        for (path, text) in files {
            staging.write(path, text.as_bytes())?;
        }
        staging.publish()
    }

    /// The output without its manifest.
    fn tree(&self) -> BTreeMap<String, String> {
        let files = files_below(&self.out()).into_iter();
        files.map(|(path, file)| (path, fs::read_to_string(file).unwrap())).collect()
    }

    fn inode(&self, path: &str) -> u64 {
        fs::metadata(self.file(path)).unwrap().ino()
    }
}

/// Every file below a folder except manifests.
fn files_below(folder: &Path) -> Vec<(String, PathBuf)> {
    let judge = |_: &str, kind: FileType| if kind.is_dir() { Verdict::Enter } else { Verdict::Unknown };
    let files = tree::unknown(folder, &judge).unwrap_or_default().into_iter();
    files.filter(|(path, _)| path != MANIFEST).collect()
}

fn owned(files: &Files) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

const SITE: [(&str, &str); 4] =
    [("index.html", "home"), ("en/act/index.html", "Act"), ("fr/loi/index.html", "Loi"), ("theme/a.css", "a{}")];

#[test]
fn nothing_that_a_caller_asks_for_is_written_outside() {
    for in_place in [false, true] {
        let room = Room::new();
        fs::create_dir(room.out()).unwrap();
        let staging = room.begin(&[], in_place).unwrap();
        for path in ["../x", "/etc/x", "a/../../x", "C:/x", "a\\x", "", "a//b", "a\nb", MANIFEST, INNER_WORK] {
            let error = staging.write(path, b"").unwrap_err();
            assert!(matches!(error, WriteError::BadPath { .. }), "{path:?}: {error}");
        }
        drop(staging);
        assert_eq!(fs::read_dir(room.0.path()).unwrap().count(), 1, "only the output is there");
        assert_eq!(fs::read_dir(room.out()).unwrap().count(), 0);
    }
}

#[test]
fn one_place_takes_one_file() {
    let room = Room::new();
    let staging = room.begin(&["CNAME", "files/up"], false).unwrap();
    let report = |path: &str| staging.write(path, b"").map_err(|error| error.to_string());
    assert_eq!(report("en/act/index.html"), Ok(()));
    assert_eq!(report("en/act/index.html").unwrap_err(), "two files of the site would be written to en/act/index.html");
    assert!(report("en/act").unwrap_err().contains("both as a file and as the folder of en/act/index.html"));
    assert!(report("en/act/index.html/x").unwrap_err().contains("need en/act/index.html both as a file"));
    assert_eq!(report("en/act-2"), Ok(()), "what sorts between a folder and what is in it is no part of it");
    for kept in ["CNAME", "files/up/x", "files"] {
        assert!(report(kept).unwrap_err().contains("under “keep” in site.yaml"), "{kept}");
    }
}

#[test]
fn the_second_way_leaves_what_the_first_leaves() {
    for in_place in [false, true] {
        let room = Room::new();
        fs::create_dir(room.out()).unwrap();
        let mut files = Files::from(SITE);
        let first = room.build(&files, &[], in_place).unwrap();
        assert_eq!(first, Written { files: 4, written: 4, removed: 0, is_first: true });
        let (home, page) = (room.inode("index.html"), room.inode("en/act/index.html"));
        files.insert("en/act/index.html", "Act, amended");
        files.remove("fr/loi/index.html");
        let second = room.build(&files, &[], in_place).unwrap();
        assert_eq!(second, Written { files: 3, written: 1, removed: 1, is_first: false });
        assert_eq!(room.tree(), owned(&files));
        assert!(!room.file("fr").exists(), "no empty folder is left");
        assert_eq!(room.inode("index.html"), home);
        assert_ne!(room.inode("en/act/index.html"), page);
        assert_eq!(in_place, !room.spare().exists());
    }
}

#[test]
fn a_build_that_was_interrupted_while_it_replaced_file_by_file_is_finished_by_the_next() {
    let room = Room::new();
    fs::create_dir(room.out()).unwrap();
    let old = Files::from(SITE);
    room.build(&old, &[], true).unwrap();
    let new = Files::from([("index.html", "HOME"), ("en/act/index.html", "Act"), ("en/new/index.html", "New")]);
    // As a crash leaves it: everything is listed, one new file is there, one is replaced, nothing is removed.
    let mut files = BTreeMap::new();
    for (path, text) in new.iter().chain(&old) {
        files.entry(OutputPath::new(path).unwrap()).or_insert(Entry::of(text.as_bytes()));
    }
    let manifest = crate::output::manifest::Manifest { files, gzip: None, unfinished: true };
    fs::write(room.file(MANIFEST), manifest.to_text()).unwrap();
    fs::create_dir(room.file("en/new")).unwrap();
    fs::write(room.file("en/new/index.html"), "New").unwrap();

    for in_place in [true, false] {
        room.build(&new, &[], in_place).unwrap();
        assert_eq!(room.tree(), owned(&new));
    }
}

#[test]
fn whatever_a_file_of_the_spare_tree_has_become_the_site_is_whole() {
    let room = Room::new();
    let mut files = Files::from(SITE);
    room.build(&files, &[], false).unwrap();
    files.insert("index.html", "home 2");
    room.build(&files, &[], false).unwrap();
    let spare = room.spare();
    fs::remove_dir_all(spare.join("en")).unwrap();
    fs::write(spare.join("en"), "a file where a folder was").unwrap();
    fs::remove_file(spare.join("theme/a.css")).unwrap();
    symlink("/etc/hostname", spare.join("theme/a.css")).unwrap();
    fs::remove_file(spare.join(MANIFEST)).unwrap();
    fs::create_dir_all(spare.join("fr/loi/index.html.d/deep")).unwrap();
    files.insert("index.html", "home 3");
    room.build(&files, &[], false).unwrap();
    assert_eq!(room.tree(), owned(&files));
    assert!(fs::symlink_metadata(room.file("theme/a.css")).unwrap().is_file());
}

#[test]
fn a_kept_folder_that_a_crash_left_in_the_old_tree_is_moved_by_the_next_build() {
    let room = Room::new();
    let mut files = Files::from(SITE);
    room.build(&files, &[], false).unwrap();
    fs::create_dir_all(room.file("files/up")).unwrap();
    fs::write(room.file("files/up/a.pdf"), "a").unwrap();
    files.insert("index.html", "home 2");
    room.build(&files, &["files/up"], false).unwrap();
    // As a crash between the exchange and the move leaves it, even if nothing is kept any more.
    fs::create_dir_all(room.spare().join("files")).unwrap();
    fs::rename(room.file("files/up"), room.spare().join("files/up")).unwrap();
    fs::remove_dir(room.file("files")).unwrap();
    fs::write(room.0.path().join(".public.diptych/moving"), "files/up\n").unwrap();
    let error = room.build(&files, &[], false).unwrap_err();
    assert!(matches!(error, WriteError::Foreign { .. }), "{error}");
    assert_eq!(fs::read_to_string(room.file("files/up/a.pdf")).unwrap(), "a");
}

#[test]
fn a_build_whose_work_folder_is_removed_says_so_and_harms_no_other() {
    let room = Room::new();
    let files = Files::from(SITE);
    let staging = room.begin(&[], false).unwrap();
    fs::remove_dir_all(room.0.path().join(".public.diptych")).unwrap();
    room.build(&files, &[], false).unwrap();
    assert!(matches!(staging.publish(), Err(WriteError::WorkRemoved(_))));
    assert_eq!(room.tree(), owned(&files));
    assert_eq!(room.build(&files, &[], false).unwrap().written, 0);
}

#[test]
fn a_file_changed_by_hand_while_the_site_is_built_is_not_taken_for_the_site() {
    let room = Room::new();
    let mut files = Files::from(SITE);
    room.build(&files, &[], false).unwrap();
    files.insert("index.html", "home 2");
    let staging = room.begin(&[], false).unwrap();
    for (path, text) in &files {
        staging.write(path, text.as_bytes()).unwrap();
    }
    fs::write(room.file("en/act/index.html"), "Akt").unwrap();
    assert!(matches!(staging.publish(), Err(WriteError::ChangedMeanwhile(_))));
    room.build(&files, &[], false).unwrap();
    assert_eq!(room.tree(), owned(&files));
}

/// Paths that are in each other's way.
const PATHS: [&str; 9] =
    ["a", "a/b", "a/b/c", "a/d", "index.html", "en/x/index.html", "en/x", "en/y/index.html", "fr/z.css"];

/// What happens between two builds.
#[derive(Clone, Copy, Debug)]
enum Harm {
    Edit,
    Delete,
    Touch,
    SpareEdit,
    SpareDelete,
    NoSpare,
    NoWork,
}

/// A site to build, whether file by file, and what happens before, each to one of the files that are there then.
type Step = (Files, bool, Vec<(Harm, usize)>);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let texts = prop::sample::select(vec!["", "one", "two", "three three three"]);
    let site = prop::collection::btree_map(prop::sample::select(PATHS.to_vec()), texts, 1..7).prop_map(|files| {
        // A file wins over what would be in it.
        let all: Vec<&str> = files.keys().copied().collect();
        let fits = |path: &str| !all.iter().any(|other| path.starts_with(&format!("{other}/")));
        files.into_iter().filter(|(path, _)| fits(path)).collect::<Files>()
    });
    let harm = prop::sample::select(Harm::ALL.to_vec());
    let harms = prop::collection::vec((harm, 0..6_usize), 0..3);
    prop::collection::vec((site, prop::bool::weighted(0.3), harms), 2..7)
}

impl Harm {
    const ALL: [Self; 7] =
        [Self::Edit, Self::Delete, Self::Touch, Self::SpareEdit, Self::SpareDelete, Self::NoSpare, Self::NoWork];

    fn strike(self, room: &Room, at: usize) {
        let root = match self {
            Self::Edit | Self::Delete | Self::Touch => room.out(),
            // A file of the spare tree is also one of the site if they are the same.
            Self::SpareEdit | Self::SpareDelete | Self::NoSpare => room.spare(),
            Self::NoWork => room.spare().parent().unwrap().to_owned(),
        };
        let Some((_, file)) = files_below(&root).into_iter().nth(at) else { return };
        let set_time = |time| File::options().append(true).open(&file).unwrap().set_modified(time).unwrap();
        match self {
            // In place, as some editors write, and of the same size and time.
            Self::Edit | Self::SpareEdit => {
                let (text, time) =
                    (fs::read_to_string(&file).unwrap(), fs::metadata(&file).unwrap().modified().unwrap());
                fs::write(&file, text.to_uppercase()).unwrap();
                set_time(time);
            }
            Self::Touch => set_time(std::time::SystemTime::UNIX_EPOCH),
            Self::Delete | Self::SpareDelete => fs::remove_file(&file).unwrap(),
            Self::NoSpare | Self::NoWork => fs::remove_dir_all(root).unwrap(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_builds_and_any_harm_the_output_is_the_last_site_and_what_stayed_the_same_was_not_touched(
        steps in steps()
    ) {
        let room = Room::new();
        for (files, one_by_one, harms) in steps {
            for (kind, at) in harms {
                kind.strike(&room, at);
            }
            let same: Vec<(&str, u64)> = files
                .iter()
                .filter(|(path, text)| fs::read_to_string(room.file(path)).is_ok_and(|own| own == **text))
                .map(|(path, _)| (*path, room.inode(path)))
                .collect();
            room.build(&files, &[], one_by_one && room.out().exists()).unwrap();
            prop_assert_eq!(room.tree(), owned(&files));
            for (path, inode) in same {
                prop_assert_eq!(room.inode(path), inode, "{} kept its inode", path);
            }
            prop_assert_eq!(room.build(&files, &[], false).unwrap().written, 0);
        }
    }
}
