//! `diptych translate`: writes packages for translators, and imports what they send back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use diptych::diagnostic::{Diagnostic, Place, Span, catalog};
use diptych::edits::{self, Refusal};
use diptych::lang::{Lang, PerLang};
use diptych::output::disk::{create_new, make_folder};
use diptych::pairs::{Behind, State};
use diptych::path::ContentPath;
use diptych::source::disk;
use diptych::terminal::visible_line;
use diptych::translate::{self, Comparison, Extent, Format, Names, Package, Returned, Unreadable};
use diptych::workspace::Workspace;

use crate::Outcome;
use crate::args::{PackageFormat, Translate, TranslateExport, TranslateImport, TranslateStep};
use crate::change::{Lines, carry_out, refused, report_of};
use crate::confirm::{read_kept, unknown_record};
use crate::console;
use crate::pairs::{id_of, open, report};
use crate::project::shown_file;
use crate::timings::Timings;

/// The most bytes of a package that are read.
const LARGEST: u64 = translate::LARGEST as u64;

/// Writes packages, or imports them.
pub(crate) fn translate(args: &Translate, lang: Lang) -> anyhow::Result<Outcome> {
    match &args.step {
        TranslateStep::Export(export) => write_packages(export, lang),
        TranslateStep::Import(import) => take_in(import, lang),
    }
}

fn write_packages(args: &TranslateExport, lang: Lang) -> anyhow::Result<Outcome> {
    let workspace = open(&args.content, None, lang, &mut Timings::start())?;
    let unreadable = [workspace.lock_mistakes(), &workspace.unreadable()].concat();
    if !unreadable.is_empty() {
        report(&args.content, workspace.sources(), &unreadable, lang)?;
        return Ok(Outcome::Mistakes);
    }
    let format = match args.format {
        PackageFormat::Xliff => Format::Xliff,
        PackageFormat::Docx => Format::Docx,
    };
    let chosen = chosen(args, &workspace, lang)?;
    let kept = read_kept(&args.content, &chosen.iter().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>());
    let (names, site) = (Names::of(&workspace), translate::site_name(&workspace.config().name));
    let (mut files, mut words, mut by_hand) = (Vec::new(), 0, Vec::new());
    for (id, extent) in &chosen {
        let comparison = Comparison::of(&workspace, id, args.to, &kept).map_err(|why| {
            anyhow!(catalog::untranslatable(&visible_line(id), args.to.other(), why).get(lang).clone())
        })?;
        let beyond = comparison.wanted(*extent).filter(|part| part.is_beyond);
        let title = |part| visible_line(comparison.title_of(part)).into_owned();
        by_hand.extend(beyond.map(|part| catalog::package_beyond(&visible_line(id), &title(part))));
        let facts = names.facts(&workspace, id, args.to.other());
        let Some(package) = Package::of(&comparison, *extent, &site, facts, &names) else { continue };
        let file = args.out.join(package.file_name(format));
        let package = if args.prefilled { package.prefilled() } else { package };
        words += package.words();
        files.push((file, package.words(), package.write(format)));
    }
    let say_by_hand = || by_hand.iter().try_for_each(|words| console::say(words.get(lang)).map(drop));
    if files.is_empty() {
        say_by_hand()?;
        console::say(catalog::nothing_to_translate(args.to).get(lang))?;
        return Ok(Outcome::Clean);
    }
    write(&args.out, &files, lang)?;
    let list: String = files
        .iter()
        .map(|(file, words, _)| format!("{}  {}\n", shown_path(file), catalog::status_words(*words).get(lang)))
        .collect();
    console::out(&list, false)?;
    say_by_hand()?;
    console::say(catalog::packages_written(files.len(), words).get(lang))?;
    Ok(Outcome::Clean)
}

/// The records that are asked for, and whether each goes out as a whole.
fn chosen(args: &TranslateExport, workspace: &Workspace, lang: Lang) -> anyhow::Result<Vec<(String, Extent)>> {
    let pairs = workspace.pairs();
    let extent = |whole: bool| if whole || args.whole { Extent::Whole } else { Extent::Due };
    if args.ids.is_empty() {
        let alone: BTreeSet<&str> =
            workspace.facts().filter(|(_, facts)| facts.facts.get("alone").is_some()).map(|(id, _)| id).collect();
        let is_due = |id: &str, state: State| match state {
            State::Outdated(Behind::Both) => !args.missing,
            State::Outdated(Behind::Side(side)) => side == args.to && !args.missing,
            State::Missing(side) => side == args.to && !args.outdated && !alone.contains(id),
            State::Equal | State::Unconfirmed => false,
        };
        let due = pairs.records.iter().filter(|(id, pair)| is_due(id, pair.state));
        return Ok(due.map(|(id, _)| (id.clone(), extent(false))).collect());
    }
    let mut chosen = BTreeMap::new();
    for written in &args.ids {
        let id = id_of(written, &args.content);
        workspace.expect(&id).map_err(|unknown| anyhow!(unknown_record(&unknown, lang)))?;
        // If nobody has confirmed a record, what changed is not known.
        let whole = pairs.records.get(&id).is_none_or(|pair| pair.state == State::Unconfirmed);
        chosen.insert(id, extent(whole));
    }
    Ok(chosen.into_iter().collect())
}

/// Writes the packages. One that is being worked on is never overwritten.
fn write(out: &Path, files: &[(PathBuf, usize, Vec<u8>)], lang: Lang) -> anyhow::Result<()> {
    let is_other = |file: &Path, bytes: &[u8]| {
        disk::is_there(file) && disk::read_file(file, LARGEST).ok().as_deref() != Some(bytes)
    };
    if let Some((file, _, _)) = files.iter().find(|(file, _, bytes)| is_other(file, bytes)) {
        bail!(catalog::package_there(&shown_path(file)).get(lang).clone());
    }
    make_folder(out)?;
    for (file, _, bytes) in files.iter().filter(|(file, _, _)| !disk::is_there(file)) {
        create_new(file, bytes)?;
    }
    Ok(())
}

fn take_in(args: &TranslateImport, lang: Lang) -> anyhow::Result<Outcome> {
    let mut workspace = open(&args.change.content, None, lang, &mut Timings::start())?;
    let (mut packages, mut mistakes, mut texts) = (Vec::<Returned>::new(), Vec::new(), BTreeMap::new());
    for file in &args.files {
        let name = ContentPath::new(shown_path(file));
        let read = match disk::read_file(file, LARGEST) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.source.kind() == ErrorKind::FileTooLarge => Err(Unreadable::TooLarge),
            Err(error) => return Err(error.into()),
        };
        let bytes = read.as_deref().unwrap_or_default();
        match read.as_ref().map_err(Clone::clone).and_then(|bytes| translate::read(&name, bytes)) {
            Ok(package) => packages.push(package),
            Err(why) => {
                let text = String::from_utf8_lossy(if bytes.starts_with(b"PK") { &[] } else { bytes }).into_owned();
                mistakes.push(unreadable(&name, &why));
                texts.insert(name, text);
            }
        }
    }
    let names: BTreeSet<ContentPath> =
        packages.iter().map(|package| package.file.clone()).chain(texts.keys().cloned()).collect();
    let name = |path: &ContentPath| {
        if names.contains(path) { path.to_string() } else { shown_file(&args.change.content, path) }
    };
    let planned = match edits::translated(&mut workspace, &packages) {
        Ok(planned) if mistakes.is_empty() => planned,
        Ok(_) => return refused(&Refusal::Content { mistakes, texts }, workspace.sources(), &name, lang),
        Err(Refusal::Content { mistakes: more, texts: others }) => {
            mistakes.extend(more);
            texts.extend(others);
            return refused(&Refusal::Content { mistakes, texts }, workspace.sources(), &name, lang);
        }
        Err(refusal) => return refused(&refusal, workspace.sources(), &name, lang),
    };
    let outcome = carry_out(&planned.plan, &args.change, Lines::Always, lang)?;
    if !planned.warnings.is_empty() {
        report_of(&planned.warnings, &planned.texts, workspace.sources(), &name, lang)?;
    }
    if !planned.plan.steps.is_empty() && !args.change.dry_run {
        let next = PerLang {
            en: "Read it over; when both versions say the same, record it with: diptych confirm ID",
            fr: "Relisez le tout; lorsque les deux versions disent la même chose, consignez-le : diptych confirm ID",
        };
        console::say(next.get(lang))?;
    }
    Ok(outcome)
}

fn unreadable(name: &ContentPath, why: &Unreadable) -> Diagnostic {
    let at = if let Unreadable::Damaged(at) = why { *at } else { 0 };
    catalog::package_unreadable(Place::new(name, Span::new(at..at)), why)
}

/// A path as people write it.
fn shown_path(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
