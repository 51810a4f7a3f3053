//! What every site's search is made of, whatever its content: [`assets`].

use std::hash::Hasher;

use super::super::hash::Hash;
use super::{FOLDER, OutputFile};
use crate::script::without_comments;

/// The engine, compressed; `src/search/browser/build-engine` writes it.
const ENGINE: &[u8] = include_bytes!("../browser/engine.wasm.gz");
/// The script, which names the engine by its name in the source tree.
const SCRIPT: &str = include_str!("../browser/search.js");
const NAME_IN_SCRIPT: &str = "engine.wasm.gz";

/// The engine and the script that runs it.
pub fn assets() -> Vec<OutputFile> {
    let engine = engine_name();
    let script = without_comments(SCRIPT.replace(NAME_IN_SCRIPT, &engine).as_bytes());
    vec![
        // The script knows the engine's name, so that it need not wait for a manifest to fetch it.
        OutputFile { path: format!("{FOLDER}/search.js"), bytes: script },
        OutputFile { path: format!("{FOLDER}/{engine}"), bytes: ENGINE.to_vec() },
    ]
}

/// The engine's name in the output, which changes with it.
pub(super) fn engine_name() -> String {
    let mut hash = Hash::default();
    hash.write(ENGINE);
    // No extension that a server knows: it would compress what is compressed.
    format!("engine-{:016x}.pack", hash.finish())
}
