//! Where renamed records went ([`Renamed`]), so that whoever opens an old name is led to the new one.

use super::{Plan, kept};

/// The file in which it is kept, in the folder beside the content.
pub const FILE: &str = "renamed";

/// The largest such file that is read, in bytes.
pub const LARGEST: u64 = 4 << 20;

/// At most this many names are remembered, the latest ones.
const MOST: usize = 10_000;

/// The old and the new ids, in the order in which the records were renamed.
#[derive(Debug, Default)]
pub struct Renamed(Vec<(String, String)>);

impl Renamed {
    /// Reads the file; lines that cannot be understood are left out.
    pub fn read(text: &str) -> Self {
        let pairs = text.lines().filter_map(|line| line.split_once('\t'));
        Self(pairs.map(|(old, new)| (old.to_owned(), new.to_owned())).collect())
    }

    /// The same as a file.
    pub fn write(&self) -> String {
        let latest = &self.0[self.0.len().saturating_sub(MOST)..];
        latest.iter().map(|(old, new)| format!("{old}\t{new}\n")).collect()
    }

    /// What a plan renames.
    pub fn by(plan: &Plan) -> Self {
        let moved = plan.steps.iter().filter_map(kept::moved);
        let mut moved: Vec<_> = moved.map(|(old, new)| (old.to_owned(), new.to_owned())).collect();
        moved.dedup();
        Self(moved)
    }

    /// Whether nothing was renamed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what was renamed later.
    pub fn extend(&mut self, later: Self) {
        self.0.extend(later.0);
    }

    /// The current name of the record that last had this one.
    pub fn now(&self, id: &str) -> Option<&str> {
        let mut at = self.0.iter().rposition(|(old, _)| old == id)?;
        while let Some(next) = self.0[at + 1..].iter().position(|(old, _)| *old == self.0[at].1) {
            at += 1 + next;
        }
        Some(&self.0[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::Renamed;

    #[test]
    fn a_name_leads_to_the_last_one_and_a_name_that_was_used_again_to_its_own() {
        let all = Renamed::read("a/x\ta/y\nnonsense\na/y\tb/z\na/x\ta/w\n");
        assert_eq!(all.now("a/y"), Some("b/z"));
        assert_eq!(all.now("a/x"), Some("a/w"), "another record had the name after the first");
        assert_eq!(all.now("b/z"), None);
        assert_eq!(Renamed::read("a\tb\nb\ta\n").now("a"), Some("a"), "to and fro");
        assert_eq!(Renamed::read(&all.write()).now("a/y"), Some("b/z"));
    }
}
