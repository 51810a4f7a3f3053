//! `POST /_diptych/api/build`: builds the site into its folder and packs it for its host.
#![expect(clippy::disallowed_methods, reason = "reads what was built, and packs it")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

use anyhow::anyhow;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use diptych::diagnostic::Diagnostic;
use diptych::edits::{self, record_of};
use diptych::layout::ContentKind;
use diptych::output::disk::{HALF, WriteError, put, sweep};
use diptych::output::manifest::{self, Entry, Manifest, Mark};
use diptych::output::path::MANIFEST;
use diptych::path::OutputPath;
use diptych::source::disk::{Folder, ReadError};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::{Desk, answer};
use crate::args;
use crate::build::{self, Built};
use crate::console;
use crate::project::shown_file;
use crate::timings::Timings;

/// Builds the site beside its content.
pub(super) async fn build(State(desk): State<Arc<Desk>>) -> Response {
    if desk.read_only {
        return answer::read_only(desk.lang);
    }
    desk.blocking(|desk| match publish(desk) {
        Ok(answer) => answer,
        Err(error) => answer::error(StatusCode::INTERNAL_SERVER_ERROR, &console::in_words(&error, desk.lang)),
    })
    .await
}

fn publish(desk: &Desk) -> anyhow::Result<Response> {
    let out = beside(&desk.content).join("public");
    let before = listed(&out);
    // As `diptych build` does, which never asks for the date.
    let source = args::Source { as_of: None, ..desk.source.clone() };
    let args = args::Build { source, out: out.clone(), precompress: false, format: args::Format::Json };
    let Built { project, mistake, report, .. } = build::write_site(&args, desk.lang, &mut Timings::start(), &|| ())?;
    let mut all = project.mistakes.to_vec();
    all.extend(mistake.map(|mistake| *mistake));
    let text = project.report(&all, |all, files| diptych::report::json(all, files, desk.lang));
    let mistakes = serde_json::from_str::<Value>(&text)?;
    if report.is_none() {
        let value = json!({ "mistakes": mistakes, "records": records_of(desk, &all) });
        return Ok(answer::with_status(StatusCode::CONFLICT, &value));
    }
    let after = listed(&out);
    let packed = beside(&desk.content).join("public.zip");
    // One at a time, so that what an interrupted one left can be removed.
    let done = edits::disk::exclusively(&desk.content, |_| {
        sweep(&beside(&desk.content));
        pack(&out, &after, &packed)
    });
    done.map_err(|error| anyhow!(error.message(desk.lang)))??;
    Ok(answer::ok(&json!({
        "folder": absolute(&out)?.to_string_lossy(),
        "zip": absolute(&packed)?.to_string_lossy(),
        "files": after.files.len(),
        "changes": {
            "en": changes(&before, &after, |path| path.starts_with("en/")),
            "fr": changes(&before, &after, |path| path.starts_with("fr/")),
            "both": changes(&before, &after, |path| !path.starts_with("en/") && !path.starts_with("fr/")),
        },
        "mistakes": mistakes,
    })))
}

/// For mistakes in files that belong to no record: a record that names them, by the file name that is reported.
fn records_of(desk: &Desk, mistakes: &[Diagnostic]) -> BTreeMap<String, String> {
    let project = desk.project();
    let files = mistakes.iter().map(|mistake| &mistake.place.file).filter(|path| !ContentKind::of(path).is_text());
    let named = files
        .filter_map(|path| Some((shown_file(&desk.content, path), record_of(&project.workspace, path)?.to_owned())));
    named.collect()
}

/// The folder that the content is in.
fn beside(content: &Path) -> PathBuf {
    match content.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The files that a build wrote into a folder.
fn listed(out: &Path) -> Manifest {
    let bytes = Folder::open(out).ok().and_then(|out| out.read_real(Path::new(MANIFEST), manifest::LARGEST).ok());
    match bytes.map(|bytes| Mark::read(&bytes)) {
        Some(Mark::Manifest(manifest)) => manifest,
        _ => Manifest::default(),
    }
}

/// What is new, other and gone, among some of the files.
fn changes(before: &Manifest, after: &Manifest, is_asked: impl Fn(&str) -> bool) -> Value {
    let asked = |manifest: &Manifest| -> BTreeMap<OutputPath, Entry> {
        let files = manifest.files.iter().filter(|(path, _)| is_asked(path.as_str()));
        files.map(|(path, entry)| (path.clone(), *entry)).collect()
    };
    let (before, after) = (asked(before), asked(after));
    let paths =
        |all: &mut dyn Iterator<Item = &OutputPath>| all.map(OutputPath::as_str).map(Value::from).collect::<Value>();
    json!({
        "added": paths(&mut after.keys().filter(|path| !before.contains_key(*path))),
        "changed": paths(&mut after.iter().filter(|(path, entry)| before.get(*path).is_some_and(|was| was.digest != entry.digest)).map(|(path, _)| path)),
        "removed": paths(&mut before.keys().filter(|path| !after.contains_key(*path))),
    })
}

/// Packs a built site; the pack replaces the previous one in one step. The same site gives the same bytes.
fn pack(out: &Path, manifest: &Manifest, packed: &Path) -> anyhow::Result<()> {
    let in_pack = |error| WriteError::Io { path: packed.to_owned(), source: error };
    let mut file = tempfile::Builder::new();
    let file = file.prefix(HALF).tempfile_in(beside(packed)).map_err(in_pack)?;
    let mut zip = zip::ZipWriter::new(io::BufWriter::new(file.as_file().try_clone()?));
    let options = SimpleFileOptions::default().unix_permissions(0o644);
    for path in manifest.files.keys() {
        zip.start_file(path.as_str(), options)?;
        let path = out.join(path.as_str());
        let mut part = File::open(&path).map_err(|source| ReadError { path, source })?;
        io::copy(&mut part, &mut zip).map_err(in_pack)?;
    }
    zip.finish()?.flush().and_then(|()| file.as_file().sync_all()).map_err(in_pack)?;
    put(file, packed).map_err(in_pack)?;
    Ok(())
}
