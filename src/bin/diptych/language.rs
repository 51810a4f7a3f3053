//! The language of messages: the one asked for, or else that of the environment or the system. Owns `sys-locale`.

use diptych::lang::Lang;

/// The language of messages.
#[expect(clippy::disallowed_methods, reason = "messages, unlike the output, follow the machine's settings")]
pub(crate) fn of_messages(asked: Option<Lang>) -> Lang {
    let setting = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let mut machine = ["DIPTYCH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    asked.unwrap_or_else(|| match machine.find_map(setting).or_else(of_system) {
        Some(setting) if setting.starts_with("fr") => Lang::Fr,
        _ => Lang::En,
    })
}

/// The language that a person has chosen for the system: `fr-CA`.
#[cfg(any(windows, target_os = "macos"))]
fn of_system() -> Option<String> {
    sys_locale::get_locale()
}

/// Elsewhere the environment says it.
#[cfg(not(any(windows, target_os = "macos")))]
fn of_system() -> Option<String> {
    None
}

/// One of two wordings.
pub(crate) fn pick<T>(lang: Lang, en: T, fr: T) -> T {
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
    }
}
