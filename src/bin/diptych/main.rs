//! The command line: parses arguments, calls the library, prints, and turns what happened into an exit code.

use std::process::ExitCode;

mod args;
mod build;
mod change;
mod clock;
mod confirm;
mod console;
mod help;
mod import;
mod init;
mod language;
mod manual;
mod packaging;
mod pairs;
mod project;
mod published;
mod renamed;
mod schema;
mod search;
mod serve;
mod timings;
mod translate;

use args::Command;
use diptych::lang::Lang;

/// A build allocates and frees hundreds of millions of small texts on all threads; the system's allocator takes a
/// quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing is wrong.
    Clean,
    /// The content has mistakes.
    Mistakes,
}

#[expect(clippy::disallowed_methods, reason = "looks whether there are arguments at all")]
fn main() -> ExitCode {
    // As a double click starts it.
    if std::env::args_os().len() == 1 {
        let lang = language::of_messages(None);
        return ended(serve::welcome::open(lang), lang);
    }
    let mut args = match help::parse() {
        Ok(args) => args,
        Err(code) => return code,
    };
    clock::date(&mut args.command);
    let lang = language::of_messages(args.lang_of_messages);
    if let Err(error) = rayon::ThreadPoolBuilder::new().build_global() {
        return ended(Err(too_few_threads(&error, lang)), lang);
    }
    let outcome = match &args.command {
        Command::Build(build) => build::build(build, lang),
        Command::Check(check) => build::check(check, lang),
        Command::Serve(serve) => serve::serve(serve, serve::Open::Nothing, lang),
        Command::Edit(serve) => serve::serve(serve, serve::Open::Editor, lang),
        Command::Search(search) => search::search(search, lang),
        Command::Status(status) => pairs::print_status(status, lang),
        Command::Confirm(confirm) => confirm::confirm(confirm, lang),
        Command::Translate(translate) => translate::translate(translate, lang),
        Command::New(new) => change::new(new, lang),
        Command::Move(moved) => change::move_record(moved, lang),
        Command::Remove(remove) => change::remove(remove, lang),
        Command::Fix(fix) => change::fix(fix, lang),
        Command::Verify(verify) => published::verify(verify, lang),
        Command::Diff(diff) => published::diff(diff, lang),
        Command::Init(init) => init::init(init, lang),
        Command::Schema(schema) => schema::schema(schema, lang),
        Command::Completions(completions) => packaging::completions(completions),
        Command::Man(man) => packaging::man(man, lang),
        Command::Import(import) => import::import(import, lang),
        Command::Help(help) => manual::explain(help, lang),
    };
    ended(outcome, lang)
}

/// The error when the system has no threads left to give.
fn too_few_threads(error: &dyn std::fmt::Display, lang: Lang) -> anyhow::Error {
    anyhow::anyhow!(language::pick(
        lang,
        format!(
            "this system gives the program too few threads ({error}); raise the limit of processes, or set RAYON_NUM_THREADS=1"
        ),
        format!(
            "le système n’accorde pas assez de fils d’exécution au programme ({error}); relevez la limite de processus, ou donnez à RAYON_NUM_THREADS la valeur 1"
        ),
    ))
}

/// Says why a run failed, and how it ended.
fn ended(outcome: anyhow::Result<Outcome>, lang: Lang) -> ExitCode {
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Mistakes) => ExitCode::from(1),
        Err(error) => {
            console::fail(&console::in_words(&error, lang), lang);
            ExitCode::from(2)
        }
    }
}
