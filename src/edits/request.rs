//! Requests, checked before anything is planned: ids of existing records, and of those that can be created.

use super::Refusal;
use crate::diagnostic::{KnownNames, Place, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::layout;
use crate::parse::{facts_path, words_path};
use crate::path::{self, ContentPath};
use crate::schema::{RecordType, Schema};
use crate::site::candidate::WrittenRecord;
use crate::workspace::Workspace;

/// The record of an id, or of a name that no other record has, with its id.
pub(super) fn record<'w>(workspace: &'w Workspace, id: &str) -> Result<(String, &'w WrittenRecord), Refusal> {
    let records = || workspace.written().filter(|(id, _)| is_record(workspace.schema(), id));
    let is_meant = |known: &str| known == id || known.split_once('/').is_some_and(|(_, name)| name == id);
    let mut meant = records().filter(|(known, _)| is_meant(known));
    if let (Some((known, written)), None) = (meant.next(), meant.next()) {
        return Ok((known.to_owned(), written));
    }
    let known = KnownNames::new(records().map(|(id, _)| id));
    let PerLang { en, fr } = match known.nearest(id) {
        Some(near) => PerLang { en: format!("; did you mean {near}?"), fr: format!("; vouliez-vous dire {near}?") },
        None => PerLang::default(),
    };
    Err(Refusal::Request(PerLang {
        en: format!("there is no record {id}{en}"),
        fr: format!("il n’y a pas de fiche {id}{fr}"),
    }))
}

/// Refuses if a file cannot be read: it might name any record.
pub(super) fn is_understood(workspace: &Workspace) -> Result<(), Refusal> {
    let unreadable = workspace.unreadable();
    let forbids = unreadable.iter().any(|mistake| mistake.severity == crate::diagnostic::Severity::Error);
    if forbids { Err(Refusal::content(unreadable)) } else { Ok(()) }
}

fn is_record(schema: &Schema, id: &str) -> bool {
    let landing = layout::folder_of_landing(id).is_some();
    !landing && id.split_once('/').is_some_and(|(folder, _)| schema.by_folder(folder).is_some())
}

/// The id that a new or moved record gets: `name`, in a folder of its own or in `folder`.
pub(super) fn free_id(workspace: &Workspace, folder: &str, name: &str) -> Result<String, Refusal> {
    let id = if name.contains('/') { name.to_owned() } else { format!("{folder}/{name}") };
    let (top, rest) = id.split_once('/').unwrap_or((&id, ""));
    let schema = workspace.schema();
    if schema.by_folder(top).is_none() {
        let list = schema.folders().list();
        return Err(Refusal::Request(PerLang {
            en: format!("no type has the folder {top}; the folders are: {list}"),
            fr: format!("aucun type n’a le dossier {top}; les dossiers sont : {list}"),
        }));
    }
    if !rest.split('/').all(path::is_slug) {
        let better: Vec<String> = rest.split('/').map(path::slug).filter(|part| !part.is_empty()).collect();
        let proposal = match better.as_slice() {
            [] => PerLang::default(),
            better => {
                let better = format!("{top}/{}", better.join("/"));
                PerLang { en: format!("; write {better}"), fr: format!("; écrivez {better}") }
            }
        };
        return Err(Refusal::Request(PerLang {
            en: format!(
                "“{id}” cannot be an id: it has small letters without accents, digits and hyphens{}",
                proposal.en
            ),
            fr: format!(
                "« {id} » ne peut pas être un identifiant : il se compose de minuscules sans accent, de chiffres et de traits d’union{}",
                proposal.fr
            ),
        }));
    }
    match files(&id).into_iter().find(|path| workspace.sources().is_known(path)) {
        Some(taken) => Err(Refusal::content(vec![catalog::record_exists(Place::new(&taken, Span::START), &id)])),
        None => Ok(id),
    }
}

/// The files that a record can have.
pub(super) fn files(id: &str) -> [ContentPath; 3] {
    [facts_path(id), words_path(id, Lang::En), words_path(id, Lang::Fr)]
}

/// A type by its name, or by the folder of its records.
pub(super) fn kind<'w>(workspace: &'w Workspace, written: &str) -> Result<&'w RecordType, Refusal> {
    let schema = workspace.schema();
    if let Some(kind) = schema.by_name(written).or_else(|| schema.by_folder(written)) {
        return Ok(schema.get(kind));
    }
    let known = KnownNames::new(schema.iter().map(|(_, kind)| kind.name.as_str()));
    let list = known.list();
    Err(Refusal::Request(PerLang {
        en: format!("there is no type {written}; the types are: {list}"),
        fr: format!("il n’y a pas de type {written}; les types sont : {list}"),
    }))
}
