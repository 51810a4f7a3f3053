//! What each stage of a run took, for `--timings`.

use std::time::{Duration, Instant};

/// A stopwatch with laps.
pub(crate) struct Timings {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

#[expect(clippy::disallowed_methods, reason = "only the binary measures time")]
impl Timings {
    /// Starts.
    pub(crate) fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    /// Ends a stage.
    pub(crate) fn done(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }

    /// A line for each stage, in milliseconds, and their sum.
    pub(crate) fn table(&self) -> String {
        let total: Duration = self.laps.iter().map(|(_, took)| *took).sum();
        let lines = self.laps.iter().map(|(stage, took)| (*stage, *took)).chain([("total", total)]);
        let line = |(stage, took): (&str, Duration)| format!("{stage:<10} {:>9.1} ms\n", took.as_secs_f64() * 1000.0);
        lines.map(line).collect::<Vec<_>>().concat()
    }
}
