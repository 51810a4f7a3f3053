//! Whole-program tests: each makes a small site, runs the real program on it, and looks at what a user sees.
//!
//! `project` is the harness, `preview` that of `serve`. Every mistake that Diptych names has a case in
//! `tests/mistakes/`, which `mistakes` runs. The rest is one module for each promise of the program.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk from outside, as a user does")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod project;
mod sections;

mod preview;

mod mistakes;

mod messages;
mod money;

mod output;

mod output_incremental;

mod output_mounts;

mod output_safety;

mod published;
mod questions;

#[cfg(target_os = "linux")]
mod survives;

mod names;

mod closed;
mod confirm;

mod assets;

mod pairs;

mod pages;
mod pictures;

mod shown;

mod links;

mod glossary;
mod lists;
mod lost_addresses;
mod markdown_pages;
mod notes;
mod subscribing;

mod open_data;

mod servers;

mod search;

mod search_command;
mod search_wording;

mod serve;
mod welcome;

mod editor;

mod editor_saving;

mod serve_guard;

mod serve_watch;

mod console;
mod conversation;
mod documents;
mod drafts;
mod file_names;

mod starter;

mod change;
mod meant;

mod import;

mod machine;
mod manual;

mod themes;

mod translate;
mod typography;

mod hostile;
mod hostile_requests;
mod work_folders;

mod tidy;

mod workspace;
