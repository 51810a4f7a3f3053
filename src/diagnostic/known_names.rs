//! The names that are allowed in a place, to find a wrong one and say which was meant: [`KnownNames`]. Owns
//! `rapidfuzz`.
//!
//! A set is made once and asked about each mistake, so the cost of a question must not grow with the set. Few names are
//! all compared. Of many, only the neighbours in alphabetical order are, read forward and backward: a typing error
//! leaves a name's beginning or its end as it was, usually both.

use std::collections::HashMap;
use std::sync::OnceLock;

use rapidfuzz::distance::osa;

use crate::path::slug;

/// Names in some order.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    names: Vec<String>,
    /// The names in alphabetical order, made when they are first needed.
    sorted: OnceLock<Vec<usize>>,
    neighbours: OnceLock<Neighbours>,
    /// What pages call the names, in the form of an address, with their positions; `None` if two have the same label.
    labels: HashMap<String, Option<usize>>,
}

/// The names in small letters, forward and backward, each in alphabetical order with its position.
#[derive(Clone, Debug)]
struct Neighbours {
    forward: Vec<(String, usize)>,
    backward: Vec<(String, usize)>,
}

/// Up to this many names are all compared.
const FEW: usize = 100;

/// Of more names, this many neighbours are compared on either side, read forward and backward.
const NEAR: usize = 20;

/// In characters; nobody mistypes a longer name.
const LONGEST: usize = 128;

/// A message lists at most this many names.
const LISTED: usize = 12;

impl PartialEq for KnownNames {
    /// Whether both have the same names in the same order; what is derived from them does not count.
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl Eq for KnownNames {}

impl KnownNames {
    /// Takes names in the order in which messages list them.
    pub fn new<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        Self { names: names.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// The same names, each of which can also be written as pages call it. Takes the position of a name, and its label.
    #[must_use]
    pub fn with_labels<'l>(mut self, labels: impl IntoIterator<Item = (usize, &'l str)>) -> Self {
        for (at, label) in labels {
            let own = self.labels.entry(slug(label)).or_insert(Some(at));
            *own = own.filter(|known| *known == at);
        }
        self.labels.remove("");
        self
    }

    /// The name that pages call as it was written.
    fn labelled(&self, written: &str) -> Option<&str> {
        if self.labels.is_empty() || written.len() > LONGEST {
            return None;
        }
        self.labels.get(&slug(written)).copied().flatten().map(|at| self.names[at].as_str())
    }

    /// The names, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a name is one of them as it is written.
    pub fn contains(&self, written: &str) -> bool {
        self.get(written).is_some()
    }

    /// The one that is written.
    pub fn get(&self, written: &str) -> Option<&str> {
        if self.names.len() <= LISTED {
            return self.iter().find(|name| *name == written);
        }
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<usize> = (0..self.names.len()).collect();
            sorted.sort_unstable_by_key(|at| &self.names[*at]);
            sorted
        });
        let found = sorted.binary_search_by(|at| self.names[*at].as_str().cmp(written)).ok()?;
        Some(&self.names[sorted[found]])
    }

    /// The name that was probably meant: the nearest one, if it is near enough. Capitals do not count.
    pub fn nearest(&self, written: &str) -> Option<&str> {
        if let Some(name) = self.labelled(written) {
            return Some(name);
        }
        if self.names.len() <= FEW {
            return nearest(written, self.names.iter().map(String::as_str));
        }
        nearest(written, self.near(written).into_iter().map(|at| self.names[at].as_str()))
    }

    /// The name that was meant without a doubt: [`sure`].
    pub fn sure(&self, written: &str) -> Option<&str> {
        if let Some(name) = self.labelled(written) {
            return Some(name);
        }
        if self.names.len() <= FEW {
            return sure(written, self.names.iter().map(String::as_str));
        }
        let near = self.near(written);
        sure(written, near.iter().map(|at| self.names[*at].as_str()))
    }

    /// The one name that ends in a slash and the word: a page that was named without its folder.
    pub fn in_folder(&self, written: &str) -> Option<&str> {
        let Neighbours { backward, .. } = self.neighbours.get_or_init(|| Neighbours::of(&self.names));
        let ending = format!("{}/", reversed(&written.to_lowercase()));
        let at = backward.partition_point(|(name, _)| *name < ending);
        let mut found = backward[at..].iter().take_while(|(name, _)| name.starts_with(&ending));
        let (_, first) = found.next()?;
        found.next().is_none().then(|| self.names[*first].as_str())
    }

    /// The positions of the names that are near a word in alphabetical order, from the front and from the back.
    fn near(&self, written: &str) -> Vec<usize> {
        let Neighbours { forward, backward } = self.neighbours.get_or_init(|| Neighbours::of(&self.names));
        let lower: String = written.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
        let mut near = [around(forward, &lower), around(backward, &reversed(&lower))].concat();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// "a, b, c": the names in their order, cut where there are very many.
    pub fn list(&self) -> String {
        name_list(self.names.iter().map(String::as_str))
    }
}

impl Neighbours {
    fn of(names: &[String]) -> Self {
        let sorted = |written: fn(&str) -> String| {
            let mut sorted: Vec<(String, usize)> =
                names.iter().enumerate().map(|(at, name)| (written(name), at)).collect();
            sorted.sort_unstable();
            sorted
        };
        Self { forward: sorted(str::to_lowercase), backward: sorted(|name| reversed(&name.to_lowercase())) }
    }
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// The positions of the names just before and after a word.
fn around(sorted: &[(String, usize)], word: &str) -> Vec<usize> {
    let at = sorted.partition_point(|(name, _)| name.as_str() < word);
    let near = &sorted[at.saturating_sub(NEAR)..(at + NEAR).min(sorted.len())];
    near.iter().map(|(_, at)| *at).collect()
}

/// The nearest of a few names, the first in alphabetical order if several are equally near. A third of the longer word
/// may differ.
pub(super) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower: Vec<char> = written.chars().flat_map(char::to_lowercase).take(LONGEST + 1).collect();
    if lower.len() > LONGEST {
        return None;
    }
    let comparator = osa::BatchComparator::new(lower.iter().copied());
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let letters: Vec<char> = name.chars().flat_map(char::to_lowercase).take(LONGEST + 1).collect();
        let most = (letters.len().max(lower.len()) / 3).max(1);
        let most = best.map_or(most, |(distance, _)| distance.min(most));
        if letters.len() > LONGEST || letters.len().abs_diff(lower.len()) > most {
            continue;
        }
        let within = osa::Args::default().score_cutoff(most);
        let Some(distance) = comparator.distance_with_args(letters.iter().copied(), &within) else { continue };
        best = Some(best.map_or((distance, name), |best| best.min((distance, name))));
    }
    best.map(|(_, name)| name)
}

/// The name that was meant without a doubt: one letter of it is wrong, or two of a long one, no other name is almost as
/// near, and no digit differs, since another digit means another thing.
pub fn sure<'a>(written: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let meant = nearest(written, known.clone())?;
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let lower = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    let own = lower(written);
    let distance = |name: &str| osa::distance(own.iter().copied(), lower(name));
    let most = match own.len() {
        0..=2 => 0,
        3..=7 => 1,
        _ => 2,
    };
    let is_near = distance(meant) <= most && figures(written) == figures(meant);
    let is_alone = || known.into_iter().filter(|name| *name != meant).all(|name| distance(name) > distance(meant) + 1);
    (is_near && is_alone()).then_some(meant)
}

/// "a, b, c": names in the order given, cut where there are very many or where one is very long.
pub(super) fn name_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names = names.into_iter();
    let shown: Vec<&str> = names.by_ref().take(LISTED).map(|name| &name[..name.floor_char_boundary(LONGEST)]).collect();
    let shown = shown.join(", ");
    if names.next().is_some() { format!("{shown}, …") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many() -> KnownNames {
        KnownNames::new((0..5_000).map(|at| format!("agreements/number-{at:04}-of-{}", at * 7919 % 5_000)))
    }

    #[test]
    fn the_nearest_name_is_the_one_that_was_meant() {
        let few = KnownNames::new(["status", "parties", "signed_on", "Services"]);
        assert_eq!(few.nearest("partys"), Some("parties"));
        assert_eq!(few.nearest("SERVICE"), Some("Services"));
        assert_eq!(few.nearest("singed_on"), Some("signed_on"));
        assert_eq!(few.nearest("budget"), None);
        assert_eq!(few.nearest(""), None);
    }

    #[test]
    fn among_very_many_names_an_error_is_found_wherever_it_is() {
        let many = many();
        let name = "agreements/number-0042-of-2598";
        assert!(many.contains(name));
        for wrong in [
            "agreement/number-0042-of-2598",
            "agreements/number-0042-off-2598",
            "agreements/numbre-0042-of-2598",
            "Agreements/Number-0042-of-2598x",
        ] {
            assert!(!many.contains(wrong));
            assert_eq!(many.nearest(wrong), Some(name), "{wrong}");
        }
    }

    #[test]
    fn what_is_far_longer_than_any_name_is_none_of_them() {
        assert_eq!(many().nearest(&"a".repeat(1 << 20)), None);
        assert_eq!(KnownNames::new(["a".repeat(1 << 20)]).nearest("a"), None);
    }

    #[test]
    fn a_name_is_sure_where_nothing_else_can_be_meant() {
        let few = KnownNames::new(["status", "parties", "signed_on", "treaty-6", "stated"]);
        assert_eq!(few.sure("singed_on"), Some("signed_on"));
        assert_eq!(few.sure("Parties"), Some("parties"));
        assert_eq!(few.sure("partes"), Some("parties"));
        assert_eq!(few.sure("state"), None, "status, or stated?");
        assert_eq!(few.sure("treaty-8"), None, "another treaty");
    }

    #[test]
    fn a_name_may_be_written_as_pages_call_it() {
        let labels = [(0, "State"), (0, "État"), (1, "Signature"), (2, "Date"), (3, "Date")];
        let known = KnownNames::new(["status", "signed_on", "from_day", "to_day"]).with_labels(labels);
        assert_eq!(known.sure("état"), Some("status"));
        assert_eq!(known.nearest("Signature"), Some("signed_on"));
        assert_eq!(known.nearest("date"), None, "two are called that");
    }

    #[test]
    fn a_list_shows_the_first_names() {
        assert_eq!(name_list(["a", "b"]), "a, b");
        assert!(many().list().ends_with(", …"));
        assert_eq!(many().list().matches(", ").count(), LISTED);
    }
}
