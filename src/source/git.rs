//! Earlier versions of the content, from git; the only module that runs it. Never required: where the command is
//! missing, or the content lies in no work tree, there is no history.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use crate::pairs::history::{History, Version};
use crate::path::ContentPath;

/// The history of a content folder.
pub struct Git {
    folder: PathBuf,
    /// The folder's path in the work tree, with a last slash; empty at the top.
    prefix: String,
    /// One process serves every text: starting one for each would take most of the time.
    texts: Mutex<Texts>,
}

struct Texts {
    process: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// More files than this are not named to git one by one.
const NAMED: usize = 500;

/// The history of a folder, where it has one.
pub fn open(folder: &Path) -> Option<Git> {
    let output = git(folder).args(["rev-parse", "--show-prefix"]).output().ok()?;
    let prefix =
        output.status.success().then(|| String::from_utf8(output.stdout).ok())??.trim_end_matches('\n').to_owned();
    let mut process =
        git(folder).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let ask = process.stdin.take()?;
    let answers = BufReader::new(process.stdout.take()?);
    Some(Git { folder: folder.to_owned(), prefix, texts: Mutex::new(Texts { process, ask, answers }) })
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "core.quotePath=off"]).stdin(Stdio::null()).stderr(Stdio::null());
    command
}

impl History for Git {
    fn versions(&self, files: &[&ContentPath]) -> BTreeMap<ContentPath, Vec<Version>> {
        let mut versions = BTreeMap::<ContentPath, Vec<Version>>::new();
        let mut command = git(&self.folder);
        command.args(["log", "--format=%x01%H %cs", "--name-only", "--no-renames", "--relative", "--"]);
        if files.len() <= NAMED {
            command.args(files.iter().map(|file| format!(":(literal){file}")));
        } else {
            command.arg(".");
        }
        let Ok(output) = command.output() else { return versions };
        let mut version = None;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            if let Some((commit, day)) = line.strip_prefix('\u{1}').and_then(|line| line.split_once(' ')) {
                version = Some(Version { commit: commit.to_owned(), day: day.to_owned() });
            } else if let Some(version) = version.as_ref().filter(|_| !line.is_empty()) {
                versions.entry(ContentPath::new(line)).or_default().push(version.clone());
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
