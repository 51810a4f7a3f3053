//! A site is never lost, and neither is what others put beside it, whatever happens: links, foreign files, kills,
//! builds at the same time.

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::output::{leftovers, many};
use crate::project::{Project, Run, Tree};

#[test]
fn a_link_as_output_is_followed_and_stays() {
    let project = Project::minimal();
    let whole = project.build();
    fs::create_dir_all(project.path("srv/releases")).unwrap();
    symlink("srv/releases/today", project.path("near")).unwrap();
    symlink(project.path("near"), project.path("srv/far")).unwrap();
    symlink("srv/far", project.path("live")).unwrap();
    for round in ["where nothing is yet", "over the site that is there", "once more"] {
        project.settings(&format!("feedback: {{email: {}@example.org}}", round.replace(' ', "-")));
        let run = project.run(&["build", "--out", "live"]);
        assert_eq!(run.code, 0, "{round}: {}", run.stderr);
        for link in ["live", "srv/far", "near"] {
            assert!(fs::symlink_metadata(project.path(link)).unwrap().is_symlink(), "{round}: {link} is a link");
        }
        let site = Tree::read(&project.path("srv/releases/today"));
        assert_eq!(site.paths(), whole.paths(), "{round}");
        assert!(site.text("en/index.html").contains(&round.replace(' ', "-")), "{round}");
        assert_eq!(fs::read_link(project.path("live")).unwrap(), Path::new("srv/far"));
    }
}

#[test]
fn a_link_that_leads_nowhere_or_to_a_file_is_refused_with_what_to_do() {
    let project = Project::minimal();
    symlink("nowhere/at/all", project.path("dead")).unwrap();
    symlink("round", project.path("round")).unwrap();
    project.write("notes.txt", "mine");
    symlink("notes.txt", project.path("file")).unwrap();
    let dead = project.run(&["build", "--out", "dead"]);
    assert_eq!(dead.code, 2);
    assert!(dead.stderr.contains("dead is a link that leads nowhere; create the folder"), "{}", dead.stderr);
    for out in ["round", "file", "notes.txt"] {
        let run = project.run(&["build", "--out", out]);
        assert_eq!(run.code, 2, "{out}");
        assert!(run.stderr.contains(&format!("cannot write {out}")), "{}", run.stderr);
    }
    assert_eq!(fs::read_to_string(project.path("notes.txt")).unwrap(), "mine");
    assert!(!project.path("nowhere").exists());
}

#[test]
fn content_and_output_lie_apart_however_they_are_named() {
    let project = Project::minimal();
    symlink("content", project.path("alias")).unwrap();
    symlink("content/site", project.path("dangling")).unwrap();
    let before = Tree::read(&project.path("content"));
    for out in ["content", "content/public", "./new/../content/x", "alias/x", "dangling", ".", "alias/../content/y"] {
        for lang in ["en", "fr"] {
            let run = project.run(&["build", "--out", out, "--lang", lang]);
            assert_eq!(run.code, 2, "{out}: {}", run.stderr);
            let told = ["neither the content nor the output may contain the other", "ne doivent pas s’emboîter"];
            assert!(told.iter().any(|told| run.stderr.contains(told)), "{out}: {}", run.stderr);
        }
    }
    Tree::read(&project.path("content")).assert_same(&before, "the content");
    assert!(!project.path("new").exists());
}

#[test]
fn mode_and_group_of_the_output_folder_stay_and_its_files_take_after_it() {
    let project = Project::minimal();
    fs::create_dir(project.path("public")).unwrap();
    // Only a member of a group can give a file to it; root can give it to any group.
    let group = [65_534, 0]
        .into_iter()
        .find(|group| std::os::unix::fs::chown(project.path("public"), None, Some(*group)).is_ok());
    fs::set_permissions(project.path("public"), fs::Permissions::from_mode(0o2775)).unwrap();
    let before = fs::metadata(project.path("public")).unwrap();
    for round in 0..4 {
        project.settings(&format!("feedback: {{email: site-{round}@example.org}}"));
        project.build();
        let after = fs::metadata(project.path("public")).unwrap();
        let marks = |meta: &fs::Metadata| (meta.mode(), meta.uid(), meta.gid());
        assert_eq!(marks(&after), marks(&before), "round {round}, group {group:?}");
        for path in ["public/en", "public/en/index.html", "public/fr/ententes", "public/.diptych"] {
            assert_eq!(fs::metadata(project.path(path)).unwrap().gid(), before.gid(), "round {round}: {path}");
        }
    }
}

#[test]
fn what_others_put_into_the_output_is_told_before_anything_is_changed() {
    let project = Project::minimal();
    let site = project.build();
    project.write("public/CNAME", "example.org\n");
    project.write("public/.git/config", "[core]\n");
    project.write("public/en/upload.pdf", "%PDF");
    fs::create_dir(project.path("public/empty")).unwrap();
    symlink("../content", project.path("public/fr/link")).unwrap();
    let with_others = project.output();
    for settings in ["", "feedback: {email: one@example.org}"] {
        project.settings(settings);
        let english = project.run(&["build"]);
        assert_eq!(english.code, 2);
        let told = "public holds what Diptych did not put there, and building would remove it:\n  \
                    .git\n  CNAME\n  empty\n  en/upload.pdf\n  fr/link\n  \
                    To keep it, list it under “keep” in site.yaml";
        assert!(english.stderr.contains(told), "{}", english.stderr);
        let french = project.run(&["build", "--lang", "fr"]);
        assert!(french.stderr.contains("public contient ce que Diptych n’y a pas mis"), "{}", french.stderr);
        project.output().assert_same(&with_others, "nothing was changed");
        assert!(project.path("public/empty").is_dir() && project.path("public/fr/link").is_symlink());
    }
    assert!(with_others.0.len() > site.0.len());
}

#[test]
fn what_the_settings_keep_goes_from_site_to_site() {
    let project = Project::minimal();
    project.build();
    project.write("public/CNAME", "example.org\n");
    project.write("public/.git/objects/ab/cd", "object");
    project.write("public/files/uploads/a.pdf", "%PDF");
    project.write("public/en/agreements/scan.pdf", "%PDF-2");
    fs::set_permissions(project.path("public/.git"), fs::Permissions::from_mode(0o700)).unwrap();
    let inode = |path: &str| fs::metadata(project.path("public").join(path)).unwrap().ino();
    let kept = ["CNAME", ".git", ".git/objects/ab/cd", "files/uploads/a.pdf", "en/agreements/scan.pdf"];
    let before = kept.map(inode);
    for round in 0..4 {
        project.settings(&format!(
            "feedback: {{email: site-{round}@example.org}}\nkeep: [CNAME, .git/, files/uploads, en/agreements/scan.pdf, not/there]"
        ));
        let run = project.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(kept.map(inode), before, "round {round}: the same files");
        assert!(project.output().text("en/index.html").contains(&format!("site-{round}@")));
        assert_eq!(fs::metadata(project.path("public/.git")).unwrap().mode() & 0o777, 0o700);
    }
    fs::remove_file(project.path("public/CNAME")).unwrap();
    project.settings("keep: [CNAME, .git/, files/uploads, en/agreements/scan.pdf]");
    project.build();
    assert!(!project.path("public/CNAME").exists(), "what its owner removed does not come back");
}

#[test]
fn a_folder_that_has_only_what_is_kept_is_as_good_as_empty() {
    let project = Project::minimal();
    project.settings("keep: [.git]");
    project.write("public/.git/HEAD", "ref: refs/heads/pages\n");
    let site = project.build();
    assert!(site.0.contains_key("index.html") && site.0.contains_key(".git/HEAD"));
}

#[test]
fn the_site_itself_has_no_file_where_one_is_kept() {
    let project = Project::minimal();
    let site = project.build();
    for kept in ["en", "search", ".diptych", ".diptych/list", ".diptych.work"] {
        let told = format!("“{kept}” cannot be kept for others");
        project.settings(&format!("keep: [{kept}]"));
        for command in ["check", "build"] {
            let run = project.run(&[command]);
            assert_eq!(run.code, 1, "{command}: {}", run.stderr);
            assert!(run.stderr.contains(&told) && run.stderr.contains("content/site.yaml:4:8"), "{}", run.stderr);
        }
        project.output().assert_same(&site, "the last good site");
    }
    project.settings("keep: [search/extra.txt, en/uploads]");
    assert_eq!(project.run(&["check"]).code, 0, "what stands beside the site's own");
}

#[test]
fn a_list_of_files_that_was_damaged_is_told_as_that_and_nothing_is_removed() {
    let project = Project::minimal();
    let list = String::from_utf8(project.build().0[".diptych"].clone()).unwrap();
    project.write("public/en/notes.txt", "of somebody else");
    for damaged in [list.replace('\n', "\r\n"), list[..500].to_owned()] {
        project.write("public/.diptych", damaged);
        let before = project.output();
        for (lang, told) in [("en", "was cut off or changed"), ("fr", "a été tronquée ou modifiée")] {
            let run = project.run(&["build", "--lang", lang]);
            assert_eq!(run.code, 2, "{}", run.stderr);
            assert!(run.stderr.contains("public/.diptych") && run.stderr.contains(told), "{}", run.stderr);
            assert!(!run.stderr.contains("keep"), "{}", run.stderr);
        }
        project.output().assert_same(&before, "nothing was changed");
    }
}

#[test]
fn what_systems_leave_in_folders_stops_no_build() {
    let project = Project::minimal();
    let site = project.build();
    for litter in ["public/.DS_Store", "public/en/.DS_Store", "public/fr/Thumbs.db"] {
        project.write(litter, "");
    }
    project.settings("feedback: {email: one@example.org}");
    assert_eq!(project.build().paths(), site.paths());
}

#[test]
fn a_site_of_before_manifests_is_taken_over_and_what_others_put_there_is_told() {
    let project = Project::minimal();
    let site = project.build();
    let mark = "This folder is a site built by Diptych; the next build replaces it.\n";
    fs::remove_dir_all(project.path(".public.diptych")).unwrap();
    project.write("public/.diptych", mark);
    project.write("public/en/agreements/gone/index.html", "a page of an earlier site");
    project.write("public/CNAME", "example.org");
    let run = project.run(&["build"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains(":\n  CNAME\n"), "{}", run.stderr);
    fs::remove_file(project.path("public/CNAME")).unwrap();
    let inode = fs::metadata(project.path("public/en/index.html")).unwrap().ino();
    project.build().assert_same(&site, "as if it had been built from nothing");
    assert_eq!(fs::metadata(project.path("public/en/index.html")).unwrap().ino(), inode);
}

#[test]
fn a_build_that_is_killed_at_any_moment_leaves_the_old_site_or_the_new_and_the_next_one_tidies_up() {
    let project = many(150);
    let name = |nth: usize| format!("feedback: {{email: site-{nth}@example.org}}");
    project.settings(&name(0));
    let mut sites = vec![project.build()];
    let whole = std::time::Instant::now();
    project.settings(&name(1));
    sites.push(project.build());
    let took = whole.elapsed();
    let (mut old, mut new) = (0, 0);
    for nth in 0..30_u32 {
        // Each build makes a site that differs everywhere from the present one, and is killed a little later than the
        // last.
        let present = usize::from(project.output().text("en/index.html").contains("site-1@"));
        project.settings(&name(1 - present));
        let mut build = project.command(&["build"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(took.mul_f64(f64::from(nth) / 25.0));
        build.kill().unwrap();
        build.wait().unwrap();
        let now = project.output();
        let is_new = now.text("en/index.html").contains(&format!("site-{}@", 1 - present));
        now.assert_same(&sites[if is_new { 1 - present } else { present }], &format!("killed, round {nth}"));
        *if is_new { &mut new } else { &mut old } += 1;
    }
    assert!(old > 3, "{old} old, {new} new: some builds were met while they worked");
    project.settings(&name(0));
    project.build().assert_same(&sites[0], "after all the kills");
    assert_eq!(leftovers(&project), Vec::<String>::new());
}

#[test]
fn what_builds_of_before_left_beside_the_output_is_removed_and_what_is_another_s_is_not() {
    let project = Project::minimal();
    project.write(".public.diptych-AbC123/site/en/index.html", "left when a build was killed while it cleaned");
    project.write(".public.diptych-Zz9zz9/lock", "");
    project.write(".public.diptych-notes/mine.txt", "not a build’s");
    project.write(".public.diptych-busy01/lock", "");
    let lock = File::open(project.path(".public.diptych-busy01/lock")).unwrap();
    lock.lock().unwrap();
    project.build();
    let mut left = leftovers(&project);
    left.sort();
    assert_eq!(left, [".public.diptych-busy01", ".public.diptych-notes"]);
}

#[test]
fn a_second_build_says_that_it_waits_and_begins_when_the_first_ends() {
    let project = Project::minimal();
    project.build();
    let lock = File::open(project.path(".public.diptych/lock")).unwrap();
    lock.lock().unwrap();
    project.settings("feedback: {email: second@example.org}");
    let mut build = project.command(&["build"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut stderr = build.stderr.take().unwrap();
    let mut first = [0; 20];
    stderr.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"Another build is wri");
    std::thread::sleep(Duration::from_millis(50));
    assert!(build.try_wait().unwrap().is_none(), "it waits");
    drop(lock);
    assert!(build.wait().unwrap().success());
    assert!(project.output().text("en/index.html").contains("second@example.org"));
}

#[test]
fn many_builds_at_once_leave_one_whole_site() {
    let project = many(30);
    let whole = project.build();
    fs::remove_dir_all(project.path("public")).unwrap();
    let builds: Vec<_> = (0..6).map(|_| project.command(&["build"]).stderr(Stdio::piped()).spawn().unwrap()).collect();
    for build in builds {
        let output = build.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    project.output().assert_same(&whole, "six builds at once");
    assert_eq!(leftovers(&project), Vec::<String>::new());
}

#[test]
fn where_nothing_can_be_put_beside_the_output_its_files_are_replaced_one_by_one() {
    let project = many(10);
    fs::create_dir_all(project.path("closed/public")).unwrap();
    // Root may write anywhere, so the builds run as another user where that is possible.
    let is_root = fs::metadata(project.path("closed")).unwrap().uid() == 0;
    let mine = |path: &str| {
        if is_root {
            std::os::unix::fs::chown(project.path(path), Some(65_534), Some(65_534)).unwrap();
        }
    };
    mine("closed/public");
    fs::set_permissions(project.path("closed"), fs::Permissions::from_mode(0o555)).unwrap();
    let program = env!("CARGO_BIN_EXE_diptych");
    let build = |out: &str| {
        let mut command = if is_root {
            let mut command = std::process::Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]);
            command
        } else {
            std::process::Command::new(program)
        };
        command.args(["build", "--out", out]).env("LC_ALL", "C").current_dir(project.path(""));
        Run::of(&mut command)
    };
    let probe = build("closed/public");
    if is_root && probe.stderr.contains("setpriv") {
        return;
    }
    assert_eq!(probe.code, 0, "{}", probe.stderr);
    let out = project.path("closed/public");
    let inode = fs::metadata(&out).unwrap().ino();
    for title in ["One", "Two"] {
        project.write("content/agreements/a1.en.md", format!("---\ntitle: {title}\nsummary: Words.\n---\n"));
        let run = build("closed/public");
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(project.run(&["build", "--out", &format!("fresh-{title}")]).code, 0);
        Tree::read(&out).assert_same(&Tree::read(&project.path(&format!("fresh-{title}"))), title);
    }
    assert_eq!(fs::metadata(&out).unwrap().ino(), inode, "the folder itself stayed");
    let run = build("closed/other");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("ask for the right to do so"), "{}", run.stderr);
    fs::set_permissions(project.path("closed"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_build_with_mistakes_leaves_nothing_behind_where_nothing_was() {
    let project = Project::minimal().with("-- content/agreements/exchange-of-service.yaml --\nparties: [nobody]\n");
    let run = project.run(&["build", "--out", "new/deep/public"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(fs::read_dir(project.path("")).unwrap().count(), 1, "only the content folder is there");
}
