//! `diptych build` and `diptych check`: the same run, with the output written or thrown away.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use diptych::diagnostic::{Diagnostic, Diagnostics, Severity, kept};
use diptych::format::{self, count as count_in_digits};
use diptych::lang::Lang;
use diptych::output::disk::{Origin, Place, Staging, WriteError, Written as Report, overlap, unchanged};
use diptych::output::lost;
use diptych::output::manifest::{LARGEST as LARGEST_MANIFEST, Mark};
use diptych::output::path::MANIFEST;
use diptych::output::questions;
use diptych::path::ContentPath;
use diptych::pipeline::{self, Discard, Failure, Sink};
use diptych::report;
use diptych::schema::policies;
use diptych::source::disk::{self, Folder, Refusal};
use diptych::workspace::Ready;

use crate::Outcome;
use crate::args::{Build, Check, Deny, Format};
use crate::console;
use crate::language::pick;
use crate::project::{self, State};
use crate::timings::Timings;

/// Builds the site.
pub(crate) fn build(args: &Build, lang: Lang) -> anyhow::Result<Outcome> {
    let mut timings = Timings::start();
    let waiting = || say_waiting(&args.out, lang);
    let Built { project, mistake, report } = write_site(args, lang, &mut timings, &waiting)?;
    let outcome = conclude(&project, mistake.map(|mistake| *mistake), args.format, lang)?;
    match report.filter(|_| outcome == Outcome::Clean) {
        Some(report) => console::say(&what_changed(&report, &args.out, lang))?,
        None => console::say(pick(
            lang,
            "Nothing was written; the last good site stays as it was.",
            "Rien n’a été écrit; le dernier site réussi reste tel quel.",
        ))?,
    };
    if args.source.timings {
        console::err(&timings.table(), false)?;
    }
    Ok(outcome)
}

/// A site that was built.
pub(crate) struct Built {
    /// The site as it was read.
    pub project: State,
    /// The mistake in a template that stopped it.
    pub mistake: Option<Box<Diagnostic>>,
    /// What became of the folder; `None` if a mistake prevents building.
    pub report: Option<Report>,
}

/// Builds the site and prints nothing. `waiting` is called if another build has to end first.
pub(crate) fn write_site(args: &Build, lang: Lang, timings: &mut Timings, waiting: &dyn Fn()) -> anyhow::Result<Built> {
    if overlap(&args.source.content, &args.out) {
        bail!(pick(
            lang,
            "neither the content nor the output may contain the other; name another folder with --out",
            "le contenu et le site produit ne doivent pas s’emboîter; indiquez un autre dossier avec --out"
        ));
    }
    // Before anything is read, so that of two builds the one that ends last has also read last.
    let place = Place::take(&args.out, waiting)?;
    let files = project::read_site(&args.source, lang, timings)?;
    let inputs = files.inputs(args.precompress);
    let unchanged = inputs.and_then(|inputs| unchanged(&place, &inputs, || files.config().outermost_kept()));
    timings.done("compare");
    if let Some((report, mistakes)) = unchanged.and_then(|(report, said)| Some((report, kept::from_bytes(&said)?))) {
        return Ok(Built { project: files.known(mistakes), mistake: None, report: Some(report) });
    }
    let state = files.open(timings).state();
    let inputs = inputs.filter(|_| state.ready.is_some());
    let origin = inputs.map(|inputs| Origin { inputs, remarks: kept::to_bytes(&state.mistakes) });
    let project = with_lost_addresses(state, &args.out);
    let mut report = None;
    let written = match &project.ready {
        None => Written::Nothing,
        Some(ready) => {
            let content = disk::open(&project.content)?;
            let keep = ready.site.config.outermost_kept();
            let staging = Staging::begin(place, &keep, args.precompress, origin)?;
            let written = write(ready, &Disk { staging: &staging, content: &content }, lang, timings)?;
            timings.done("write");
            if let Written::Whole = written {
                report = Some(staging.publish()?);
                timings.done("publish");
            }
            written
        }
    };
    let mistake = match written {
        Written::Mistake(mistake) => Some(mistake),
        Written::Nothing | Written::Whole => None,
    };
    Ok(Built { project, mistake, report })
}

/// Adds the mistakes for addresses that the last build had and this one lacks, as the site's policies say. An output
/// that cannot be read adds none.
fn with_lost_addresses(state: State, out: &Path) -> State {
    let Some(ready) = &state.ready else { return state };
    let Ok(folder) = disk::open(out) else { return state };
    let read = |path: &str| folder.read_real(Path::new(path), LARGEST_MANIFEST).ok();
    let Some(Mark::Manifest(before)) = read(MANIFEST).map(|bytes| Mark::read(&bytes)) else { return state };
    if !lost::lacks_addresses(&ready.plan, before.files.keys()) {
        return state;
    }
    let lost = lost::lost(&ready.site, &ready.plan, before.files.keys(), |path| read(path.as_str()));
    let lost = lost.iter().filter_map(|lost| policies::judge(lost, &ready.site.config, &ready.site.schema));
    let all: Diagnostics = state.mistakes.iter().cloned().chain(lost).collect();
    let ready = state.ready.clone().filter(|_| !all.has_errors());
    State { ready, mistakes: Arc::from(all.into_sorted()), ..state }
}

fn say_waiting(out: &Path, lang: Lang) {
    let out = out.display();
    // The build goes on even if nobody reads it.
    let _ = console::say(&pick(
        lang,
        format!("Another build is writing to {out}; this one begins when it ends."),
        format!("Une autre construction écrit dans {out}; celle-ci commencera quand elle sera terminée."),
    ));
}

/// How many files there are, and how many of them are new, as one line.
fn what_changed(report: &Report, out: &Path, lang: Lang) -> String {
    let number = |count: usize| count_in_digits(count, lang);
    let plural = |count, ending| format::plural(count, lang, "", ending);
    let Report { files, written, removed, .. } = *report;
    let (s, out) = (plural(files, "s"), out.display());
    if report.is_first {
        return pick(
            lang,
            format!("{} file{s} written to {out}", number(files)),
            format!("{} fichier{s} écrit{s} dans {out}", number(files)),
        );
    }
    let what = match (written, removed) {
        (0, 0) => pick(lang, "nothing changed".to_owned(), "rien n’a changé".to_owned()),
        (written, removed) => {
            let (ws, rs) = (plural(written, "s"), plural(removed, "s"));
            let (w, r) = (number(written), number(removed));
            let mut what = vec![pick(lang, format!("{w} changed"), format!("{w} modifié{ws}"))];
            if removed > 0 {
                what.push(pick(lang, format!("{r} removed"), format!("{r} supprimé{rs}")));
            }
            what.join(", ")
        }
    };
    let files = number(files);
    pick(lang, format!("{files} file{s} in {out}: {what}"), format!("{files} fichier{s} dans {out} : {what}"))
}

/// Reports every mistake.
pub(crate) fn check(args: &Check, lang: Lang) -> anyhow::Result<Outcome> {
    let mut timings = Timings::start();
    let mut of_search = Vec::new();
    let project = with_lost_addresses(project::load(&args.source, lang, &mut timings)?.state(), &args.out);
    let written = match &project.ready {
        Some(ready) => {
            let kept = Discard::default();
            let written = write(ready, &kept, lang, &timings)?;
            if let Written::Whole = written {
                of_search = questions::check(&ready.site, &kept.into_index())?;
            }
            written
        }
        None => Written::Nothing,
    };
    timings.done("render");
    let mut more = of_search;
    if let Written::Mistake(mistake) = written {
        more.push(*mistake);
    }
    let is_grave = |mistake: &Diagnostic| mistake.severity <= Severity::Warning;
    let is_clean = project.mistakes.is_empty() && more.is_empty();
    let has_grave = project.mistakes.iter().chain(&more).any(is_grave);
    let mut outcome = conclude(&project, more, args.format, lang)?;
    if args.format == Format::Text && is_clean {
        console::say(&nothing_wrong(&project, lang))?;
    }
    if args.deny == Some(Deny::Warnings) && has_grave {
        outcome = Outcome::Mistakes;
    }
    if args.source.timings {
        console::err(&timings.table(), false)?;
    }
    Ok(outcome)
}

/// Says that nothing is wrong, and how many records were checked.
fn nothing_wrong(project: &State, lang: Lang) -> String {
    let count = project.ready.as_ref().map_or(0, |ready| ready.site.records.len());
    let records = count_in_digits(count, lang);
    match lang {
        Lang::En if count == 1 => "1 record checked, no mistakes".to_owned(),
        Lang::En => format!("{records} records checked, no mistakes"),
        Lang::Fr if count < 2 => format!("{records} fiche vérifiée, aucune erreur"),
        Lang::Fr => format!("{records} fiches vérifiées, aucune erreur"),
    }
}

/// What became of the output.
enum Written {
    /// A mistake in the content prevented it.
    Nothing,
    /// A mistake in a template stopped it.
    Mistake(Box<Diagnostic>),
    /// Every file was made.
    Whole,
}

/// An error of a sink, in words for people.
pub(crate) trait InWords {
    fn in_words(self, lang: Lang) -> anyhow::Error;
}

impl InWords for std::convert::Infallible {
    fn in_words(self, _: Lang) -> anyhow::Error {
        match self {}
    }
}

fn write<S: Sink<Error: InWords>>(ready: &Ready, sink: &S, lang: Lang, timings: &Timings) -> anyhow::Result<Written> {
    match pipeline::write(ready, sink, &|part| timings.part_done(part)) {
        Ok(_) => Ok(Written::Whole),
        Err(Failure::Mistake(mistake)) => Ok(Written::Mistake(mistake)),
        Err(Failure::Index(error)) => Err(error).context("the search index could not be made"),
        Err(Failure::Sink(error)) => Err(error.in_words(lang)),
    }
}

/// Prints the mistakes, those of the project and `more`, and says how the run ended.
fn conclude(
    project: &State,
    more: impl IntoIterator<Item = Diagnostic>,
    format: Format,
    lang: Lang,
) -> anyhow::Result<Outcome> {
    let mut all = project.mistakes.to_vec();
    all.extend(more);
    match format {
        Format::Text => {
            let colour = console::err_takes_colours();
            console::err(&project.report(&all, |all, files| report::text(all, files, lang, colour)), colour)?;
            if let Some(worst) = all.iter().min_by_key(|mistake| mistake.severity) {
                // For people at work; a log repeats it in every run.
                if console::err_is_terminal() {
                    let more = pick(lang, "To learn more: diptych help", "Pour en savoir plus : diptych help");
                    console::err(&format!("{more} {}\n\n", worst.name), false)?;
                }
                console::err(&report::sums(&all, lang), false)?;
                console::say(&report::summary(&all, lang))?;
            }
        }
        Format::Json => {
            console::out_json(&project.report(&all, |all, files| report::json(all, files, lang)))?;
        }
        Format::Github => {
            console::out(&project.report(&all, |all, files| report::github(all, files, lang)), false)?;
        }
        Format::Sarif => {
            console::out_json(&project.report(&all, |all, files| report::sarif(all, files, lang)))?;
        }
    }
    let has_errors = all.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if has_errors { Outcome::Mistakes } else { Outcome::Clean })
}

/// The output folder.
struct Disk<'a> {
    staging: &'a Staging,
    content: &'a Folder,
}

/// Why a file was not put into the output folder.
#[derive(Debug)]
enum CopyError {
    /// It could not be written.
    Write(WriteError),
    /// An asset was there when the content was read, and cannot be read any more.
    Asset(ContentPath, Refusal),
}

impl InWords for CopyError {
    fn in_words(self, lang: Lang) -> anyhow::Error {
        match self {
            Self::Write(error) => error.into(),
            Self::Asset(asset, Refusal::Io(error)) if error.kind() != ErrorKind::NotFound => {
                let what = pick(lang, format!("cannot read {asset}"), format!("impossible de lire {asset}"));
                anyhow::Error::new(error).context(what)
            }
            Self::Asset(asset, _) => anyhow!(pick(
                lang,
                format!("{asset} changed while the site was built; build again"),
                format!("{asset} a changé pendant la construction du site; relancez la construction"),
            )),
        }
    }
}

impl Sink for Disk<'_> {
    type Error = CopyError;

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), CopyError> {
        self.staging.write(path, bytes).map_err(CopyError::Write)
    }

    fn copy(&self, path: &str, asset: &ContentPath) -> Result<(), CopyError> {
        let file = self.content.file(asset).map_err(|why| CopyError::Asset(asset.clone(), why))?;
        self.staging.copy(path, &file).map_err(CopyError::Write)
    }
}
