//! What two sequences have in common, in the same order: [`in_order`].
//!
//! Sequences of a page's length are compared item by item, as a diff does, and the longest common part is found. That
//! takes time in proportion to their length times the number of differences. Longer ones are matched by items that both
//! have equally often, of which the longest part in the same order is kept; that takes little more than their length.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Two sequences are compared item by item if the product of their lengths is not larger.
const MOST_COMPARED: usize = 1 << 18;

/// The positions of what both sequences have in the same order: in the old one and in the new one.
pub(super) fn in_order<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    matched(Algorithm::Myers, old, new)
}

/// The parts of two sequences that differ, between what they have in common.
pub(super) fn gaps<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<Gap> {
    between(&matched(Algorithm::Myers, old, new), old.len(), new.len())
}

/// The same for words: words that both have exactly once anchor the rest, which reads better.
pub(super) fn gaps_of_words(old: &[&str], new: &[&str]) -> Vec<Gap> {
    between(&matched(Algorithm::Patience, old, new), old.len(), new.len())
}

/// A part of the old sequence, and the part of the new one that is in its place. One of them may be empty.
pub(super) type Gap = (Range<usize>, Range<usize>);

fn between(matched: &[(usize, usize)], old: usize, new: usize) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let (mut old_from, mut new_from) = (0, 0);
    for (old_at, new_at) in matched.iter().copied().chain([(old, new)]) {
        if old_from < old_at || new_from < new_at {
            gaps.push((old_from..old_at, new_from..new_at));
        }
        (old_from, new_from) = (old_at + 1, new_at + 1);
    }
    gaps
}

fn matched<T: Eq + Hash>(algorithm: Algorithm, old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    // What is unchanged at both ends does not add to the work.
    let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let middle = if old_rest.len().saturating_mul(new_rest.len()) <= MOST_COMPARED {
        compared(algorithm, old_rest, new_rest)
    } else {
        counted(old_rest, new_rest)
    };
    let ends = (0..tail).map(|at| (old.len() - tail + at, new.len() - tail + at));
    let middle = middle.into_iter().map(|(old, new)| (head + old, head + new));
    (0..head).map(|at| (at, at)).chain(middle).chain(ends).collect()
}

fn compared<T: Eq + Hash>(algorithm: Algorithm, old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let mut matched = Vec::new();
    for op in capture_diff_slices(algorithm, old, new) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            matched.extend((0..len).map(|step| (old_index + step, new_index + step)));
        }
    }
    matched
}

/// Matches the first of a kind with the first, the second with the second, and keeps those in the same order.
fn counted<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let mut places = HashMap::<&T, Vec<usize>>::new();
    for (at, item) in old.iter().enumerate().rev() {
        places.entry(item).or_default().push(at);
    }
    let matched = new.iter().enumerate().filter_map(|(at, item)| Some((places.get_mut(item)?.pop()?, at)));
    let matched: Vec<(usize, usize)> = matched.collect();
    let olds: Vec<usize> = matched.iter().map(|(old, _)| *old).collect();
    longest_rising(&olds).into_iter().map(|at| matched[at]).collect()
}

/// The positions of the longest subsequence of distinct numbers in which each is larger than the one before; the first
/// one if several are equally long.
pub(super) fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    // For every length, the positions at which a subsequence of that length can end. Their numbers fall, since after a
    // smaller one the subsequence would be longer; and the last ones rise with the length.
    let mut ends: Vec<Vec<usize>> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let shorter = ends.partition_point(|ends| ends.last().is_some_and(|end| numbers[*end] < *number));
        before.push(shorter.checked_sub(1).map(|shorter| {
            let ends = &ends[shorter];
            ends[ends.partition_point(|end| numbers[*end] >= *number)]
        }));
        if shorter == ends.len() {
            ends.push(Vec::new());
        }
        ends[shorter].push(at);
    }
    let mut here = ends.last().and_then(|ends| ends.first().copied());
    let mut rising = Vec::new();
    while let Some(at) = here {
        rising.push(at);
        here = before[at];
    }
    rising.reverse();
    rising
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_have_in_one_order_is_matched() {
        assert_eq!(in_order(&["a", "b", "c", "d"], &["a", "x", "c", "d"]), [(0, 0), (2, 2), (3, 3)]);
        assert_eq!(in_order(&["a", "b"], &["b", "a", "b"]), [(0, 1), (1, 2)]);
        assert_eq!(gaps(&["a", "b", "c"], &["a", "x", "y", "c", "d"]), [(1..2, 1..3), (3..3, 4..5)]);
        assert!(gaps(&["a"], &["a"]).is_empty());
    }

    #[test]
    fn where_nothing_is_repeated_long_sequences_are_matched_at_least_as_well_as_short_ones() {
        let numbers = |step: usize| -> Vec<usize> { (0..1_000).map(|at| at * step % 1_009).collect() };
        let (old, new) = (numbers(1), numbers(577));
        assert!(counted(&old, &new).len() >= compared(Algorithm::Myers, &old, &new).len());
        assert!(counted(&old, &new).is_sorted());
        assert_eq!(in_order(&old, &old).len(), old.len());
    }

    #[test]
    fn of_parts_that_are_equally_long_the_first_is_kept() {
        assert_eq!(longest_rising(&[1, 0]), [0]);
        assert_eq!(longest_rising(&[3, 0, 1, 2]), [1, 2, 3]);
        assert_eq!(longest_rising(&[1, 2, 0, 3]), [0, 1, 3]);
        assert!(longest_rising(&[]).is_empty());
    }

    /// The longest rising subsequence, found by comparing each number with all before it.
    fn by_comparing(numbers: &[usize]) -> Vec<usize> {
        let (mut length, mut before) = (vec![1; numbers.len()], vec![None; numbers.len()]);
        for at in 0..numbers.len() {
            for other in 0..at {
                if numbers[other] < numbers[at] && length[other] + 1 > length[at] {
                    (length[at], before[at]) = (length[other] + 1, Some(other));
                }
            }
        }
        let mut here = (0..numbers.len()).rev().max_by_key(|at| length[*at]);
        let mut rising: Vec<usize> = std::iter::from_fn(|| {
            let at = here?;
            here = before[at];
            Some(at)
        })
        .collect();
        rising.reverse();
        rising
    }

    #[test]
    fn the_longest_rising_part_is_the_one_that_comparing_finds() {
        for size in [7, 11, 13, 101, 211] {
            for step in 1..size {
                let numbers: Vec<usize> = (0..size).map(|at| at * step % size).collect();
                assert_eq!(longest_rising(&numbers), by_comparing(&numbers), "{numbers:?}");
            }
        }
    }
}
