//! Turns a folder of Markdown and YAML in two languages into a static site with search.

pub mod lang;
pub mod search;
