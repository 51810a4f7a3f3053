//! How long each stage of a run took, for `--timings`.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A stopwatch with laps.
pub(crate) struct Timings {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
    /// Parts of the current stage that ran at the same time.
    parts: Mutex<Vec<(&'static str, Duration)>>,
}

#[expect(clippy::disallowed_methods, reason = "only the binary measures time")]
impl Timings {
    /// Starts.
    pub(crate) fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new(), parts: Mutex::default() }
    }

    /// Ends a stage.
    pub(crate) fn done(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }

    /// Ends a part of the current stage; parts run at the same time.
    pub(crate) fn part_done(&self, part: &'static str) {
        if let Ok(mut parts) = self.parts.lock() {
            parts.push((part, self.last.elapsed()));
        }
    }

    /// A line for each stage, in milliseconds, and their sum; parts that ran at the same time are listed below it.
    pub(crate) fn table(&self) -> String {
        let total: Duration = self.laps.iter().map(|(_, took)| *took).sum();
        let parts = self.parts.lock().map(|parts| parts.clone()).unwrap_or_default();
        let lines = self.laps.iter().copied().chain([("total", total)]).chain(parts);
        let line = |(stage, took): (&str, Duration)| format!("{stage:<10} {:>9.1} ms\n", took.as_secs_f64() * 1000.0);
        lines.map(line).collect::<Vec<_>>().concat()
    }
}
