//! Turns a folder of Markdown and YAML in two languages into a static site with search.

pub mod lang;

pub mod path;

pub mod diagnostic;

pub mod source;

pub mod yaml;

pub mod format;

pub mod typography;

pub mod schema;

pub mod document;

pub mod parse;

pub mod pairs;

pub mod site;

pub mod check;

pub mod render;

pub mod search;

pub mod output;

pub mod report;

pub mod pipeline;
