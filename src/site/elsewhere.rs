//! Addresses on other sites, of people and of telephones: what is wrong with one ([`fault`]), and the one that another
//! program has wrapped in its own ([`unwrapped`]).

use percent_encoding::percent_decode_str;

use crate::diagnostic::catalog::Faulty;

/// What is wrong with an address that begins with `https:`, `http:`, `mailto:` or `tel:`.
pub(super) fn fault(address: &str) -> Option<Faulty> {
    let (scheme, rest) = address.split_once(':')?;
    match &*scheme.to_ascii_lowercase() {
        "mailto" => {
            let mailbox = rest.split('?').next().unwrap_or_default();
            let is_one =
                mailbox.split_once(['@', '%']).is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
            // A `mailto:` link without a recipient may have just a subject.
            let is_for_its_reader = mailbox.is_empty() && rest.starts_with('?');
            let is_sound = is_one || is_for_its_reader;
            (!is_sound).then_some(Faulty::NoMailbox)
        }
        "tel" => (!rest.contains(|c: char| c.is_ascii_digit())).then_some(Faulty::NoNumber),
        _ => {
            let authority = rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
            let Some(authority) = authority.filter(|authority| !authority.is_empty()) else {
                return Some(Faulty::NoSite);
            };
            let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
            let is_host = host.contains(char::is_alphanumeric) && !host.contains("..") && !host.contains(',');
            match (is_host, user.contains(':')) {
                (false, _) => Some(Faulty::NoSite),
                (true, true) => Some(Faulty::Password),
                (true, false) => None,
            }
        }
    }
}

/// The address that a mail program or search engine has wrapped in its own. Theirs counts its visitors, may name the
/// recipient of a message, and stops working some day.
pub(super) fn unwrapped(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let names: &[&str] = match &*host {
        host if host.ends_with(".safelinks.protection.outlook.com") => &["url"],
        "www.google.com" | "google.com" | "www.google.ca" if path.starts_with("url?") => &["q", "url"],
        "l.facebook.com" | "lm.facebook.com" => &["u"],
        "linkprotect.cudasvc.com" => &["a"],
        "urldefense.com" => {
            let inner = path.strip_prefix("v3/__")?.split("__;").next()?;
            return inner.starts_with("http").then(|| inner.to_owned());
        }
        _ => return None,
    };
    let query = path.split_once('?')?.1.split('#').next()?;
    let value = query.split('&').find_map(|pair| pair.split_once('=').filter(|(name, _)| names.contains(name)))?.1;
    let inner = percent_decode_str(value).decode_utf8().ok()?.into_owned();
    let is_address = inner.starts_with("http") && !inner.contains(|c: char| c.is_whitespace() || c.is_control());
    is_address.then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_leads_nowhere_is_known_as_that() {
        for (address, why) in [
            ("https://", Faulty::NoSite),
            ("http:/example.org", Faulty::NoSite),
            ("https:///page", Faulty::NoSite),
            ("https://www.example,org/", Faulty::NoSite),
            ("mailto:", Faulty::NoMailbox),
            ("mailto:desk@", Faulty::NoMailbox),
            ("tel:office", Faulty::NoNumber),
            ("https://jane:secret@example.org/", Faulty::Password),
        ] {
            assert_eq!(fault(address), Some(why), "{address}");
        }
        for fine in ["https://example.org", "http://[::1]/", "mailto:a@b.ca?subject=x", "mailto:?subject=x", "tel:911"]
        {
            assert_eq!(fault(fine), None, "{fine}");
        }
    }

    #[test]
    fn the_address_inside_is_found() {
        let inside = |address: &str| unwrapped(address);
        let safe =
            "https://can01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.canada.ca%2Fen.html&data=05%7C";
        assert_eq!(inside(safe).as_deref(), Some("https://www.canada.ca/en.html"));
        let defended = "https://urldefense.com/v3/__https://www.canada.ca/en__;!!abc$";
        assert_eq!(inside(defended).as_deref(), Some("https://www.canada.ca/en"));
        let found = "https://www.google.com/url?sa=D&q=https://www.canada.ca/&ust=1";
        assert_eq!(inside(found).as_deref(), Some("https://www.canada.ca/"));
        for fine in
            ["https://www.google.com/search?q=https://a.ca/", "https://example.org/?url=https://a.ca", "https://a.ca"]
        {
            assert_eq!(inside(fine), None, "{fine}");
        }
    }
}
