//! Opens an address in the person's browser, by the program that the system has for it.

use std::process::{Command, Stdio};

/// Opens an address. Without a browser or a screen, people open the printed address themselves.
#[expect(clippy::disallowed_methods, reason = "starts the browser")]
pub(super) fn open(address: &str) {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut opened) = command.spawn() {
        // A thread waits for it, so that no zombie process is left behind.
        std::thread::spawn(move || opened.wait());
    }
}
