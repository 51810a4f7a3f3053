//! A change that is cut off before each thing it does to the disk, and again while it is completed.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;

type Tree = BTreeMap<String, Vec<u8>>;

fn read(folder: &Path) -> Tree {
    let (mut tree, mut left) = (Tree::new(), vec![folder.to_owned()]);
    while let Some(inner) = left.pop() {
        for path in fs::read_dir(inner).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                left.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            tree.insert(name, fs::read(&path).unwrap());
        }
    }
    tree
}

fn site() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir_in(std::env::temp_dir()).unwrap();
    let content = folder.path().join("content");
    for (path, text) in
        [("a/x.yaml", "old\n"), ("a/x.en.md", "\u{feff}words\r\n"), ("a/deep/y.pdf", "%PDF"), ("b.md", "see x")]
    {
        let file = content.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    (folder, content)
}

/// A plan with every kind of step.
fn plan() -> Plan {
    let path = |path: &str| ContentPath::new(path);
    let texts = |before: &str, after: &str| (Arc::from(before), after.to_owned());
    Plan {
        steps: vec![
            Step::Move {
                from: path("a/x.en.md"),
                to: path("c/z.en.md"),
                text: Some(texts("words\r\n", "new words\r\n")),
            },
            Step::Move { from: path("a/deep/y.pdf"), to: path("c/y.pdf"), text: None },
            Step::Create { path: path("c/z.fr.md"), text: "mots\n".to_owned() },
            Step::Edit { path: path("b.md"), before: Arc::from("see x"), after: "see z".to_owned() },
            Step::Remove { path: path("a/x.yaml"), before: Some(Arc::from("old\n")) },
        ],
        notes: Vec::new(),
    }
}

fn after() -> Tree {
    let all = [("b.md", "see z"), ("c/y.pdf", "%PDF"), ("c/z.en.md", "\u{feff}new words\r\n"), ("c/z.fr.md", "mots\n")];
    all.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into()
}

/// Allows this many operations on the disk, then none: as if the machine had lost power.
fn cut_off(left: &Cell<usize>) -> io::Result<()> {
    let still = left.get().checked_sub(1).ok_or(io::Error::other("cut off"))?;
    left.set(still);
    Ok(())
}

#[test]
fn a_plan_is_carried_out_and_leaves_nothing_behind_it() {
    let (folder, content) = site();
    apply(&content, &plan()).unwrap();
    assert_eq!(read(&content), after());
    assert!(!folder.path().join(".diptych/change").exists());
    assert!(!content.join("a/deep").exists(), "a folder that was left empty");
}

#[test]
fn a_change_that_is_cut_off_anywhere_leaves_all_or_nothing_once_a_command_has_run() {
    let before = read(&site().1);
    let (mut outcomes, mut points) = ([0, 0], 0);
    loop {
        let (_folder, content) = site();
        let left = Cell::new(points);
        let done = Work::open(&content, &|| cut_off(&left)).unwrap().apply(&plan());
        // The next run is cut off too, at each of its steps, before one goes through.
        for again in 0.. {
            let left = Cell::new(again);
            if Work::open(&content, &|| cut_off(&left)).unwrap().finish().is_ok() {
                break;
            }
        }
        let found = read(&content);
        assert!(found == before || found == after(), "cut off at {points}: {:?}", found.keys());
        outcomes[usize::from(found == after())] += 1;
        if done.is_ok() {
            break;
        }
        points += 1;
    }
    assert!(outcomes[0] > 5 && outcomes[1] > 5, "both were seen: {outcomes:?}");
}

#[test]
fn a_file_that_somebody_changed_after_the_crash_is_never_written_over() {
    let (folder, content) = site();
    // Up to the moment when the journal takes its place.
    let journal = folder.path().join(".diptych/change/journal.json");
    let decided = || if journal.exists() { Err(io::Error::other("cut off")) } else { Ok(()) };
    assert!(Work::open(&content, &decided).unwrap().apply(&plan()).is_err());
    fs::write(content.join("b.md"), "see x, and my own words").unwrap();
    let refused = recover(&content).unwrap_err();
    assert!(matches!(&refused, ApplyError::Disputed { file, .. } if file.as_str() == "b.md"), "{refused}");
    assert_eq!(fs::read_to_string(content.join("b.md")).unwrap(), "see x, and my own words");
    fs::remove_dir_all(folder.path().join(".diptych/change")).unwrap();
    assert!(!recover(&content).unwrap());
}

#[test]
fn a_file_that_is_not_what_the_plan_took_it_for_stops_it_before_anything_is_done() {
    let (_folder, content) = site();
    fs::write(content.join("b.md"), "changed meanwhile").unwrap();
    let before = read(&content);
    assert!(matches!(apply(&content, &plan()), Err(ApplyError::Changed(_))));
    fs::write(content.join("b.md"), "see x").unwrap();
    fs::create_dir(content.join("c")).unwrap();
    fs::write(content.join("c/z.fr.md"), "mine").unwrap();
    assert!(matches!(apply(&content, &plan()), Err(ApplyError::Changed(_))));
    assert_eq!(before.len() + 1, read(&content).len());
}
