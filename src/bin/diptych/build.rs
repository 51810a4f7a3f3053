//! `diptych build` and `diptych check`: the same run, with the output written or thrown away.

use anyhow::{Context as _, bail};
use diptych::diagnostic::{Diagnostic, Severity};
use diptych::lang::Lang;
use diptych::output::disk::{Staging, WriteError};
use diptych::output::gzip;
use diptych::path::ContentPath;
use diptych::pipeline::{self, Discard, Failure, Sink};
use diptych::report;
use diptych::source::disk::{self, Folder, Refusal};
use diptych::workspace::Ready;

use crate::Outcome;
use crate::args::{Build, Check, Format};
use crate::console;
use crate::language::pick;
use crate::project::{self, State};
use crate::timings::Timings;

/// Builds the site.
pub(crate) fn build(args: &Build, lang: Lang) -> anyhow::Result<Outcome> {
    let mut timings = Timings::start();
    if disk::overlap(&args.source.content, &args.out) {
        bail!(pick(
            lang,
            "the content and the output must not lie in one another; name another folder with --out",
            "le contenu et le site produit ne doivent pas s’emboîter; indiquez un autre dossier avec --out"
        ));
    }
    let project = project::load(&args.source, lang, &mut timings)?.state();
    let written = match &project.ready {
        None => Written::Nothing,
        Some(ready) => {
            let staging = Staging::begin(&args.out)?;
            let content = disk::open(&project.content)?;
            let disk = Disk { staging: &staging, content: &content, precompress: args.precompress };
            let written = write(ready, &disk, &timings)?;
            timings.done("write");
            if let Written::Files(_) = written {
                staging.publish()?;
                timings.done("publish");
            }
            written
        }
    };
    let outcome = conclude(&project, &written, args.format, lang)?;
    match &written {
        Written::Files(count) if outcome == Outcome::Clean => {
            let out = args.out.display();
            console::say(&pick(
                lang,
                format!("{count} files written to {out}"),
                format!("{count} fichiers écrits dans {out}"),
            ))?;
        }
        _ => {
            console::say(pick(
                lang,
                "Nothing was written; the last good site stays as it was.",
                "Rien n’a été écrit; le dernier site réussi reste tel quel.",
            ))?;
        }
    }
    if args.source.timings {
        console::err(&timings.table(), false)?;
    }
    Ok(outcome)
}

/// Reports every mistake.
pub(crate) fn check(args: &Check, lang: Lang) -> anyhow::Result<Outcome> {
    let mut timings = Timings::start();
    let project = project::load(&args.source, lang, &mut timings)?.state();
    let written = match &project.ready {
        Some(ready) => write(ready, &Discard, &timings)?,
        None => Written::Nothing,
    };
    timings.done("render");
    let outcome = conclude(&project, &written, args.format, lang)?;
    if args.source.timings {
        console::err(&timings.table(), false)?;
    }
    Ok(outcome)
}

/// What became of the output.
enum Written {
    /// A mistake in the content forbade it.
    Nothing,
    /// A mistake in a template ended it.
    Mistake(Box<Diagnostic>),
    /// So many files were written.
    Files(usize),
}

fn write<S: Sink<Error: std::error::Error + Sync + 'static>>(
    ready: &Ready,
    sink: &S,
    timings: &Timings,
) -> anyhow::Result<Written> {
    match pipeline::write(ready, sink, &|part| timings.part_done(part)) {
        Ok(count) => Ok(Written::Files(count)),
        Err(Failure::Mistake(mistake)) => Ok(Written::Mistake(mistake)),
        Err(Failure::Index(error)) => Err(error).context("the search index could not be made"),
        Err(Failure::Sink(error)) => Err(error.into()),
    }
}

/// Prints the mistakes and says how the run ended.
fn conclude(project: &State, written: &Written, format: Format, lang: Lang) -> anyhow::Result<Outcome> {
    let mut all = project.mistakes.to_vec();
    if let Written::Mistake(mistake) = written {
        all.push((**mistake).clone());
    }
    match format {
        Format::Text => {
            let colour = console::err_takes_colours();
            console::err(&project.report_of(&all, |all, files| report::text(all, files, lang, colour)), colour)?;
            if !all.is_empty() {
                console::say(&report::summary(&all, lang))?;
            }
        }
        Format::Json => {
            console::out_json(&project.report_of(&all, |all, files| report::json(all, files, lang)))?;
        }
        Format::Github => {
            console::out(&project.report_of(&all, |all, files| report::github(all, files, lang)), false)?;
        }
        Format::Sarif => {
            console::out_json(&project.report_of(&all, |all, files| report::sarif(all, files, lang)))?;
        }
    }
    let has_errors = all.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if has_errors { Outcome::Mistakes } else { Outcome::Clean })
}

/// The output folder.
struct Disk<'a> {
    staging: &'a Staging,
    content: &'a Folder,
    precompress: bool,
}

/// Why a file did not come into the output folder.
#[derive(Debug)]
enum CopyError {
    /// It could not be written.
    Write(WriteError),
    /// An asset was there when the content was read, and cannot be read any more.
    Asset(ContentPath, Refusal),
}

impl From<WriteError> for CopyError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl std::fmt::Display for CopyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Write(error) => error.fmt(f),
            Self::Asset(asset, _) => write!(f, "{asset} changed while the site was built"),
        }
    }
}

impl std::error::Error for CopyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write(error) => error.source(),
            Self::Asset(_, Refusal::Io(error)) => Some(error),
            Self::Asset(..) => None,
        }
    }
}

impl Sink for Disk<'_> {
    type Error = CopyError;

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), CopyError> {
        self.staging.write(path, bytes)?;
        match if self.precompress { gzip::sibling(path, bytes) } else { None } {
            Some(sibling) => Ok(self.staging.write(&format!("{path}.gz"), &sibling)?),
            None => Ok(()),
        }
    }

    fn copy(&self, path: &str, asset: &ContentPath) -> Result<(), CopyError> {
        let changed = |why| CopyError::Asset(asset.clone(), why);
        let mut file = self.content.file(asset).map_err(changed)?;
        if self.precompress && gzip::is_text(path) {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).map_err(|error| changed(error.into()))?;
            return self.write(path, &bytes);
        }
        Ok(self.staging.copy(path, &file)?)
    }
}
