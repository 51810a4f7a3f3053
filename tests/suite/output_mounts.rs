//! Outputs on their own file systems, and on full ones, in a mount namespace that the test makes. Where the machine
//! forbids that, these tests say so and check nothing; `output::disk::tests` tests both ways everywhere.

use std::fs;

use crate::output::many;
use crate::project::{Project, Run, Tree};

/// Runs a shell script in which mounting is allowed, with the program as `$diptych`; `None` where it is not.
#[expect(clippy::print_stderr, reason = "says why nothing was tested")]
pub(crate) fn with_mounts(project: &Project, script: &str) -> Option<Run> {
    // As root, or else as root in a user namespace.
    for how in ["-m", "-rm"] {
        let unshare = |script: &str| {
            let mut command = std::process::Command::new("unshare");
            command.args([how, "sh", "-euc", script]).current_dir(project.path(""));
            command.env("diptych", env!("CARGO_BIN_EXE_diptych")).env("LC_ALL", "C").env_remove("LANG");
            command
        };
        let probe = unshare("mkdir -p probe && mount -t tmpfs none probe").output();
        if probe.is_ok_and(|probe| probe.status.success()) {
            fs::remove_dir(project.path("probe")).unwrap();
            return Some(Run::of(&mut unshare(script)));
        }
    }
    eprintln!("mounting is not possible here");
    None
}

fn edit(title: &str) -> String {
    format!("printf -- '---\\ntitle: {title}\\nsummary: Words.\\n---\\n' > content/agreements/a1.en.md\n")
}

#[test]
fn a_mount_point_as_output_is_updated_in_place() {
    for mount in ["mount -t tmpfs none public", "mkdir other && mount --bind other public"] {
        let project = many(20);
        let script = format!(
            "mkdir public && {mount}
             $diptych build && inode=$(stat -c %i public)
             {}
             $diptych build
             $diptych build 2>&1 | grep 'nothing changed'
             $diptych build --out fresh
             diff -r public fresh
             rm content/agreements/a2.*
             $diptych build && $diptych build --out fresh && diff -r public fresh
             test $(stat -c %i public) = $inode
             ls -A | grep '^.public' && exit 9
             ls -A public | grep 'diptych.work' && exit 9
             true",
            edit("Another title")
        );
        let Some(run) = with_mounts(&project, &script) else { return };
        assert_eq!(run.code, 0, "{mount}\n{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_build_that_is_killed_while_it_updates_in_place_is_finished_by_the_next_and_the_site_is_there_all_the_while() {
    let project = many(150);
    let script = "mkdir public && mount -t tmpfs none public
         cp content/site.yaml site.yaml
         $diptych build
         nth=0
         while [ $nth -lt 12 ]; do
           nth=$((nth + 1))
           sed \"s/Who we work with/Who we work with $nth/\" site.yaml > content/site.yaml
           rm -f content/agreements/a$nth.*
           $diptych build 2> /dev/null & build=$!
           sleep 0.$((nth % 4))$((nth * 7 % 10))
           kill -9 $build 2> /dev/null || true
           wait $build 2> /dev/null || true
           test -s public/index.html && test -s public/en/index.html && test -s public/search/en.json
         done
         $diptych build
         $diptych build --out fresh
         diff -r public fresh";
    let Some(run) = with_mounts(&project, script) else { return };
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn layers_of_an_overlay_are_no_hindrance() {
    let project = many(20);
    let script = format!(
        "mkdir lower space && mount -t tmpfs none space && mkdir space/upper space/work merged
         $diptych build --out lower/public
         mount -t overlay -o lowerdir=lower,upperdir=space/upper,workdir=space/work overlay merged || exit 77
         {}
         $diptych build --out merged/public
         $diptych build --out fresh && diff -r merged/public fresh
         {}
         $diptych build --out merged/public
         $diptych build --out fresh && diff -r merged/public fresh",
        edit("Another title"),
        edit("A third title")
    );
    let Some(run) = with_mounts(&project, &script) else { return };
    assert!(run.code == 0 || run.code == 77, "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_full_disk_is_told_and_the_old_site_stays() {
    let project = many(60);
    let script = format!(
        "mkdir disk && mount -t tmpfs -o size=64m none disk
         $diptych build --out disk/public
         cp -r disk/public before
         head -c 100m /dev/zero > disk/filling 2> /dev/null || true
         {}
         sed -i 's/Who we work with/With whom we work/' content/site.yaml
         for lang in en fr; do
           $diptych build --out disk/public --lang $lang 2> said-$lang && exit 9
           diff -r disk/public before
         done
         cat said-en said-fr
         rm disk/filling
         $diptych build --out disk/public
         $diptych build --out fresh && diff -r disk/public fresh",
        edit("Another title")
    );
    let Some(run) = with_mounts(&project, &script) else { return };
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("free some space") && run.stdout.contains("libérez de l’espace"), "{}", run.stdout);
    assert!(!run.stdout.contains(".diptych/"), "no path of the work folder: {}", run.stdout);
}

#[test]
fn a_disk_that_can_only_be_read_is_told() {
    let project = Project::minimal();
    let script =
        "mkdir disk && mount -t tmpfs none disk && $diptych build --out disk/public && mount -o remount,ro disk
         sed -i 's/Who we work with/With whom we work/' content/site.yaml
         $diptych build --out disk/public";
    let Some(run) = with_mounts(&project, script) else { return };
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("that disk is read-only"), "{}", run.stderr);
}

#[test]
fn a_kept_folder_that_is_a_mount_point_keeps_its_place() {
    let project = many(5);
    project.settings("keep: [media]");
    let script = format!(
        "$diptych build && mkdir public/media && mount -t tmpfs none public/media && echo film > public/media/a.txt
         {}
         $diptych build
         test $(cat public/media/a.txt) = film
         $diptych build --out fresh && diff -r -x media public fresh",
        edit("Another title")
    );
    let Some(run) = with_mounts(&project, &script) else { return };
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let site = Tree::read(&project.path("public"));
    assert!(site.0.contains_key("index.html"));
}
