//! Turns a folder of Markdown and YAML in two languages into a static site with search.

#[cfg(not(target_arch = "wasm32"))]
pub mod format;
pub mod lang;
#[cfg(not(target_arch = "wasm32"))]
pub mod typography;
