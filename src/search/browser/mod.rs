//! The engine's side of the bridge to `search.js`: a few functions over numbers, and two buffers.
//!
//! JavaScript asks for room ([`input`]), writes there, calls [`open`], [`feed`] or [`ask`], and reads [`output`]. A
//! generated binding would be larger than all of this.

#![expect(unsafe_code, reason = "names that JavaScript calls must not be mangled; nothing here follows a pointer")]

use std::cell::RefCell;

use super::{FileId, Index, Options, Step};

/// What [`feed`] and [`ask`] return when all is well, when files are needed, and when one is damaged.
const DONE: i32 = 0;
const NEED: i32 = 1;
const DAMAGED: i32 = 2;
/// Bits of the last argument of [`ask`].
const FINISHED: u32 = 1;
const EXPLAIN: u32 = 2;
const KNOWS: u32 = 4;
const AS_TYPED: u32 = 8;

#[derive(Default)]
struct Engine {
    indexes: Vec<Index>,
    input: Vec<u8>,
    output: Vec<u8>,
}

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::default();
}

/// Room for `length` bytes of input.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    ENGINE.with_borrow_mut(|engine| {
        engine.input = vec![0; length];
        engine.input.as_mut_ptr()
    })
}

/// Where the output starts.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    ENGINE.with_borrow(|engine| engine.output.as_ptr())
}

/// How long the output is.
#[unsafe(no_mangle)]
pub extern "C" fn output_length() -> usize {
    ENGINE.with_borrow(|engine| engine.output.len())
}

/// Opens the index of which the input is the boot file, and gives its number, or a negative one if it is damaged.
#[unsafe(no_mangle)]
pub extern "C" fn open() -> i32 {
    ENGINE.with_borrow_mut(|engine| {
        let boot = std::mem::take(&mut engine.input);
        let Ok(index) = Index::open(&boot) else { return -1 };
        engine.indexes.push(index);
        engine.indexes.len() as i32 - 1
    })
}

/// Hands the input to an index as the file with a number.
#[unsafe(no_mangle)]
pub extern "C" fn feed(index: usize, file: u32) -> i32 {
    ENGINE.with_borrow_mut(|engine| {
        let bytes = std::mem::take(&mut engine.input);
        let fed = engine.indexes.get(index).zip(FileId::of_number(file)).map(|(index, file)| index.feed(file, &bytes));
        if matches!(fed, Some(Ok(()))) { DONE } else { DAMAGED }
    })
}

/// Asks an index what the input says: the question, then name and key of each chosen filter, with zero bytes between.
/// The output is the answer in JSON or, if files are needed, a line with number and name of each.
#[unsafe(no_mangle)]
pub extern "C" fn ask(index: usize, limit: usize, offset: usize, flags: u32) -> i32 {
    ENGINE.with_borrow_mut(|engine| {
        let bytes = std::mem::take(&mut engine.input);
        let input = String::from_utf8_lossy(&bytes);
        let mut parts = input.split('\0');
        let text = parts.next().unwrap_or_default();
        let mut filters = Vec::new();
        while let (Some(name), Some(key)) = (parts.next(), parts.next()) {
            filters.push((name.to_owned(), key.to_owned()));
        }
        let has = |flag: u32| flags & flag != 0;
        let options =
            Options { limit, offset, filters, typing: !has(FINISHED), correct: !has(AS_TYPED), explain: has(EXPLAIN) };
        let Some(index) = engine.indexes.get(index) else { return DAMAGED };
        let (status, output) = match answer(index, text, &options, flags) {
            Ok(json) => (DONE, json),
            Err(Some(files)) => (NEED, list(&files)),
            Err(None) => (DAMAGED, String::new()),
        };
        engine.output = output.into_bytes();
        status
    })
}

/// The answer in JSON, or the files that it takes, or nothing if one of them is damaged.
fn answer(index: &Index, text: &str, options: &Options, flags: u32) -> Result<String, Option<Vec<FileId>>> {
    if flags & KNOWS != 0 {
        return match index.knows(text) {
            Ok(Ok(known)) => Ok(if known { "true" } else { "false" }.to_owned()),
            Ok(Err(files)) => Err(Some(files)),
            Err(_) => Err(None),
        };
    }
    match index.ask(text, options) {
        Ok(Step::Answer(answer)) => Ok(answer.to_json()),
        Ok(Step::Need(files)) => Err(Some(files)),
        Err(_) => Err(None),
    }
}

fn list(files: &[FileId]) -> String {
    use std::fmt::Write;

    let mut lines = String::new();
    for file in files {
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{} {file}", file.number());
    }
    lines
}

/// tantivy names new segments at random. A reader makes none.
#[unsafe(no_mangle)]
extern "Rust" fn __getrandom_v03_custom(_: *mut u8, _: usize) -> Result<(), getrandom::Error> {
    Err(getrandom::Error::UNSUPPORTED)
}
