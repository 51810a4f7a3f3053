//! Puts the words of packages that translators returned in their places: [`translated`].

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::splice::Splice;
use super::{Plan, Refusal, trial};
use crate::diagnostic::package::{Elsewhere, MarkFault};
use crate::diagnostic::{Diagnostic, Place, Severity, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::pairs::kept::Kept;
use crate::path::ContentPath;
use crate::translate::{
    Comparison, Pair, Part, Reference, Returned, ReturnedPassage, Untranslatable, Words, mark_label, site_name,
};
use crate::workspace::Workspace;

/// The result of importing packages.
#[derive(Clone, Debug)]
pub struct Translated {
    /// What is written.
    pub plan: Plan,
    /// What `check` will report afterwards, except errors.
    pub warnings: Vec<Diagnostic>,
    /// The texts that their places refer to.
    pub texts: BTreeMap<ContentPath, String>,
}

/// Plans to import what translators wrote: everything in all packages, or nothing. All of it is refused if a section
/// has changed since, in either language, if a mark is lost, if a package is from another site, or if anything would be
/// an error. What was imported before is already there, and changes nothing.
pub fn translated(workspace: &mut Workspace, packages: &[Returned]) -> Result<Translated, Refusal> {
    let mut records = BTreeMap::<(String, Lang), Record>::new();
    let mut mistakes = Vec::new();
    let site = site_name(&workspace.config().name);
    for package in packages {
        let address = &package.address;
        if address.site != site {
            let name = address.site.split(" | ").next().unwrap_or_default();
            mistakes.push(catalog::package_elsewhere(start(package), Elsewhere::Site(name)));
            continue;
        }
        let comparison = if address.from == address.to {
            Err(Untranslatable::NoSource)
        } else {
            Comparison::of(workspace, &address.id, address.to, &Kept::default())
        };
        let comparison = match comparison {
            Ok(comparison) => comparison,
            Err(why) => {
                let record = Elsewhere::Record { id: &address.id, from: address.from, why };
                mistakes.push(catalog::package_elsewhere(start(package), record));
                continue;
            }
        };
        let key = (address.id.clone(), address.to);
        let record =
            records.entry(key).or_insert_with(|| Record { comparison, translated: BTreeMap::new(), copies: 0 });
        record.take(package, &mut mistakes);
    }
    for record in records.values() {
        record.is_whole(packages, &mut mistakes);
    }
    let mut draft = Draft::new(workspace.sources());
    let mut written = BTreeSet::new();
    for ((id, to), record) in &mut records {
        record.copy_signs();
        if !mistakes.is_empty() || record.translated.is_empty() {
            continue;
        }
        let words: BTreeMap<usize, Words> =
            record.translated.iter().map(|(at, taken)| (*at, taken.words.clone())).collect();
        match record.comparison.filled(workspace, &words) {
            Ok(files) => {
                for file in files {
                    if !written.insert(file.path.clone()) {
                        return Err(twice(&file.path));
                    }
                    if file.is_new {
                        draft.create(file.path, file.text);
                    } else {
                        let whole = 0..workspace.sources().text(&file.path).unwrap_or_default().len();
                        draft.splice(&file.path, Splice::new(whole, file.text));
                    }
                }
            }
            Err(crate::translate::Unwritable(at)) => {
                mistakes.push(record.unwritable(at, packages));
            }
        }
        draft.notes.push(note(id, *to, words.len(), record.copies));
    }
    if !mistakes.is_empty() {
        let texts = packages.iter().map(|package| (package.file.clone(), package.text.clone())).collect();
        return Err(Refusal::Content { mistakes, texts });
    }
    let plan = draft.plan();
    let ((), found) = trial::try_out(workspace, &plan, |_| ());
    // The change of a side is what was asked for; people confirm it when they have read it.
    let found = found.into_iter().filter(|mistake| mistake.name != "outdated-twin");
    let (errors, others): (Vec<_>, Vec<_>) = found.partition(|mistake| mistake.severity == Severity::Error);
    let texts = trial::texts(&plan);
    if !errors.is_empty() {
        return Err(Refusal::Content { mistakes: errors, texts });
    }
    let warnings = others.into_iter().filter(|mistake| mistake.severity == Severity::Warning).collect();
    Ok(Translated { plan, warnings, texts })
}

fn start(package: &Returned) -> Place {
    Place::new(&package.file, Span::START)
}

fn twice(path: &ContentPath) -> Refusal {
    Refusal::Request(PerLang {
        en: format!("two of the packages change {path}; import them one after the other"),
        fr: format!("deux des lots modifient {path}; importez-les l’un après l’autre"),
    })
}

fn note(id: &str, to: Lang, count: usize, copies: usize) -> PerLang<String> {
    let (name_en, name_fr) = match to {
        Lang::En => ("English", "en anglais"),
        Lang::Fr => ("French", "en français"),
    };
    let left = |words: &str| if copies > 0 { format!("; {words}{copies}") } else { String::new() };
    PerLang {
        en: format!(
            "{id}: translated passages in {name_en}: {count}{}",
            left("left as they were, since the source is in their place: ")
        ),
        fr: format!(
            "{id} : passages traduits {name_fr} : {count}{}",
            left("laissés tels quels, car le texte de départ figure à leur place : ")
        ),
    }
}

/// What came back for one record.
struct Record {
    comparison: Comparison,
    /// What is imported, by passage.
    translated: BTreeMap<usize, Taken>,
    /// How many passages repeat their source, which is not a translation.
    copies: usize,
}

struct Taken {
    words: Words,
    place: Place,
}

/// A short text may be the same in both languages: a name, a number.
const SHORT: usize = 3;

impl Record {
    fn take(&mut self, package: &Returned, mistakes: &mut Vec<Diagnostic>) {
        let mut changed = BTreeSet::new();
        for passage in &package.passages {
            let place = Place::new(&package.file, passage.span);
            let Ok(reference) = passage.reference.parse::<Reference>() else {
                mistakes.push(catalog::reference_damaged(place, &passage.reference));
                continue;
            };
            let id = &self.comparison.id;
            let Some(part) = self.comparison.part(&reference) else {
                if changed.insert(reference.section.clone()) {
                    mistakes.push(catalog::section_changed(place, &reference.section, id, None));
                }
                continue;
            };
            if changed.contains(&part.row.key) {
                continue;
            }
            let title = title(part);
            if part.digest != reference.source {
                changed.insert(part.row.key.clone());
                mistakes.push(catalog::section_changed(place, &title, id, Some(self.comparison.from)));
                continue;
            }
            let Some((at, pair)) = self.comparison.pair(part, reference.number) else {
                mistakes.push(catalog::reference_damaged(place, &passage.reference));
                continue;
            };
            let is_there = pair.present.is_some() && pair.shape(Some(&passage.target)) == pair.shape(None);
            let is_untouched = self.comparison.digest_of(pair) == reference.target;
            if !is_there && !is_untouched {
                changed.insert(part.row.key.clone());
                mistakes.push(catalog::section_changed(place, &title, id, Some(self.comparison.to)));
            } else if !is_there && !passage.target.is_empty() {
                self.take_passage(at, passage, place, mistakes);
            }
        }
    }

    fn take_passage(&mut self, at: usize, passage: &ReturnedPassage, place: Place, mistakes: &mut Vec<Diagnostic>) {
        let pair = &self.comparison.pairs[at];
        if is_copy(pair, &passage.target) {
            self.copies += 1;
            return;
        }
        if let Some(fault) = marks(pair, &passage.target, &place) {
            mistakes.push(fault);
            return;
        }
        if let Some(other) = self.translated.get(&at).filter(|other| other.words != passage.target) {
            mistakes.push(catalog::translated_twice(place, &quoted(pair), other.place.file.as_str()));
            return;
        }
        self.translated.insert(at, Taken { words: passage.target.clone(), place });
    }

    /// Reports new text that is only partly translated.
    fn is_whole(&self, packages: &[Returned], mistakes: &mut Vec<Diagnostic>) {
        for group in &self.comparison.groups {
            let first = group.pairs.iter().find_map(|at| self.translated.get(at));
            let Some(first) = first else { continue };
            let is_left = |at: &&usize| {
                let pair = &self.comparison.pairs[**at];
                !self.translated.contains_key(at) && pair.present.is_none() && !is_sign(pair)
            };
            let left: Vec<&usize> = group.pairs.iter().filter(is_left).collect();
            let Some(at) = left.first() else { continue };
            let title = self.comparison.part_of(**at).map(title).unwrap_or_default();
            let place = self.place(**at, packages).unwrap_or_else(|| first.place.clone());
            mistakes.push(catalog::translation_incomplete(place, &title, left.len()));
        }
    }

    /// Where a passage is in a package.
    fn place(&self, at: usize, packages: &[Returned]) -> Option<Place> {
        let own = packages.iter().filter(|package| package.address.id == self.comparison.id);
        own.flat_map(|package| package.passages.iter().map(move |passage| (package, passage))).find_map(
            |(package, passage)| {
                let reference: Reference = passage.reference.parse().ok()?;
                let (found, _) = self.comparison.pair(self.comparison.part(&reference)?, reference.number)?;
                (found == at).then(|| Place::new(&package.file, passage.span))
            },
        )
    }

    /// New text without letters is the same in both languages: it needs no translator.
    fn copy_signs(&mut self) {
        for group in &self.comparison.groups {
            let Some(place) = group.pairs.iter().find_map(|at| Some(self.translated.get(at)?.place.clone())) else {
                continue;
            };
            for at in &group.pairs {
                let pair = &self.comparison.pairs[*at];
                if pair.present.is_none() && is_sign(pair) {
                    let taken = || Taken { words: pair.words.clone(), place: place.clone() };
                    self.translated.entry(*at).or_insert_with(taken);
                }
            }
        }
    }

    fn unwritable(&self, at: usize, packages: &[Returned]) -> Diagnostic {
        let place = self.translated.get(&at).map(|taken| taken.place.clone()).or_else(|| self.place(at, packages));
        let place = place.unwrap_or_else(|| Place::new(&ContentPath::new(self.comparison.id.as_str()), Span::START));
        let words = self.comparison.pairs.get(at).map(quoted).unwrap_or_default();
        catalog::mark_lost(place, MarkFault::Unwritable, 0, "", &words)
    }
}

/// Some tools put the source where there is no translation. That is not a translation, except for a name that had none
/// before.
fn is_copy(pair: &Pair, returned: &Words) -> bool {
    let is_short = returned.text().split_whitespace().count() <= SHORT;
    *returned == pair.words && !is_sign(pair) && (pair.present.is_some() || !is_short)
}

/// Whether a passage has no letters.
fn is_sign(pair: &Pair) -> bool {
    !pair.words.text().contains(char::is_alphabetic)
}

/// What is wrong with the marks of a translation.
fn marks(pair: &Pair, returned: &Words, place: &Place) -> Option<Diagnostic> {
    let label = |number: u32| pair.marks.get(&number).map(mark_label).unwrap_or_default();
    let fault = |fault, number| catalog::mark_lost(place.clone(), fault, number, &label(number), &quoted(pair));
    let own = returned.marks();
    if let Some(number) = own.iter().find(|number| !pair.marks.contains_key(number)) {
        return Some(fault(MarkFault::Unknown, *number));
    }
    if let Some(number) = returned.unpaired() {
        return Some(fault(MarkFault::Unpaired, number));
    }
    pair.needed().find(|number| !own.contains(number)).map(|number| fault(MarkFault::Missing, number))
}

/// The first words of a passage.
fn quoted(pair: &Pair) -> String {
    const WORDS: usize = 8;
    let text = pair.words.text();
    let words: Vec<&str> = text.split_whitespace().collect();
    let more = if words.len() > WORDS { " …" } else { "" };
    format!("{}{more}", words[..words.len().min(WORDS)].join(" "))
}

fn title(part: &Part) -> String {
    let PerLang { en, fr } = &part.row.title;
    match (en, fr) {
        (Some(en), Some(fr)) if en != fr => format!("{en} / {fr}"),
        (en, fr) => en.clone().or_else(|| fr.clone()).unwrap_or_else(|| part.row.key.clone()),
    }
}
