//! Whatever stops a command, at any of its calls that write: what it changes is the whole old or the whole new, and the
//! next run tidies up. `strace` kills the program at a call, or lets the disk be full from a call on.
//!
//! With every change, a few calls of each command are made to fail; with `DIPTYCH_FAULTS=all`, in `.ci/long`, all of
//! them.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::output::{leftovers, many};
use crate::preview::Preview;
use crate::project::{Project, Run, Tree};

/// The calls by which a program changes a disk. Opening a file to write changes nothing that the next call does not.
const WRITES: &str = "write,pwrite64,writev,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,\
                      symlink,ftruncate,fsync,fdatasync,syncfs,copy_file_range,sendfile,chmod,fchmod,fchmodat,utimensat";

/// How many calls of a command fail in each way, unless all do.
const FEW: usize = 7;

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The program is killed before the call is made.
    Kill,
    /// From this call on, calls of its kind find no room.
    Full,
}

/// A call: its name, its number among those of its name in its thread, and whether only the first thread counts.
#[derive(Clone, Debug)]
struct Point {
    call: String,
    nth: usize,
    main_only: bool,
}

/// A command that changes something.
struct Case<'a> {
    before: &'a Project,
    command: &'a [&'a str],
    /// The folder that must be the old or the new.
    folder: &'a str,
    /// What runs next, in a folder whose last run was killed: the command itself where possible, else one that reads.
    next: &'a [&'a str],
    /// Whether the old or the new is there only after the next run: what changes several files has a journal.
    has_journal: bool,
    /// How many calls fail in each way, unless all do.
    few: usize,
}

/// Whether calls can be traced here at all.
fn is_traceable() -> bool {
    let mut probe = Command::new("strace");
    probe.args(["-qq", "-e", "trace=none", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

fn strace(project: &Project, options: &[&str], command: &[&str]) -> Command {
    let program = project.command(&[]);
    let mut strace = Command::new("strace");
    strace.args(["-qq", "-o", "/dev/null"]).args(options).arg(program.get_program()).args(command);
    strace.current_dir(project.path("")).env("LC_ALL", "C").env("RAYON_NUM_THREADS", "1");
    strace
}

fn copy(project: &Project) -> Project {
    let copy = Project::empty();
    let from = project.path(".");
    assert!(Command::new("cp").arg("-a").arg(from).arg(copy.path("")).status().unwrap().success());
    copy
}

/// Every call of a command that writes.
fn points(before: &Project, command: &[&str]) -> Vec<Point> {
    let mut points = Vec::new();
    for main_only in [true, false] {
        let project = copy(before);
        let trace = format!("trace={WRITES}");
        let log = project.path("log");
        let mut options = vec!["-o", log.to_str().unwrap(), "-e", &trace];
        options.extend((!main_only).then_some("-f"));
        assert_eq!(Run::of(&mut strace(&project, &options, command)).code, 0, "{command:?}");
        // With `-f` each line begins with the thread; the calls of each are counted separately.
        let mut counts = BTreeMap::<(String, String), usize>::new();
        for line in std::fs::read_to_string(&log).unwrap().lines() {
            let Some((before, _)) = line.split_once('(') else { continue };
            let (thread, call) = before.rsplit_once(' ').unwrap_or(("", before));
            *counts.entry((call.to_owned(), thread.to_owned())).or_default() += 1;
        }
        let mut most = BTreeMap::<String, usize>::new();
        for ((call, _), count) in counts {
            let known = most.entry(call).or_default();
            *known = count.max(*known);
        }
        for (call, count) in most {
            points.extend((1..=count).map(|nth| Point { call: call.clone(), nth, main_only }));
        }
    }
    points
}

/// Some of the points, or all, from the last one backwards: what is done at the end is what matters most.
fn chosen(points: &[Point], few: usize) -> impl Iterator<Item = &Point> {
    let step = if strikes_all() { 1 } else { points.len().div_ceil(few).max(1) };
    points.iter().rev().step_by(step)
}

fn strikes_all() -> bool {
    std::env::var_os("DIPTYCH_FAULTS").is_some()
}

/// Runs a command that something happens to at a point.
fn struck(project: &Project, command: &[&str], fault: Fault, Point { call, nth, main_only }: &Point) {
    let inject = match fault {
        Fault::Kill => format!("inject={call}:signal=KILL:when={nth}"),
        Fault::Full => format!("inject={call}:error=ENOSPC:when={nth}+"),
    };
    let mut options = vec!["-e", &inject];
    options.extend((!main_only).then_some("-f"));
    Run::of(&mut strace(project, &options, command));
}

/// Says how many faults a command survived, where all were tried.
fn tell(command: &[&str], faults: usize, news: usize) {
    use std::io::Write as _;
    if strikes_all() {
        let _ = writeln!(std::io::stdout(), "{command:?}: {faults} faults; {news} times the new was there after");
    }
}

/// Makes the calls of a command fail.
fn strike(case: &Case<'_>) {
    let old = Tree::read(&case.before.path(case.folder));
    let done = copy(case.before);
    assert_eq!(done.run(case.command).code, 0, "{:?}", case.command);
    let new = Tree::read(&done.path(case.folder));
    assert!(old != new, "{:?} changes something", case.command);
    let points = points(case.before, case.command);
    let (mut faults, mut news) = (0, 0);
    for fault in [Fault::Kill, Fault::Full] {
        for point in chosen(&points, case.few) {
            let why = format!("{:?}, {fault:?} at {point:?}", case.command);
            let project = copy(case.before);
            struck(&project, case.command, fault, point);
            let now = Tree::read(&project.path(case.folder));
            let is_whole = now == old || now == new || case.has_journal;
            assert!(is_whole, "{why}: neither old nor new: {:?}", differing(&now, &old));
            faults += 1;
            let next = project.run(case.next);
            assert!(next.code < 2, "{why}: {}", next.stderr);
            let now = Tree::read(&project.path(case.folder));
            news += usize::from(now == new);
            assert!(now == old || now == new, "{why}: after the next run: {:?}", differing(&now, &old));
            assert_eq!(left(&project), Vec::<String>::new(), "{why}");
        }
    }
    tell(case.command, faults, news);
}

/// A site with something to move, to remove and to put right, and no confirmation.
fn changing() -> Project {
    let project = many(4);
    for (lang, title) in [("en", "Agreement"), ("fr", "Entente")] {
        let page =
            format!("---\ntitle: {title} 3\nsummary: {title}.\n---\n## Custody\n\n#### Deep\n\n[](agreements/a0)\n");
        project.write(&format!("content/agreements/a3.{lang}.md"), page);
    }
    project
}

fn differing(one: &Tree, other: &Tree) -> Vec<String> {
    let paths: std::collections::BTreeSet<&String> = one.0.keys().chain(other.0.keys()).collect();
    paths.into_iter().filter(|path| one.0.get(*path) != other.0.get(*path)).cloned().collect()
}

/// What should not be in a project after its next run.
fn left(project: &Project) -> Vec<String> {
    let mut left = leftovers(project);
    for folder in ["", ".diptych"] {
        let entries = std::fs::read_dir(project.path(folder)).into_iter().flatten();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let usual = [
            "content",
            "public",
            ".public.diptych",
            ".diptych",
            "old-site",
            "new-site",
            "confirmed",
            "renamed",
            ".gitignore",
            "lock",
        ];
        left.extend(names.filter(|name| !usual.contains(&name.as_str())).map(|name| format!("{folder}/{name}")));
    }
    left
}

#[test]
fn whatever_call_a_command_is_killed_at_the_old_or_the_new_is_there_whole() {
    if !is_traceable() {
        return;
    }
    let site = many(4);
    site.build();
    site.settings("feedback: {email: other@example.org}");
    let build = ["build"];
    strike(&Case { before: &site, command: &build, folder: "public", next: &build, has_journal: false, few: FEW });
}

#[test]
fn a_change_that_is_ended_at_any_call_is_done_whole_or_not_at_all_by_the_next_run() {
    const FEW: usize = 3;
    if !is_traceable() {
        return;
    }
    let fresh = changing();
    let confirmed = copy(&fresh);
    assert_eq!(confirmed.run(&["confirm", "--all", "--even-so"]).code, 0);
    let commands: [&[&str]; 4] = [
        &["move", "agreements/a0", "agreements/b0"],
        &["remove", "agreements/a1"],
        &["new", "partner", "other"],
        &["fix"],
    ];
    for command in commands {
        strike(&Case { before: &confirmed, command, folder: "content", next: &["check"], has_journal: true, few: FEW });
    }
    // The kept words are there too, and nothing else, once the command has run again.
    let confirm = ["confirm", "--all", "--even-so"];
    strike(&Case { before: &fresh, command: &confirm, folder: ".", next: &confirm, has_journal: true, few: 2 * FEW });
}

#[test]
fn a_site_that_moves_in_is_there_whole_or_not_at_all_and_can_be_moved_in_again() {
    if !is_traceable() {
        return;
    }
    let old = Project::empty();
    for name in ["a", "b", "c"] {
        old.write(&format!("old-site/en/{name}.md"), format!("# Page {name}\n\nWords in English.\n"));
        old.write(&format!("old-site/fr/{name}.md"), format!("# Page {name}\n\nMots en français.\n"));
    }
    let import = ["import", "old-site", "--into", "new-site"];
    let done = copy(&old);
    assert_eq!(done.run(&import).code, 0);
    let new = Tree::read(&done.path("new-site"));
    let points = points(&old, &import);
    let (mut faults, mut news) = (0, 0);
    for fault in [Fault::Kill, Fault::Full] {
        for point in chosen(&points, 2 * FEW) {
            let why = format!("{fault:?} at {point:?}");
            let project = copy(&old);
            struck(&project, &import, fault, point);
            faults += 1;
            if project.path("new-site").exists() {
                news += 1;
            } else {
                let again = project.run(&import);
                assert_eq!(again.code, 0, "{why}: {}", again.stderr);
            }
            Tree::read(&project.path("new-site")).assert_same(&new, &why);
            assert_eq!(left(&project), Vec::<String>::new(), "{why}");
        }
    }
    tell(&import, faults, news);
}

#[test]
fn a_new_site_is_there_whole_or_not_at_all_and_can_be_made_again() {
    if !is_traceable() {
        return;
    }
    let fresh = Project::empty();
    let repository = Project::empty();
    repository.write("site/.github/own", "of the repository");
    let there = Project::minimal();
    let cases: [(&Project, &[&str], &str); 3] = [
        (&fresh, &["init", "new-site"], "new-site/content"),
        (&repository, &["init", "site", "--with", "github"], "site/content"),
        (&there, &["init", ".", "--with", "gitlab"], ".gitlab-ci.yml"),
    ];
    for (before, command, mark) in cases {
        let done = copy(before);
        assert_eq!(done.run(command).code, 0, "{command:?}");
        let new = Tree::read(&done.path(""));
        let points = points(before, command);
        let (mut faults, mut news) = (0, 0);
        for fault in [Fault::Kill, Fault::Full] {
            for point in chosen(&points, FEW) {
                let why = format!("{command:?}, {fault:?} at {point:?}");
                let project = copy(before);
                struck(&project, command, fault, point);
                faults += 1;
                if project.path(mark).exists() {
                    news += 1;
                } else {
                    let again = project.run(command);
                    assert_eq!(again.code, 0, "{why}: {}", again.stderr);
                }
                let mut now = Tree::read(&project.path(""));
                now.0.retain(|path, _| !path.contains(".diptych-"));
                now.assert_same(&new, &why);
            }
        }
        tell(command, faults, news);
    }
}

#[test]
fn every_schema_and_package_that_is_there_is_whole() {
    if !is_traceable() {
        return;
    }
    let site = Project::minimal();
    assert_eq!(site.run(&["schema"]).code, 0);
    site.change("content/types/partner.yaml", "fields:", "fields:\n  seat: {kind: text, label: {en: Seat, fr: Siège}}");
    let commands: [(&[&str], &str); 2] = [
        (&["schema"], ".schemas"),
        (&["translate", "export", "--to", "fr", "--whole", "--out", "packages", "partners/csc"], "packages"),
    ];
    for (command, folder) in commands {
        std::fs::create_dir_all(site.path(folder)).unwrap();
        let old = Tree::read(&site.path(folder));
        let done = copy(&site);
        assert_eq!(done.run(command).code, 0, "{command:?}");
        let new = Tree::read(&done.path(folder));
        let points = points(&site, command);
        let (mut faults, mut news) = (0, 0);
        for fault in [Fault::Kill, Fault::Full] {
            for point in chosen(&points, FEW) {
                let why = format!("{command:?}, {fault:?} at {point:?}");
                let project = copy(&site);
                struck(&project, command, fault, point);
                faults += 1;
                let now = Tree::read(&project.path(folder));
                news += usize::from(now == new);
                for (path, bytes) in now.0.iter().filter(|(path, _)| !path.contains(".diptych-")) {
                    assert!([old.0.get(path), new.0.get(path)].contains(&Some(bytes)), "{why}: {path}");
                }
                assert_eq!(project.run(command).code, 0, "{why}");
                let mut now = Tree::read(&project.path(folder));
                now.0.retain(|path, _| !path.contains(".diptych-"));
                now.assert_same(&new, &why);
            }
        }
        tell(command, faults, news);
    }
}

#[test]
fn a_text_that_is_being_saved_is_the_old_one_or_the_new_one() {
    const PAGE: &str = "partners/csc.en.md";
    if !is_traceable() {
        return;
    }
    let project = Project::minimal();
    let path = project.path(&format!("content/{PAGE}"));
    let old = std::fs::read_to_string(&path).unwrap();
    let new = format!("{old}\nMore words.\n");
    let killed = (1..5).map(|nth| ("write", "signal=KILL", nth));
    let calls = ["fchmod", "fsync", "rename", "renameat", "renameat2", "unlink", "linkat"];
    let calls = calls.into_iter().flat_map(|call| [(call, "signal=KILL", 1), (call, "error=ENOSPC", 1)]);
    for (call, fault, nth) in killed.chain(calls) {
        std::fs::write(&path, &old).unwrap();
        let preview = Preview::start(&project);
        let token = preview.token();
        let record = preview.get("/_diptych/api/records/partners/csc").json();
        let version = record["files"]["en"]["version"].as_str().unwrap().to_owned();
        let inject = format!("inject={call}:{fault}:when={nth}+");
        let mut tracer = Command::new("strace")
            .args(["-f", "-qq", "-o", "/dev/null", "-e", &inject, "-p", &preview.process().to_string()])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        attached(preview.process());
        let headers = format!("X-Diptych-Token: {token}\r\nIf-Match: \"{version}\"\r\n");
        let request = format!("PUT /_diptych/api/files/{PAGE}");
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| preview.send_bare(&request, &headers, &new)));
        preview.kill();
        let _ = tracer.kill();
        tracer.wait().unwrap();
        let now = std::fs::read_to_string(&path).unwrap();
        assert!(now == old || now == new, "{fault} at {call}");
        assert_eq!(project.run(&["check"]).code, 0, "{fault} at {call}");
    }
}

/// Waits until another program traces a process.
fn attached(process: u32) {
    let status = format!("/proc/{process}/status");
    let is_traced = || std::fs::read_to_string(Path::new(&status)).is_ok_and(|text| !text.contains("TracerPid:\t0\n"));
    for _ in 0..200 {
        if is_traced() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}
