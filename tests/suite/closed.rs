//! Content is a closed folder: whatever it holds or links to, nothing outside is read, no command hangs, none of its
//! programs runs, and what can be read is still checked.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use diptych::path::ContentPath;
use diptych::source::disk::{Folder, Refusal};

use crate::preview::Preview;
use crate::project::{Project, Run};

const SECRET: &str = "the-secret-that-nobody-may-read";

/// What brings a link into a project.
type Change<'a> = &'a dyn Fn(&Project);

/// A site with a secret beside it, as a file and in a folder.
fn beside_a_secret() -> Project {
    let project = Project::minimal();
    project.write("outside/secret.md", format!("---\ntitle: {SECRET}\nsummary: x\n---\n{SECRET}"));
    project.write("outside/secret.pdf", SECRET);
    project
}

/// Nothing of the secret is printed or written, and the link is the only mistake, at its own path.
fn assert_closed(project: &Project, at: &str, why: &str) {
    let expected = [format!("error link-outside content/{at}:1:1")];
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), expected, "{why}");
    for args in [&["check"][..], &["build"], &["status"], &["check", "--format", "sarif"], &["confirm", "--all"]] {
        let run = project.run(args);
        assert!(!run.stderr.contains(SECRET) && !run.stdout.contains(SECRET), "{why}: {args:?}");
    }
    assert!(!project.path("public").exists(), "{why}");
}

#[test]
fn a_link_that_leads_outside_is_a_mistake_and_is_not_read() {
    let outside = |project: &Project, file: &str| project.path("outside").join(file);
    let links: [(&str, &str, Change); 8] = [
        ("a relative link", "pages/x.en.md", &|p| p.link("content/pages/x.en.md", "../../outside/secret.md")),
        ("an absolute link", "pages/x.yaml", &|p| p.link("content/pages/x.yaml", outside(p, "secret.md"))),
        ("an asset", "pages/x.pdf", &|p| p.link("content/pages/x.pdf", "../../outside/secret.pdf")),
        ("a folder", "pages/more", &|p| p.link("content/pages/more", "../../outside")),
        ("the environment", "pages/env.txt", &|p| p.link("content/pages/env.txt", "/proc/self/environ")),
        ("the machine", "pages/all", &|p| p.link("content/pages/all", "/")),
        ("a type", "types/x.yaml", &|p| p.link("content/types/x.yaml", "../../outside/secret.md")),
        ("a beginning alike", "pages/x.csv", &|p| {
            p.write("content-of-others/x.csv", SECRET);
            p.link("content/pages/x.csv", "../../content-of-others/x.csv");
        }),
    ];
    for (why, at, link) in links {
        let project = beside_a_secret();
        link(&project);
        assert_closed(&project, at, why);
    }
}

#[test]
fn however_many_steps_a_link_takes() {
    let project = beside_a_secret();
    // Through a hidden link inside, which is itself left out.
    project.link("content/.one", "../outside");
    project.link("content/.two", ".one");
    project.link("content/pages/x.pdf", "../.two/secret.pdf");
    assert_closed(&project, "pages/x.pdf", "through two links inside");

    let project = beside_a_secret();
    project.link("outside/back", "../content/pages");
    project.link("content/pages/x.pdf", "../../outside/back/../secret.pdf");
    assert!(project.run(&["check", "--format", "json"]).stdout.contains("error"), "a way that only passes outside");
}

#[test]
fn a_picture_or_file_that_is_linked_and_leads_outside_has_one_mistake() {
    let project = beside_a_secret();
    project.link("content/pages/x.pdf", "../../outside/secret.pdf");
    project.change("content/pages/about.en.md", "This is an example.", "[Annex](x.pdf)");
    project.change("content/agreements/exchange-of-service.yaml", "status:", "annex: ../pages/x.pdf\nstatus:");
    assert_closed(&project, "pages/x.pdf", "an asset in use");
}

#[test]
fn a_link_inside_is_followed() {
    let project = Project::minimal();
    project.write("content/shared/annex.pdf", "the annex");
    project.link("content/pages/annex.pdf", "../shared/annex.pdf");
    project.link("content/pages/absolute.pdf", project.path("content/shared/annex.pdf"));
    project.link("content/pages/folder", "../shared");
    project.change(
        "content/pages/about.en.md",
        "This is an example.",
        "[One](annex.pdf), [two](absolute.pdf), [three](folder/annex.pdf), [four](../shared/annex.pdf)",
    );
    let site = project.build();
    for path in ["pages/annex.pdf", "pages/absolute.pdf", "pages/folder/annex.pdf", "shared/annex.pdf"] {
        assert_eq!(site.text(&format!("assets/{path}")), "the annex");
    }
}

#[test]
fn the_content_folder_may_itself_be_a_link() {
    let project = Project::minimal();
    let site = project.build();
    fs::rename(project.path("content"), project.path("elsewhere")).unwrap();
    project.link("content", "elsewhere");
    project.build().assert_same(&site, "the same content through a link");
}

#[test]
fn what_was_checked_and_is_exchanged_after_is_not_read() {
    let project = beside_a_secret();
    project.write("content/pages/x.pdf", "the annex");
    project.write("content/deep/er/x.pdf", "the annex");
    let folder = Folder::open(&project.path("content")).unwrap();
    let found = folder.walk().files;
    fs::remove_file(project.path("content/pages/x.pdf")).unwrap();
    project.link("content/pages/x.pdf", "../../outside/secret.pdf");
    fs::remove_dir_all(project.path("content/deep/er")).unwrap();
    fs::write(project.path("outside/x.pdf"), SECRET).unwrap();
    project.link("content/deep/er", "../../outside");
    for path in ["pages/x.pdf", "deep/er/x.pdf"] {
        let file = found.iter().find(|file| file.path.as_str() == path).unwrap();
        assert!(folder.read_real(&file.real, 1 << 20).is_err(), "{path}");
        assert!(matches!(folder.file(&ContentPath::new(path)), Err(Refusal::Outside)), "{path}");
    }
    fs::remove_file(project.path("content/pages/x.pdf")).unwrap();
    project.pipe("content/pages/x.pdf");
    assert!(matches!(folder.file(&ContentPath::new("pages/x.pdf")), Err(Refusal::Special)), "and nothing waits");
}

#[test]
fn the_preview_reads_nothing_outside_either() {
    let project = beside_a_secret();
    project.write("content/pages/x.pdf", "the annex");
    project.change("content/pages/about.en.md", "This is an example.", "[Annex](x.pdf)");
    let preview = Preview::start(&project);
    assert_eq!(preview.get("/assets/pages/x.pdf").body, "the annex");
    fs::remove_file(project.path("content/pages/x.pdf")).unwrap();
    project.link("content/pages/x.pdf", "../../outside/secret.pdf");
    for _ in 0..5 {
        let answer = preview.get("/assets/pages/x.pdf");
        assert!(!answer.body.contains(SECRET), "{}", answer.body);
        std::thread::sleep(std::time::Duration::from_millis(60));
    }
}

#[test]
fn pipes_and_sockets_are_told_and_nobody_waits_for_them() {
    for name in ["x.en.md", "x.yaml", "x.pdf", "x.svg"] {
        let project = Project::minimal();
        project.pipe(&format!("content/pages/{name}"));
        let run = Run::of(
            Command::new("timeout")
                .arg("20")
                .args(arguments(&project.command(&["check", "--format", "json"])))
                .current_dir(project.path("")),
        );
        assert_eq!(run.mistakes(), [format!("error special-file content/pages/{name}:1:1")]);
    }
    let project = Project::minimal();
    let _socket = std::os::unix::net::UnixListener::bind(project.path("content/pages/s.pdf")).unwrap();
    project.link("content/pages/null.pdf", "/dev/null");
    let mistakes = project.run(&["check", "--format", "json"]).mistakes();
    assert_eq!(
        mistakes,
        ["error link-outside content/pages/null.pdf:1:1", "error special-file content/pages/s.pdf:1:1"]
    );
}

/// A command's program and arguments.
fn arguments(command: &Command) -> Vec<std::ffi::OsString> {
    std::iter::once(command.get_program()).chain(command.get_args()).map(Into::into).collect()
}

#[test]
fn one_file_that_cannot_be_read_hides_no_mistake_in_the_others() {
    let project = Project::minimal();
    project.link("content/pages/gone.pdf", "nothing.pdf");
    project.link("content/pages/self.pdf", "self.pdf");
    project.link("content/pages/again", "../pages");
    project.change("content/agreements/exchange-of-service.yaml", "manitoba", "nobody");
    assert_eq!(
        project.run(&["check", "--format", "json"]).mistakes(),
        [
            "error unknown-reference content/agreements/exchange-of-service.yaml:2:16",
            "error link-circle content/pages/again:1:1",
            "error file-unreadable content/pages/gone.pdf:1:1",
            "error link-circle content/pages/self.pdf:1:1",
        ]
    );
}

#[test]
fn files_and_folders_that_may_not_be_read_are_told() {
    let project = Project::minimal();
    project.write("content/pages/locked/x.pdf", "x");
    project.write("content/pages/own.pdf", "x");
    let page = "content/partners/csc.en.md";
    for path in ["content/pages/locked", page] {
        fs::set_permissions(project.path(path), fs::Permissions::from_mode(0o000)).unwrap();
    }
    fs::set_permissions(project.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = project.command(&["check", "--format", "json"]);
    if user() == 0 {
        // A user who may read everything is not stopped.
        command.uid(65534);
    }
    let run = Run::of(&mut command);
    fs::set_permissions(project.path("content/pages/locked"), fs::Permissions::from_mode(0o755)).unwrap();
    let mistakes = run.mistakes();
    let unreadable: Vec<&str> =
        mistakes.iter().map(String::as_str).filter(|line| line.contains("file-unreadable")).collect();
    assert_eq!(
        unreadable,
        ["error file-unreadable content/pages/locked:1:1", &format!("error file-unreadable {page}:1:1")]
    );
    assert!(!mistakes.iter().any(|line| line.contains("missing-twin")), "{mistakes:?}");
    assert!(run.stdout.contains("you may not read"), "{}", run.stdout);
}

fn user() -> u32 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn links_that_multiply_a_folder_come_to_an_end() {
    let project = Project::minimal();
    for level in 0..9 {
        for side in ["a", "b"] {
            project.link(&format!("content/l{level}/{side}"), format!("../l{}", level + 1));
        }
    }
    project.write("content/l9/x.pdf", "x");
    assert_eq!(project.run(&["check"]).code, 0, "512 ways to one file are 512 files that nobody links to");
    project.link("content/l9/back", "../l0");
    let run = project.run(&["check"]);
    assert!(run.code == 1 && run.stderr.contains("error[link-circle]"), "{}", run.stderr);
}

#[test]
fn only_a_content_folder_that_is_not_there_ends_the_run() {
    let project = Project::minimal();
    for folder in ["nothing", "content/site.yaml"] {
        let run = project.run(&["check", "--content", folder]);
        assert_eq!(run.code, 2, "{folder}: {}", run.stderr);
        assert!(run.stderr.contains("--content"), "{}", run.stderr);
    }
}

#[test]
fn an_output_inside_the_content_is_refused_by_whatever_way() {
    let project = Project::minimal();
    project.link("way", "content/pages");
    for out in ["content/x", "./content/../content/x", "new/../content/x", "new/deeper/../../content/x", "way/x", "."] {
        let run = project.run(&["build", "--out", out]);
        assert_eq!(run.code, 2, "{out}: {}", run.stderr);
    }
    assert!(!project.path("new").exists());
}

#[test]
fn nothing_outside_of_a_theme_is_read_through_it() {
    let with_theme = || {
        let project = beside_a_secret();
        project.write("themes/own/theme.yaml", "name: own\ncontract: 1\nextends: default\n");
        project.change("content/site.yaml", "theme: default", "theme: own");
        project
    };
    for (link, target) in [
        ("themes/own/static/x.pdf", "../../../outside/secret.pdf"),
        ("themes/own/static", "../../outside"),
        ("themes/own/templates/home.html", "/proc/self/environ"),
        ("themes/own/strings/en.yaml", "../../../outside/secret.md"),
    ] {
        let project = with_theme();
        project.link(link, target);
        assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), [format!("error link-outside {link}:1:1")]);
        assert_eq!(project.run(&["build"]).code, 1);
    }
    let project = with_theme();
    project.pipe("themes/own/pipe");
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), ["error special-file themes/own/pipe:1:1"]);

    let project = beside_a_secret();
    project.write("outside/theme/theme.yaml", "name: own\ncontract: 1\nextends: default\n");
    project.write("themes/README", "");
    project.change("content/site.yaml", "theme: default", "theme: own");
    let elsewhere = tempfile::tempdir().unwrap();
    fs::rename(project.path("outside/theme"), elsewhere.path().join("theme")).unwrap();
    project.link("themes/own", elsewhere.path().join("theme"));
    assert_eq!(project.run(&["check", "--format", "json"]).mistakes(), ["error link-outside content/site.yaml:3:8"]);
}

/// A site in git whose words changed since they were confirmed, so that `status` asks git.
fn in_git(folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args([
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgSign=false",
    ]);
    let run = Run::of(command.args(args).env("GIT_CONFIG_GLOBAL", "/dev/null"));
    assert_eq!(run.code, 0, "git {args:?}: {}", run.stderr);
    run
}

fn with_history() -> Project {
    let project = Project::minimal();
    assert_eq!(project.run(&["confirm", "--all"]).code, 0);
    // What was kept would show the words too.
    fs::remove_dir_all(project.path(".diptych")).unwrap();
    in_git(&project.path(""), &["init", "-q"]);
    in_git(&project.path(""), &["add", "-A"]);
    in_git(&project.path(""), &["commit", "-q", "-m", "first"]);
    project.change("content/agreements/exchange-of-service.en.md", "their institutions", "all their institutions");
    in_git(&project.path(""), &["commit", "-q", "-a", "-m", "second"]);
    project
}

/// Whether `status` shows the word that changed, which only git knows.
fn knows_history(project: &Project) -> bool {
    let run = project.run(&["status"]);
    assert!(run.code == 0 || run.code == 1, "{}", run.stderr);
    run.stdout.contains("{+all+}")
}

#[test]
fn nothing_that_the_settings_of_git_name_is_run() {
    let project = with_history();
    let mark = project.path("mark");
    let program = project.path("program");
    fs::write(&program, format!("#!/bin/sh\necho ran >> '{}'\ncat >/dev/null\nexit 1\n", mark.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();

    // Every key that this version of git knows, with a program as its value; a few need another value to get that far.
    let keys = Run::of(Command::new("git").args(["help", "--config"])).stdout;
    let mut settings = String::new();
    for key in keys.lines().filter(|line| line.contains('.') && !line.contains(' ')) {
        for name in ["log", "cat-file", "x", "openpgp", "ssh"] {
            let key = key.split(['<', '*']).next().unwrap().to_owned()
                + if key.contains(['<', '*']) { name } else { "" }
                + key.rsplit_once('>').map_or("", |(_, rest)| rest);
            settings.push_str(&section(&key, program));
        }
    }
    assert!(settings.lines().count() > 1000, "git lists its settings");
    let working = [
        ("log.showSignature", "true"),
        ("gpg.program", program),
        ("core.fsmonitor", program),
        ("core.pager", program),
        ("core.hooksPath", "hooks"),
        ("core.sshCommand", program),
        ("core.alternateRefsCommand", program),
        ("core.askPass", program),
        ("diff.external", program),
        ("diff.x.textconv", program),
        ("filter.x.smudge", program),
        ("filter.x.clean", program),
        ("credential.helper", program),
        ("uploadpack.packObjectsHook", program),
        ("alias.log", &format!("!{program}")),
        ("remote.x.url", "ssh://example.org/x"),
        ("remote.x.promisor", "true"),
        ("extensions.partialClone", "x"),
        ("extensions.worktreeConfig", "true"),
    ];
    let sane: String = working.iter().map(|(key, value)| section(key, value)).collect();
    let own = fs::read_to_string(project.path(".git/config")).unwrap();
    fs::write(project.path(".gitattributes"), "* diff=x filter=x merge=x\n").unwrap();
    // A commit whose signature somebody would check.
    let commit = in_git(&project.path(""), &["cat-file", "commit", "HEAD"]).stdout;
    let (head, message) = commit.split_once("\n\n").unwrap();
    let signed =
        format!("{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n{message}");
    fs::write(project.path("signed"), signed).unwrap();
    let id = in_git(&project.path(""), &["hash-object", "-t", "commit", "-w", "signed"]).stdout;
    in_git(&project.path(""), &["update-ref", "HEAD", id.trim()]);

    for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"] {
        fs::copy(project.path("program"), project.path(&format!(".git/hooks/{hook}"))).unwrap();
    }

    for (why, config) in [
        ("settings that work", format!("{own}{sane}")),
        ("every setting", format!("{own}{settings}")),
        ("settings from another file", format!("{own}[include]\n\tpath = {}\n", project.path("more").display())),
    ] {
        fs::write(project.path("more"), &sane).unwrap();
        fs::write(project.path(".git/config"), config).unwrap();
        fs::write(project.path(".git/config.worktree"), &sane).unwrap();
        assert!(knows_history(&project), "{why}");
        let page = Preview::start(&project).get("/_diptych/api/records/agreements/exchange-of-service");
        assert!(page.body.contains("\"added\":\"all\""), "{why}: {}", page.body);
        assert!(!mark.exists(), "{why}: a program of the tree was run");
    }
    // The same settings do run programs where git reads them.
    fs::write(project.path(".git/config"), format!("{own}{sane}")).unwrap();
    let _ = Command::new("git").arg("-C").arg(project.path("content")).args(["log", "-p"]).output();
    assert!(mark.exists(), "the settings of this test work");
}

/// A setting as a file of git's holds it.
fn section(key: &str, value: &str) -> String {
    let (section, name) = key.rsplit_once('.').unwrap();
    let value = value.replace('\\', "\\\\").replace('"', "\\\"");
    match section.split_once('.') {
        Some((section, sub)) => format!("[{section} \"{sub}\"]\n\t{name} = \"{value}\"\n"),
        None => format!("[{section}]\n\t{name} = \"{value}\"\n"),
    }
}

#[test]
fn objects_that_are_not_there_are_fetched_from_nowhere() {
    let project = with_history();
    let mark = project.path("mark");
    let program = project.path("program");
    fs::write(&program, format!("#!/bin/sh\necho ran >> '{}'\nexit 1\n", mark.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let old = in_git(&project.path(""), &["rev-parse", "HEAD~1:content/agreements/exchange-of-service.en.md"]).stdout;
    let (start, rest) = old.trim().split_at(2);
    fs::remove_file(project.path(&format!(".git/objects/{start}/{rest}"))).unwrap();
    let settings = [
        ("remote.x.url", "ssh://example.org/x"),
        ("remote.x.promisor", "true"),
        ("extensions.partialClone", "x"),
        ("core.repositoryformatversion", "1"),
    ];
    for (key, value) in settings.into_iter().chain([("core.sshCommand", program.to_str().unwrap())]) {
        in_git(&project.path(""), &["config", key, value]);
    }
    assert!(!knows_history(&project) && !mark.exists());
    let _ = Command::new("git").arg("-C").arg(project.path("")).args(["cat-file", "-p", old.trim()]).output();
    assert!(mark.exists(), "git alone would have run it");
}

#[test]
fn history_is_known_in_linked_work_trees_packed_and_shallow_clones_and_nowhere_else() {
    let project = with_history();
    in_git(&project.path(""), &["gc", "-q"]);
    in_git(&project.path(""), &["pack-refs", "--all"]);
    assert!(knows_history(&project), "all packed");
    in_git(&project.path(""), &["worktree", "add", "-q", "linked"]);
    let status = |content: &str| project.run(&["status", "--content", content]).stdout;
    assert!(status("linked/content").contains("{+all+}"), "a linked work tree");
    in_git(
        &project.path(""),
        &["clone", "-q", "--depth", "1", &format!("file://{}", project.path("").display()), "shallow"],
    );
    let shallow = status("shallow/content");
    assert!(shallow.contains("exchange-of-service") && !shallow.contains("{+all+}"), "{shallow}");
    in_git(&project.path(""), &["checkout", "-q", "--detach"]);
    assert!(knows_history(&project), "a commit without a branch");

    // A repository without a work tree, among the files, is not used.
    let embedded = Project::minimal();
    assert_eq!(embedded.run(&["confirm", "--all"]).code, 0);
    fs::remove_dir_all(embedded.path(".diptych")).unwrap();
    embedded.change("content/agreements/exchange-of-service.en.md", "their institutions", "all their institutions");
    in_git(&project.path(""), &["clone", "-q", "--bare", ".", embedded.path("bare").to_str().unwrap()]);
    for part in fs::read_dir(embedded.path("bare")).unwrap().flatten() {
        fs::rename(part.path(), embedded.path("content").join(part.file_name())).unwrap();
    }
    assert!(!embedded.run(&["status"]).stdout.contains("{+all+}"));
    // A head that leads nowhere, or to another kind of file, gives no history.
    for head in ["ref: refs/heads/../../../secret\n", "ref: HEAD\n", "ref: refs/heads/none\n", "nonsense\n", ""] {
        fs::write(project.path(".git/HEAD"), head).unwrap();
        assert!(!knows_history(&project), "{head:?}");
    }
}
