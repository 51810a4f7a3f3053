//! Turns a folder of Markdown and YAML in two languages into a static site with its own search.
//!
//! This page is the architecture document. The whole build is [`pipeline`]: values go in at [`source::Sources`] and
//! come out at [`output`], stage by stage, and each stage is a function of the one before.
//!
//! ```text
//!  files ─▶ Sources ─▶ Parsed ─▶ Site ─┬▶ check  ─▶ Diagnostics
//!           source     parse     site  ├▶ render ─▶ pages ────────┐
//!                                      └▶ search ─▶ index files ──┴▶ output ─▶ folder or preview
//! ```
//!
//! | stage | takes | gives | in |
//! | --- | --- | --- | --- |
//! | read | the content folder | [`source::Sources`]: paths and texts | [`source`] |
//! | settings | `site.yaml`, `types/*.yaml` | [`schema::Config`], [`schema::Schema`]: record types are data | [`schema`] |
//! | parse | one text | [`parse::ParsedWords`], [`parse::ParsedFacts`]: trees that know where everything stands | [`parse`], [`yaml`], [`document`] |
//! | resolve | all that was parsed | [`site::Site`]: records whose references and links lead somewhere | [`site`] |
//! | check | the site | [`diagnostic::Diagnostics`] | [`check`] |
//! | render | the site, a theme | views, then HTML, one page at a time | [`render`] |
//! | index | the site | tantivy indexes in whole files | [`search`] |
//! | write | a plan of the output | a folder that replaces the last one in one step | [`output`] |
//!
//! # Invariants
//!
//! - **The world is at the edge.** Only [`source::disk`], [`output::disk`] and the binary touch disk, clock,
//!   environment or network; `.cargo/clippy.toml` forbids it elsewhere. So `build`, `check`, `serve` and the tests run
//!   the same stages, and equal input gives equal bytes on every machine.
//! - **Phases are types.** A [`document::Document`] holds [`document::RawLink`]s until [`site::resolve()`] and
//!   [`site::Target`]s after; rendering cannot receive a link that leads nowhere. After resolving nothing changes.
//! - **Parsing never fails.** It returns what it could read and what is wrong with it, so that one run tells every
//!   mistake. Mistakes are values with a place, worded in both languages in [`diagnostic::catalog`]; a broken disk is an
//!   error of the two `disk` modules. Nothing is thrown across stages, logged or counted by text.
//! - **`check`, `render` and `search` read the site and do not know each other.**
//! - **No word that a visitor reads stands in Rust or in a template**, but in a theme's strings or the content.
//! - **Both languages or a type that says which.** What exists once per language is a [`lang::PerLang`]; a side that may
//!   be missing is an `Option` inside it, and no link, menu, list or index offers what is not there.
//! - **Names are not paths.** What content names becomes a part of a path only as a [`path::PathPart`], and a file of the
//!   output only as a [`path::OutputPath`]; each has one owner, and two claims are a mistake that names both.
//! - **Content is a closed folder.** Nothing outside of it is read, whatever links lie in it ([`source::disk::Folder`]), and
//!   nothing that it names or holds is run, neither here, nor by a server, nor at a reader's ([`source::asset`]).
//! - **Pages are independent.** [`output::plan`] knows every file before one is made; building makes them in parallel
//!   and holds none, the preview makes the one that is asked for.
//!
//! # Departures from the first design
//!
//! - **YAML is parsed by `saphyr-parser` where people write it.** `serde_yaml` does not say where a value stands, and a
//!   mistake without a place is no help; it reads what needs no places (themes). One more gain: the field's kind
//!   decides what a scalar means, so a postal code or the language `no` needs no quotation marks.
//! - **Assets are published only where a page uses them**, under `assets/`; what nobody links to is told and left out,
//!   so that a forgotten draft never goes public.
//! - **HTML in Markdown is never let through**, only told as an error or a warning: no code comes from content.
//!
//! # Where to change what
//!
//! A wording of a message: [`diagnostic::catalog`]. A new kind of field: [`schema`], then `site::values` and
//! `render::facts`. What templates see: [`render::view`]. How a language writes a value: [`format`](mod@format); how it sets text:
//! [`typography`]. The commands: `src/bin/diptych/`.

pub mod lang;

#[cfg(not(target_arch = "wasm32"))]
pub mod path;

#[cfg(not(target_arch = "wasm32"))]
pub mod diagnostic;

#[cfg(not(target_arch = "wasm32"))]
pub mod source;

#[cfg(not(target_arch = "wasm32"))]
pub mod yaml;

#[cfg(not(target_arch = "wasm32"))]
pub mod format;

#[cfg(not(target_arch = "wasm32"))]
pub mod typography;

#[cfg(not(target_arch = "wasm32"))]
pub mod schema;

#[cfg(not(target_arch = "wasm32"))]
pub mod document;

#[cfg(not(target_arch = "wasm32"))]
pub mod parse;

#[cfg(not(target_arch = "wasm32"))]
pub mod pairs;

#[cfg(not(target_arch = "wasm32"))]
pub mod site;

#[cfg(not(target_arch = "wasm32"))]
pub mod check;

#[cfg(not(target_arch = "wasm32"))]
pub mod render;

pub mod search;

#[cfg(not(target_arch = "wasm32"))]
pub mod output;

#[cfg(not(target_arch = "wasm32"))]
pub mod report;

#[cfg(not(target_arch = "wasm32"))]
pub mod pipeline;
