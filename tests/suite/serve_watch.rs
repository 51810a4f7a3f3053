//! What the preview survives: whatever happens to the folders that a site is read from, the next state is right, and
//! later changes are noticed too.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::Duration;

use crate::preview::Preview;
use crate::project::{Project, Tree};

/// The page that says what [`say`] wrote.
const PAGE: &str = "/en/partners/manitoba/";

/// Has the page of a partner say something.
fn say(project: &Project, words: &str) {
    project.write("content/partners/manitoba.en.md", partner(words));
}

fn partner(words: &str) -> String {
    format!("---\ntitle: Manitoba\nsummary: The provincial government.\n---\n\n{words}\n")
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    for (path, bytes) in Tree::read(from).0 {
        let file = to.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

/// The next two edits are seen.
fn still_watches(project: &Project, preview: &Preview) {
    for words in ["Written after that.", "Written at last."] {
        say(project, words);
        preview.shows(PAGE, words);
    }
}

/// Both ways of watching: the system reports changes, or the files are compared.
fn both_ways(test: impl Fn(&[&str])) {
    test(&[]);
    test(&["--poll"]);
}

#[test]
fn content_that_is_removed_and_put_back() {
    both_ways(|options| {
        let project = Project::minimal();
        let preview = Preview::with(&project, options);
        copy(&project.path("content"), &project.path("kept"));
        fs::remove_dir_all(project.path("content")).unwrap();
        preview.reports("unreadable-site");
        assert!(preview.get(PAGE).body.contains("Manitoba"), "the last good site is served");
        copy(&project.path("kept"), &project.path("content"));
        preview.until("the mistake goes", |_, state| state["errors"] == false);
        still_watches(&project, &preview);
    });
}

#[test]
fn content_that_is_removed_and_put_back_at_once() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    copy(&project.path("content"), &project.path("kept"));
    for round in 0..5 {
        fs::remove_dir_all(project.path("content")).unwrap();
        copy(&project.path("kept"), &project.path("content"));
        let words = format!("Written in round {round}.");
        say(&project, &words);
        preview.shows(PAGE, &words);
    }
    still_watches(&project, &preview);
}

#[test]
fn content_that_is_swapped_by_renaming() {
    both_ways(|options| {
        let project = Project::minimal();
        let preview = Preview::with(&project, options);
        copy(&project.path("content"), &project.path("new"));
        project.write("new/partners/manitoba.en.md", partner("From the new folder."));
        fs::rename(project.path("content"), project.path("old")).unwrap();
        fs::rename(project.path("new"), project.path("content")).unwrap();
        preview.shows(PAGE, "From the new folder.");
        still_watches(&project, &preview);
    });
}

#[test]
fn content_that_is_a_link_to_another_folder_each_time() {
    both_ways(|options| {
        let project = Project::minimal();
        let release = |name: &str| {
            let folder = project.path(&format!("releases/{name}"));
            copy(&project.path("first"), &folder);
            fs::write(folder.join("partners/manitoba.en.md"), partner(&format!("Release {name}."))).unwrap();
            let _ = fs::remove_file(project.path("link"));
            symlink(format!("releases/{name}"), project.path("link")).unwrap();
            fs::rename(project.path("link"), project.path("content")).unwrap();
        };
        fs::rename(project.path("content"), project.path("first")).unwrap();
        release("one");
        let preview = Preview::with(&project, options);
        for name in ["two", "three"] {
            release(name);
            preview.shows(PAGE, &format!("Release {name}."));
        }
        still_watches(&project, &preview);
        fs::write(project.path("releases/one/partners/manitoba.en.md"), "broken").unwrap();
        still_watches(&project, &preview);
    });
}

#[test]
fn a_link_on_the_way_to_the_content_that_leads_elsewhere() {
    let project = Project::minimal();
    fs::create_dir_all(project.path("a")).unwrap();
    fs::rename(project.path("content"), project.path("a/content")).unwrap();
    copy(&project.path("a"), &project.path("b"));
    fs::write(project.path("b/content/partners/manitoba.en.md"), partner("The second way.")).unwrap();
    symlink("a", project.path("site")).unwrap();
    symlink("site/content", project.path("content")).unwrap();
    let preview = Preview::start(&project);
    fs::remove_file(project.path("site")).unwrap();
    symlink("b", project.path("site")).unwrap();
    preview.shows(PAGE, "The second way.");
    still_watches(&project, &preview);
}

#[test]
fn the_whole_project_that_is_moved_away_and_back_or_replaced() {
    both_ways(|options| {
        let project = Project::empty();
        let inner = project.path("inner");
        let minimal = Project::minimal();
        copy(&minimal.path("content"), &inner.join("content"));
        let preview = Preview::inside(&project, "inner", options);
        fs::rename(&inner, project.path("away")).unwrap();
        copy(&minimal.path("content"), &inner.join("content"));
        fs::write(inner.join("content/partners/manitoba.en.md"), partner("In the new project.")).unwrap();
        preview.shows(PAGE, "In the new project.");
        fs::remove_dir_all(&inner).unwrap();
        preview.reports("unreadable-site");
        copy(&minimal.path("content"), &inner.join("content"));
        fs::write(inner.join("content/partners/manitoba.en.md"), partner("In the third project.")).unwrap();
        preview.shows(PAGE, "In the third project.");
        fs::write(inner.join("content/partners/manitoba.en.md"), partner("And after.")).unwrap();
        preview.shows(PAGE, "And after.");
    });
}

#[test]
fn content_that_is_made_anew_after_a_mistake() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    copy(&project.path("content"), &project.path("kept"));
    project.write("content/agreements/exchange-of-service.yaml", "parties: [nobody]\n");
    preview.reports("unknown-reference");
    fs::remove_dir_all(project.path("content")).unwrap();
    preview.reports("unreadable-site");
    copy(&project.path("kept"), &project.path("content"));
    preview.until("the mistakes go", |_, state| state["errors"] == false);
    still_watches(&project, &preview);
}

#[test]
fn folders_and_files_that_are_linked_inside_the_content() {
    both_ways(|options| {
        let project = Project::minimal();
        copy(&project.path("content/partners"), &project.path("content/.shared/one"));
        copy(&project.path("content/partners"), &project.path("content/.shared/two"));
        project.write("content/.shared/two/manitoba.en.md", partner("The second folder."));
        fs::remove_dir_all(project.path("content/partners")).unwrap();
        symlink(".shared/one", project.path("content/partners")).unwrap();
        let preview = Preview::with(&project, options);
        project.write("content/.shared/one/manitoba.en.md", partner("Changed where it lies."));
        preview.shows(PAGE, "Changed where it lies.");
        fs::remove_file(project.path("content/partners")).unwrap();
        symlink(".shared/two", project.path("content/partners")).unwrap();
        preview.shows(PAGE, "The second folder.");
        project.write("content/.shared/words.md", partner("One file, linked."));
        fs::remove_file(project.path("content/.shared/two/manitoba.en.md")).unwrap();
        symlink("../words.md", project.path("content/.shared/two/manitoba.en.md")).unwrap();
        preview.shows(PAGE, "One file, linked.");
        project.write("content/.shared/words.md", partner("The linked file, changed."));
        preview.shows(PAGE, "The linked file, changed.");
    });
}

#[test]
fn a_folder_that_is_moved_within_the_content_and_removed_and_made_anew() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let (here, there) = (project.path("content/partners"), project.path("content/pages/partners"));
    fs::create_dir_all(project.path("content/pages")).unwrap();
    fs::rename(&here, &there).unwrap();
    preview.until("references break", |_, state| state["errors"] == true);
    fs::rename(&there, &here).unwrap();
    preview.until("references hold again", |_, state| state["errors"] == false);
    still_watches(&project, &preview);
    copy(&here, &project.path("kept"));
    fs::remove_dir_all(&here).unwrap();
    copy(&project.path("kept"), &here);
    still_watches(&project, &preview);
}

#[test]
fn a_theme_that_is_added_changed_exchanged_and_removed() {
    both_ways(|options| {
        let project = Project::minimal();
        let theme = |name: &str, words: &str| {
            project
                .write(&format!("themes/{name}/theme.yaml"), format!("name: {name}\ncontract: 1\nextends: default\n"));
            project.write(&format!("themes/{name}/strings/en.yaml"), format!("skip_to_content: {words}\n"));
        };
        let preview = Preview::with(&project, options);
        project.change("content/site.yaml", "theme: default", "theme: own");
        preview.reports("theme-unknown");
        theme("own", "Skip, says the new theme");
        preview.shows("/en/", "Skip, says the new theme");
        theme("own", "Skip, says the changed theme");
        preview.shows("/en/", "Skip, says the changed theme");
        theme("other", "Skip, says the other theme");
        project.change("content/site.yaml", "theme: own", "theme: other");
        preview.shows("/en/", "Skip, says the other theme");
        theme("other", "Skip, says the other theme again");
        preview.shows("/en/", "Skip, says the other theme again");
        fs::remove_dir_all(project.path("themes")).unwrap();
        preview.reports("theme-unknown");
        theme("other", "Skip, says the restored theme");
        preview.shows("/en/", "Skip, says the restored theme");
        still_watches(&project, &preview);
    });
}

#[test]
fn settings_that_are_missing_at_first() {
    let project = Project::minimal();
    let settings = fs::read(project.path("content/site.yaml")).unwrap();
    fs::remove_file(project.path("content/site.yaml")).unwrap();
    let preview = Preview::start(&project);
    preview.until("the settings are missed", |_, state| state["errors"] == true);
    project.write("content/site.yaml", settings);
    still_watches(&project, &preview);
}

#[test]
fn five_hundred_quick_edits() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for number in 0..500 {
        say(&project, &format!("Edit number {number}."));
    }
    preview.shows(PAGE, "Edit number 499.");
    still_watches(&project, &preview);
}

#[test]
fn edits_without_a_pause_are_shown_before_they_end() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let first = preview.now()["generation"].clone();
    let busy = std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while busy.load(std::sync::atomic::Ordering::Relaxed) {
                say(&project, "Again and again.");
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        let shown = preview.state(&format!("/_diptych/next?generation={first}"));
        busy.store(false, std::sync::atomic::Ordering::Relaxed);
        assert_ne!(shown["generation"], first);
    });
}

#[test]
fn a_save_by_renaming_as_editors_do() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for number in 0..3 {
        let words = format!("Saved {number} times.");
        project.write("content/partners/.manitoba.en.md.swp", "swap");
        project.write("content/partners/4913", "");
        fs::remove_file(project.path("content/partners/4913")).unwrap();
        let (file, backup) =
            (project.path("content/partners/manitoba.en.md"), project.path("content/partners/manitoba.en.md~"));
        fs::rename(&file, &backup).unwrap();
        fs::write(&file, partner(&words)).unwrap();
        fs::remove_file(&backup).unwrap();
        preview.shows(PAGE, &words);
    }
}

#[test]
fn what_is_no_content_wakes_nobody() {
    both_ways(|options| {
        let project = Project::minimal();
        let preview = Preview::with(&project, options);
        let before = preview.now()["generation"].clone();
        for path in [
            ".git/index.lock",
            "content/.git/HEAD",
            "content/partners/.manitoba.en.md.swp",
            "content/partners/manitoba.en.md~",
            "content/partners/#manitoba.en.md#",
            "public/index.html",
            "elsewhere/notes.txt",
        ] {
            project.write(path, "noise");
        }
        preview.get(PAGE);
        std::thread::sleep(Duration::from_millis(1500));
        assert_eq!(preview.now()["generation"], before);
    });
}
