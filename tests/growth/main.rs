//! No content makes the program disproportionately slow: twice the input takes about twice the time.
//!
//! This is the one test that measures time, because nothing else can hold a promise about growth. It does not ask how
//! long anything takes: it compares a site with one that has the same thing twice as often, and only by the CPU time of
//! the one thread that did all the work. Whatever else the machine does, how fast it is and how the program was compiled
//! weigh on both alike. Work that grows in line gives 2; sorting a little more; work that grows with the square 4.
//!
//! It is a program of its own, with one measurement at a time, so that no other test shares the processor with it.
//!
//! Every stage is judged by itself, so that a slow stage hides no quadratic one. A stage that seems to grow too fast is
//! measured again, then at sizes still larger, and fails only where it does so each time.
//!
//! `GROWTH=1 cargo test --test growth -- --nocapture` prints the table; `GROWTH=footnotes` only those shapes.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the table is asked for by the environment")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use diptych::diagnostic::Diagnostic;
use diptych::lang::Lang;
use diptych::path::ContentPath;
use diptych::source::Sources;
use diptych::workspace::{Options, Ready, ThemeSources, Workspace};
use diptych::{output, report};
use rustix::time::{ClockId, clock_gettime};

use shapes::{Shape, minimal};

#[path = "../suite/sections.rs"]
mod sections;
mod shapes;

/// What a doubling may cost: half-way between work that grows in line and work that grows with the square.
const MOST: f64 = 3.0;

/// Sizes are doubled until some stage takes as long as this, in seconds; what takes less than half of it says nothing.
const LONG_ENOUGH: f64 = 0.016;

/// How often each of how many sizes is measured before a stage is said to grow too fast.
const ATTEMPTS: usize = 4;
const SIZES: usize = 3;

#[test]
fn twice_as_many_headings_and_links_take_about_twice_the_time() {
    grows_in_line(shapes::LINES);
}

#[test]
fn twice_as_many_blocks_and_footnotes_take_about_twice_the_time() {
    grows_in_line(shapes::BLOCKS);
}

#[test]
fn a_line_that_is_twice_as_long_takes_about_twice_the_time() {
    grows_in_line(shapes::TYPOGRAPHY);
}

#[test]
fn twice_as_many_differences_between_the_sides_take_about_twice_the_time() {
    grows_in_line(shapes::SIDES);
}

#[test]
fn twice_as_many_facts_take_about_twice_the_time() {
    grows_in_line(shapes::FACTS);
}

#[test]
fn twice_as_many_files_take_about_twice_the_time() {
    grows_in_line(shapes::FILES);
}

fn grows_in_line(shapes: &'static [Shape]) {
    static MEASURING: Mutex<()> = Mutex::new(());
    let _alone = MEASURING.lock().unwrap_or_else(PoisonError::into_inner);
    // A thread of its own, because the pool of one thread that does all the work belongs to it for good.
    let measure = || {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap();
        pool.install(|| measure(shapes))
    };
    let measured = std::thread::Builder::new().stack_size(16 << 20).spawn(measure).unwrap().join().unwrap();
    let failures: Vec<&str> =
        measured.iter().filter(|(growth, _)| growth.ratio() >= MOST).map(|(_, line)| &**line).collect();
    assert!(failures.is_empty(), "these grow too fast:\n{}", failures.join("\n"));
}

#[expect(clippy::print_stdout, reason = "the table, where it is asked for")]
fn measure(shapes: &[Shape]) -> Vec<(Growth, String)> {
    let table = std::env::var("GROWTH").ok();
    let named = |shape: &&Shape| table.as_ref().is_none_or(|name| name == "1" || shape.name.contains(name.as_str()));
    // Once to make what is made only once, then for what every site costs.
    time(&Shape::WHOLE, 0);
    let [part, whole] = [Shape::NOTHING, Shape::WHOLE].map(|shape| least(&time(&shape, 0), &time(&shape, 0)));
    let measured = shapes.iter().filter(named).map(|shape| {
        let growth = growth(shape, if shape.whole { &whole } else { &part });
        let line = growth.line(shape.name);
        if table.is_some() {
            println!("{line}");
        }
        (growth, line)
    });
    measured.collect()
}

/// How the time of a stage grows.
struct Growth {
    stage: &'static str,
    size: usize,
    /// Seconds.
    once: f64,
    twice: f64,
}

impl Growth {
    fn ratio(&self) -> f64 {
        self.twice / self.once
    }

    fn line(&self, name: &str) -> String {
        let (once, twice) = (self.once * 1e3, self.twice * 1e3);
        let Self { size, stage, .. } = self;
        format!("{name:<44} {size:>8} {once:>9.1} ms {twice:>9.1} ms {:>6.2}  {stage}", self.ratio())
    }
}

/// Seconds of CPU time, by stage.
type Times = BTreeMap<&'static str, f64>;

/// How the stage that grows fastest does.
fn growth(shape: &Shape, fixed: &Times) -> Growth {
    let time = |size: usize| -> Times {
        let times = time(shape, size).into_iter();
        times.map(|(stage, time)| (stage, (time - fixed.get(stage).unwrap_or(&0.0)).max(1e-3))).collect()
    };
    let mut size = shape.size;
    let (mut once, mut twice) = (time(size), time(size * 2));
    while !twice.iter().any(|(stage, time)| *time >= least_time(LONG_ENOUGH, stage, fixed)) {
        size *= 2;
        (once, twice) = (twice, time(size * 2));
    }
    let mut growth = fastest(size, &once, &twice, fixed);
    for attempt in 1..ATTEMPTS * SIZES {
        if growth.ratio() < MOST {
            break;
        }
        if attempt % ATTEMPTS == 0 {
            size *= 2;
            (once, twice) = (twice, time(size * 2));
        }
        once = least(&once, &time(size));
        twice = least(&twice, &time(size * 2));
        growth = fastest(size, &once, &twice, fixed);
    }
    growth
}

/// What a stage must take to say something: more than it takes on any site.
fn least_time(time: f64, stage: &str, fixed: &Times) -> f64 {
    time.max(2.0 * fixed.get(stage).unwrap_or(&0.0))
}

/// The stage that grows fastest, of those that take long enough and more than on any site.
fn fastest(size: usize, once: &Times, twice: &Times, fixed: &Times) -> Growth {
    let growth = |stage: &'static str| Growth { stage, size, once: once[stage], twice: twice[stage] };
    let counts = |stage: &&&'static str| twice[**stage] >= least_time(LONG_ENOUGH / 2.0, stage, fixed);
    let fastest = twice.keys().filter(counts).map(|stage| growth(stage));
    let longest = || twice.keys().max_by(|a, b| twice[*a].total_cmp(&twice[*b])).map(|stage| growth(stage));
    fastest.max_by(|a, b| a.ratio().total_cmp(&b.ratio())).or_else(longest).unwrap()
}

/// The least of each: whatever else the machine does, it makes nothing faster.
fn least(one: &Times, other: &Times) -> Times {
    one.iter().map(|(stage, time)| (*stage, time.min(other[stage]))).collect()
}

/// The CPU time of this thread so far, in seconds.
fn now() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap()).as_secs_f64()
}

/// Takes a site of some size the whole way, mistakes and pages and index.
fn time(shape: &Shape, size: usize) -> Times {
    let mut files: BTreeMap<String, String> = minimal().into_iter().collect();
    files.extend((shape.files)(size));
    let files = files.into_iter().map(|(path, text)| (ContentPath::new(path), text.into_bytes()));
    let (sources, told) = Sources::from_files(files);

    let mut times = Times::new();
    let mut last = now();
    let mut done = |stage| {
        let now = now();
        times.insert(stage, now - last);
        last = now;
    };
    let options = Options { as_of: Some("2026-01-01".parse().unwrap()), ..Options::default() };
    let workspace = Workspace::open(options, sources, told, ThemeSources::default(), &mut done);
    report(workspace.sources(), workspace.mistakes(), &mut done);
    if let Some(Ready { site, theme, plan }) = workspace.ready() {
        for (path, artifact) in plan.iter() {
            if shape.whole
                || path.as_str().ends_with("/long/index.html")
                || path.as_str().ends_with("/long/index.html.md")
            {
                output::make(&site, &theme, artifact).unwrap();
            }
        }
        done("pages");
        if shape.whole {
            output::search(&site, &theme).unwrap();
            done("index");
        }
    }
    times
}

fn report(sources: &Sources, told: &[Diagnostic], done: &mut dyn FnMut(&'static str)) {
    let text = |path: &ContentPath| sources.text(path).map(Cow::Borrowed);
    let files = report::Files { text: &text, name: &|path: &ContentPath| path.to_string() };
    report::text(told, &files, Lang::En, false);
    done("text");
    report::json(told, &files, Lang::Fr);
    report::github(told, &files, Lang::Fr);
    report::sarif(told, &files, Lang::Fr);
    done("data");
}
