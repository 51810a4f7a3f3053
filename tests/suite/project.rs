//! The harness: [`Project`] is a site in its own folder, [`Run`] what one run of the program printed and did.
//!
//! A site is written as one text, each file after a line `-- content/partners/csc.en.md --`, on top of the minimal site
//! of `minimal.txt`, so that a test shows only what matters to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::sections::sections;

/// A sound site of two types, in both languages.
const MINIMAL: &str = include_str!("minimal.txt");

/// A site in a temporary folder.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// The minimal site as it is.
    pub(crate) fn minimal() -> Self {
        Self::empty().with(MINIMAL)
    }

    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap() }
    }

    /// Writes the files of a text in which each follows a line `-- path --`. `-- path (absent) --` removes a file;
    /// in `-- path (bytes) --` a `\xE9` stands for that byte; `(link)` makes a link to the path below it, `(pipe)` a pipe,
    /// `(folder)` an empty folder, `(size)` a file of so many zero bytes.
    pub(crate) fn with(self, files: &str) -> Self {
        for (heading, text) in sections(files).1 {
            if let Some(path) = heading.strip_suffix(" (absent)") {
                let path = self.path(path);
                let is_folder = fs::symlink_metadata(&path).unwrap().is_dir();
                if is_folder { fs::remove_dir(path) } else { fs::remove_file(path) }.unwrap();
            } else if let Some(path) = heading.strip_suffix(" (folder)") {
                fs::create_dir_all(self.path(path)).unwrap();
            } else if let Some(path) = heading.strip_suffix(" (bytes)") {
                self.write(path, unescape(&text));
            } else if let Some(path) = heading.strip_suffix(" (link)") {
                self.link(path, text.trim_end());
            } else if let Some(path) = heading.strip_suffix(" (pipe)") {
                self.pipe(path);
            } else if let Some(path) = heading.strip_suffix(" (size)") {
                self.write(path, "");
                fs::File::options()
                    .write(true)
                    .open(self.path(path))
                    .unwrap()
                    .set_len(text.trim().parse().unwrap())
                    .unwrap();
            } else {
                self.write(&heading, text);
            }
        }
        self
    }

    /// Writes one file.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    /// Makes a link to a path as it is written.
    pub(crate) fn link(&self, path: &str, target: impl AsRef<Path>) {
        let link = self.path(path);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, link).unwrap();
    }

    /// Makes a pipe; whoever opens it waits.
    pub(crate) fn pipe(&self, path: &str) {
        let made = Command::new("mkfifo").arg(self.path(path)).status().unwrap();
        assert!(made.success());
    }

    /// Gives the site other settings than the minimal ones.
    pub(crate) fn settings(&self, more: &str) {
        let named = "name: {en: Partnerships, fr: Partenariats}\ndescription: {en: Partners., fr: Partenaires.}\n";
        self.write("content/site.yaml", format!("{named}menu: [agreements, partners]\n{more}\n"));
    }

    /// Replaces a passage of a file that is there once.
    pub(crate) fn change(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "“{from}” stands once in {path}");
        self.write(path, text.replace(from, to));
    }

    /// A path in the project's folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The program, to be run in the project's folder with nothing of this machine's language.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = program(self.folder.path());
        command.args(args);
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(&mut self.command(args))
    }

    /// Builds into `public/`, which must succeed.
    pub(crate) fn build(&self) -> Tree {
        let run = self.run(&["build"]);
        assert_eq!(run.code, 0, "the site builds:\n{}", run.stderr);
        self.output()
    }

    /// Every file of `public/`.
    pub(crate) fn output(&self) -> Tree {
        Tree::read(&self.path("public"))
    }
}

/// The program, to be run in a folder. `DIPTYCH_PROGRAM` names another program than the one just built: the one for
/// Windows.
pub(crate) fn program(folder: &Path) -> Command {
    let other = std::env::var_os("DIPTYCH_PROGRAM");
    let mut command = Command::new(other.as_deref().unwrap_or(env!("CARGO_BIN_EXE_diptych").as_ref()));
    command.current_dir(folder);
    for setting in ["DIPTYCH_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "RAYON_NUM_THREADS"] {
        command.env_remove(setting);
    }
    command
}

/// What a run of the program left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The mistakes of `--format json` as lines `error unknown-field content/partners/csc.yaml:2:1`.
    pub(crate) fn mistakes(&self) -> Vec<String> {
        let array: serde_json::Value = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}:\n{}\n{}", self.stdout, self.stderr));
        let text = |mistake: &serde_json::Value, key: &str| mistake[key].as_str().unwrap().to_owned();
        let line = |mistake| {
            let (severity, name, file) = (text(mistake, "severity"), text(mistake, "name"), text(mistake, "file"));
            format!("{severity} {name} {file}:{}:{}", mistake["line"], mistake["column"])
        };
        array.as_array().unwrap().iter().map(line).collect()
    }
}

/// The files of a folder by path.
#[derive(PartialEq, Eq)]
pub(crate) struct Tree(pub(crate) BTreeMap<String, Vec<u8>>);

impl Tree {
    /// Reads a folder with everything below it.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(path, fs::read(entry.path()).unwrap());
            }
        }
        Self(files)
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.0.get(path).unwrap_or_else(|| panic!("there is no {path}; there are {:#?}", self.paths()));
        std::str::from_utf8(bytes).unwrap()
    }

    /// The paths of all files.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// The pages with their text.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths().into_iter().filter(|path| path.ends_with(".html")).map(|path| (path, self.text(path)))
    }

    /// Fails unless every file is the same in both; names those that differ.
    pub(crate) fn assert_same(&self, other: &Self, why: &str) {
        assert_eq!(self.paths(), other.paths(), "the same files: {why}");
        let differ: Vec<&str> = self.paths().into_iter().filter(|path| self.0[*path] != other.0[*path]).collect();
        assert!(differ.is_empty(), "{why}; these differ: {differ:?}");
    }
}

/// The site that Diptych ships, built once for all tests that look at it.
pub(crate) fn shipped() -> &'static Tree {
    static SHIPPED: OnceLock<Tree> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let out = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let folder = out.path().join("public");
        let mut command = program(Path::new(env!("CARGO_MANIFEST_DIR")));
        command.args(["build", "--base-url", "https://example.org/kb/", "--out"]).arg(&folder);
        let run = Run::of(&mut command);
        assert_eq!(run.code, 0, "the shipped site builds:\n{}", run.stderr);
        Tree::read(&folder)
    })
}

/// How many random inputs are tried: few with every change, as many as there is time for in `.ci/long`.
pub(crate) fn tries<N: std::str::FromStr>(few: N) -> N {
    std::env::var("DIPTYCH_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(few)
}

fn unescape(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    bytes
}
