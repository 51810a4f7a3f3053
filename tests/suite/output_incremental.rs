//! What a second build writes: only what changed, so that a copy of the output transfers only that.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Command;

use crate::output::many;
use crate::project::{Project, Run, Tree};

/// Inode, time of modification and time of change, in nanoseconds, of everything below a folder, and whether it is a
/// file.
type Marks = BTreeMap<String, (u64, i64, i64, bool)>;

fn marks(folder: &Path) -> Marks {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let nanoseconds = |seconds: i64, rest: i64| seconds * 1_000_000_000 + rest;
    let mark = |entry: walkdir::DirEntry| {
        let meta = entry.metadata().unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        let written = nanoseconds(meta.mtime(), meta.mtime_nsec());
        (path, (meta.ino(), written, nanoseconds(meta.ctime(), meta.ctime_nsec()), meta.is_file()))
    };
    entries.map(mark).collect()
}

/// What changed: files by inode or time, folders by time.
fn differing(before: &Marks, after: &Marks) -> Vec<String> {
    let mark = |marks: &Marks, path: &str| {
        marks.get(path).map(|(inode, written, _, is_file)| (is_file.then_some(*inode), *written))
    };
    let is_other = |path: &str| mark(before, path) != mark(after, path);
    let paths: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths.into_iter().filter(|path| is_other(path)).cloned().collect()
}

fn said(run: &Run) -> &str {
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stderr.lines().last().unwrap()
}

#[test]
fn where_nothing_changed_nothing_is_touched() {
    let project = many(20);
    project.build();
    let before = marks(&project.path("public"));
    for _ in 0..2 {
        assert!(said(&project.run(&["build"])).ends_with(" files in public: nothing changed"));
        assert_eq!(marks(&project.path("public")), before, "no inode, no time, not of a folder either");
    }
}

#[test]
fn where_nothing_changed_every_mistake_is_told_again() {
    let project = many(5);
    project.write("content/agreements/nobody-links-here.csv", "name;value\n");
    let told = |args: &[&str]| {
        let run = project.run(&[&["build"], args].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let mut said: Vec<&str> = run.stderr.lines().collect();
        said.pop();
        (said.join("\n"), run.stdout)
    };
    let all: [&[&str]; 4] = [&[], &["--lang", "fr"], &["--format", "json"], &["--format", "sarif"]];
    let first = all.map(&told);
    assert!(first[0].0.contains("unused-asset"), "{}", first[0].0);
    assert_eq!(all.map(&told), first);
    // What was noted about them is not trusted if it was altered.
    let kept = project.path(".public.diptych/remarks");
    fs::write(&kept, fs::read_to_string(&kept).unwrap().replace("unused-asset", "used-asset")).unwrap();
    assert_eq!(all.map(&told), first);
    fs::remove_file(&kept).unwrap();
    assert_eq!(all.map(&told), first);
    project.write("content/agreements/nobody-links-here.csv", "name;price\n");
    assert_eq!(all.map(&told), first);
    fs::remove_file(project.path("content/agreements/nobody-links-here.csv")).unwrap();
    assert!(!told(&[]).0.contains("unused-asset"));
}

#[test]
fn a_page_that_was_edited_changes_the_files_that_show_it_and_no_other() {
    let project = many(20);
    let before_words = project.build();
    for (nth, title) in ["Another title", "A third title", "A fourth title"].into_iter().enumerate() {
        let before = marks(&project.path("public"));
        project.write("content/agreements/a7.en.md", format!("---\ntitle: {title}\nsummary: Words.\n---\n"));
        let run = project.run(&["build"]);
        let fresh = project.run(&["build", "--out", &format!("fresh-{nth}")]);
        assert_eq!(fresh.code, 0);
        let (after, cold) = (project.output(), Tree::read(&project.path(&format!("fresh-{nth}"))));
        after.assert_same(&cold, "a build upon a build, and a build from nothing");
        let changed: Vec<String> = differing(&before, &marks(&project.path("public")));
        let files: Vec<&String> = changed.iter().filter(|path| project.path("public").join(path).is_file()).collect();
        assert!(
            files.iter().any(|path| *path == "en/agreements/a7/index.html" || path.contains("title")),
            "{files:#?}"
        );
        assert!(files.len() < before.len() / 2, "{files:#?}");
        for path in cold.paths() {
            let is_same = nth > 0 || before_words.0.get(path) == cold.0.get(path);
            let is_touched = files.iter().any(|changed| *changed == path);
            assert!(nth > 0 || is_same != is_touched, "{path}: same {is_same}, touched {is_touched}");
        }
        // The time of a folder changes only if something in it changed.
        for folder in changed.iter().filter(|path| project.path("public").join(path).is_dir()) {
            let within = |path: &&String| Path::new(path.as_str()).parent() == Some(Path::new(folder));
            let is_new = !before.contains_key(folder);
            assert!(is_new || changed.iter().any(|path| within(&path)), "{folder} is as it was");
        }
        let count = files.iter().filter(|path| **path != ".diptych").count();
        assert!(said(&run).contains(&format!(": {count} changed")), "{}: {files:#?}", said(&run));
    }
}

#[test]
fn a_build_says_in_both_languages_what_changed() {
    let project = many(320);
    project.build();
    fs::remove_file(project.path("public/en/index.html")).unwrap();
    let english = project.run(&["build"]);
    let line = said(&english);
    assert!(line.ends_with(" files in public: 1 changed") && line.contains(','), "{line}");
    for side in ["en.md", "fr.md", "yaml"] {
        fs::remove_file(project.path(&format!("content/agreements/a9.{side}"))).unwrap();
    }
    let french = project.run(&["build", "--lang", "fr"]);
    let line = said(&french);
    assert!(line.contains("\u{a0}") && line.contains(" fichiers dans public : "), "{line}");
    assert!(line.contains(" modifiés, ") && line.ends_with(" supprimés"), "{line}");
}

#[test]
fn what_was_changed_or_deleted_by_hand_is_put_right() {
    let project = many(10);
    let whole = project.build();
    let page = project.path("public/en/agreements/index.html");
    for round in 0..3 {
        let before = marks(&project.path("public"));
        // Of the same size and, as far as anyone can set it, the same time.
        let time = fs::metadata(&page).unwrap().modified().unwrap();
        let text = fs::read_to_string(&page).unwrap();
        fs::write(&page, text.replacen("Agreements", "Disagrees!", 1)).unwrap();
        fs::File::options().append(true).open(&page).unwrap().set_modified(time).unwrap();
        fs::remove_file(project.path("public/fr/index.html")).unwrap();
        let run = project.run(&["build"]);
        project.output().assert_same(&whole, &format!("round {round}"));
        let written = differing(&before, &marks(&project.path("public")));
        assert!(written.len() < 10, "{written:?}");
        assert!(!said(&run).contains("nothing changed"));
    }
}

#[test]
fn a_copy_of_a_site_is_not_believed_by_its_manifest() {
    let project = many(10);
    let whole = project.build();
    fs::write(project.path("public/en/index.html"), "edited, then copied").unwrap();
    let copied = Command::new("cp").args(["-r", "public", "copy"]).current_dir(project.path("")).status().unwrap();
    assert!(copied.success());
    let run = project.run(&["build", "--out", "copy"]);
    assert!(said(&run).ends_with(": 1 changed"), "{}", said(&run));
    Tree::read(&project.path("copy")).assert_same(&whole, "the copy");
}

#[test]
fn permissions_that_an_operator_gave_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = many(5);
    project.build();
    let mode = |path: &str| fs::metadata(project.path(path)).unwrap().permissions().mode() & 0o7777;
    let (page, folder) = ("public/en/index.html", "public/fr/ententes");
    fs::set_permissions(project.path(page), fs::Permissions::from_mode(0o640)).unwrap();
    fs::set_permissions(project.path(folder), fs::Permissions::from_mode(0o2770)).unwrap();
    for title in ["One", "Two", "Three"] {
        project.write("content/agreements/a1.fr.md", format!("---\ntitle: {title}\nsummary: Mots.\n---\n"));
        project.build();
        assert_eq!((mode(page), mode(folder)), (0o640, 0o2770), "{title}");
    }
}

#[test]
fn the_work_folder_may_be_deleted_or_damaged_between_any_two_builds() {
    let project = many(10);
    let mut title = 0;
    let mut build = |what: &str| {
        title += 1;
        project.write("content/agreements/a1.en.md", format!("---\ntitle: Title {title}\nsummary: Words.\n---\n"));
        let site = project.build();
        let cold = project.run(&["build", "--out", &format!("fresh-{title}")]);
        assert_eq!(cold.code, 0);
        site.assert_same(&Tree::read(&project.path(&format!("fresh-{title}"))), what);
    };
    build("the first");
    build("the second");
    fs::remove_dir_all(project.path(".public.diptych")).unwrap();
    build("without a work folder");
    fs::remove_dir_all(project.path(".public.diptych/spare/en")).unwrap();
    build("without half of the spare tree");
    fs::write(project.path(".public.diptych/spare/fr/index.html"), "not the site’s").unwrap();
    fs::write(project.path(".public.diptych/spare/stray.html"), "not the site’s").unwrap();
    build("with another spare tree");
    fs::write(project.path(".public.diptych/stamp"), "0 0 0 0 99999999999999999999999").unwrap();
    build("with another stamp");
}

#[test]
fn the_spare_tree_shares_its_files_with_the_site() {
    let project = many(30);
    project.build();
    project.settings("feedback: {email: one@example.org}");
    project.build();
    project.write("content/agreements/a1.en.md", "---\ntitle: New\nsummary: Words.\n---\n");
    project.build();
    let (site, spare) = (marks(&project.path("public")), marks(&project.path(".public.diptych/spare")));
    let shared = site.iter().filter(|(path, mark)| spare.get(*path).is_some_and(|own| own.0 == mark.0)).count();
    let files = project.output().0.len();
    assert!(shared * 10 > files * 8, "{shared} of {files} files");
    let text = fs::read_to_string(project.path(".public.diptych/README.txt")).unwrap();
    assert!(text.contains("may be deleted") && text.contains("On peut le supprimer"), "{text}");
}

#[test]
fn rsync_finds_nothing_after_a_build_that_changed_nothing_and_after_another_only_what_changed() {
    if Command::new("rsync").arg("--version").output().is_err() {
        return;
    }
    let project = many(20);
    project.build();
    let mut rsync = Command::new("rsync");
    assert!(rsync.args(["-a", "public/", "host/"]).current_dir(project.path("")).status().unwrap().success());
    let differences = |how: &[&str]| {
        let mut rsync = Command::new("rsync");
        rsync.args(["-ain", "--delete"]).args(how).args(["public/", "host/"]);
        Run::of(rsync.current_dir(project.path(""))).stdout
    };
    project.build();
    assert_eq!((differences(&[]), differences(&["--checksum"])), (String::new(), String::new()));
    // It compares times in whole seconds, and a build takes less than one.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    project.change("content/partners/csc.en.md", "\n---\n", "\nkeywords: [prisons]\n---\n");
    project.build();
    let listed = differences(&[]);
    let files =
        |listed: &str| listed.lines().filter(|line| !line.ends_with('/')).map(str::to_owned).collect::<Vec<_>>();
    let real = files(&differences(&["--checksum"]));
    assert_eq!(files(&listed).len(), real.len(), "{listed}");
    assert!(!real.is_empty() && real.len() < 20, "{real:#?}");
}

#[test]
fn the_manifest_lists_every_file_with_its_digest_and_size() {
    let project = Project::minimal();
    let site = project.build();
    let manifest = site.text(".diptych");
    let mut listed = Vec::new();
    for line in manifest.lines().skip(3) {
        let (digest, rest) = line.split_once(' ').unwrap();
        let (size, path) = rest.split_once(' ').unwrap();
        assert_eq!(size, site.0[path].len().to_string(), "{path}");
        let mut sum = Command::new("sha256sum");
        let sum = Run::of(sum.arg(path).current_dir(project.path("public"))).stdout;
        assert!(sum.starts_with(digest), "{path}: {digest} {sum}");
        listed.push(path);
    }
    assert_eq!(listed, site.paths().into_iter().filter(|path| *path != ".diptych").collect::<Vec<_>>());
}

#[test]
fn an_asset_that_is_the_same_is_not_copied_again_and_one_that_changed_is() {
    let project = Project::minimal();
    let big: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    project.write("content/partners/map.pdf", &big);
    project.write(
        "content/partners/manitoba.fr.md",
        "---\ntitle: Manitoba\nsummary: La province.\n---\n[Carte](map.pdf)\n",
    );
    project.build();
    let asset = project.path("public/assets/partners/map.pdf");
    let inode = || fs::metadata(&asset).unwrap().ino();
    let before = inode();
    project.settings("feedback: {email: one@example.org}");
    project.build();
    assert_eq!(inode(), before);
    let mut other = big.clone();
    other[77] ^= 1;
    project.write("content/partners/map.pdf", &other);
    project.build();
    assert_ne!(inode(), before);
    assert_eq!(fs::read(&asset).unwrap(), other);
    assert_eq!(fs::metadata(&asset).unwrap().mode() & 0o444, 0o444, "as readable as a page");
}

#[test]
fn compressed_siblings_follow_their_files() {
    let project = many(10);
    project.write("content/partners/table.csv", "name;value\n".repeat(5_000));
    project.write(
        "content/partners/manitoba.fr.md",
        "---\ntitle: Manitoba\nsummary: La province.\n---\n[Table](table.csv)\n",
    );
    let build = |args: &[&str]| {
        let run = project.run(&[&["build"], args].concat());
        (said(&run).to_owned(), project.output())
    };
    let (_, plain) = build(&[]);
    let (_, first) = build(&["--precompress"]);
    assert!(first.0.contains_key("assets/partners/table.csv.gz") && first.0.contains_key("en/index.html.gz"));
    let before = marks(&project.path("public"));
    let (line, again) = build(&["--precompress"]);
    assert!(line.ends_with("nothing changed"), "{line}");
    again.assert_same(&first, "again");
    assert_eq!(marks(&project.path("public")), before);

    project.write("content/agreements/a7.en.md", "---\ntitle: Another title\nsummary: Words.\n---\n");
    let (_, edited) = build(&["--precompress"]);
    let cold = project.run(&["build", "--precompress", "--out", "fresh"]);
    assert_eq!(cold.code, 0);
    edited.assert_same(&Tree::read(&project.path("fresh")), "upon a build, and from nothing");
    project.write(
        "content/agreements/a7.en.md",
        "---\ntitle: Agreement 7\nsummary: Agreement.\n---\n## Custody\n\nMany words.\n",
    );
    let (_, without) = build(&[]);
    without.assert_same(&plain, "no sibling is left");
}
