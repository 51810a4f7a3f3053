//! Addresses in the settings: [`base_url`], [`endpoint`], [`email`]. They end up in the rules of servers, in headers
//! and in pages, so only what has no other meaning in any of those is accepted.

/// The longest address that is accepted, in bytes; the rules of some hosts allow lines of no more than 2,000 bytes.
const LONGEST: usize = 500;

/// The absolute address of a site's root, with a last slash; `None` if it is not one. Its path is made of letters,
/// digits and `-._~`: it is in the rules for nginx and Apache, where other signs have a meaning.
pub fn base_url(written: &str) -> Option<String> {
    let (scheme, rest) = web(written)?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.strip_suffix('/').unwrap_or(path);
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    };
    let sound =
        is_host(host) && (path.is_empty() || path.split('/').all(|part| plain(part) && part != "." && part != ".."));
    let slash = if path.is_empty() { "" } else { "/" };
    sound.then(|| format!("{scheme}{host}/{path}{slash}"))
}

/// A web address that a form can be sent to.
pub fn endpoint(written: &str) -> Option<String> {
    let (scheme, rest) = web(written)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&()*+,;=%".contains(&byte);
    (is_host(host) && path.bytes().all(sound)).then(|| format!("{scheme}{rest}"))
}

/// An email address.
pub fn email(written: &str) -> Option<String> {
    let (name, host) = written.split_once('@')?;
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+'".contains(&byte);
    let is_name = !name.is_empty() && name.len() <= 64 && name.bytes().all(sound);
    (is_name && host.contains('.') && is_name_of_host(host)).then(|| written.to_owned())
}

/// The scheme of a web address in small letters, and the rest.
fn web(written: &str) -> Option<(&'static str, &str)> {
    if written.len() > LONGEST {
        return None;
    }
    ["https://", "http://"].into_iter().find_map(|scheme| {
        let start = written.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| (scheme, &written[scheme.len()..]))
    })
}

/// A name or an IP address of a server, with or without a port. No user name comes before it.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) if address.parse::<std::net::Ipv6Addr>().is_ok() => ("", port),
        Some(_) => return false,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port = |digits: &str| {
        !digits.starts_with(['0', '+'])
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && digits.parse::<u16>().is_ok()
    };
    (host.starts_with('[') || is_name_of_host(name)) && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

fn is_name_of_host(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    !name.is_empty() && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_site_is_taken_with_or_without_its_last_slash() {
        for (written, taken) in [
            ("https://example.org", "https://example.org/"),
            ("HTTPS://example.org/kb", "https://example.org/kb/"),
            ("http://localhost:3000/a/b-c/~d/", "http://localhost:3000/a/b-c/~d/"),
            ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/"),
            ("https://québec.example.ca/", "https://québec.example.ca/"),
        ] {
            assert_eq!(base_url(written).as_deref(), Some(taken), "{written}");
        }
    }

    #[test]
    fn nothing_in_the_address_of_a_site_means_something_to_a_server() {
        for sign in [
            ";", "{", "}", "'", "\"", " ", "\t", "\n", "\r\n", "\0", "#", "?", "$", "\\", "(", ")", "*", "^", "|", "%",
            "<", ">", "&", ",", "=", ":", "@", "\u{85}", "\u{202e}", "é",
        ] {
            for written in [format!("https://example.org/a{sign}b/"), format!("https://exa{sign}mple.org/")] {
                let only_in_a_host = sign == "é" && written.contains("mple.org/") && !written.contains("example");
                assert_eq!(base_url(&written).is_some(), only_in_a_host, "{written:?}");
            }
        }
        for written in [
            "",
            "example.org",
            "ftp://example.org/",
            "https://",
            "https:///kb/",
            "//example.org/",
            "https://a/../b/",
            "https://a/./",
            "https://a//b/",
            "https://a..b/",
            "https://-a/",
            "https://user:pw@example.org/",
            "https://a:99999/",
            "https://a:/",
            "https://a:+80/",
            "https://[::1/",
            "https://[a]/",
        ] {
            assert_eq!(base_url(written), None, "{written}");
        }
        assert_eq!(base_url(&format!("https://example.org/{}/", "a".repeat(600))), None);
    }

    #[test]
    fn a_form_goes_to_a_web_address() {
        let taken = "https://forms.example.org/in?site=kb&lang=en#top";
        assert_eq!(endpoint(taken).as_deref(), Some(taken));
        for written in [
            "javascript:alert(1)",
            "JavaScript://example.org/%0aalert(1)",
            "data:text/html,x",
            "//forms.example.org",
            "/in",
            "https://a b/",
            "https://a/\"><script>",
            "https://a; script-src *",
            "https://user@a/",
            "mailto:a@example.org",
        ] {
            assert_eq!(endpoint(written), None, "{written}");
        }
    }

    #[test]
    fn mail_goes_to_one_address() {
        assert_eq!(email("web.o'hara+kb@example.org").as_deref(), Some("web.o'hara+kb@example.org"));
        for written in [
            "",
            "a",
            "@example.org",
            "a@",
            "a@b",
            "a@b..org",
            "a@example.org?bcc=b@example.org",
            "a@example.org,b@example.org",
            "a b@example.org",
            "a@example.org\r\nBcc: x",
            "javascript:a@example.org",
            "<a@example.org>",
        ] {
            assert_eq!(email(written), None, "{written}");
        }
    }
}
