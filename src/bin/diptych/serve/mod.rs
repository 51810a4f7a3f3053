//! `diptych serve`: the preview and the editor on this machine, which follow every change.
//!
//! The site is kept in a workspace; a page is rendered when a browser asks for it, the search index is made when it is
//! first searched and updated in the background ([`index`]). A change makes a new [`Snapshot`] while the old one goes
//! on being served. [`watch`] says what changed, [`guard`] who gets answers, [`pages`] and [`editor`] what they are.
//! Owns `axum` and `tokio`.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::Context as _;
use diptych::lang::Lang;
use tokio::sync::{oneshot, watch as channel};

use crate::Outcome;
use crate::args::{Serve, Source};
use crate::console::{self, Reader};
use crate::language::pick;
use crate::project::{self, Changed, Project};
use crate::timings::Timings;

mod address;
mod browser;
mod editor;
mod guard;
mod index;
mod listen;
mod manual;
mod pages;
mod snapshot;
mod token;
mod watch;
pub(crate) mod welcome;

use address::Address;
use editor::Desk;
use index::Index;
use pages::Preview;
use snapshot::Snapshot;
use token::Token;
use watch::Watcher;

/// What is opened in the browser at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    Nothing,
    Editor,
}

/// Serves until it is interrupted, or until nobody reads its messages.
#[expect(clippy::disallowed_methods, reason = "what changes from now on is seen")]
pub(crate) fn serve(args: &Serve, open: Open, lang: Lang) -> anyhow::Result<Outcome> {
    let writer = Arc::new(Token::new()?);
    let address = Address::bind(args.host.as_deref(), args.port, Arc::clone(&writer), lang)?;
    let mut watcher = Watcher::new(BTreeSet::from([args.source.content.clone()]), args.poll);
    let began = SystemTime::now();
    let mut timings = Timings::start();
    let project = project::load(&args.source, lang, &mut timings)?;
    let first = Snapshot::new(&project, &args.source, lang, (None, BTreeSet::new()), &timings);
    watcher.follow(project.folders().clone(), began);
    let project = Arc::new(Mutex::new(project));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let stopped = {
        let _inside = runtime.enter();
        stop_signal()?
    };
    let (sender, current) = channel::channel(Arc::new(first));
    let source = args.source.clone();
    let how = (lang, args.read_only);
    let index = Arc::new(Index::default());
    let preview = Preview { current, index };
    let desk = Desk::new(&source, Arc::clone(&project), preview.clone(), writer, how);
    // Everything is ready once the address is printed.
    let greeting = greeting(&sender.borrow(), &address, watcher.polls() && !args.poll, lang);
    if console::err(&greeting, false)? == Reader::Gone {
        return Ok(Outcome::Clean);
    }
    if open == Open::Editor {
        browser::open(&address.of(editor::ADDRESS));
    }
    let (ended, end) = oneshot::channel();
    std::thread::spawn(move || ended.send(rebuild(watcher, &project, &source, lang, &sender)));
    let outcome = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(address.listener)?;
        tokio::select! {
            () = listen::listen(listener, pages::router(preview, desk, address.guard, lang)) => Ok(()),
            () = stopped => Ok(()),
            rebuilt = end => rebuilt.context("the site is no longer watched").flatten(),
        }
    });
    // Browsers that wait for the next snapshot need no answer.
    runtime.shutdown_background();
    outcome.map(|()| Outcome::Clean)
}

/// Resolves when the program is asked to stop; from the call on, such a request no longer kills it.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Resolves when the program is asked to stop; from the call on, such a request no longer kills it.
#[cfg(windows)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close};
    let (mut interrupted, mut broken, mut closed) = (ctrl_c()?, ctrl_break()?, ctrl_close()?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = broken.recv() => {}
            _ = closed.recv() => {}
        }
    })
}

/// What is said at the start.
fn greeting(first: &Snapshot, address: &Address, polls: bool, lang: Lang) -> String {
    let mut words = first.messages().to_owned();
    if polls {
        words.push_str(pick(
            lang,
            "The system cannot watch more folders (on Linux, fs.inotify.max_user_watches sets how many): \
             the files are compared every half second instead.\n",
            "Le système ne peut pas surveiller plus de dossiers (sous Linux, fs.inotify.max_user_watches en fixe le \
             nombre) : les fichiers sont plutôt comparés toutes les demi-secondes.\n",
        ));
    }
    if address.is_open {
        words.push_str(pick(
            lang,
            "Warning: other machines can reach this preview. Whoever has the address below, with its token, can read \
             it, and nothing is encrypted on the way.\n",
            "Avertissement : d’autres ordinateurs peuvent atteindre cet aperçu. Quiconque a l’adresse ci-dessous, avec \
             son jeton, peut le lire, et rien n’est chiffré en chemin.\n",
        ));
    }
    let (site, editor) = (address.of("/"), address.of(editor::ADDRESS));
    words
        + &pick(
            lang,
            format!("The site is at {site}\nTo edit it: {editor}\n"),
            format!("Le site est à {site}\nPour le modifier : {editor}\n"),
        )
}

/// Makes a new snapshot whenever something changes; ends when nobody reads its messages.
#[expect(clippy::disallowed_methods, reason = "what changes from now on is seen")]
fn rebuild(
    mut watcher: Watcher,
    project: &Mutex<Project>,
    source: &Source,
    lang: Lang,
    sender: &channel::Sender<Arc<Snapshot>>,
) -> anyhow::Result<()> {
    // Changes may have been missed while it could not be read.
    let mut missed = false;
    loop {
        let changed = watcher.next();
        let changed = if missed { Changed::Everything } else { changed };
        let began = SystemTime::now();
        let mut timings = Timings::start();
        let last = sender.borrow().clone();
        let snapshot = {
            let mut project = project.lock().unwrap_or_else(PoisonError::into_inner);
            let updated = project.update(&changed, &mut timings);
            missed = updated.is_err();
            watcher.follow(project.folders().clone(), began);
            match updated {
                Ok(fresh) => Snapshot::new(&project, source, lang, (Some(&last), fresh), &timings),
                // The folder may be gone for a moment while it is being replaced.
                Err(error) => Snapshot::unreadable(&last, source, lang, &error),
            }
        };
        let snapshot = Arc::new(snapshot);
        sender.send_replace(Arc::clone(&snapshot));
        if console::err(snapshot.messages(), false)? == Reader::Gone {
            return Ok(());
        }
    }
}
