//! "Report a problem on this page": by email or to the site's endpoint, without JavaScript.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::links::PageContext;
use super::view::{FeedbackChoiceView, FeedbackView};
use crate::schema::SchemaOrg;
use crate::schema::config::Feedback;

/// The way to report a problem; `None` if the site names none.
pub(super) fn feedback(from: PageContext<'_>, title: &str) -> Option<FeedbackView> {
    let way = from.site.config.feedback.as_ref()?;
    let strings = from.theme.strings(from.lang);
    let base = from.site.config.base_url.as_deref().unwrap_or("/");
    let page = from.url.absolute(base);
    let choice = |key: &str| {
        let text = strings.get(&format!("feedback_choice_{key}")).to_owned();
        let mailto = match way {
            Feedback::Email(address) => Some(format!(
                "mailto:{address}?subject={}&body={}",
                encoded(&format!("{text} – {title}")),
                encoded(&page)
            )),
            Feedback::Endpoint(_) => None,
        };
        FeedbackChoiceView { key: key.to_owned(), text, mailto }
    };
    Some(FeedbackView {
        choices: strings.get("feedback_choices").split_whitespace().map(choice).collect(),
        endpoint: match way {
            Feedback::Endpoint(endpoint) => Some(endpoint.clone()),
            Feedback::Email(_) => None,
        },
        contact: contacts(from),
        page,
    })
}

/// Where readers who want an answer are sent: the section of the site's contacts.
pub(super) fn contacts(from: PageContext<'_>) -> Option<String> {
    let mut kinds = from.site.schema.iter().filter(|(_, kind)| kind.schema_org == Some(SchemaOrg::ContactPoint));
    let section = kinds.find_map(|(kind, _)| from.site.section(kind))?;
    Some(from.to(&section.sides.get(from.lang).url))
}

/// Everything except what an address may contain anywhere (RFC 3986) and slashes, which its query may contain too.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}
