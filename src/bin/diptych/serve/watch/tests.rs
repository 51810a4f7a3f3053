//! What is handed over for each kind of change, on real folders.

use super::*;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("diptych-watch-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(folder.join("content/partners")).unwrap();
        let folder = Self(fs::canonicalize(folder).unwrap());
        folder.write("content/partners/csc.yaml", "one");
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    fn watcher(&self, by_polling: bool) -> Watcher {
        Watcher::new(BTreeSet::from([self.path("content")]), by_polling)
    }

    /// These paths, as they are handed over.
    fn paths<const N: usize>(&self, paths: [&str; N]) -> Changed {
        Changed::Paths(paths.into_iter().map(|path| self.path(path)).collect())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The same test of both ways to watch.
fn both_ways(test: impl Fn(&Folder, &mut Watcher)) {
    for by_polling in [false, true] {
        let folder = Folder::new();
        test(&folder, &mut folder.watcher(by_polling));
    }
}

#[test]
fn the_files_that_changed_are_named() {
    both_ways(|folder, watcher| {
        folder.write("content/partners/csc.yaml", "more than one");
        assert_eq!(watcher.next(), folder.paths(["content/partners/csc.yaml"]));
        folder.write("content/partners/new.yaml", "");
        folder.write("content/site.yaml", "");
        assert_eq!(watcher.next(), folder.paths(["content/partners/new.yaml", "content/site.yaml"]));
        fs::rename(folder.path("content/site.yaml"), folder.path("content/moved.yaml")).unwrap();
        assert_eq!(watcher.next(), folder.paths(["content/moved.yaml", "content/site.yaml"]));
        fs::remove_file(folder.path("content/moved.yaml")).unwrap();
        assert_eq!(watcher.next(), folder.paths(["content/moved.yaml"]));
    });
}

#[test]
fn all_files_of_a_folder_that_comes_or_goes_are_named() {
    both_ways(|folder, watcher| {
        let named = |changes: Changed, path: &str| matches!(changes, Changed::Paths(paths) if paths.contains(&folder.path(path)));
        fs::create_dir_all(folder.path("new/inner")).unwrap();
        folder.write("new/inner/a.md", "");
        fs::rename(folder.path("new"), folder.path("content/new")).unwrap();
        assert!(named(watcher.next(), "content/new/inner/a.md"));
        folder.write("content/new/inner/a.md", "changed");
        assert!(named(watcher.next(), "content/new/inner/a.md"), "what is in it is watched too");
        fs::remove_dir_all(folder.path("content/new")).unwrap();
        assert!(named(watcher.next(), "content/new/inner/a.md"));
    });
}

#[test]
fn a_file_is_named_by_every_name_that_the_site_knows_it_by() {
    both_ways(|folder, _| {
        symlink("partners", folder.path("content/linked")).unwrap();
        symlink("partners/csc.yaml", folder.path("content/one.yaml")).unwrap();
        let mut watcher = folder.watcher(false);
        folder.write("content/partners/csc.yaml", "more than one");
        let names = ["content/linked/csc.yaml", "content/one.yaml", "content/partners/csc.yaml"];
        assert_eq!(watcher.next(), folder.paths(names));
    });
}

#[test]
fn links_in_a_circle_end() {
    both_ways(|folder, watcher| {
        symlink(".", folder.path("content/self")).unwrap();
        symlink("../partners", folder.path("content/partners/up")).unwrap();
        symlink("round", folder.path("content/round")).unwrap();
        watcher.next();
        folder.write("content/partners/csc.yaml", "more than one");
        let Changed::Paths(paths) = watcher.next() else { panic!("the root is the same") };
        assert!(paths.contains(&folder.path("content/partners/csc.yaml")));
    });
}

#[test]
fn links_that_multiply_names_beyond_reason_leave_everything_watched() {
    let folder = Folder::new();
    for level in 0..18 {
        fs::create_dir(folder.path(&format!("content/{level}"))).unwrap();
        for link in ["a", "b"] {
            symlink(format!("../{}", level + 1), folder.path(&format!("content/{level}/{link}"))).unwrap();
        }
    }
    fs::create_dir(folder.path("content/18")).unwrap();
    let mut watcher = folder.watcher(false);
    folder.write("content/partners/csc.yaml", "more than one");
    assert_eq!(watcher.next(), Changed::Everything);
    folder.write("content/18/new.yaml", "");
    assert_eq!(watcher.next(), Changed::Everything);
}

#[test]
fn a_link_out_of_the_root_is_not_followed() {
    let folder = Folder::new();
    symlink("/", folder.path("content/out")).unwrap();
    let watcher = folder.watcher(false);
    assert!(watcher.survey.stamps.keys().all(|name| name.starts_with(folder.path("content"))));
    assert_eq!(watcher.survey.stamps.len(), 2);
}

#[test]
fn a_root_that_is_another_folder_changes_everything() {
    both_ways(|folder, watcher| {
        fs::rename(folder.path("content"), folder.path("away")).unwrap();
        assert_eq!(watcher.next(), Changed::Everything);
        fs::create_dir(folder.path("content")).unwrap();
        assert_eq!(watcher.next(), Changed::Everything);
        folder.write("content/site.yaml", "");
        assert_eq!(watcher.next(), folder.paths(["content/site.yaml"]));
    });
}

#[test]
fn lost_events_change_everything_where_something_differs_and_nothing_where_not() {
    let folder = Folder::new();
    let mut watcher = folder.watcher(false);
    let lost = || Batch { has_gaps: true, ..Batch::default() };
    assert_eq!(watcher.weigh(lost()), None, "reading many files fills the queue of events too");
    folder.write("content/partners/csc.yaml", "more than one");
    assert_eq!(watcher.weigh(lost()), Some(Changed::Everything));
    assert_eq!(watcher.weigh(lost()), None);
    folder.write("content/partners/csc.yaml", "again");
    assert_eq!(watcher.next(), folder.paths(["content/partners/csc.yaml"]));
    assert_eq!(watcher.weigh(lost()), None, "what was handed over is not found again");
}

#[test]
fn a_root_that_is_followed_later_hands_over_what_changed_since_the_run_began() {
    both_ways(|folder, watcher| {
        fs::create_dir_all(folder.path("themes/own")).unwrap();
        folder.write("themes/own/theme.yaml", "old");
        // A watcher that starts now already knows that the folder came.
        *watcher = folder.watcher(watcher.polls());
        std::thread::sleep(Duration::from_millis(60));
        let began = SystemTime::now();
        let roots = BTreeSet::from([folder.path("content"), folder.path("themes/own")]);
        folder.write("themes/own/site.css", "written while the run was reading");
        watcher.follow(roots, began);
        assert_eq!(watcher.next(), folder.paths(["themes/own/site.css"]));
        folder.write("themes/own/theme.yaml", "changed");
        assert_eq!(watcher.next(), folder.paths(["themes/own/theme.yaml"]));
    });
}

#[test]
fn a_burst_is_handed_over_before_it_ends() {
    let folder = Folder::new();
    let mut watcher = folder.watcher(false);
    let busy = std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while busy.load(Ordering::Relaxed) {
                folder.write("content/partners/csc.yaml", "again");
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        assert_eq!(watcher.next(), folder.paths(["content/partners/csc.yaml"]));
        busy.store(false, Ordering::Relaxed);
    });
}
