//! The site while it is worked on: [`Workspace`] keeps the result for each file and each record, with the mistakes
//! found there, so that the cost of a change depends on what it changes. `build`, `check`, `serve`, `status` and
//! `confirm` are all built on it.
//!
//! [`Workspace::apply`] goes through five steps. Each keeps its results and repeats only what a change affects:
//!
//! 1. *read*: the files of each id whose texts, policies or confirmation changed ([`read`](mod@read));
//! 2. *judge*: pairs in which a change may only correct a spelling, against the words of the whole site;
//! 3. *names*: what pages can see of each other, compared with before (`Names::since`);
//! 4. *resolve*: records that changed, and those that looked at something in others that changed;
//! 5. *assemble*: what is made from all records together, if a record changed in something it depends on.
//!
//! Whatever the changes and their order, the result is that of a new workspace on the same files
//! (`tests/suite/workspace.rs`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::check;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::format::Date;
use crate::lang::Lang;
use crate::layout::ContentKind;
use crate::output::{self, Plan};
use crate::pairs::{self, Lock, Pair, Pairs, Vocabulary, lock};
use crate::parse::{self, ParsedFacts, ParsedRecord};
use crate::path::ContentPath;
use crate::render::theme::{Theme, ThemeFiles};
use crate::schema::{self, Config, Schema, config, policies};
use crate::site::Site;
use crate::site::candidate::{Standing, WrittenRecord};
use crate::source::{FileChange, FileState, Sources};

mod assemble;
pub mod confirm;
mod explained;
mod mistakes;
mod overlay;
mod read;

use assemble::Assembly;
use read::{Judged, Reading, Role, read, role};

/// What a run is given besides the content.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The absolute address of the site's root, instead of the one in `site.yaml`. Ends in a slash.
    pub base_url: Option<String>,
    /// The day of the build, for due dates; without it, nothing is due.
    pub as_of: Option<Date>,
}

/// A theme's files, the lowest layer first, and the mistakes found when they were looked for.
#[derive(Clone, Debug, Default)]
pub struct ThemeSources {
    /// The layers above the default theme.
    pub layers: Vec<ThemeFiles>,
    /// Mistakes, such as a theme that does not exist.
    pub mistakes: Vec<Diagnostic>,
}

/// A site that can be written.
#[derive(Clone)]
pub struct Ready {
    /// The site.
    pub site: Arc<Site>,
    /// The theme that its pages are rendered with.
    pub theme: Arc<Theme>,
    /// The files to be written, except those of the index.
    pub plan: Arc<Plan>,
}

/// The files of one id, as they were written.
pub struct Written<'a> {
    /// The id.
    pub id: &'a str,
    /// What the site makes of them.
    pub standing: Standing,
    /// What they say.
    pub files: &'a WrittenRecord,
    /// How the two sides compare; `None` for drafts and if no side can be read.
    pub pair: Option<&'a Pair>,
}

/// Changes to files.
#[derive(Debug, Default)]
pub struct Changes {
    /// The files that changed.
    pub files: Vec<FileChange>,
    /// The theme's files, if the theme or its files changed.
    pub theme: Option<ThemeSources>,
}

/// Everything that is known about a site.
pub struct Workspace {
    options: Options,
    sources: Arc<Sources>,
    /// Mistakes that were found when files were read, by file.
    unreadable: BTreeMap<ContentPath, Vec<Diagnostic>>,
    settings: Settings,
    theme: Option<Arc<Theme>>,
    theme_mistakes: Vec<Diagnostic>,
    lock: Lock,
    lock_mistakes: Vec<Diagnostic>,
    /// Mistakes of files that belong to no record.
    strays: BTreeMap<ContentPath, Diagnostic>,
    entries: BTreeMap<Arc<str>, Entry>,
    /// The words of all pages, once they are needed.
    vocabulary: Option<Vocabulary>,
    /// Mistakes in the names of files.
    name_mistakes: Vec<Diagnostic>,
    assembly: Assembly,
    mistakes: Arc<[Diagnostic]>,
}

/// The settings of the site, its types, and their mistakes.
#[derive(Default)]
struct Settings {
    config: Arc<Config>,
    schema: Arc<Schema>,
    mistakes: Vec<Diagnostic>,
}

/// What is known about the files of one id.
struct Entry {
    reading: Reading,
    role: Role,
    judged: Option<Judged>,
}

impl Entry {
    /// The mistakes in the files of the id and between them.
    fn mistakes(&self) -> impl Iterator<Item = &Diagnostic> {
        let judged = self.judged.iter().flat_map(|judged| &judged.mistakes);
        self.reading.mistakes.iter().chain(&self.role.mistakes).chain(judged)
    }

    /// Whether it looks the same to other pages as another state of the same files, in everything that goes into
    /// [`Names`].
    ///
    /// [`Names`]: crate::site::Names
    fn shows_the_same(&self, other: &Self) -> bool {
        let headings =
            |entry: &Self, lang| entry.reading.written.sides.get(lang).as_ref().map(|side| Arc::clone(&side.headings));
        self.role.standing == other.role.standing
            && self.role.request == other.role.request
            && self.reading.written.unparsable == other.reading.written.unparsable
            && Lang::BOTH.into_iter().all(|lang| headings(self, lang) == headings(other, lang))
    }
}

/// What must be looked at again.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each input changes by itself")]
struct Touched {
    ids: BTreeSet<Arc<str>>,
    /// Whether one of them may look different to other pages.
    seen: bool,
    settings: bool,
    lock: bool,
    assets: bool,
    /// Whether there are other files.
    names: bool,
    theme: bool,
}

impl Workspace {
    /// Opens a site. `read_mistakes` were found when its files were read; `done` is called after each step with its
    /// name, to measure time.
    pub fn open(
        options: Options,
        sources: Sources,
        read_mistakes: impl IntoIterator<Item = Diagnostic>,
        theme: ThemeSources,
        done: &mut dyn FnMut(&'static str),
    ) -> Self {
        let mut unreadable = BTreeMap::<ContentPath, Vec<Diagnostic>>::new();
        for mistake in read_mistakes {
            unreadable.entry(mistake.place.file.clone()).or_default().push(mistake);
        }
        let files = sources.texts().keys().chain(sources.unreadable());
        let ids = files.filter_map(|path| ContentKind::of(path).id());
        let touched = Touched {
            ids: ids.map(Arc::from).collect(),
            seen: true,
            settings: true,
            lock: true,
            assets: true,
            names: true,
            theme: true,
        };
        let strays = sources.texts().keys().filter_map(|path| Some((path.clone(), parse::stray(path)?))).collect();
        let mut workspace = Self {
            options,
            sources: Arc::new(sources),
            unreadable,
            settings: Settings::default(),
            theme: None,
            theme_mistakes: Vec::new(),
            lock: Lock::default(),
            lock_mistakes: Vec::new(),
            strays,
            entries: BTreeMap::new(),
            vocabulary: None,
            name_mistakes: Vec::new(),
            assembly: Assembly::default(),
            mistakes: Arc::default(),
        };
        workspace.set_theme(theme);
        workspace.refresh(touched, done);
        workspace
    }

    /// Applies changes to files.
    pub fn apply(&mut self, changes: Changes, done: &mut dyn FnMut(&'static str)) {
        let mut touched = Touched::default();
        for change in &changes.files {
            match ContentKind::of(&change.path) {
                ContentKind::Settings | ContentKind::Type => touched.settings = true,
                ContentKind::Lock => touched.lock = true,
                ContentKind::Words { id, .. } | ContentKind::Facts { id } => {
                    touched.ids.insert(Arc::from(id));
                }
                ContentKind::Asset => touched.assets = true,
                ContentKind::Reads
                | ContentKind::NoLanguage { .. }
                | ContentKind::Misnamed
                | ContentKind::UnreadYaml => {}
            }
        }
        self.count_words(&touched.ids, Vocabulary::remove);
        let sources = Arc::make_mut(&mut self.sources);
        for FileChange { path, state, mistakes } in changes.files {
            self.strays.remove(&path);
            self.unreadable.remove(&path);
            touched.names |= sources.is_known(&path) == matches!(state, FileState::Gone);
            if matches!(state, FileState::Text(_)) {
                self.strays.extend(parse::stray(&path).map(|stray| (path.clone(), stray)));
            }
            let mut mistakes = mistakes;
            mistakes.extend(sources.apply(&path, state));
            if !mistakes.is_empty() {
                self.unreadable.insert(path, mistakes);
            }
        }
        self.count_words(&touched.ids, Vocabulary::add);
        if let Some(theme) = changes.theme {
            self.set_theme(theme);
            touched.theme = true;
        }
        self.refresh(touched, done);
    }

    /// The site and its theme, if no mistake prevents building.
    pub fn ready(&self) -> Option<Ready> {
        let forbidden = self.mistakes.iter().any(|mistake| mistake.severity == Severity::Error);
        if forbidden { None } else { self.as_far_as_it_goes() }
    }

    /// The site as far as it goes, even if mistakes prevent building it.
    pub fn site(&self) -> Option<&Arc<Site>> {
        self.assembly.site()
    }

    /// All mistakes, by file and place, each once.
    pub fn mistakes(&self) -> &Arc<[Diagnostic]> {
        &self.mistakes
    }

    /// The mistakes in the list of confirmations.
    pub fn lock_mistakes(&self) -> &[Diagnostic] {
        &self.lock_mistakes
    }

    /// The mistakes for files that cannot be read, whose contents are unknown. Invisible characters are not among them.
    pub fn unreadable(&self) -> Vec<Diagnostic> {
        let unparsable = self.entries.values().filter(|entry| entry.reading.written.unparsable.any());
        let all = self.unreadable.values().flatten().chain(&self.lock_mistakes).chain(self.strays.values());
        let all = all.chain(unparsable.flat_map(|entry| &entry.reading.mistakes));
        all.filter(|mistake| mistake.name != "control-character").cloned().collect::<Diagnostics>().into_sorted()
    }

    /// The mistakes that were found when a file was read.
    pub fn met_when_read(&self, path: &ContentPath) -> Vec<Diagnostic> {
        self.unreadable.get(path).cloned().unwrap_or_default()
    }

    /// The files of the site.
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// How the two sides of every record and landing page compare; drafts are left out.
    pub fn pairs(&self) -> Pairs {
        let pairs = self.entries.iter().filter_map(|(id, entry)| Some((id, entry.judged.as_ref()?)));
        Pairs { records: pairs.map(|(id, judged)| (id.to_string(), Arc::clone(&judged.pair))).collect() }
    }

    /// The facts of every record that has some, by id.
    pub fn facts(&self) -> impl Iterator<Item = (&str, &Arc<ParsedFacts>)> {
        self.entries.iter().filter_map(|(id, entry)| Some((&**id, entry.reading.written.facts.as_ref()?)))
    }

    /// The ids of all pages that have words, drafts too.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let has_words = |entry: &Entry| {
            let sides = &entry.reading.written.sides;
            sides.en.is_some() || sides.fr.is_some()
        };
        self.entries.iter().filter(move |(_, entry)| has_words(entry)).map(|(id, _)| &**id)
    }

    /// Everything that has files, by id, without looking at other pages.
    pub fn standings(&self) -> impl Iterator<Item = Written<'_>> {
        self.entries.iter().map(|(id, entry)| Written {
            id,
            standing: entry.role.standing,
            files: &entry.reading.written,
            pair: entry.judged.as_ref().map(|judged| &*judged.pair),
        })
    }

    /// The settings of the site.
    pub fn config(&self) -> &Arc<Config> {
        &self.settings.config
    }

    /// The site with its theme as far as they go, even if mistakes prevent building.
    pub fn as_far_as_it_goes(&self) -> Option<Ready> {
        let plan = Arc::clone(self.assembly.files());
        Some(Ready { site: Arc::clone(self.assembly.site()?), theme: Arc::clone(self.theme.as_ref()?), plan })
    }

    /// What the files of every id say, by id: records, drafts and landing pages.
    pub fn written(&self) -> impl Iterator<Item = (&str, &WrittenRecord)> {
        self.entries.iter().map(|(id, entry)| (&**id, &entry.reading.written))
    }

    /// The record types.
    pub fn schema(&self) -> &Schema {
        &self.settings.schema
    }

    /// What was confirmed.
    pub fn lock(&self) -> &Lock {
        &self.lock
    }

    /// The files of a record, parsed once more.
    pub fn parsed(&self, id: &str) -> ParsedRecord {
        parse::record(id, &self.sources, None).0
    }

    fn set_theme(&mut self, theme: ThemeSources) {
        let (loaded, mistakes) = Theme::load(theme.layers);
        self.theme = loaded;
        self.theme_mistakes = theme.mistakes.into_iter().chain(mistakes).collect();
    }

    fn refresh(&mut self, mut touched: Touched, done: &mut dyn FnMut(&'static str)) {
        if touched.settings {
            self.settings = Settings::load(&self.sources, &self.options);
        }
        if touched.lock {
            let (lock, mistakes) = lock::read(&self.sources);
            let before = std::mem::replace(&mut self.lock, lock);
            self.lock_mistakes = mistakes.into_iter().collect();
            let differs = |id: &&Arc<str>| before.records.get(&***id) != self.lock.records.get(&***id);
            touched.ids.extend(self.entries.keys().filter(differs).cloned());
        }
        done("settings");
        self.read(&mut touched);
        done("pairs");
        self.judge(&touched);
        done("judge");
        self.assembly.refresh(&self.settings, &self.sources, &self.entries, &touched, self.options.as_of);
        done("resolve");
        if touched.names {
            self.name_mistakes = check::names(&self.sources).into_iter().collect();
        }
        self.assembly.plan(&self.sources, self.theme.as_deref(), &touched);
        done("plan");
        self.collect_mistakes();
        done("mistakes");
    }

    /// Reads the files of the ids that were touched, and of those whose policies have changed.
    fn read(&mut self, touched: &mut Touched) {
        let Settings { config, schema, .. } = &self.settings;
        let policies_of = |id: &str| policies::for_id(id, config, schema);
        if touched.settings {
            let others = self.entries.iter().filter(|(id, entry)| policies_of(id) != entry.reading.policies);
            touched.ids.extend(others.map(|(id, _)| Arc::clone(id)));
        }
        let fresh = map_all(touched.ids.iter().collect(), |id: &Arc<str>| {
            exists(id, &self.sources).then(|| {
                let reading = read(id, &self.sources, policies_of(id), &self.lock);
                let role = role(id, &reading.written, config, schema);
                Entry { reading, role, judged: None }
            })
        });
        touched.seen |= touched.settings;
        for (id, entry) in touched.ids.iter().zip(fresh) {
            let shows_the_same = |before: &Entry| entry.as_ref().is_some_and(|entry| entry.shows_the_same(before));
            touched.seen |= !self.entries.get(id).is_some_and(shows_the_same);
            match entry {
                Some(entry) => self.entries.insert(Arc::clone(id), entry),
                None => self.entries.remove(id),
            };
        }
        if touched.settings {
            self.entries.par_iter_mut().filter(|(id, _)| !touched.ids.contains(*id)).for_each(|(id, entry)| {
                entry.role = role(id, &entry.reading.written, config, schema);
            });
        }
    }

    /// Decides which changes of pairs only correct a spelling, and finds the sides that are behind.
    fn judge(&mut self, touched: &Touched) {
        let has_candidates =
            |entry: &Entry| entry.reading.pair.as_ref().is_some_and(|pair| pair.has_spelling_candidates());
        if self.vocabulary.is_none() && self.entries.values().any(has_candidates) {
            let all: Vec<&Arc<str>> = self.entries.keys().collect();
            self.vocabulary = Some(
                all.into_par_iter()
                    .fold(Vocabulary::default, |mut vocabulary, id| {
                        vocabulary.add(&pairs::outlines(&parse::record(id, &self.sources, None).0));
                        vocabulary
                    })
                    .reduce(Vocabulary::default, Vocabulary::merge),
            );
        }
        let vocabulary = self.vocabulary.as_ref();
        let concerned =
            self.entries.iter_mut().filter(|(id, entry)| touched.ids.contains(*id) || has_candidates(entry));
        map_all(concerned.collect(), |(id, entry): (&Arc<str>, &mut Entry)| {
            let Some(pair) = &entry.reading.pair else { return };
            let candidates = pair.has_spelling_candidates();
            let fixes = vocabulary.filter(|_| candidates).map(|vocabulary| pair.spelling_fixes(vocabulary));
            let fixes = fixes.unwrap_or_default();
            if entry.judged.as_ref().is_some_and(|judged| judged.fixes == fixes) {
                return;
            }
            let pair = if fixes.is_empty() { Arc::clone(pair) } else { Arc::new(pair.without_spelling_fixes(&fixes)) };
            let mistakes = check::twins::changed(id, &pair, entry.reading.policies);
            entry.judged = Some(Judged { pair, fixes, mistakes });
        });
    }

    /// Adds the words of records to the vocabulary, or removes them, once there is one.
    fn count_words(
        &mut self,
        ids: &BTreeSet<Arc<str>>,
        count: fn(&mut Vocabulary, &crate::lang::PerLang<pairs::Outline>),
    ) {
        if let Some(vocabulary) = &mut self.vocabulary {
            for id in ids {
                count(vocabulary, &pairs::outlines(&parse::record(id, &self.sources, None).0));
            }
        }
    }
}

impl Settings {
    fn load(sources: &Sources, options: &Options) -> Self {
        let mut mistakes = Diagnostics::default();
        let schema = mistakes.absorb(schema::load::load(sources));
        let mut config = mistakes.absorb(config::load(sources, &schema));
        if options.base_url.is_some() {
            config.base_url.clone_from(&options.base_url);
        }
        config.as_of = options.as_of;
        mistakes.extend(check::settings(sources));
        mistakes.extend(output::questions::idle_synonyms(&config));
        Self { config: Arc::new(config), schema: Arc::new(schema), mistakes: mistakes.into_iter().collect() }
    }
}

/// The most that one thread does by itself.
const FEW: usize = 4;

/// Maps each item, keeping their order. A few are mapped on the calling thread: after an edit, all others may be busy
/// with the index of the preview for seconds.
fn map_all<T: Send, R: Send>(all: Vec<T>, make: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    if all.len() <= FEW { all.into_iter().map(make).collect() } else { all.into_par_iter().map(make).collect() }
}

/// Whether an id has any file that is read.
fn exists(id: &str, sources: &Sources) -> bool {
    let words = Lang::BOTH.map(|lang| parse::words_path(id, lang));
    let facts = parse::facts_path(id);
    words.iter().any(|path| sources.is_known(path))
        || sources.is_known(&facts) && matches!(ContentKind::of(&facts), ContentKind::Facts { .. })
}
