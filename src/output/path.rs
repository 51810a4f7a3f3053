//! The names that the output reserves.

use crate::path::OutputPath;

/// The manifest of a site. It belongs to the output itself; no other file may have its name.
pub const MANIFEST: &str = ".diptych";

/// The work folder of a build that can work only inside the output folder.
pub const INNER_WORK: &str = ".diptych.work";

/// Whether a path is one that the output reserves. Capitals do not count: some file systems ignore them.
pub fn is_own(path: &OutputPath) -> bool {
    let first = path.as_str().split('/').next().unwrap_or_default();
    [MANIFEST, INNER_WORK].iter().any(|own| first.eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_output_keeps_for_itself_is_known_in_any_case() {
        let own = |path| is_own(&OutputPath::new(path).unwrap());
        assert!(own(".diptych") && own(".DIPTYCH/x") && own(".diptych.work/lock"));
        assert!(!own("en/.diptych") && !own(".diptych2"));
    }
}
