//! The build, every stage in order: [`prepare`] makes a site of its sources, [`write()`] its output. No I/O of its own.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::check::{self, twins};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::Date;
use crate::output::{self, Artifact, Plan};
use crate::pairs::{self, Lock, Pairs, SideOutline, lock};
use crate::parse::{self, Parsed, ParsedFacts};
use crate::path::{ContentPath, OutputPath};
use crate::render::theme::{Theme, ThemeFiles};
use crate::schema::{self, Config, Schema, config};
use crate::site::{self, Site};
use crate::source::Sources;

/// What a build is told besides the content.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The absolute address of the site's root, in place of the one in `site.yaml`. Ends in a slash.
    pub base_url: Option<String>,
    /// The day of the build, for what falls due; without it nothing does.
    pub as_of: Option<Date>,
}

/// A site that can be written.
pub struct Ready {
    /// The site.
    pub site: Site,
    /// The theme that its pages are rendered with.
    pub theme: Theme,
    /// The files to be written, but for those of the index.
    pub plan: Plan,
}

/// Makes a site of its sources. `done` is called after each stage with its name, for those who measure time. There is
/// no site where a mistake forbids one.
pub fn prepare(
    sources: &Sources,
    theme: Vec<ThemeFiles>,
    options: &Options,
    done: &mut dyn FnMut(&'static str),
) -> (Option<Ready>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let schema = diagnostics.absorb(schema::load::load(sources));
    let mut config = diagnostics.absorb(config::load(sources, &schema));
    if options.base_url.is_some() {
        config.base_url.clone_from(&options.base_url);
    }
    config.as_of = options.as_of;
    let theme = diagnostics.absorb(Theme::load(theme));
    done("settings");
    let parsed = diagnostics.absorb(parse::parse(sources, config.policies.raw_html));
    done("parse");
    let lock = diagnostics.absorb(lock::read(sources));
    let pairs = diagnostics.absorb(survey(&parsed, &lock, &config, &schema, sources));
    diagnostics.extend(twins::outdated(&pairs, &config, &schema));
    let behind = twins::behind(&pairs, &config, &schema);
    drop((pairs, lock));
    done("pairs");
    let site = diagnostics.absorb(site::resolve(config, schema, parsed, &behind, sources));
    done("resolve");
    diagnostics.extend(check::settings(sources));
    diagnostics.extend(check::check(&site, options.as_of));
    diagnostics.extend(check::assets(&site, sources));
    done("check");
    let plan = diagnostics.absorb(output::plan(&site, theme.as_ref()));
    done("plan");
    let ready = theme.filter(|_| !diagnostics.has_errors()).map(|theme| Ready { site, theme, plan });
    (ready, diagnostics)
}

/// What is known of a site's pairs without making the site.
pub struct Survey {
    /// The pairs.
    pub pairs: Pairs,
    /// What was confirmed of them.
    pub lock: Lock,
    /// The files of facts.
    pub facts: Vec<ParsedFacts>,
    /// The ids of all pages, drafts too.
    pub ids: BTreeSet<String>,
}

/// Compares the pairs of a site with what was confirmed of them.
pub fn pairs(sources: &Sources, done: &mut dyn FnMut(&'static str)) -> (Survey, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    // Mistakes within a page are for `check` to tell. Only sketches of the pages are kept.
    let (pages, facts, unread) = parse::each(sources, |words| (words.id.clone(), SideOutline::new(&words)));
    diagnostics.extend(unread);
    let (ids, sketches): (BTreeSet<String>, Vec<SideOutline>) = pages.into_iter().unzip();
    done("parse");
    let lock = diagnostics.absorb(lock::read(sources));
    let pairs = pairs::compare_all(sketches, &facts, &lock, sources);
    done("pairs");
    (Survey { pairs, lock, facts, ids }, diagnostics)
}

fn survey(parsed: &Parsed, lock: &Lock, config: &Config, schema: &Schema, sources: &Sources) -> (Pairs, Diagnostics) {
    let (pairs, looked) = pairs::survey(parsed, lock, sources, |full| check::pair(full, config, schema, sources));
    (pairs, looked.into_iter().flatten().collect())
}

/// Takes the files of an output. Many threads write at once.
pub trait Sink: Sync {
    /// Why a file could not be taken.
    type Error: Send;

    /// Takes a file.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Self::Error>;

    /// Takes an asset of the content folder.
    fn copy(&self, path: &str, asset: &ContentPath) -> Result<(), Self::Error>;
}

/// Why an output could not be made.
pub enum Failure<E> {
    /// A mistake in a template.
    Mistake(Box<Diagnostic>),
    /// The index could not be made.
    Index(tantivy::TantivyError),
    /// A file could not be taken.
    Sink(E),
}

/// Makes every file of the output and gives each to the sink. Pages and the index are made at the same time; `done` is
/// called as each of them ends.
pub fn write<S: Sink>(
    ready: &Ready,
    sink: &S,
    done: &(dyn Fn(&'static str) + Sync),
) -> Result<usize, Failure<S::Error>> {
    let Ready { site, theme, plan } = ready;
    let plan: Vec<(&OutputPath, &Artifact)> = plan.iter().collect();
    let pages = || {
        let written = plan.par_iter().try_for_each(|(path, content)| match content {
            Artifact::Asset(asset) => sink.copy(path.as_str(), asset).map_err(Failure::Sink),
            content => match output::make(site, theme, content) {
                Ok(Some(bytes)) => sink.write(path.as_str(), &bytes).map_err(Failure::Sink),
                Ok(None) => Ok(()),
                Err(mistake) => Err(Failure::Mistake(mistake)),
            },
        });
        done("pages");
        written
    };
    let index = || {
        let files = output::search(site, theme).map_err(Failure::Index)?;
        files.par_iter().try_for_each(|file| sink.write(&file.path, &file.bytes).map_err(Failure::Sink))?;
        done("index");
        Ok(files.len())
    };
    // The index first: it is the longer thread of work.
    let (indexed, written) = rayon::join(index, pages);
    written?;
    Ok(plan.len() + indexed?)
}

/// Takes everything and keeps nothing: for checks, which render every page to try the templates.
pub struct Discard;

impl Sink for Discard {
    type Error = std::convert::Infallible;

    fn write(&self, _: &str, _: &[u8]) -> Result<(), Self::Error> {
        Ok(())
    }

    fn copy(&self, _: &str, _: &ContentPath) -> Result<(), Self::Error> {
        Ok(())
    }
}
