//! How a failing machine is reported: never as a mistake in the content, with what to do, in both languages. And that
//! the network is never used.

use std::process::{Command, Stdio};

use crate::output_mounts::with_mounts;
use crate::project::{Project, Run};

/// Runs the program where only so many files may be open at once.
fn with_few_files(project: &Project, most: u32, args: &[&str]) -> Run {
    let program = project.command(&[]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -n \"$0\"; exec \"$@\"", &most.to_string()]).arg(program.get_program()).args(args);
    Run::of(shell.current_dir(project.path("")).env("LC_ALL", "C").env_remove("LANG"))
}

/// Runs the program under `strace`; `None` where calls cannot be traced.
fn traced(project: &Project, options: &[&str], args: &[&str]) -> Option<Run> {
    let mut probe = Command::new("strace");
    probe.args(["-qq", "-e", "trace=none", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    if !probe.status().is_ok_and(|status| status.success()) {
        return None;
    }
    let program = project.command(&[]);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq"]).args(options).arg(program.get_program()).args(args);
    Some(Run::of(strace.current_dir(project.path("")).env("LC_ALL", "C").env_remove("LANG")))
}

#[test]
fn too_many_open_files_are_no_mistake_of_the_content() {
    let project = Project::minimal();
    project.write("old-site/en/deep/a.md", "# A page\n\nWords.\n");
    for command in [&["check"][..], &["status"], &["confirm", "--all"], &["import", "old-site", "--into", "new"]] {
        for (lang, told) in [("en", "too many files are open at once"), ("fr", "trop de fichiers sont ouverts")] {
            let run = with_few_files(&project, 5, &[command, &["--lang", lang]].concat());
            assert_eq!(run.code, 2, "{command:?}: {}{}", run.stdout, run.stderr);
            assert!(run.stderr.contains(told) && run.stderr.contains("ulimit -n"), "{command:?}: {}", run.stderr);
            assert!(!run.stderr.contains("error["), "{command:?}: {}", run.stderr);
        }
    }
    assert!(!project.path("new").exists() && !project.path("content/pairs.lock").exists());
}

#[test]
fn a_disk_that_fails_is_no_mistake_of_the_content_and_no_change_of_what_was_built() {
    let project = Project::minimal();
    project.build();
    for args in [&["check"][..], &["verify", "public"]] {
        let Some(run) = traced(&project, &["-o", "/dev/null", "-e", "inject=getdents64:error=EIO"], args) else {
            return;
        };
        assert_eq!(run.code, 2, "{args:?}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains("the disk reports an error (os error 5); have the disk checked"), "{}", run.stderr);
        assert!(!run.stderr.contains("error["), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn a_full_disk_leaves_no_half_of_a_new_site_and_says_what_to_do() {
    let project = Project::minimal();
    let script = "mkdir disk && mount -t tmpfs -o size=32k none disk
         for lang in en fr; do
           $diptych init disk/site --lang $lang && exit 9
           $diptych import content --into disk/site --lang $lang && exit 9
           ls -A disk
         done
         mount -o remount,size=8m disk
         $diptych init disk/site";
    let Some(run) = with_mounts(&project, script) else { return };
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    for words in ["the disk is full", "free some space", "le disque est plein", "libérez de l’espace"] {
        assert_eq!(run.stderr.matches(words).count(), 2, "{words}: {}", run.stderr);
    }
    for odd in ["--out", ".diptych-new"] {
        assert!(!run.stderr.contains(odd), "{odd}: {}", run.stderr);
    }
}

#[test]
fn nothing_is_asked_of_the_network() {
    let project = Project::minimal();
    let commands: [&[&str]; 9] = [
        &["check"],
        &["build"],
        &["verify", "public"],
        &["search", "prison"],
        &["confirm", "--all"],
        &["status"],
        &["schema"],
        &["translate", "export", "--to", "fr", "--whole", "--out", "packages", "partners/csc"],
        &["import", "content", "--into", "new"],
    ];
    for command in commands {
        let log = project.path("log");
        let Some(run) = traced(&project, &["-o", log.to_str().unwrap(), "-e", "trace=network"], command) else {
            return;
        };
        assert_eq!(run.code, 0, "{command:?}: {}", run.stderr);
        let calls = std::fs::read_to_string(&log).unwrap();
        assert!(!calls.contains("AF_INET"), "{command:?}: {calls}");
    }
}
