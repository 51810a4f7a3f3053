//! Turns a folder of Markdown and YAML in two languages into a static site with its own search.
//!
//! This page is the architecture document. A site is read into a [`workspace`], which keeps what it made of each file
//! and each record; from what it knows, [`pipeline`] writes the output and the preview makes one page at a time.
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
//! | move in | the folder of an old site | the files of a new one, and a report | [`import`] |
//! | write | the plan | a folder that replaces the last one in one step | [`output`] |
//! | compare | the manifests of published folders | what is not as it was built; what a deploy changes | [`output::deploy`] |
//!
//! # What a change costs
//!
//! [`workspace::Workspace::apply`] reads again only the ids whose files changed. While [`site::Names`] is as before, no
//! other record is resolved again; else only those that looked at what changed ([`site::names::Seen`]). Lists,
//! alphabetical orders, relations and the plan are made again only where a record changed in what they depend on. The
//! words below a page's front matter are not kept: they are parsed when a page is made, which costs less than the memory
//! of all trees. `tests/suite/workspace.rs` holds that `apply` gives what a new workspace on the same files gives.
//!
//! Changes that the program makes itself (`move`, `remove`, `new`, `fix`, `translate import`, and the same in the editor) are plans of
//! [`edits`], tried on the workspace before a byte is written, and written all or not at all.
//!
//! # Rooms
//!
//! A room uses only rooms above it; `tests/suite/tidy.rs` watches over that and lists the exceptions with their reasons.
//!
//! ```text
//!  words      lang  machine  terminal  script  path  layout   what everyone speaks of
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
//! - **The world is at the edge.** Only [`source::disk`], [`source::git`], [`output::disk`], [`edits::disk`] and the binary
//!   touch disk, clock, environment or network; `.cargo/clippy.toml` forbids it elsewhere. Equal input gives equal bytes on every
//!   machine.
//! - **Phases are types.** A [`document::Document`] holds [`document::RawLink`]s until it is resolved and
//!   [`site::Target`]s after. A [`site::Site`] never changes: a change makes another one that shares what it can.
//! - **Parsing never fails.** It returns what it could read and what is wrong with it, so that one run reports every
//!   mistake. Mistakes are values with a place, worded in both languages in [`diagnostic::catalog`], and kept with the
//!   file or record they were found in; a broken disk is an error of the `disk` modules.
//! - **No word that a visitor reads is in Rust or in a template**, but for the last parts of the addresses of generated
//!   pages ([`site::Reserved`]), and how each language writes a value ([`format`](mod@format)): a theme's strings and the
//!   content hold the rest.
//! - **Both languages or a type that says which.** What exists once per language is a [`lang::PerLang`]; a side that may
//!   be missing is an `Option` inside it, and no link, menu, list or index offers what is not there.
//! - **Names are not paths.** What content names becomes a part of a path only as a [`path::PathPart`], and a file of the
//!   output only as a [`path::OutputPath`]; each has one owner, and two claims are a mistake that names both.
//! - **Content is a closed folder.** Nothing outside it is read, whatever links are in it ([`source::disk::Folder`]), and
//!   nothing that it names or holds is run, neither here, nor by a server, nor in a reader's browser ([`source::asset`]).
//! - **What Diptych keeps for itself may come from anywhere.** A foreign tree brings work folders along as it brings content.
//!   They are opened in one place, which follows no link ([`output::disk::OwnFolder`]), and what an interrupted run left in them
//!   can name nothing but files of the content or the output ([`edits::disk`], [`output::disk`]).
//! - **Pages are independent.** [`output::plan`] knows every file before one is made; building makes them in parallel
//!   and holds none, the preview makes the one that is asked for.
//! - **Nothing but words comes in with a package.** Marks of Markdown are numbers; what each stands for is taken from the site
//!   as it is. What is written is read again first: every passage must say what it is to say, those that were translated
//!   and all others ([`translate`]).
//!
//! # Words of the project
//!
//! | word | means |
//! | --- | --- |
//! | id | the path of a record's files without their endings: `agreements/treaty` |
//! | record, record type | what a page is about; what it can say, declared in `types/*.yaml` |
//! | side | a record, or a landing page, in one language: a file of words |
//! | pair | the two sides of a record |
//! | facts, words | what has no language (`.yaml`); what is written twice (`.en.md`, `.fr.md`) |
//! | note of change | what changed in a record for its readers, and when: a part of the pair, in its facts |
//! | field | a name that a type declares; *fact*: a field with its values in one record |
//! | package, passage | what goes to a translator for one record; one block of it |
//! | page | what is at one address of the site |
//! | term, short form | what a record of a type with `glossary` explains; a page leads there where it uses it first |
//! | document | a whole section as one page, to read through and print; the tree of a page's words is a [`document::Document`] |
//! | reference, link | a fact that names a record; words that lead somewhere |
//! | facet | a field by which a list can be narrowed down |
//! | confirm, lock | to record that the sides say the same; `pairs.lock`, where that is recorded |
//! | mistake | something wrong in the content ([`diagnostic::Diagnostic`]); *error*: the disk or the command line |
//!
//! # Departures from the first design
//!
//! - **YAML is parsed by `saphyr-parser` where people write it.** `serde_yaml` does not say where a value is, and a
//!   mistake without a place is no help; it reads what needs no places (themes). The field's kind decides what a scalar
//!   means, so a postal code or the language `no` needs no quotation marks.
//! - **Assets are published only where a page uses them**, under `assets/`; what nobody links to is reported and left
//!   out, so that a forgotten draft never goes public.
//! - **HTML in Markdown never becomes HTML of the page.** `<br>`, `<sup>`, `<sub>`, `<kbd>`, `<abbr>` and `<details>` are read
//!   into the tree ([`document::Element`]), and lists in cells too; all else is an error or a warning, and its words stay.
//!   No code comes from content.
//! - **No word of a page is lost in silence.** [`parse::markdown`] accounts for every byte of a text; what is left over is
//!   reported, whichever construct swallowed it.
//! - **Who owns a page and when it must be read again stays with those who keep it.** Owners are staff: reviews and expiry
//!   dates are a calendar of `diptych status --format ics`, and no calendar is in the output.
//! - **A page of one language is in the index of both.** Its words are indexed as they are, with what the site calls
//!   its title and headings in the other language; so one index answers, and the answer says whose words it shows.
//! - **A lost address is found from the open data of the last output** ([`output::lost`]), which says of each record where
//!   its pages were; the manifest alone knows files and not whose they were. Free pages have no open data: theirs are
//!   known by where the old page leads for the other language.
//! - **Mistakes in drafts are warnings at most**, whatever the policies: what is not published stops nothing.
//! - **Results are kept per record, not per file.** The files of one id are parsed together, a millisecond for all three,
//!   because comparing the sides needs both trees at once.
//! - **The usual ratio of lengths is one for all sites**, measured on public bilingual pages, so that what is said of a record
//!   depends on no other record ([`check`]).
//! - **A field can be shown in more places than the design names** ([`schema::Show`]): under the title, as a card, in a
//!   timeline; the page of a type is laid out by its fields and not by the length of what they say.
//! - **A picture that only adorns the page says so** (`![](waves.svg#decorative)`): empty brackets alone could be a description
//!   that was forgotten.
//! - **A document has the date of the record changed last**, not that of the build: a build on another day changes nothing.
//! - **HTML becomes Markdown by our own walk over a tree of `html5ever`.** Libraries that write Markdown drop what they do
//!   not know (definitions, notes, cells that hold lists, anchors); moving in must name every word that it cannot take.
//! - **A page of the editor names the content that it was opened on** (`X-Diptych-Content`, the `content_id` of the site): where
//!   another site is served at its address, each of its requests is answered with 421 and does nothing.
//! - **Requests of the editor say more than the design lists**: a record names the files `beside` it and which of them are
//!   used, `/remove` takes a `file` too, a drawing that no site is built with is refused by `PUT` with 422, and `/build`
//!   answers 409 with the `records` whose mistakes stop it, and a record that is not there is answered with the name that it
//!   has by now (`moved_to`, from [`edits::renamed`]) or the `nearest` one.
//! - **The preview tells a browser the first 200 mistakes**, those of the page in view and of the files just saved before all
//!   others, and how many there are. All of them are many megabytes on a site that moves in.
//! - **Packages are XLIFF 1.2.** Every tool of translators reads it: `OmegaT`, translate-toolkit, Trados, `memoQ`, Phrase; 2.x only
//!   some, which keep different parts of it. All that packages need is in 1.2: marks that hold nothing that could be
//!   changed, notes, and an earlier version of the source. Old tools (`OmegaT` 3) show only the target, so
//!   the source can be put there for them.
//! - **A translation that repeats its source is not one.** Some tools, `OmegaT` among them, put the source where nothing is
//!   translated. It is left out and counted, but for up to three words that had no translation: names stay what they are.
//! - **What is new comes in as a whole.** Half a page, section or row has no place; as long as a part of it is empty, its
//!   package is refused. What has no letters needs no translation.
//! - **A site that moves in gets a record type for each of its folders**, not the types that `init` writes: free pages are
//!   listed nowhere, and types that nobody uses would only be in the way. `--type` brings the shipped ones.
//!
//! # Where to change what
//!
//! | to add or change | begin in | the compiler or a test leads on to |
//! | --- | --- | --- |
//! | the wording of a message | [`diagnostic::catalog`] | its case in `tests/mistakes/`, which the manual shows |
//! | a warning | [`diagnostic::catalog`] | `catalog/judged.rs`, so that a site can judge it |
//! | a kind of field | [`schema::FieldKind`], [`site::Value`] | the compiler: values are read in `site::values`, and shown by all who match [`site::Said`] |
//! | a kind of page | [`render::Page`] | [`render::pages`], [`render::page`], `output::claims`, a template |
//! | what the Markdown of a page says | [`render::markdown`] | `tests/suite/markdown_pages.rs` |
//! | another file of the output | [`output::Artifact`] | [`output::plan`], [`output::make`], `output::claims` |
//! | what a path or a link means | [`layout`] | every reader of it |
//! | what templates see | [`render::view`] | the theme's contract number |
//! | what colours must reach | `contrast` in a theme's `theme.yaml` | `contrast` in [`render`], which measures and derives |
//! | what counts as a use of a term | [`site::glossary`] | the tests of `tests/suite/glossary.rs` |
//! | what the search understands | [`search`]: `query` for the question, `index` for the pages | `content/search-tests.yaml`, `.ci/engine-check` |
//! | why an answer is where it is | `search::query::explain` | `src/editor/why.ts`, `diptych search --explain` |
//! | how a language writes a value, sets text | [`format`](mod@format), [`typography`] | |
//! | what is understood of old sites | [`import`] | a piece in `tests/suite/import.rs` |
//! | the editor | `src/editor/editor.ts`, `src/bin/diptych/serve/editor/` | `npm run build` there, `.ci/editor-check` |
//! | a command | `src/bin/diptych/args/` | `help.rs`, `main.rs`; its words in `manual/content/commands/` |
//! | what the manual says | `src/bin/diptych/manual/content/` | what has a place of its own is made: `manual/mod.rs` |
//! | what goes to translators | `translate::comparison` | `xliff` and `docx` there, `.ci/packages-check` |
//! | what names a record | `edits::names` | `move` and `remove` follow; what is forgotten refuses |
//! | what a mistake says to write instead | its function in [`diagnostic::catalog`] | `fix`, and `fix` in JSON |
//! | what editors and the manual say of a setting or field | `src/schema/help.yaml` | [`schema::help`] |

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
