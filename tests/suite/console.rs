//! Output to pipes, files and terminals: the program ends quietly whatever happens to its output, and neither the name
//! nor the text of a file can control a terminal.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Read};
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output, Stdio};

use crate::preview::{Preview, ended};
use crate::project::Project;

/// Every command, with its exit code when all of its output is read.
const COMMANDS: [(&[&str], i32); 17] = [
    (&["--help"], 0),
    (&["--version"], 0),
    (&["--lang", "fr", "--help"], 0),
    (&["build", "--help"], 0),
    (&["biuld"], 2),
    (&["--lang", "fr", "biuld"], 2),
    (&["build", "--timings"], 1),
    (&["check", "--timings"], 1),
    (&["check", "--format", "json"], 1),
    (&["check", "--format", "github"], 1),
    (&["check", "--format", "sarif"], 1),
    (&["status"], 0),
    (&["status", "--format", "json"], 0),
    (&["confirm", "partners/csc"], 0),
    (&["confirm", "--content", "nowhere", "--all"], 2),
    (&["search", "--out", "nowhere", "x"], 2),
    (&["init", "content"], 2),
];

/// The same, of a site without mistakes.
const SOUND: [(&[&str], i32); 7] = [
    (&["build", "--timings"], 0),
    (&["check", "--format", "json"], 0),
    (&["search", "--lang", "en", "manitoba"], 0),
    (&["search", "--lang", "en", "--format", "json", "manitoba"], 0),
    (&["status", "--timings"], 0),
    (&["confirm", "partners/csc"], 0),
    (&["init", "new"], 0),
];

fn unsound() -> Project {
    Project::minimal()
        .with("-- content/agreements/exchange-of-service.yaml --\nparties: [csc, manitobba]\ncolour: blue\n")
}

/// Each command, on a site that gives it something to print.
fn every_command(test: impl Fn(&Project, &[&str], i32)) {
    for (args, code) in COMMANDS {
        test(&unsound(), args, code);
    }
    for (args, code) in SOUND {
        let project = Project::minimal();
        project.build();
        test(&project, args, code);
    }
}

/// The end of a pipe that nobody reads.
fn closed() -> OwnedFd {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

/// A file that is always full.
fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").unwrap().into()
}

fn run(project: &Project, args: &[&str], stdout: Stdio, stderr: Stdio) -> Output {
    project.command(args).stdout(stdout).stderr(stderr).spawn().unwrap().wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_result_that_nobody_reads_to_its_end_is_no_failure() {
    every_command(|project, args, code| {
        let ended = run(project, args, closed().into(), Stdio::piped());
        assert_eq!(ended.status.code(), Some(code), "{args:?}: {}", text(&ended.stderr));
        assert!(!text(&ended.stderr).contains("panicked"), "{args:?}: {}", text(&ended.stderr));
    });
}

#[test]
fn messages_that_nobody_reads_change_nothing() {
    every_command(|project, args, code| {
        let ended = run(project, args, Stdio::piped(), closed().into());
        assert_eq!(ended.status.code(), Some(code), "{args:?}");
    });
}

#[test]
fn the_rest_of_a_long_answer_is_dropped_when_its_reader_leaves() {
    let project = Project::minimal();
    let many: String = (0..3000).map(|number| format!("field_{number}: x\n")).collect();
    project.write("content/agreements/exchange-of-service.yaml", format!("parties: [csc]\n{many}"));
    let mut process =
        project.command(&["check", "--format", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let mut said = String::new();
    process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((first.as_str(), said.as_str(), ended(&mut process)), ("[\n", "", Some(1)));
}

#[test]
fn a_result_that_finds_no_room_is_a_failure_with_a_message() {
    every_command(|project, args, code| {
        let ended = run(project, args, full(), Stdio::piped());
        let said = text(&ended.stderr);
        let prints = run(project, args, Stdio::piped(), Stdio::null());
        // The second run of `init` and `confirm` finds what the first one did; neither prints a result.
        if prints.stdout.is_empty() {
            assert_eq!(ended.status.code(), Some(code), "{args:?}: {said}");
        } else {
            assert_eq!(ended.status.code(), Some(2), "{args:?}: {said}");
            let told = ["the result could not be written: ", "le résultat n’a pas pu être écrit : "];
            assert!(told.iter().any(|told| said.contains(told)), "{args:?}: {said}");
        }
        assert!(!said.contains("panicked"), "{args:?}: {said}");
    });
}

#[test]
fn messages_that_find_no_room_are_a_failure() {
    every_command(|project, args, code| {
        let ended = run(project, args, Stdio::piped(), full());
        let speaks = !run(project, args, Stdio::null(), Stdio::piped()).stderr.is_empty();
        let expected = if speaks { 2 } else { code };
        assert_eq!(ended.status.code(), Some(expected), "{args:?}");
    });
}

#[test]
fn everything_may_be_closed_or_full_at_once() {
    every_command(|project, args, _| {
        for (stdout, stderr) in [(full(), full()), (closed().into(), closed().into()), (full(), closed().into())] {
            let ended = run(project, args, stdout, stderr);
            assert!(ended.status.code().is_some_and(|code| code <= 2), "{args:?}: {:?}", ended.status);
        }
        // No output at all, not even a closed one.
        let shell = format!("exec \"$0\" {} <&- >&- 2>&-", args.join(" "));
        let mut command = Command::new("sh");
        command.args(["-c", &shell, env!("CARGO_BIN_EXE_diptych")]).current_dir(project.path(""));
        assert!(command.status().unwrap().code().is_some_and(|code| code <= 2), "{args:?}");
    });
}

#[test]
fn a_preview_ends_when_it_is_asked_to() {
    let project = Project::minimal();
    for signal in ["-INT", "-TERM"] {
        let preview = Preview::start(&project);
        // A browser that waits for the next state does not delay the end.
        let mut waiting = preview.connect();
        let head = format!("GET /_diptych/next?generation=1 HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
        std::io::Write::write_all(&mut waiting, head.as_bytes()).unwrap();
        let (code, said) = preview.end(signal);
        assert_eq!(code, Some(0), "{signal}");
        assert!(said.iter().all(|line| line.starts_with("To edit it: ")), "{said:?}");
    }
}

#[test]
fn a_preview_ends_when_nobody_reads_its_messages_any_more() {
    let project = Project::minimal();
    let mut process = project.command(&["serve", "--port", "0"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(process.stderr.take().unwrap());
    lines.read_line(&mut String::new()).unwrap();
    lines.read_line(&mut String::new()).unwrap();
    drop(lines);
    project.write("content/agreements/exchange-of-service.yaml", "parties: [nobody]\n");
    assert_eq!(ended(&mut process), Some(0));
}

#[test]
fn a_preview_whose_messages_find_no_room_ends() {
    let project = Project::minimal();
    let mut process = project.command(&["serve", "--port", "0"]).stderr(full()).spawn().unwrap();
    assert_eq!(ended(&mut process), Some(2));
    let mut process = project.command(&["serve", "--port", "0"]).stderr(Stdio::from(closed())).spawn().unwrap();
    assert_eq!(ended(&mut process), Some(0));
}

#[test]
fn no_run_was_ended_by_a_signal_of_a_closed_pipe() {
    let project = unsound();
    let ended = run(&project, &["check", "--format", "json"], closed().into(), Stdio::null());
    assert_eq!(ended.status.signal(), None);
}

/// A site whose names, titles and values hold control sequences.
fn hostile() -> Project {
    let project = Project::minimal();
    project.write("content/partners/\u{1b}[2Jclear\r.en.md", "---\ntitle: \u{9b}31mRed\u{202e}\n---\n# \u{7}\n");
    project.write("content/partners/a\nerror: forged.yaml", "x: \u{1b}]0;title\u{7}\n");
    project.write(
        "content/agreements/exchange-of-service.yaml",
        "\"\\e[31mred\\n\\x9b\": 1\nparties: [\"\\e[1mbold\\a\"]\n",
    );
    project
}

/// The control sequences in a text.
fn obeyed(text: &str) -> String {
    text.chars().filter(|c| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c)).collect()
}

#[test]
fn names_titles_and_values_do_nothing_to_a_terminal() {
    let project = hostile();
    let commands: [&[&str]; 9] = [
        &["check"],
        &["check", "--lang", "fr"],
        &["build"],
        &["check", "--format", "json"],
        &["check", "--format", "github"],
        &["check", "--format", "sarif"],
        &["status"],
        &["status", "--format", "json"],
        &["confirm", "--all"],
    ];
    for args in commands {
        let run = project.run(args);
        assert!(!run.stdout.is_empty() || !run.stderr.is_empty(), "{args:?} says something");
        assert_eq!(obeyed(&run.stdout), "", "{args:?}: {}", run.stdout);
        assert_eq!(obeyed(&run.stderr), "", "{args:?}: {}", run.stderr);
        let forged = |text: &str| text.lines().any(|line| line.starts_with("error: forged"));
        assert!(!forged(&run.stdout) && !forged(&run.stderr), "{args:?} lets a name begin a line");
    }
    assert!(project.run(&["check"]).stderr.contains("␛[31mred"), "they are seen");
}

#[test]
fn what_was_typed_does_nothing_to_a_terminal_either() {
    let project = Project::minimal();
    for args in [
        ["check", "--content", "\u{1b}[2Jx\n"],
        ["confirm", "\u{1b}[31mx\u{7}", "y"],
        ["build", "--theme", "\u{1b}]0;x\u{7}"],
        ["\u{1b}[31mcheck", "x", "y"],
        ["--lang", "fr", "\u{1b}[31mcheck"],
        ["search", "--out", "\u{9b}x"],
        ["serve", "--host", "\u{1b}[31mx"],
        ["check", "--format", "\u{1b}[31mx\r"],
    ] {
        let run = project.run(&args);
        assert!(run.code != 0 && !run.stderr.is_empty(), "{args:?}");
        assert_eq!(obeyed(&run.stderr), "", "{args:?}: {}", run.stderr);
    }
}

#[test]
fn an_answer_of_the_search_does_nothing_to_a_terminal() {
    // Content cannot hold such characters, but a question can, and an answer may repeat it.
    let project = Project::minimal();
    let built = project.run(&["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    for question in ["manitoba \u{1b}[31m\u{9b}x", "manitobba\u{1b}[31m", "\u{1b}]0;x\u{7}"] {
        for format in ["text", "json"] {
            let run = project.run(&["search", "--lang", "en", "--format", format, question]);
            assert!(!run.stdout.is_empty(), "{question:?}: {}", run.stderr);
            assert_eq!(obeyed(&run.stdout), "", "{format}: {}", run.stdout);
        }
    }
}

#[test]
fn the_address_of_a_file_in_sarif_is_an_address() {
    let project = Project::minimal();
    project.write("content/partners/100 % sûr#1?.en.md", "no front matter");
    let run = project.run(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let uris: Vec<&str> = results
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap())
        .collect();
    assert!(uris.contains(&"content/partners/100%20%25%20s%C3%BBr%231%3F.en.md"), "{uris:?}");
    let absolute = project.path("content").to_string_lossy().into_owned();
    let run = project.run(&["check", "--format", "sarif", "--content", &absolute]);
    assert!(run.stdout.contains(&format!("\"file://{absolute}/partners/100%20")), "{}", run.stdout);
}
