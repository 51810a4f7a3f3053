//! Opens an address in the person's browser, by the program that the system has for it.

use std::process::{Command, Stdio};

/// Opens an address. Where there is no browser, or no screen, the address that was printed is opened by hand.
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
        // It is waited for apart, so that nothing of it stays behind.
        std::thread::spawn(move || opened.wait());
    }
}
