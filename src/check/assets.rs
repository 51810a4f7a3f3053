//! The files that a site publishes beside its pages: each is of a kind that nothing runs, and drawings only draw.

use std::collections::BTreeMap;

use crate::diagnostic::catalog::{self, SvgFault};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Span};
use crate::document::Document;
use crate::path::ContentPath;
use crate::site::{Fact, Site, Target, Value};
use crate::source::asset::AssetFault;
use crate::source::{Sources, drawing, is_drawing};

/// Reports every link to a file that is not published, and every drawing that does more than draw.
pub(super) fn check(site: &Site, sources: &Sources) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for path in site.assets.iter() {
        if let Some(drawing) = sources.drawing(path) {
            diagnostics.extend(of_drawing(path, drawing));
        }
    }
    let kinds = &site.config.assets;
    let fault = |path: &'_ ContentPath| kinds.fault(path.file_name()).is_some();
    let faulty: Vec<&ContentPath> = site.assets.iter().filter(|path| fault(path)).collect();
    // Places are looked up only for mistakes.
    if faulty.is_empty() {
        return diagnostics;
    }
    let mut links = Links { places: BTreeMap::new() };
    for record in &site.records {
        links.facts(&record.file, &record.facts);
        for (lang, side) in record.sides.iter().filter_map(|(lang, side)| Some((lang, side.as_ref()?))) {
            links.facts(&side.file, &side.facts);
            links.document(&side.file, &site.words(&side.file, lang));
        }
    }
    for sides in site.sections.iter().map(|section| &section.sides).chain([&site.home]) {
        for (lang, landing) in sides.iter() {
            if let Some(file) = &landing.file {
                links.document(file, &site.words(file, lang));
            }
        }
    }
    for path in faulty {
        let name = path.file_name();
        for place in links.places.remove(path).unwrap_or_else(|| vec![Place::new(path, Span::START)]) {
            diagnostics.extend(kinds.fault(name).map(|fault| match fault {
                AssetFault::NoEnding => catalog::asset_without_ending(place, name),
                AssetFault::Active(ending) => catalog::asset_active(place, name, ending),
                AssetFault::Program(ending) => catalog::asset_program(place, name, ending),
                AssetFault::Unknown(ending) => catalog::asset_unknown(place, name, ending),
            }));
        }
    }
    diagnostics
}

/// The reason not to publish a file with these bytes, whatever its name.
pub fn forbidden(path: &ContentPath, bytes: &[u8]) -> Option<Diagnostic> {
    let text = std::str::from_utf8(bytes).map_err(|_| Place::new(path, Span::START));
    if is_drawing(path.as_str()) { of_drawing(path, text) } else { None }
}

fn of_drawing(path: &ContentPath, drawing: Result<&str, Place>) -> Option<Diagnostic> {
    match drawing {
        Ok(text) => drawing::check(text).map(|fault| {
            let place = Place::new(path, Span::new(fault.at));
            catalog::unsafe_svg(place, shown(&fault.what))
        }),
        Err(place) => Some(catalog::not_utf8(place, None)),
    }
}

fn shown(what: &drawing::What) -> SvgFault<'_> {
    match what {
        drawing::What::Unreadable(reason) => SvgFault::Unreadable(reason),
        drawing::What::NoDrawing => SvgFault::NoDrawing,
        drawing::What::Element(name) => SvgFault::Element(name),
        drawing::What::Attribute(name) => SvgFault::Attribute(name),
        drawing::What::Outside(target) => SvgFault::Outside(target),
        drawing::What::Instruction => SvgFault::Instruction,
    }
}

/// Where each asset is linked to.
struct Links {
    places: BTreeMap<ContentPath, Vec<Place>>,
}

impl Links {
    fn add(&mut self, asset: &ContentPath, place: Place) {
        self.places.entry(asset.clone()).or_default().push(place);
    }

    fn facts(&mut self, file: &ContentPath, facts: &[Fact]) {
        for fact in facts {
            for value in &fact.values {
                self.value(file, fact.span, value);
            }
        }
    }

    fn value(&mut self, file: &ContentPath, span: Span, value: &Value) {
        match value {
            Value::File(asset, _) => self.add(asset, Place::new(file, span)),
            Value::Markdown(document) => self.document(file, document),
            Value::Group(facts) => self.facts(file, facts),
            Value::PerLang(sides) => {
                self.value(file, span, &sides.en);
                self.value(file, span, &sides.fr);
            }
            Value::Text(_)
            | Value::Number(_)
            | Value::Money(_)
            | Value::Boolean(_)
            | Value::Date(_)
            | Value::Choice(_)
            | Value::Reference(_)
            | Value::Url(_)
            | Value::Email(_)
            | Value::Phone(_)
            | Value::Language(_) => {}
        }
    }

    fn document(&mut self, file: &ContentPath, document: &Document<Target>) {
        for (target, link) in document.links() {
            if let Target::Asset(asset) = target {
                self.add(asset, Place::new(file, link.span));
            }
        }
    }
}
