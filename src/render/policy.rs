//! What a page may load: the content security policy, in one place for the pages and the servers' headers.

use crate::schema::Config;
use crate::schema::config::Feedback;

/// The policy as it is in every page.
pub fn policy(config: &Config) -> String {
    let form = match &config.feedback {
        Some(Feedback::Endpoint(endpoint)) => format!("'self' {}", origin(endpoint)),
        _ => "'self'".to_owned(),
    };
    [
        "default-src 'none'",
        // The search engine is WebAssembly.
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        &format!("form-action {form}"),
        "base-uri 'none'",
    ]
    .join("; ")
}

/// The policy as servers send it: only headers can say who may frame a page.
pub fn header(config: &Config) -> String {
    format!("{}; frame-ancestors 'self'", policy(config))
}

/// The part of an address that names its server. Characters that could end the policy early are left out.
fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let sound = |c: &char| c.is_ascii_alphanumeric() || ".-:[]".contains(*c);
    format!("{scheme}://{}", host.chars().filter(sound).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(feedback: Option<Feedback>) -> String {
        policy(&Config { feedback, ..Config::default() })
    }

    #[test]
    fn a_form_may_go_to_the_endpoint_that_the_site_names_and_nowhere_else() {
        let endpoint = Feedback::Endpoint("https://forms.example.org/intake?site=kb".to_owned());
        assert!(with(Some(endpoint)).contains("form-action 'self' https://forms.example.org;"));
        assert!(with(Some(Feedback::Email("a@example.org".to_owned()))).contains("form-action 'self';"));
    }

    #[test]
    fn an_address_cannot_add_to_the_policy() {
        let endpoint = Feedback::Endpoint("https://a.example; script-src *".to_owned());
        assert!(!with(Some(endpoint)).contains("script-src *"));
    }

    #[test]
    fn no_style_or_script_may_be_in_a_page() {
        assert!(!with(None).contains("unsafe-inline") && !with(None).contains("'unsafe-eval'"));
    }
}
