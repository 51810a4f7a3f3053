//! The engine's side of the bridge to `search.js`.
