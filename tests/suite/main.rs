//! Whole-program tests.

mod search;
