//! What a page tells machines about itself: JSON-LD by schema.org, only what is sure.

use serde_json::{Map, Value as Json, json};

use super::frame::PageMeta;
use super::links::PageContext;
use crate::path::UrlPath;
use crate::schema::SchemaOrg;
use crate::site::{Record, RecordId, Site, Value};

/// The structured data of a page, ready to stand in a script element: no `<` can end it.
pub(super) fn structured_data(
    from: PageContext<'_>,
    about: &PageMeta<'_>,
    has_trail: bool,
    record: Option<RecordId>,
) -> String {
    let site = from.site;
    let name = site.config.name.get(from.lang);
    let mut page = Map::new();
    page.insert("@type".to_owned(), json!("WebPage"));
    page.insert("url".to_owned(), json!(address(from, from.url)));
    page.insert("name".to_owned(), json!(about.title));
    if !about.description.is_empty() {
        page.insert("description".to_owned(), json!(about.description));
    }
    page.insert("inLanguage".to_owned(), json!(from.lang));
    let home = address(from, &site.reserved.get(from.lang).home);
    page.insert("isPartOf".to_owned(), json!({"@type": "WebSite", "name": name, "url": home}));
    if let Some(twin) = about.sides.get(from.lang.other()) {
        let twin = json!({"@type": "WebPage", "inLanguage": from.lang.other(), "url": address(from, twin)});
        page.insert("workTranslation".to_owned(), twin);
    }
    if let Some(record) = record.map(|id| site.record(id)) {
        let base = &record.base;
        for (key, date) in [("datePublished", base.published_on), ("dateModified", base.modified_on)] {
            if let Some((date, _)) = date {
                page.insert(key.to_owned(), json!(date.to_string()));
            }
        }
        if let Some(entity) = site.schema.get(record.kind).schema_org.map(|of| entity(from, record, of)) {
            page.insert("mainEntity".to_owned(), entity);
        }
    }
    if has_trail {
        page.insert("breadcrumb".to_owned(), trail(from, about));
    }
    let graph = json!({"@context": "https://schema.org", "@graph": [page]});
    graph.to_string().replace('<', "\\u003c")
}

/// The pages above this one, and itself.
fn trail(from: PageContext<'_>, about: &PageMeta<'_>) -> Json {
    let home = (from.site.config.name.get(from.lang).as_str(), &from.site.reserved.get(from.lang).home);
    let section = about.section.and_then(|kind| from.site.section(kind)).map(|section| section.sides.get(from.lang));
    let section = section.map(|landing| (landing.title.as_str(), &landing.url));
    let above = [Some(home), section.filter(|(_, url)| *url != from.url), about.above].into_iter().flatten();
    let all = above.chain([(about.title, from.url)]);
    let items = all.enumerate().map(
        |(at, (name, url))| json!({"@type": "ListItem", "position": at + 1, "name": name, "item": address(from, url)}),
    );
    json!({"@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>()})
}

/// What a record stands for, where its type says so.
fn entity(from: PageContext<'_>, record: &Record, of: SchemaOrg) -> Json {
    let mut entity = Map::new();
    entity.insert("@type".to_owned(), json!(of.name()));
    if let Some(side) = record.side(from.lang) {
        entity.insert("name".to_owned(), json!(side.title));
        entity.insert("description".to_owned(), json!(side.summary));
    }
    let mut found = Found::default();
    for fact in record.facts_in(from.lang) {
        fact.values.iter().for_each(|value| found.look(from, value));
    }
    if matches!(of, SchemaOrg::ContactPoint | SchemaOrg::Organization) {
        for (key, values) in [("email", found.emails), ("telephone", found.phones)] {
            if let [first, rest @ ..] = values.as_slice() {
                entity.insert(key.to_owned(), if rest.is_empty() { json!(first) } else { json!(values) });
            }
        }
    }
    if of == SchemaOrg::ContactPoint && !found.languages.is_empty() {
        entity.insert("availableLanguage".to_owned(), json!(found.languages));
    }
    Json::Object(entity)
}

/// The ways to reach someone that a record's facts hold.
#[derive(Default)]
struct Found {
    emails: Vec<String>,
    phones: Vec<String>,
    languages: Vec<String>,
}

impl Found {
    fn look(&mut self, from: PageContext<'_>, value: &Value) {
        match value.in_lang(from.lang) {
            Value::Email(address) => self.emails.push(address.clone()),
            Value::Phone(phone) => self.phones.push(phone.href().trim_start_matches("tel:").to_owned()),
            Value::Language(code) => self.languages.push(code.clone()),
            Value::Group(facts) => facts.iter().flat_map(|fact| &fact.values).for_each(|value| self.look(from, value)),
            _ => {}
        }
    }
}

/// An absolute address where the site has one, else a relative one, which the page's own address completes.
fn address(from: PageContext<'_>, url: &UrlPath) -> String {
    let Site { config, .. } = from.site;
    config.base_url.as_ref().map_or_else(|| from.to(url), |base| url.absolute(base))
}
