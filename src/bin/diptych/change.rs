//! `diptych new`, `move`, `remove` and `fix`: changes to the content that the program makes, shown or carried out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::anyhow;
use diptych::diagnostic::Diagnostic;
use diptych::edits::{self, Plan, Refusal, disk, words};
use diptych::lang::{Lang, PerLang};
use diptych::path::ContentPath;
use diptych::report::{self, Files};
use diptych::source::Sources;
use diptych::workspace::Workspace;

use crate::Outcome;
use crate::args::{Change, Fix, Move, New, Remove};
use crate::confirm;
use crate::console;
use crate::manual;
use crate::pairs;
use crate::project::shown_file;
use crate::renamed;
use crate::timings::Timings;

/// Creates a record.
pub(crate) fn new(args: &New, lang: Lang) -> anyhow::Result<Outcome> {
    let titles = PerLang { en: args.title_en.clone(), fr: args.title_fr.clone() };
    let slug = pairs::id_of(&args.slug, &args.change.content);
    let wanted = edits::New { kind: &args.kind, slug: &slug, titles, lang };
    change(&args.change, Lines::Asked, lang, |workspace| edits::new(workspace, &wanted))
}

/// Gives a record another id.
pub(crate) fn move_record(args: &Move, lang: Lang) -> anyhow::Result<Outcome> {
    let id = |written: &str| pairs::id_of(written, &args.change.content);
    // A slash at the end says that a folder is meant.
    let new = if args.new.ends_with('/') { args.new.clone() } else { id(&args.new) };
    change(&args.change, Lines::Asked, lang, |workspace| edits::move_record(workspace, &id(&args.old), &new))
}

/// Removes a record.
pub(crate) fn remove(args: &Remove, lang: Lang) -> anyhow::Result<Outcome> {
    let id = |written: &str| pairs::id_of(written, &args.change.content);
    let redirect_to = args.redirect_to.as_deref().map(id);
    let plan = |workspace: &mut Workspace| edits::remove_record(workspace, &id(&args.id), redirect_to.as_deref());
    change(&args.change, Lines::Asked, lang, plan)
}

/// Corrects the mistakes that say what to write instead.
pub(crate) fn fix(args: &Fix, lang: Lang) -> anyhow::Result<Outcome> {
    manual::are_known(&args.names, lang)?;
    change(&args.change, Lines::Always, lang, |workspace| edits::fix(workspace, &args.names))
}

/// When the lines that change are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    Asked,
    Always,
}

/// Makes a plan, and shows it or carries it out.
fn change(
    args: &Change,
    lines: Lines,
    lang: Lang,
    plan: impl FnOnce(&mut Workspace) -> Result<Plan, Refusal>,
) -> anyhow::Result<Outcome> {
    let mut workspace = pairs::open(&args.content, None, lang, &mut Timings::start())?;
    match plan(&mut workspace) {
        Ok(plan) => carry_out(&plan, args, lines, lang),
        Err(refusal) => refused(&refusal, workspace.sources(), &|path| shown_file(&args.content, path), lang),
    }
}

/// Says why there is no plan.
pub(crate) fn refused(
    refusal: &Refusal,
    sources: &Sources,
    name: &dyn Fn(&ContentPath) -> String,
    lang: Lang,
) -> anyhow::Result<Outcome> {
    match refusal {
        Refusal::Request(words) => Err(anyhow!(words.get(lang).clone())),
        Refusal::Content { mistakes, texts } => {
            report_of(mistakes, texts, sources, name, lang)?;
            let nothing = PerLang { en: "Nothing was changed.", fr: "Rien n’a été modifié." };
            console::say(nothing.get(lang))?;
            Ok(Outcome::Mistakes)
        }
    }
}

/// Prints mistakes whose places are in the texts of the site, or in those that are given instead.
pub(crate) fn report_of(
    mistakes: &[Diagnostic],
    texts: &BTreeMap<ContentPath, String>,
    sources: &Sources,
    name: &dyn Fn(&ContentPath) -> String,
    lang: Lang,
) -> anyhow::Result<()> {
    let text =
        |path: &ContentPath| texts.get(path).map(String::as_str).or_else(|| sources.text(path)).map(Cow::Borrowed);
    let colour = console::err_takes_colours();
    console::err(&report::text(mistakes, &Files { text: &text, name }, lang, colour), colour)?;
    Ok(())
}

/// Updates what is kept beside the content after a plan was carried out: confirmed words, and where renamed records
/// went. Nothing depends on either: without them, changes are still shown and old names still opened.
pub(crate) fn follow(content: &Path, plan: &Plan, lang: Lang) {
    let _ = confirm::follow(content, plan, lang);
    let _ = renamed::remember(content, plan, lang);
}

/// Shows what a plan does, and does it unless it is only to be shown.
pub(crate) fn carry_out(plan: &Plan, args: &Change, lines: Lines, lang: Lang) -> anyhow::Result<Outcome> {
    let name = |path: &ContentPath| shown_file(&args.content, path);
    if plan.steps.is_empty() {
        console::err(&words::summary(plan, lang, &name), false)?;
        let nothing = PerLang { en: "There is nothing to change.", fr: "Il n’y a rien à modifier." };
        console::say(nothing.get(lang))?;
        return Ok(Outcome::Clean);
    }
    if args.dry_run || lines == Lines::Always {
        console::out(&words::diff(plan, &name), false)?;
    }
    if !args.dry_run {
        disk::apply(&args.content, plan).map_err(|error| anyhow!(error.message(lang)))?;
        follow(&args.content, plan, lang);
    }
    console::err(&words::summary(plan, lang, &name), false)?;
    if args.dry_run {
        let only = PerLang { en: "Dry run: nothing was changed.", fr: "Simple aperçu : rien n’a été modifié." };
        console::say(only.get(lang))?;
    }
    Ok(Outcome::Clean)
}
