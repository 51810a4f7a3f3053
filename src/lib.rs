//! Turns a folder of Markdown and YAML in two languages into a static site with its own search.
//!
//! This page is the architecture document. A site is read into a [`workspace`], which keeps the result for each file
//! and each record. From these, [`pipeline`] writes the output, and the preview makes one page at a time.
//!
//! ```text
//!               ┌────────────────────── workspace ──────────────────────┐
//!  files ─▶ Sources ─▶ one record: ─▶ Names ─▶ records ─▶ Site ─▶ Plan ─┼─▶ pipeline ─▶ output ─▶ folder
//!  changes  source     parse, pairs,  site     site       site    output │   render, search
//!               │      check          │        check              │      ├─▶ serve: a page, an index, mistakes
//!               └──────────────── mistakes, kept where they were found ──┘   status, confirm: pairs
//! ```
//!
//! | step | takes | gives | in |
//! | --- | --- | --- | --- |
//! | read | the content folder, or what changed in it | [`source::Sources`]: paths and texts | [`source`] |
//! | settings | `site.yaml`, `types/*.yaml` | [`schema::Config`], [`schema::Schema`]: record types are data | [`schema`] |
//! | parse | the files of one id | [`parse::ParsedRecord`]: trees that know where everything is | [`parse`], [`yaml`], [`document`] |
//! | compare | the two sides of one record, what was confirmed | [`pairs::Pair`], and the mistakes between the sides | [`pairs`], [`check`] |
//! | name | what pages can see of each other | [`site::Names`], compared with before | [`site::names`] |
//! | resolve | one record and the names | [`site::Record`]: references and links that lead somewhere | [`site::resolve`] |
//! | assemble | all records | [`site::Site`], [`output::Plan`]: every file, each with one owner | [`workspace`], [`output`] |
//! | render | the site, a theme | views, then HTML, one page at a time | [`render`] |
//! | index | the site | tantivy indexes in whole files | [`search`] |
//! | translate | what changed in one language | packages for translators, and the words that come back | [`translate`], [`edits`] |
//! | import | the folder of an old site | the files of a new one, and a report | [`import`] |
//! | write | the plan | a folder that replaces the last one in one step | [`output`] |
//! | verify, diff | the manifests of published folders | which files are not as built; what a deploy changes | [`output::deploy`] |
//!
//! # What a change costs
//!
//! [`workspace::Workspace::apply`] reads again only the ids whose files changed. While [`site::Names`] stays the same,
//! no other record is resolved again; otherwise, only those that looked at what changed ([`site::names::Seen`]). Lists,
//! alphabetical orders, relations and the plan are made again only if a record changed in something they depend on. The
//! words below a page's front matter are not kept: they are parsed when a page is made, which costs less than the
//! memory of all trees. `tests/suite/workspace.rs` verifies that `apply` gives the same as a new workspace on the same
//! files.
//!
//! Changes that the program makes itself (`move`, `remove`, `new`, `fix`, `translate import`, and the same in the
//! editor) are plans of [`edits`], tried on the workspace before a byte is written, and written completely or not at
//! all.
//!
//! # Rooms
//!
//! A room uses only rooms above it; `tests/suite/tidy.rs` checks that and lists the exceptions with their reasons.
//!
//! ```text
//!  words      lang  machine  terminal  script  path  layout   shared vocabulary
//!  languages  format  typography                    how each language writes
//!  mistakes   diagnostic                            values with a place, worded in both languages
//!  files      source  yaml                          texts and trees
//!  content    schema  document  parse  pairs        one file, one record, one pair
//!  site       site  check                           all records together
//!  output     search  render  output  workspace  translate  edits  report  pipeline  import
//!  edge       src/bin/diptych/                      commands, the preview and the editor's server, the manual, the terminal
//!             src/editor/                           the editor in the browser: TypeScript, bundled and embedded
//! ```
//!
//! # Invariants
//!
//! - **The world is at the edge.** Only [`source::disk`], [`source::git`], [`output::disk`], [`edits::disk`] and the
//!   binary touch disk, clock, environment or network; `.cargo/clippy.toml` forbids it elsewhere. Equal input gives
//!   equal bytes on every machine.
//! - **Phases are types.** A [`document::Document`] holds [`document::RawLink`]s until it is resolved and
//!   [`site::Target`]s after. A [`site::Site`] never changes: a change makes another one that shares what it can.
//! - **Parsing never fails.** It returns what it could read and what is wrong with it, so that one run reports every
//!   mistake. Mistakes are values with a place, worded in both languages in [`diagnostic::catalog`], and kept with the
//!   file or record that they were found in; a broken disk is an error of the `disk` modules.
//! - ***No word that a visitor reads is in Rust or in a template**, except the last parts of the addresses of generated
//!   pages ([`site::Reserved`]) and how each language writes a value ([`format`](mod@format)). A theme's strings and
//!   the content hold the rest.
//! - **Both languages or a type that says which.** What exists once per language is a [`lang::PerLang`]; a side that may
//!   be missing is an `Option` inside it, and no link, menu, list or index offers what is not there.
//! - **Names are not paths.** A name in the content becomes part of a path only as a [`path::PathPart`], and a file of
//!   the output only as a [`path::OutputPath`]. Each path has one owner; two claims are a mistake that names both.
//! - **Content is a closed folder.** Nothing outside it is read, whatever links are in it ([`source::disk::Folder`]).
//!   Nothing that it names or holds is run: not here, not by a server, and not in a reader's browser
//!   ([`source::asset`]).
//! - ***Work folders are not trusted.** A foreign tree can bring along Diptych's own work folders as well as content.
//!   They are opened in one place, which follows no link ([`output::disk::OwnFolder`]), and what an interrupted run
//!   left in them can name only files of the content or the output ([`edits::disk`], [`output::disk`]).
//! - **Pages are independent.** [`output::plan`] knows every file before one is made; building makes them in parallel
//!   and keeps none in memory; the preview makes the one that is asked for.
//! - ***A package can change words only.** Marks of Markdown are numbers in a package; the site says what each stands
//!   for. Before a file is written, its new text is parsed, and every passage, translated or not, must come out as
//!   intended ([`translate`]).
//!
//! # Words of the project
//!
//! | word | means |
//! | --- | --- |
//! | id | the path of a record's files without their endings: `agreements/treaty` |
//! | record, record type | what a page is about; what it can say, declared in `types/*.yaml` |
//! | side | a record, or a landing page, in one language: a file of words; messages call it a version |
//! | pair | the two sides of a record |
//! | twin | what a page, section or unit is on the other side; in settings (`missing_twin`, `outdated_twin`), the other side of a page |
//! | facts, words | what has no language (`.yaml`); what is written twice (`.en.md`, `.fr.md`) |
//! | note of change | what changed in a record for its readers, and when: a part of the pair, in its facts |
//! | field | a name that a type declares; *fact*: a field with its values in one record |
//! | package, passage | what goes to a translator for one record; one block of it |
//! | page | what is at one address of the site |
//! | term, short form | what a record of a type with `glossary` explains; a page links to it where it first uses it |
//! | document | a whole section as one page, to read through and print; the tree of a page's words is a [`document::Document`] |
//! | reference, link | a fact that names a record; words that lead somewhere |
//! | facet | a field that a list can be filtered by |
//! | confirm, lock | to record that the sides say the same; `pairs.lock`, where that is recorded |
//! | mistake | something wrong in the content ([`diagnostic::Diagnostic`]); *error*: the disk or the command line |
//!
//! # Decisions
//!
//! - **YAML is parsed by `saphyr-parser` where people write it.** `serde_yaml` does not say where a value is, and a
//!   mistake without a place is no help; it reads only what needs no places (themes). The field's kind decides what a
//!   scalar means, so a postal code or the language `no` needs no quotation marks.
//! - ***Assets are published only if a page uses them**, under `assets/`; files that nobody links to are reported and
//!   left out, so that a forgotten draft is never published.
//! - **HTML in Markdown never becomes HTML of the page.** `<br>`, `<sup>`, `<sub>`, `<kbd>`, `<abbr>` and `<details>`
//!   are read into the tree ([`document::Element`]), and so are lists in cells. Everything else is an error or a
//!   warning, and its words stay. No code comes from content.
//! - **No word of a page is lost silently.** [`parse::markdown`] accounts for every byte of a text; bytes that are left
//!   over are reported, whichever construct swallowed them.
//! - ***Owners and review dates are not published.** Owners are staff. Review and expiry dates are in the calendar of
//!   `diptych status --format ics`; the output has no calendar.
//! - **A page of one language is in the index of both.** Its words are indexed as they are, with what the site calls
//!   its title and headings in the other language. One index is enough to answer, and the answer says in which language
//!   its words are.
//! - **A lost address is found from the open data of the last output** ([`output::lost`]), which says where the pages
//!   of each record were; the manifest lists files, not whose they were. Pages without open data are found by the other
//!   language's address, which the old page links to.
//! - ***Mistakes in drafts are warnings at most**, whatever the policies: unpublished pages never stop a build.
//! - **Results are kept per record, not per file.** The files of one id are parsed together, a millisecond for all three,
//!   because comparing the sides needs both trees at once.
//! - **The usual ratio of lengths is one for all sites**, measured on public bilingual pages, so that the result for
//!   one record depends on no other ([`check`]).
//! - ***A type decides where its fields are shown** ([`schema::Show`]): under the title, beside the words, as a card,
//!   in a timeline. The layout of a page follows from the fields of its type, not from the length of their values.
//! - ***A decorative picture is marked as one** (`![](waves.svg#decorative)`): empty brackets alone could be a
//!   forgotten description.
//! - ***A document has the date of its latest change**, not that of the build: a build on another day changes nothing.
//! - ***HTML is converted to Markdown by our own code on a tree of `html5ever`.** Libraries that write Markdown drop
//!   what they do not know (definitions, notes, cells that hold lists, anchors); an import must report every word that
//!   it cannot take.
//! - **A page of the editor names the content that it was opened on** (`X-Diptych-Content`, the `content_id` of the
//!   site): if another site is now served at its address, each of its requests is answered with 421 and does nothing.
//! - ***Answers to the editor say what to do next.** `PUT` refuses a drawing that no site can be built with (422).
//!   `/build` answers 409 with the `records` whose mistakes stop it. For a record that is not there, the answer gives
//!   its current name (`moved_to`, from [`edits::renamed`]) or the `nearest` one.
//! - ***The preview sends a browser the first 200 mistakes** and their total number, beginning with those of the page
//!   in view and of the files just saved. On an imported site, all of them could be many megabytes.
//! - ***Packages are XLIFF 1.2.** All translation tools read it: `OmegaT`, translate-toolkit, Trados, `memoQ`, Phrase.
//!   Only some read 2.x, and they keep different parts of it. Version 1.2 has all that packages need: marks with
//!   nothing in them to change, notes, and an earlier version of the source. Old tools (`OmegaT` 3) show only the
//!   target, so the source can be put there for them.
//! - **A translation that repeats its source is not one.** Some tools, `OmegaT` among them, put the source where
//!   nothing is translated. It is left out and counted, except for up to three words that had no translation: names
//!   stay what they are.
//! - ***New pages, sections and rows are imported whole.** As long as a part of one is empty, its package is refused.
//!   Text without letters needs no translation.
//! - ***An imported site gets a record type for each of its folders**, not the types that `init` writes: free pages are
//!   listed nowhere, and unused types would only be in the way. `--type` uses a shipped one instead.
//!
//! # Where to change what
//!
//! | to add or change | begin in | the compiler or a test then leads to |
//! | --- | --- | --- |
//! | the wording of a message | [`diagnostic::catalog`] | its case in `tests/mistakes/`, which the manual shows |
//! | a warning | [`diagnostic::catalog`] | `catalog/judged.rs`, so that a site can judge it |
//! | a kind of field | [`schema::FieldKind`], [`site::Value`] | the compiler: values are read in `site::values`, and shown by all who match [`site::Said`] |
//! | a kind of page | [`render::Page`] | [`render::pages`], [`render::page`], `output::claims`, a template |
//! | what the Markdown of a page says | [`render::markdown`] | `tests/suite/markdown_pages.rs` |
//! | another file of the output | [`output::Artifact`] | [`output::plan`], [`output::make`], `output::claims` |
//! | what a path or a link means | [`layout`] | every reader of it |
//! | what templates see | [`render::view`] | the theme's contract number |
//! | the contrast that colours must have | `contrast` in a theme's `theme.yaml` | `contrast` in [`render`], which measures and derives |
//! | what counts as a use of a term | [`site::glossary`] | the tests of `tests/suite/glossary.rs` |
//! | what the search understands | [`search`]: `query` for the question, `index` for the pages | `content/search-tests.yaml`, `.ci/engine-check` |
//! | why an answer is where it is | `search::query::explain` | `src/editor/why.ts`, `diptych search --explain` |
//! | how a language writes a value, sets text | [`format`](mod@format), [`typography`] | |
//! | what is understood of old sites | [`import`] | a piece in `tests/suite/import.rs` |
//! | the editor | `src/editor/editor.ts`, `src/bin/diptych/serve/editor/` | `npm run build` there, `.ci/editor-check` |
//! | a command | `src/bin/diptych/args/` | `help.rs`, `main.rs`; its words in `manual/content/commands/` |
//! | what the manual says | `src/bin/diptych/manual/content/` | `manual/mod.rs` adds what the program knows itself |
//! | what goes to translators | `translate::comparison` | `xliff` and `docx` there, `.ci/packages-check` |
//! | what names a record | `edits::names` | `move` and `remove` follow; they refuse what is forgotten here |
//! | what a mistake says to write instead | its function in [`diagnostic::catalog`] | `fix`, and `fix` in JSON |
//! | what editors and the manual say about a setting or field | `src/schema/help.yaml` | [`schema::help`] |

pub mod lang;

#[cfg(not(target_arch = "wasm32"))]
pub mod machine;

#[cfg(not(target_arch = "wasm32"))]
pub mod terminal;

#[cfg(not(target_arch = "wasm32"))]
pub mod script;

#[cfg(not(target_arch = "wasm32"))]
pub mod path;

#[cfg(not(target_arch = "wasm32"))]
pub mod layout;

#[cfg(not(target_arch = "wasm32"))]
pub mod format;

#[cfg(not(target_arch = "wasm32"))]
pub mod typography;

#[cfg(not(target_arch = "wasm32"))]
pub mod diagnostic;

#[cfg(not(target_arch = "wasm32"))]
pub mod source;

#[cfg(not(target_arch = "wasm32"))]
pub mod yaml;

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

pub mod search;

#[cfg(not(target_arch = "wasm32"))]
pub mod render;

#[cfg(not(target_arch = "wasm32"))]
pub mod output;

#[cfg(not(target_arch = "wasm32"))]
pub mod workspace;

#[cfg(not(target_arch = "wasm32"))]
pub mod translate;

#[cfg(not(target_arch = "wasm32"))]
pub mod edits;

#[cfg(not(target_arch = "wasm32"))]
pub mod report;

#[cfg(not(target_arch = "wasm32"))]
pub mod pipeline;

#[cfg(not(target_arch = "wasm32"))]
pub mod import;
