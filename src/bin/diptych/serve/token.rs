//! A secret of one run: [`Token`]. Opening a preview that other machines can reach, with the token in the address, sets
//! a cookie. The editor's pages hold another token, which every request that writes brings.

use axum::http::{HeaderMap, Uri, header};

/// A secret of one run.
pub(super) struct Token(String);

impl Token {
    /// A new one, of 128 random bits.
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// The token as it is written.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The query by which an address brings it.
    pub(super) fn question(&self) -> String {
        format!("?token={}", self.0)
    }

    /// The same address without the token, if it brings the right one.
    pub(super) fn in_address(&self, uri: &Uri) -> Option<String> {
        let question = uri.query()?;
        let (token, rest): (Vec<&str>, Vec<&str>) = question.split('&').partition(|part| part.starts_with("token="));
        let brought = token.first()?.strip_prefix("token=")?;
        if !self.is(brought) {
            return None;
        }
        let question = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
        // Two slashes at the beginning would name another server.
        Some(format!("/{}{question}", uri.path().trim_start_matches('/')))
    }

    /// The cookie that keeps it. Cookies do not know ports: two previews keep theirs under two names. Browsers do not
    /// send it with what other sites load.
    pub(super) fn cookie(&self, port: u16) -> String {
        format!("diptych-{port}={}; Path=/; HttpOnly; SameSite=Lax", self.0)
    }

    /// Whether a request brings the cookie.
    pub(super) fn is_kept(&self, headers: &HeaderMap, port: u16) -> bool {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
        let name = format!("diptych-{port}");
        pairs.any(|(own, value)| own == name && self.is(value))
    }

    /// Compares in a time that does not depend on where the difference is.
    pub(super) fn is(&self, other: &str) -> bool {
        let differ = self.0.bytes().zip(other.bytes()).fold(0, |differ, (own, other)| differ | (own ^ other));
        self.0.len() == other.len() && differ == 0
    }
}
