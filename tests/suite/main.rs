//! Whole-program tests: each makes a small site, runs the real program on it, and looks at what a user would see.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk from outside, as a user does")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the harness serves more tests than stand here yet")]
mod project;

mod pairs;
