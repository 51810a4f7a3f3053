//! The harness of the preview: [`Preview`] runs `diptych serve` and talks to it over real connections.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::project::{Project, program};

/// How long to wait for anything, also on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// A preview that runs until it is dropped.
pub(crate) struct Preview {
    process: Child,
    /// Host and port.
    pub(crate) address: String,
    /// What the printed address ends in.
    pub(crate) question: String,
    /// What was said before the address.
    pub(crate) greeting: Vec<String>,
    messages: Option<JoinHandle<Vec<String>>>,
}

impl Preview {
    pub(crate) fn start(project: &Project) -> Self {
        Self::with(project, &[])
    }

    /// A preview with more options.
    pub(crate) fn with(project: &Project, options: &[&str]) -> Self {
        Self::inside(project, "", options)
    }

    /// A preview that is started in a folder of the project.
    pub(crate) fn inside(project: &Project, folder: &str, options: &[&str]) -> Self {
        let mut command = project.command(&["serve", "--port", "0"]);
        command.current_dir(project.path(folder)).args(options);
        Self::of(command)
    }

    /// What a double click on the program in a folder starts, without the browser.
    pub(crate) fn opened(project: &Project, folder: &str) -> Self {
        let mut command = program(&project.path(folder));
        command.env("PATH", "");
        Self::of(command)
    }

    fn of(mut command: Command) -> Self {
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut greeting = Vec::new();
        let address = lines.by_ref().find_map(|line| {
            let address = line.split_once("http://").map(|(_, address)| address.to_owned());
            greeting.push(line);
            address
        });
        let address = address.unwrap_or_else(|| panic!("the preview says where it is: {greeting:?}"));
        let (address, question) = address.split_once('/').unwrap();
        let (address, question) = (address.to_owned(), question.to_owned());
        // What it says later is read too, so that it never waits for a reader.
        let messages = Some(std::thread::spawn(move || lines.collect()));
        Self { process, address, question, greeting, messages }
    }

    /// The answer to a request for a page, as a program asks for it.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", self.address))
    }

    /// The answer to a request whose head is given without its last line.
    pub(crate) fn ask(&self, head: &str) -> Answer {
        self.try_ask(head, Duration::from_secs(40)).unwrap()
    }

    /// The token that the pages of the editor hold.
    pub(crate) fn token(&self) -> String {
        let page = self.get("/_diptych/").body;
        let token = page.split("<meta name=\"diptych-token\" content=\"").nth(1).unwrap_or_else(|| panic!("{page}"));
        token.split('"').next().unwrap().to_owned()
    }

    /// The answer to a request that brings the editor's token, more headers and a body.
    pub(crate) fn send(&self, request: &str, headers: &str, body: impl AsRef<[u8]>) -> Answer {
        self.send_bare(request, &format!("X-Diptych-Token: {}\r\n{headers}", self.token()), body)
    }

    /// The same without the token.
    pub(crate) fn send_bare(&self, request: &str, headers: &str, body: impl AsRef<[u8]>) -> Answer {
        let body = body.as_ref();
        let mut stream = self.connect();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        let (host, length) = (&self.address, body.len());
        let head =
            format!("{request} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n");
        write!(stream, "{head}\r\n").unwrap();
        stream.write_all(body).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::of(&bytes)
    }

    /// The port that is listened to.
    pub(crate) fn port(&self) -> u16 {
        self.address.rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// A connection.
    pub(crate) fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port())).unwrap()
    }

    /// The same with a time limit, for connections that may be closed.
    pub(crate) fn try_ask(&self, head: &str, patience: Duration) -> std::io::Result<Answer> {
        let mut stream = self.connect();
        stream.set_read_timeout(Some(patience))?;
        write!(stream, "{head}Connection: close\r\n\r\n")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(Answer::of(&bytes))
    }

    /// What the browser learns of the site.
    pub(crate) fn state(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.get(path).body).unwrap()
    }

    /// The present state.
    pub(crate) fn now(&self) -> serde_json::Value {
        self.state("/_diptych/next")
    }

    /// Waits as a browser does, from state to state, until one is as it should be.
    pub(crate) fn until(&self, what: &str, is_so: impl Fn(&Self, &serde_json::Value) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        let mut state = self.now();
        while !is_so(self, &state) {
            let left = deadline.saturating_duration_since(Instant::now());
            let next =
                format!("GET /_diptych/next?generation={} HTTP/1.1\r\nHost: {}\r\n", state["generation"], self.address);
            let answer = (!left.is_zero()).then(|| self.try_ask(&next, left)).and_then(Result::ok);
            let Some(answer) = answer else { panic!("{what}: nothing came; the last state is {state:#}") };
            state = serde_json::from_str(&answer.body).unwrap();
        }
    }

    /// Waits until a page says something, in a site without errors.
    pub(crate) fn shows(&self, path: &str, words: &str) {
        self.until(&format!("{path} says “{words}”"), |preview, state| {
            state["errors"] == false && preview.get(path).body.contains(words)
        });
    }

    /// Waits until a mistake is reported.
    pub(crate) fn reports(&self, name: &str) {
        self.until(&format!("{name} is reported"), |_, state| {
            state["mistakes"].as_array().unwrap().iter().any(|mistake| mistake["name"] == name)
        });
    }

    /// Asks the preview to end as a terminal or a supervisor does. Returns its exit code and what it said until then.
    pub(crate) fn end(mut self, signal: &str) -> (Option<i32>, Vec<String>) {
        let sent = Command::new("kill").args([signal, &self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
        (ended(&mut self.process), self.messages.take().unwrap().join().unwrap())
    }

    /// Ends the preview at once, whatever it is doing.
    pub(crate) fn kill(&self) {
        let sent = Command::new("kill").args(["-KILL", &self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// The id of its process.
    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }

    /// The most memory that the preview has held, in bytes.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }
}

/// Waits until a process ends; its exit code, if it was not ended by a signal.
pub(crate) fn ended(process: &mut Child) -> Option<i32> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        match process.try_wait().unwrap() {
            Some(status) => return status.code(),
            None => assert!(Instant::now() < deadline, "the program goes on"),
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    head: String,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("an answer: {text}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// The body, which is JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The value of a header; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(own, _)| own.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}
