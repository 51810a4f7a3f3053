//! `diptych completions` and `diptych man`: what packagers install beside the program. Owns `clap_mangen`.

use anyhow::Context as _;
use clap::CommandFactory as _;
use diptych::lang::Lang;
use diptych::output::disk::replace;

use crate::Outcome;
use crate::args::{Args, Completions, Man};
use crate::{console, help};

/// Writes the completions of a shell.
pub(crate) fn completions(args: &Completions) -> anyhow::Result<Outcome> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "diptych", &mut text);
    console::out(&String::from_utf8(text)?, false)?;
    Ok(Outcome::Clean)
}

/// Writes the manual page of the program, or one for each command into a folder.
pub(crate) fn man(args: &Man, lang: Lang) -> anyhow::Result<Outcome> {
    let mut whole = help::command(lang);
    whole.build();
    let Some(folder) = &args.out else {
        console::out(&page(whole)?, false)?;
        return Ok(Outcome::Clean);
    };
    let named = |command: &clap::Command| format!("{}.1", command.get_display_name().unwrap_or("diptych"));
    let (mut commands, mut at) = (vec![whole], 0);
    while let Some(command) = commands.get(at) {
        let inner: Vec<clap::Command> = command.get_subcommands().cloned().collect();
        commands.extend(inner);
        at += 1;
    }
    for command in commands {
        let file = folder.join(named(&command));
        create_folder(folder)?;
        replace(&file, page(command)?.as_bytes())?;
        console::out(&format!("{}\n", file.display()), false)?;
    }
    Ok(Outcome::Clean)
}

#[expect(clippy::disallowed_methods, reason = "the folder of the pages, which no site holds")]
fn create_folder(folder: &std::path::Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}

fn page(command: clap::Command) -> anyhow::Result<String> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    Ok(String::from_utf8(text)?)
}
