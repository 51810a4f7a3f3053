//! The language of messages: what was asked for, or else what the environment says.

use diptych::lang::Lang;

/// The language of messages.
#[expect(clippy::disallowed_methods, reason = "messages, unlike the output, follow the machine's settings")]
pub(crate) fn of_messages(asked: Option<Lang>) -> Lang {
    let setting = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let machine = || ["DIPTYCH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(setting);
    asked.unwrap_or_else(|| match machine() {
        Some(setting) if setting.starts_with("fr") => Lang::Fr,
        _ => Lang::En,
    })
}

/// One of two wordings.
pub(crate) fn pick<T>(lang: Lang, en: T, fr: T) -> T {
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
    }
}
