//! No command trusts the work folders that Diptych keeps beside the content and the output: a foreign tree can bring
//! them along, with links, pipes, and changes and moves that nobody asked for.

use std::fs;
use std::path::Path;

use crate::preview::Preview;
use crate::project::{Project, Run, Tree};

/// A site with a folder beside it that is not Diptych's.
fn beside_others() -> Project {
    let project = Project::minimal();
    for path in ["victim/precious.txt", "victim/saving/x", "victim/fresh/x", "victim/confirmed/x", "victim/change/x"] {
        project.write(path, "precious");
    }
    project
}

fn others(project: &Project) -> Tree {
    Tree::read(&project.path("victim"))
}

/// A journal with one change and the text that it writes, as an interrupted run leaves it.
fn unfinished(project: &Project, change: &str) {
    project.write(".diptych/change/0", "of a stranger\n");
    project.write(".diptych/change/journal.json", format!("{{\"changes\":[{change}]}}"));
}

/// The digest of `of a stranger` and a line end.
fn digest() -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(b"of a stranger\n").iter().map(|byte| format!("{byte:02x}")).collect()
}

fn writes(path: &str) -> String {
    let path = serde_json::Value::from(path);
    format!("{{\"write\":{{\"path\":{path},\"staged\":0,\"before\":null,\"after\":\"{}\"}}}}", digest())
}

/// What is refused ends with 2 and says which file it is about and what to do, in both languages.
fn assert_refused(project: &Project, command: &[&str], file: &str, (en, fr): (&str, &str)) {
    for (lang, todo) in [("en", en), ("fr", fr)] {
        let run = project.run(&[command, &["--lang", lang]].concat());
        assert_eq!(run.code, 2, "{command:?}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(file) && run.stderr.contains(todo), "{command:?}: {}", run.stderr);
    }
}

const REMOVE_LINK: (&str, &str) = ("remove the link", "supprimez le lien");
const DELETE_FOLDER: (&str, &str) = ("then delete", "supprimez ce dossier");

#[test]
fn an_unfinished_change_of_a_stranger_reaches_nothing_but_files_of_the_content() {
    let outside = tempfile::tempdir().unwrap();
    let absolute = outside.path().join("deep/file").to_string_lossy().into_owned();
    let paths = ["../.git/hooks/post-checkout", "pages/../../x", &absolute, ".git/hooks/x", "pages/.hidden", "", "."];
    for path in paths {
        let named = serde_json::Value::from(path);
        let all = [
            writes(path),
            format!("{{\"remove\":{{\"path\":{named},\"before\":\"{}\"}}}}", digest()),
            format!("{{\"move\":{{\"path\":{named},\"to\":\"pages/x.pdf\",\"before\":\"{}\"}}}}", digest()),
            format!("{{\"move\":{{\"path\":\"site.yaml\",\"to\":{named},\"before\":\"{}\"}}}}", digest()),
            format!("{},{}", writes("pages/fine.txt"), writes(path)),
        ];
        for change in all {
            let project = beside_others();
            project.write(".git/HEAD", "of a stranger\n");
            unfinished(&project, &change);
            let before = Tree::read(&project.path("content"));
            assert_refused(&project, &["check"], ".diptych/change", DELETE_FOLDER);
            Tree::read(&project.path("content")).assert_same(&before, &change);
            assert!(!project.path(".git/hooks").exists() && !project.path("x").exists(), "{change}");
            assert!(!Path::new(&absolute).exists(), "{change}");
            // What the message suggests works.
            fs::remove_dir_all(project.path(".diptych/change")).unwrap();
            assert_eq!(project.run(&["check"]).code, 0);
        }
    }
}

#[test]
fn an_unfinished_change_follows_no_link_and_brings_none() {
    type Harm<'a> = &'a dyn Fn(&Project);
    let harms: [(Harm, &str, (&str, &str)); 4] = [
        (&|p| p.link("content/out", "../victim"), "out/new.md", DELETE_FOLDER),
        (&|p| p.link("content/pages/new.md", "../../victim/new.md"), "pages/new.md", DELETE_FOLDER),
        (
            &|p| {
                fs::remove_file(p.path(".diptych/change/0")).unwrap();
                p.link(".diptych/change/0", "../../victim/precious.txt");
            },
            "pages/new.md",
            REMOVE_LINK,
        ),
        (&|p| p.write(".diptych/change/0", "another text"), "pages/new.md", DELETE_FOLDER),
    ];
    for (harm, path, todo) in harms {
        let project = beside_others();
        unfinished(&project, &writes(path));
        harm(&project);
        let before = others(&project);
        let told = if todo == REMOVE_LINK { "change/0" } else { ".diptych/change" };
        assert_refused(&project, &["check"], told, todo);
        others(&project).assert_same(&before, path);
        assert!(!project.path("content/pages/new.md").is_file());
    }
    // One that a run really left is carried out.
    let project = beside_others();
    unfinished(&project, &writes("pages/new.txt"));
    project.run(&["check"]);
    assert_eq!(fs::read_to_string(project.path("content/pages/new.txt")).unwrap(), "of a stranger\n");
    assert!(!project.path(".diptych/change").exists());
}

#[test]
fn nothing_is_waited_for_or_written_through_what_lies_beside_the_content() {
    for name in ["change", "confirmed"] {
        let project = beside_others();
        project.link(&format!(".diptych/{name}"), format!("../victim/{name}"));
        let before = others(&project);
        project.settings("keep_confirmed: true");
        assert_refused(&project, &["confirm", "--all", "--even-so"], name, REMOVE_LINK);
        others(&project).assert_same(&before, name);
    }
    let project = beside_others();
    project.link(".diptych/.gitignore", "../victim/ignored");
    project.link(".diptych/lock", "../victim/locked");
    assert_refused(&project, &["confirm", "--all", "--even-so"], ".diptych/lock", REMOVE_LINK);
    fs::remove_file(project.path(".diptych/lock")).unwrap();
    project.pipe(".diptych/lock");
    assert_refused(&project, &["confirm", "--all", "--even-so"], ".diptych/lock", ("remove it", "supprimez-le"));
    fs::remove_file(project.path(".diptych/lock")).unwrap();
    assert_eq!(project.run(&["confirm", "--all", "--even-so"]).code, 0);
    assert!(!project.path("victim/ignored").exists() && !project.path("victim/locked").exists());
    assert_eq!(fs::read_to_string(project.path(".diptych/.gitignore")).unwrap(), "*\n");
}

#[test]
fn a_link_in_place_of_the_folder_beside_the_content_leads_nobody_out() {
    let project = beside_others();
    project.link(".diptych", "victim");
    let before = others(&project);
    assert_refused(&project, &["confirm", "--all", "--even-so"], ".diptych", REMOVE_LINK);
    // Its `change` is what a journal would lie in.
    assert_refused(&project, &["check"], ".diptych", REMOVE_LINK);
    others(&project).assert_same(&before, "confirm and check");
    fs::remove_dir_all(project.path("victim/change")).unwrap();
    let before = others(&project);
    assert_eq!(project.run(&["check"]).code, 0, "who only reads has nothing to do with it");
    drop(Preview::start(&project));
    others(&project).assert_same(&before, "the editor clears nothing away there");
}

#[test]
fn a_link_in_place_of_a_work_folder_of_the_output_leads_no_build_out() {
    let project = beside_others();
    project.link(".public.diptych", "victim");
    let before = others(&project);
    assert_refused(&project, &["build"], ".public.diptych", REMOVE_LINK);
    others(&project).assert_same(&before, "the work folder");
    fs::remove_file(project.path(".public.diptych")).unwrap();
    let first = project.build();
    for (name, is_refused) in [("lock", true), ("spare", false), ("fresh", false), ("stamp", false), ("remarks", false)]
    {
        let work = project.path(".public.diptych").join(name);
        if work.is_dir() {
            fs::remove_dir_all(&work).unwrap();
        } else if work.exists() {
            fs::remove_file(&work).unwrap();
        }
        project.link(&format!(".public.diptych/{name}"), "../victim");
        project.settings(&format!("feedback: {{email: {name}@example.org}}"));
        if is_refused {
            assert_refused(&project, &["build"], ".public.diptych/lock", REMOVE_LINK);
            fs::remove_file(work).unwrap();
        }
        let site = project.build();
        others(&project).assert_same(&before, name);
        assert!(fs::symlink_metadata(project.path("public")).unwrap().is_dir(), "{name}");
        assert_eq!(site.paths(), first.paths(), "{name}");
        assert!(site.text("en/index.html").contains(&format!("{name}@example.org")), "{name}");
    }
}

#[test]
fn a_note_of_moves_moves_nothing_out_of_other_folders_or_into_them() {
    let project = beside_others();
    project.build();
    project.link(".public.diptych/spare/far", "../../victim");
    project.write(".public.diptych/moving", "far/precious.txt\n");
    let before = others(&project);
    assert_refused(&project, &["build"], "spare/far", REMOVE_LINK);
    others(&project).assert_same(&before, "out of another folder");
    fs::remove_file(project.path(".public.diptych/spare/far")).unwrap();
    project.write(".public.diptych/spare/far/new.txt", "new");
    project.link("public/far", "../victim");
    project.write(".public.diptych/moving", "far/new.txt\n");
    assert_refused(&project, &["build"], "public/far", REMOVE_LINK);
    others(&project).assert_same(&before, "into another folder");
    // Nor is a note waited for, or written through.
    fs::remove_file(project.path("public/far")).unwrap();
    fs::remove_file(project.path(".public.diptych/moving")).unwrap();
    project.pipe(".public.diptych/moving");
    assert_refused(&project, &["build"], ".public.diptych/moving", ("remove it", "supprimez-le"));
}

#[test]
fn what_passes_for_the_system_s_own_in_an_output_is_looked_at() {
    let project = Project::minimal();
    project.build();
    for path in ["lost+found", ".diptych.work"] {
        fs::create_dir(project.path("public").join(path)).unwrap();
    }
    project.write("public/en/desktop.ini", "\u{feff}[.ShellClassInfo]\r\n");
    project.write("public/en/Thumbs.db", "");
    assert_eq!(project.run(&["verify", "public"]).code, 0, "empty ones, and those that systems write");
    project.write("public/lost+found/evil.html", "<script>alert(1)</script>");
    project.write("public/.diptych.work/evil.html", "<script>alert(1)</script>");
    project.write("public/en/Thumbs.db", "<script>alert(1)</script>");
    project.link("public/fr/.DS_Store", "/etc/hostname");
    let run: Run = project.run(&["verify", "public"]);
    let lines = "foreign     .diptych.work/\nforeign     en/Thumbs.db\nforeign     fr/.DS_Store\n\
                 foreign     lost+found/\n";
    assert_eq!((run.code, run.stdout.as_str()), (1, lines), "{}", run.stderr);
}

#[test]
fn schemas_are_written_through_no_link() {
    let project = beside_others();
    project.link(".schemas", "victim");
    let before = others(&project);
    assert_refused(&project, &["schema"], ".schemas", REMOVE_LINK);
    others(&project).assert_same(&before, "schemas");
}
