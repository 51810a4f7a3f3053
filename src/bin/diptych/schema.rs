//! `diptych schema`: JSON Schemas, by which editors with YAML support complete and check facts, types and settings.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{anyhow, bail};
use diptych::lang::Lang;
use diptych::output::disk::{OwnFolder, create_new, replace, sweep};
use diptych::schema::editors::{self, EditorSchema};
use diptych::schema::load;
use diptych::source::{Sources, disk};

use crate::Outcome;
use crate::args::Schema;
use crate::language::pick;
use crate::{console, project};

/// The folder of the schemas, beside the content.
const FOLDER: &str = ".schemas";

/// Writes the schemas.
pub(crate) fn schema(args: &Schema, lang: Lang) -> anyhow::Result<Outcome> {
    let (sources, _) = project::read(&args.content, lang)?;
    let schemas = editors::schemas(&load::load(&sources).0);
    if let Some(name) = &args.name {
        let Some(EditorSchema { schema, .. }) = schemas.get(name) else {
            let known = schemas.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            bail!(pick(
                lang,
                format!("there is no schema {name}; there are: {known}"),
                format!("il n’y a pas de schéma {name}; il y a : {known}")
            ));
        };
        console::out_json(&format!("{schema:#}\n"))?;
        return Ok(Outcome::Clean);
    }
    let site = match args.content.parent() {
        Some(site) if !site.as_os_str().is_empty() => site,
        _ => Path::new("."),
    };
    let folder = args.out.clone().unwrap_or_else(|| site.join(FOLDER));
    if args.out.is_none() {
        let (own, _) = OwnFolder::make(&folder).map_err(|error| anyhow!(error.message(lang)))?;
        sweep(own.path());
    }
    for (name, EditorSchema { schema, .. }) in &schemas {
        let file = folder.join(format!("{name}.json"));
        write(&file, &format!("{schema:#}\n"))?;
        console::out(&format!("{}\n", file.display()), false)?;
    }
    if args.out.is_none() {
        let content = args.content.file_name().map_or("content".into(), |name| name.to_string_lossy());
        let settings = site.join(SETTINGS);
        let text = settings_text(&schemas, &content);
        if disk::is_there(&settings) {
            let advice = pick(
                lang,
                format!("{} already exists; it must say:", settings.display()),
                format!("{} existe déjà; ce fichier doit dire :", settings.display()),
            );
            console::say(&advice)?;
            console::err(&text, false)?;
        } else {
            create_new(&settings, text.as_bytes())?;
            console::out(&format!("{}\n", settings.display()), false)?;
        }
    }
    Ok(Outcome::Clean)
}

/// Where editors look up which schema belongs to which file.
const SETTINGS: &str = ".vscode/settings.json";

/// What a new site brings for editors: paths from its folder, and texts.
pub(crate) fn of_new_site(types: &Sources) -> Vec<(String, String)> {
    let schemas = editors::schemas(&load::load(types).0);
    let of_schema =
        |(name, own): (&String, &EditorSchema)| (format!("{FOLDER}/{name}.json"), format!("{:#}\n", own.schema));
    let mut files: Vec<(String, String)> = schemas.iter().map(of_schema).collect();
    files.push((SETTINGS.to_owned(), settings_text(&schemas, "content")));
    let recommended = "{\"recommendations\": [\"redhat.vscode-yaml\"]}\n";
    files.push((".vscode/extensions.json".to_owned(), recommended.to_owned()));
    files
}

fn settings_text(schemas: &BTreeMap<String, EditorSchema>, content: &str) -> String {
    format!("{:#}\n", editors::settings_of_editor(schemas, FOLDER, content))
}

/// Writes a file that may be there, with its folders; one with the same text is left alone.
fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    if !disk::is_there(file) {
        return Ok(create_new(file, text.as_bytes())?);
    }
    if disk::read_file(file, disk::LARGEST_TEXT).ok().as_deref() != Some(text.as_bytes()) {
        replace(file, text.as_bytes())?;
    }
    Ok(())
}
