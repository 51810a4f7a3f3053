//! Earlier versions of the content, from git; the only module that runs it. It is never required: if the command is
//! missing, or the content is not in a work tree, there is no history.
//!
//! A tree from somebody else brings its own settings, and dozens of git's settings name programs: signatures, pagers,
//! file monitors, filters, transports. A list of those to switch off would have a gap with the next version of git. So
//! git never sees the tree's settings: it runs on a temporary repository of our own, whose configuration is written
//! here, and which only borrows the tree's objects. It has no hooks, no remotes, no work tree and no index, and nothing
//! of the environment except the path of programs.
#![expect(clippy::disallowed_methods, reason = "finds the repository of a content folder, and makes the empty one")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use tempfile::TempDir;

use super::history::{History, Version};
use crate::path::ContentPath;

/// The history of a content folder.
pub struct Git {
    repository: Repository,
    /// The folder's path in the work tree, with a last slash; empty at the top.
    prefix: String,
    /// One process serves every text: starting one for each would take most of the time.
    texts: Mutex<Texts>,
}

/// A repository that only points to another one's objects.
struct Repository {
    folder: TempDir,
    objects: PathBuf,
    /// The commit that is checked out.
    head: String,
}

struct Texts {
    process: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// More files than this are not named to git one by one.
const NAMED: usize = 500;

/// How many references that lead to references are followed: git follows five.
const STEPS: usize = 5;

/// The history of a folder, if it has one.
pub fn open(folder: &Path) -> Option<Git> {
    let folder = fs::canonicalize(folder).ok()?;
    let top = folder.ancestors().find(|folder| fs::symlink_metadata(folder.join(".git")).is_ok())?;
    let parts: Option<Vec<&str>> =
        folder.strip_prefix(top).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    let prefix = parts?.into_iter().map(|part| format!("{part}/")).collect();
    let repository = Repository::borrow(&top.join(".git"))?;
    let mut process =
        repository.git().args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let ask = process.stdin.take()?;
    let answers = BufReader::new(process.stdout.take()?);
    Some(Git { repository, prefix, texts: Mutex::new(Texts { process, ask, answers }) })
}

impl Repository {
    /// Makes an empty repository that reads the objects of the tree's repository. `dot_git` is a folder, or in a linked
    /// work tree a file that names one.
    fn borrow(dot_git: &Path) -> Option<Self> {
        let own = if dot_git.is_dir() { dot_git.to_owned() } else { named_in(dot_git, "gitdir: ")? };
        let shared = named_in(&own.join("commondir"), "").unwrap_or_else(|| own.clone());
        let head = head(&own, &shared)?;
        let objects = shared.join("objects");
        if !objects.is_dir() {
            return None;
        }
        let folder = tempfile::Builder::new().prefix("diptych-history-").tempdir().ok()?;
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).ok();
        let format = if head.len() == 64 { "1\n[extensions]\n\tobjectformat = sha256" } else { "0" };
        write("config", &format!("[core]\n\tbare = true\n\trepositoryformatversion = {format}\n"))?;
        write("HEAD", &format!("{head}\n"))?;
        fs::create_dir(folder.path().join("refs")).ok()?;
        fs::create_dir(folder.path().join("objects")).ok()?;
        // If a clone does not have all commits, these are its first ones.
        let shallow = small_text(&shared.join("shallow")).unwrap_or_default();
        let commits: Vec<&str> = shallow.lines().filter(|line| is_id(line)).collect();
        if !commits.is_empty() {
            write("shallow", &format!("{}\n", commits.join("\n")))?;
        }
        Some(Self { folder, objects, head })
    }

    /// The command, with only this repository's settings and only the environment below.
    fn git(&self) -> Command {
        let mut command = Command::new("git");
        // Windows programs do not start without the last one.
        let kept = ["PATH", "SYSTEMROOT"].into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        command.env_clear().envs(kept);
        command.env("GIT_DIR", self.folder.path()).env("GIT_OBJECT_DIRECTORY", &self.objects);
        command.envs([
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_ATTR_NOSYSTEM", "1"),
            ("GIT_NO_REPLACE_OBJECTS", "1"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_ALLOW_PROTOCOL", "none"),
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("LC_ALL", "C"),
        ]);
        command.current_dir(self.folder.path());
        command.args(["--no-pager", "-c", "core.quotePath=off"]).stdin(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// The commit that is checked out in a tree. `own` is the work tree's part of a repository, `shared` that of all its work trees.
fn head(own: &Path, shared: &Path) -> Option<String> {
    let mut said = small_text(&own.join("HEAD"))?;
    for _ in 0..STEPS {
        let line = said.trim_end();
        if is_id(line) {
            return Some(line.to_owned());
        }
        let name = line.strip_prefix("ref: ")?.trim();
        // Anything else would be another kind of file.
        let sound = name.starts_with("refs/") && name.split('/').all(|part| !["", ".", ".."].contains(&part));
        if !sound {
            return None;
        }
        let loose = [own, shared].into_iter().find_map(|folder| small_text(&folder.join(name)));
        said = match loose {
            Some(text) => text,
            None => packed(&fs::read_to_string(shared.join("packed-refs")).ok()?, name)?,
        };
    }
    None
}

/// What `packed-refs` says of a reference.
fn packed(list: &str, name: &str) -> Option<String> {
    let found = list.lines().filter_map(|line| line.split_once(' ')).find(|(_, own)| *own == name);
    found.map(|(id, _)| id.to_owned())
}

/// The folder that a small file names, from its own folder.
fn named_in(file: &Path, before: &str) -> Option<PathBuf> {
    let text = small_text(file)?;
    Some(file.parent()?.join(text.trim_end().strip_prefix(before)?))
}

/// The text of one of a repository's own files, all of which are small.
fn small_text(file: &Path) -> Option<String> {
    const MOST: u64 = 1 << 20;
    let data = fs::metadata(file).ok()?;
    (data.is_file() && data.len() <= MOST).then(|| fs::read_to_string(file).ok())?
}

/// Whether a text is the id of an object: the number of hex digits of SHA-1 or SHA-256.
fn is_id(text: &str) -> bool {
    [40, 64].contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl History for Git {
    fn versions(&self, files: &[&ContentPath]) -> BTreeMap<ContentPath, Vec<Version>> {
        let mut versions = BTreeMap::<ContentPath, Vec<Version>>::new();
        let mut command = self.repository.git();
        command.args(["log", "--format=%x01%H %cs", "--name-only", "--no-renames", &self.repository.head, "--"]);
        if files.len() <= NAMED {
            command.args(files.iter().map(|file| format!(":(literal){}{file}", self.prefix)));
        } else {
            command.arg(format!(":(literal){}", self.prefix));
        }
        let Ok(output) = command.output() else { return versions };
        let mut version = None;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            if let Some((commit, day)) = line.strip_prefix('\u{1}').and_then(|line| line.split_once(' ')) {
                version = Some(Version { commit: commit.to_owned(), day: day.to_owned() });
            } else if let (Some(version), Some(file)) = (&version, line.strip_prefix(self.prefix.as_str()))
                && !file.is_empty()
            {
                versions.entry(ContentPath::new(file)).or_default().push(version.clone());
            }
        }
        versions
    }

    fn text(&self, version: &Version, file: &ContentPath) -> Option<String> {
        let mut texts = self.texts.lock().ok()?;
        writeln!(texts.ask, "{}:{}{file}", version.commit, self.prefix).ok()?;
        texts.ask.flush().ok()?;
        let mut head = String::new();
        texts.answers.read_line(&mut head).ok()?;
        // "<object> blob <size>", or "<name> missing".
        let size: usize = head
            .trim_end()
            .strip_suffix(" missing")
            .map_or_else(|| head.trim_end().rsplit(' ').next()?.parse().ok(), |_| None)?;
        let mut bytes = vec![0; size + 1];
        texts.answers.read_exact(&mut bytes).ok()?;
        bytes.pop();
        String::from_utf8(bytes).ok()
    }
}

impl Drop for Texts {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
