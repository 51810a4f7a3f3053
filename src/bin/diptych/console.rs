//! What the program says: results on standard output, messages on standard error. Nothing else prints.
//!
//! A reader that goes away (`diptych check --format json | head -1`) has seen enough: the rest is dropped, and the run
//! ends as it would have. Words that are lost for another reason, such as a full disk, are an error. Characters that
//! would act on a terminal are written visibly.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use diptych::lang::Lang;
use diptych::output::disk::WriteError;
use diptych::source::disk::ReadError;
use diptych::{machine, terminal};

use crate::language::pick;

/// Whether anybody is there to read more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Present,
    Gone,
}

/// Words that could not be written.
#[derive(Debug)]
pub(crate) struct Unwritten {
    stream: Stream,
    source: io::Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    Output,
    Errors,
}

impl Unwritten {
    /// Says so.
    pub(crate) fn message(&self, lang: Lang) -> String {
        let what = match self.stream {
            Stream::Output => pick(lang, "the result could not be written", "le résultat n’a pas pu être écrit"),
            Stream::Errors => pick(lang, "the messages could not be written", "les messages n’ont pas pu être écrits"),
        };
        format!("{what}{}{}", pick(lang, ": ", " : "), machine::message(&self.source).get(lang))
    }
}

impl std::fmt::Display for Unwritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Unwritten {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Writes a result for people. `is_painted` if a renderer has put colours into it.
pub(crate) fn out(text: &str, is_painted: bool) -> Result<Reader, Unwritten> {
    write(Stream::Output, &shown(text, is_painted))
}

/// Writes a result for programs: JSON.
pub(crate) fn out_json(json: &str) -> Result<Reader, Unwritten> {
    write(Stream::Output, &terminal::visible_json(json))
}

/// Writes messages. `is_painted` if a renderer has put colours into them.
pub(crate) fn err(text: &str, is_painted: bool) -> Result<Reader, Unwritten> {
    write(Stream::Errors, &shown(text, is_painted))
}

/// Writes a message of one line.
pub(crate) fn say(line: &str) -> Result<Reader, Unwritten> {
    write(Stream::Errors, &format!("{}\n", terminal::visible_line(line)))
}

/// Why something failed, with its causes, in the language of messages.
pub(crate) fn in_words(error: &anyhow::Error, lang: Lang) -> String {
    if let Some(unwritten) = error.downcast_ref::<Unwritten>() {
        return unwritten.message(lang);
    }
    let words = error.chain().map(|cause| {
        let disk = cause.downcast_ref::<io::Error>().map(|error| machine::message(error).get(lang).clone());
        let write = cause.downcast_ref::<WriteError>().map(|error| error.message(lang));
        let read = cause.downcast_ref::<ReadError>().map(|error| error.message(lang));
        disk.or(write).or(read).unwrap_or_else(|| cause.to_string())
    });
    words.collect::<Vec<_>>().join(pick(lang, ": ", " : "))
}

/// Says what ends the program. If that cannot be written either, the exit code says it.
pub(crate) fn fail(words: &str, lang: Lang) {
    // Further lines are indented, so that a name that contains a line break never looks like a message of its own.
    let words = terminal::visible(words).replace('\n', "\n  ");
    let _ = write(Stream::Errors, &format!("{}{words}\n", pick(lang, "error: ", "erreur : ")));
}

/// Whether results are read on a terminal that wants colours.
pub(crate) fn out_takes_colours() -> bool {
    io::stdout().is_terminal() && wants_colours()
}

/// Whether messages are read on a terminal that wants colours.
pub(crate) fn err_takes_colours() -> bool {
    err_is_terminal() && wants_colours()
}

/// Whether messages are read on a terminal.
pub(crate) fn err_is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// As <https://no-color.org> asks, and if the terminal can show them.
#[expect(clippy::disallowed_methods, reason = "asks the environment whether colours are wanted")]
fn wants_colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && has_colours()
}

#[cfg(not(windows))]
fn has_colours() -> bool {
    true
}

/// Windows shows colours once it has been asked to.
#[cfg(windows)]
fn has_colours() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}

fn shown(text: &str, is_painted: bool) -> std::borrow::Cow<'_, str> {
    if is_painted { terminal::painted(text).into() } else { terminal::visible(text) }
}

fn write(stream: Stream, text: &str) -> Result<Reader, Unwritten> {
    match write_all(stream, text.as_bytes()) {
        Ok(()) => Ok(Reader::Present),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(source) => Err(Unwritten { stream, source }),
    }
}

/// Writes without the buffers of the standard library, so that a failure to write is known at once. Waits for a pipe
/// that does not itself wait for its reader, as some programs set up.
#[cfg(unix)]
fn write_all(stream: Stream, mut bytes: &[u8]) -> io::Result<()> {
    use std::os::fd::AsFd as _;
    let descriptor = match stream {
        Stream::Output => io::stdout().as_fd().try_clone_to_owned(),
        Stream::Errors => io::stderr().as_fd().try_clone_to_owned(),
    };
    let mut file = std::fs::File::from(descriptor?);
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Writes through the standard library, which turns UTF-8 into what a Windows console shows.
#[cfg(not(unix))]
fn write_all(stream: Stream, bytes: &[u8]) -> io::Result<()> {
    let write = |mut to: Box<dyn io::Write>| to.write_all(bytes).and_then(|()| to.flush());
    match stream {
        Stream::Output => write(Box::new(io::stdout().lock())),
        Stream::Errors => write(Box::new(io::stderr().lock())),
    }
}
